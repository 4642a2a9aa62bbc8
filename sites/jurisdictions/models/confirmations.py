"""Once a year a place is asked whether its entry is still right: the private link, and its answers."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit.private_links import Tokens, digest, new_seed
from leadbureau.mail import letters
from leadbureau.mail.models import Letter, NotAllowed
from sites.jurisdictions.correctable import current
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models.contact import PrivateContact
from sites.jurisdictions.models.corrections import Correction
from sites.jurisdictions.models.places import Jurisdiction

TOKENS = Tokens("sites.jurisdictions.confirmations")
LINK_LIVES = timedelta(days=90)
REMINDED_AFTER = timedelta(days=30)
SECOND_CLICK = timedelta(hours=1)  # nobody means to send a second letter so soon
LINK_MARK = "[link to the entry]"
REQUEST, REMINDER = "confirmation_request", "confirmation_reminder"


class ConfirmationLinkQuerySet(models.QuerySet):
    def with_token(self, token: str):
        return self.filter(digest=digest(token))

    def good(self, now: datetime | None = None):
        """Those that open their entry. The filter for ConfirmationLink.is_good."""
        return self.filter(
            revoked_at=None,
            made_at__gt=(now or timezone.now()) - LINK_LIVES,
            place__private_contact__email=F("sent_to"),
        )

    def unanswered(self):
        """Those whose place has neither confirmed nor corrected its entry since. The filter for answered_on."""
        confirmed = Confirmation.objects.filter(place=OuterRef("place"), on__gte=OuterRef("made_day"))
        sent = Correction.objects.filter(
            origin=Correction.Origin.JURISDICTION,
            place=OuterRef("place"),
            received_at__gte=OuterRef("made_at"),
        )
        return self.annotate(made_day=TruncDate("made_at")).filter(~Exists(confirmed), ~Exists(sent))

    def due_for_reminder(self, now: datetime | None = None):
        """The newest of each place when a month has brought no answer; each is reminded of once."""
        now = now or timezone.now()
        newer = ConfirmationLink.objects.filter(place=OuterRef("place"), made_at__gt=OuterRef("made_at"))
        asked = self.good(now).exclude(place__visibility=Jurisdiction.Visibility.HIDDEN)
        return asked.unanswered().filter(~Exists(newer), reminded_at=None, made_at__lte=now - REMINDED_AFTER)

    def ended(self, before: datetime):
        """Those that were revoked, or were over, before a moment."""
        return self.filter(Q(revoked_at__lt=before) | Q(made_at__lt=before - LINK_LIVES))


class ConfirmationLink(models.Model):
    """A private link to one entry, and the letter that brings it.

    Good for any number of uses until it is over or revoked, or until somebody else answers for the entry:
    who has left an office keeps no key to it.
    """

    place = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="confirmation_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    seed = models.CharField(max_length=32, editable=False, default=new_seed)
    sent_to = models.EmailField("sent to")
    made_at = models.DateTimeField("sent", default=timezone.now, editable=False, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: it left by itself, once a year.",
    )
    reminded_at = models.DateTimeField("reminded", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ConfirmationLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "yearly letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="revoked_links_say_by_whom_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.place}, to {self.sent_to}"

    @classmethod
    def invite(cls, *, place: Jurisdiction, by=None, now: datetime | None = None) -> "ConfirmationLink":
        """Makes a link and its letter to the place's private contact.

        by: the member of staff who asked for it; None when it leaves by itself. Raises NotAllowed for a
        place without a private contact, for a hidden one, and when its last letter is not an hour old.
        """
        now = now or timezone.now()
        with transaction.atomic():
            place = Jurisdiction.objects.select_for_update().get(pk=place.pk)
            contact = PrivateContact.objects.filter(place=place).first()
            if contact is None:
                raise NotAllowed(f"{place} has no private contact to write to.")
            if place.visibility == Jurisdiction.Visibility.HIDDEN:
                raise NotAllowed(f"{place} is hidden: nobody is asked to confirm what nobody sees.")
            if cls.objects.good(now).filter(place=place, made_at__gt=now - SECOND_CLICK).exists():
                raise NotAllowed(f"The letter about {place} was written within the last hour already.")
            link = cls(place=place, sent_to=contact.email, made_at=now, made_by=by)
            link.digest = digest(TOKENS.of(link.seed))
            link.save()
            link._write(REQUEST, contact, by=by)
        return link

    @property
    def reference(self) -> str:
        """What its letters are about."""
        return f"YL-{self.pk}"

    @property
    def good_until(self) -> datetime:
        return self.made_at + LINK_LIVES

    @property
    def good_until_in_words(self) -> str:
        return day_in_words(timezone.localdate(self.good_until))

    def is_good(self, now: datetime | None = None) -> bool:
        """Whether it opens its entry; the predicate for ConfirmationLinkQuerySet.good."""
        return type(self).objects.good(now).filter(pk=self.pk).exists()

    def remind(self, *, now: datetime | None = None) -> None:
        """Sends the same link once more, once. Raises NotAllowed when it was, or when the link is over."""
        now = now or timezone.now()
        with transaction.atomic():
            if not ConfirmationLink.objects.good(now).filter(pk=self.pk, reminded_at=None).exists():
                raise NotAllowed("This link is over, or a reminder has left.")
            ConfirmationLink.objects.filter(pk=self.pk).update(reminded_at=now)
            self.reminded_at = now
            self._write(REMINDER, PrivateContact.objects.get(place=self.place_id))

    def revoke(self, *, by, now: datetime | None = None) -> None:
        """It opens nothing from now on, and what has not left of its letters stays here. Raises NotAllowed
        when it is revoked already."""
        with transaction.atomic():
            waiting = ConfirmationLink.objects.filter(pk=self.pk, revoked_at=None)
            if not waiting.update(revoked_at=now or timezone.now(), revoked_by=by):
                raise NotAllowed("This link has been revoked already.")
            self.refresh_from_db()
            Letter.objects.about(self.reference).void()

    def correct(
        self, proposals: dict[str, str], *, once: UUID, said_by: str, reason: str = "", rest_is_right: bool
    ) -> list[Correction]:
        """Keeps what the place says should stand in its entry: a correction for each fact, one sheet, once.

        proposals: texts as correctable.py describes them, by the name of the fact. once: the same for the
        same form, so that a second click finds the first sheet. Staff get one letter; the receipt goes to
        the address that the link was mailed to, whatever name was typed.
        """
        with transaction.atomic():
            ConfirmationLink.objects.select_for_update().get(pk=self.pk)
            if found := list(Correction.objects.filter(sheet=once).order_by("pk")):
                return found
            shared = {"reason": reason, "reporter_name": said_by, "reporter_email": self.sent_to}
            rows = [
                Correction.keep(
                    once=uuid5(once, field),
                    sheet=once,
                    place=self.place,
                    field=field,
                    was=current(self.place, field),
                    proposed=text,
                    origin=Correction.Origin.JURISDICTION,
                    **shared,
                )
                for field, text in proposals.items()
            ]
            if rest_is_right:
                self.place.confirm(link=self, said_by=said_by)
            self._announce(rows, said_by=said_by, rest_is_right=rest_is_right)
        return rows

    def _announce(self, rows: list[Correction], **context) -> None:
        number = rows[0].number
        context |= {"place": self.place, "sheet": rows, "number": number, "bureau": layout().details}
        context["contact_url"] = settings.SITE_URL + reverse("mail:contact")
        letters.send(name="confirmation_receipt", to=self.sent_to, context=context, about=number)
        sheet = reverse("admin:jurisdictions_correction_sheet", args=[rows[0].sheet])
        letters.tell_staff("confirmation_staff", context, sheet)

    def address(self) -> str:
        """The whole address, for a letter on its way out. Raises NotAllowed when it would open nothing.

        When the site's key was changed without a fallback the link gets a new token.
        """
        if not self.is_good():
            raise NotAllowed("The link of this letter is over. Send the place a new letter.")
        token = TOKENS.with_digest(self.seed, self.digest)
        if token is None:
            token = TOKENS.of(self.seed)
            self.digest = digest(token)
            self.save(update_fields=["digest"])
        return settings.SITE_URL + reverse("jurisdictions:confirm", args=[token])

    def answered_on(self) -> date | None:
        """The day of the first confirmation or correction by the place since it was sent; None so far.
        The predicate for ConfirmationLinkQuerySet.unanswered."""
        confirmed = self.place.confirmations.filter(on__gte=timezone.localdate(self.made_at)).order_by("on")
        sent = Correction.objects.filter(
            origin=Correction.Origin.JURISDICTION, place=self.place, received_at__gte=self.made_at
        )
        days = [row.on for row in confirmed[:1]]
        days += [timezone.localdate(row.received_at) for row in sent.order_by("received_at")[:1]]
        return min(days, default=None)

    def _write(self, name: str, contact: PrivateContact, by=None) -> None:
        context = {
            "contact": contact,
            "place": self.place,
            "bureau": layout().details,
            "link": LINK_MARK,
            "until": self.good_until_in_words,
            "contact_url": settings.SITE_URL + reverse("mail:contact"),
        }
        letters.send(name=name, to=self.sent_to, context=context, about=self.reference, by=by)


class Confirmation(models.Model):
    """The jurisdiction said that its entry is right: through its link, or to a member of staff. One a day."""

    place = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="confirmations")
    on = models.DateField("day")
    said_by = models.CharField("who said so", max_length=120, blank=True, help_text="Never published.")
    link = models.ForeignKey(
        ConfirmationLink,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        verbose_name="through the link",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="recorded by",
    )
    how = models.CharField(
        max_length=200,
        blank=True,
        help_text="When staff record it: by telephone, by e-mail, in a meeting.",
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "on"], name="one_confirmation_a_day"),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(how="") & ~Q(said_by=""),
                name="confirmations_by_staff_say_who_and_how",
            ),
        ]

    def __str__(self):
        return f"{self.place}, {self.on}"

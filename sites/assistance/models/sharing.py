"""A section handed to a colleague: they open it by a link of their own, and see that section alone."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from leadbureau.kit.encrypted import EncryptedTextField
from leadbureau.kit.retention import kept
from leadbureau.kit.spam import LINK
from leadbureau.mail import letters
from leadbureau.mail.models import Letter
from sites.assistance import links
from sites.assistance.forms import LINK_MARK
from sites.assistance.models.event import Event
from sites.assistance.models.link import HasLink, LinkQuerySet
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.questions import PAGE_OF, PAGES, Page

if TYPE_CHECKING:
    from sites.assistance.models.request import Request

# The first page says who asks and where the private link is mailed: whoever may change it owns the request.
SHAREABLE = PAGES[1:]
MOST_A_DAY = 10  # letters to colleagues of one request within a day: somebody else typed their addresses
ASKING_LETTERS = ("assistance/colleague_ask", "assistance/colleague_remind")


class CannotShare(NotAllowed):
    """Why a section is not handed over: `reason` is the end of a wording, assistance.share.cannot.<reason>."""

    def __init__(self, reason: str):
        super().__init__(f"This section cannot be handed to a colleague: {reason}.")
        self.reason = reason


class ShareQuerySet(LinkQuerySet):
    def current(self):
        """Handed over and not handed back or taken back. The filter for Share.is_current."""
        return self.filter(done_at=None, ended_at=None)

    def end(self, now: datetime) -> int:
        """When their request is sent: nobody has it any more. Tells how many; the sending is the event."""
        return self.update(ended_at=now)


class Share(HasLink):
    tokens = links.COLLEAGUES

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="shares"
    )
    page = models.CharField(max_length=40)
    name = EncryptedTextField("their name", max_length=200)
    email = EncryptedTextField("their e-mail", max_length=254)
    note = EncryptedTextField("what you ask of them", max_length=1000, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField("handed back", null=True, blank=True)
    ended_at = models.DateTimeField("taken back", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "page"],
                condition=Q(done_at__isnull=True, ended_at__isnull=True),
                name="one_colleague_a_section",
            ),
        ]

    def __str__(self):
        return f"{self.page} of {self.request.reference}"

    # Where it stands ---------------------------------------------------------------------------------

    @property
    def is_current(self) -> bool:
        return self.done_at is None and self.ended_at is None

    @property
    def ended_by_sending(self) -> bool:
        """Whether it ended because the request was sent, not because the requester took it back."""
        return self.ended_at is not None and self.ended_at == self.request.sent_at

    @property
    def section(self) -> Page | None:
        """The page that was handed over; None when the form has it no more."""
        return PAGE_OF.get(self.page)

    @property
    def has_saved(self) -> bool:
        """Whether the section was saved since it was handed over."""
        return self.request.pages.filter(page=self.page, saved_at__gt=self.given_at).exists()

    @property
    def asked_by(self) -> str:
        """Who asks, with the agency, for the letters."""
        name, agency = self.request.contact_name, self.request.agency
        return say("assistance.letter.colleague_ask.who", name=name, agency=agency) if agency else name

    @property
    def quoted_note(self) -> str:
        """The note as mail quotes it: nobody takes it for the Bureau's own words."""
        return "\n".join(f"> {line}".rstrip() for line in self.note.splitlines())

    def private_link(self) -> str:
        """The whole address of the page that this person gets."""
        return settings.SITE_URL + reverse("assistance:colleague", args=[self.token()])

    # The verbs ---------------------------------------------------------------------------------------

    @classmethod
    def hand_over(
        cls, request: "Request", page: Page, *, name: str, email: str, note: str = "", now=None
    ) -> "Share":
        """The requester gives a section to a colleague, who is written to. Raises CannotShare."""
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(request)
            _check(row, page, now)
            try:
                with transaction.atomic():
                    share = cls.objects.create(
                        request=row,
                        page=page.slug,
                        name=name,
                        email=email,
                        note=note,
                        given_at=now,
                        link_used_at=now,
                    )
            except IntegrityError:
                raise CannotShare("taken") from None
            row.record(Event.Action.SHARE, words=name, now=now)
            share._write("colleague_ask")
            return share

    def mail_again(self, now: datetime | None = None) -> None:
        """The letter with the link once more. Raises CannotShare as the first time, NotAllowed when it is over."""
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(self.request)
            self.refresh_from_db()
            if not self.is_current:
                raise NotAllowed("The section is not with this colleague any more.")
            _check(row, PAGE_OF[self.page], now, again=True)
            if not self.link_opens(now):
                self.renew_link(now)
            row.record(Event.Action.REMIND, words=self.name, now=now)
            self._write("colleague_ask", now)

    def remind(self, now: datetime | None = None) -> bool:
        """The site's one reminder; tells whether it was written, as two workers may come at once."""
        now = now or timezone.now()
        with transaction.atomic():
            current = Share.objects.current().filter(pk=self.pk, reminded_at=None)
            if not current.update(reminded_at=now):
                return False
            self.request.record(Event.Action.REMIND, doer=Doer.SITE, words=self.name, now=now)
            self._write("colleague_remind", now)
            return True

    def take_back(self, now: datetime | None = None) -> None:
        """The requester ends it: the colleague's link opens nothing any more. What they saved stays."""
        now = now or timezone.now()
        with transaction.atomic():
            if not Share.objects.current().filter(pk=self.pk).update(ended_at=now):
                raise NotAllowed("The section is not with this colleague any more.")
            self.ended_at = now
            self._unsent_letters().void()
            self.request.record(Event.Action.SHARE_ENDED, words=self.name, now=now)

    def finish(self, now: datetime | None = None) -> None:
        """The colleague hands the section back, and the requester is told. Twice is once.

        Raises NotAllowed when it was taken back, or when the Bureau has begun its work.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(self.request)
            self.refresh_from_db(fields=["done_at", "ended_at"])
            if self.done_at:
                return
            if self.ended_at or not row.may("edit", Doer.COLLEAGUE, now):
                raise NotAllowed("The section is not with this colleague any more.")
            self.done_at = now
            self.save(update_fields=["done_at"])
            self._unsent_letters().void()
            row.record(Event.Action.SHARE_DONE, doer=Doer.COLLEAGUE, words=self.name, now=now)
            missing = bool(self.section and row.missing((self.section,)))
            context = {**row._letter_context(), "share": self, "missing": missing}
            words = letters.write("assistance/colleague_done", context)
            row._post("assistance/colleague_done", words=words)

    def _write(self, name: str, now: datetime | None = None) -> None:
        """A letter to the colleague. It counts as a use of the link in it."""
        self.note_use(now)
        context = {
            "share": self,
            "request": self.request,
            "bureau": layout().details,
            "link": LINK_MARK,
            "days": kept("assistance.links").days,
        }
        letters.send(
            name=f"assistance/{name}",
            to=self.email,
            context=context,
            about=self.request.reference,
            opens=self,
        )

    def _unsent_letters(self):
        return Letter.objects.filter(opens=f"{self._meta.label_lower}:{self.pk}")


def why_not(request: "Request", now: datetime | None = None) -> str:
    """Why no section of a request can be handed over now, as CannotShare names it; "" when nothing hinders."""
    since = (now or timezone.now()) - timedelta(days=1)
    if not request.may("share", Doer.REQUESTER, now):
        return "over"
    if request.is_suspect or LINK.search(f"{request.contact_name} {request.agency}"):
        return "suspect"
    if not request.contact_name or not request.email:
        return "nobody"
    written = Letter.objects.about(request.reference).filter(name__in=ASKING_LETTERS, created_at__gt=since)
    return "too_often" if written.count() >= MOST_A_DAY else ""


def _check(request: "Request", page: Page, now: datetime, *, again: bool = False) -> None:
    reason = why_not(request, now)
    if not reason and page not in SHAREABLE:
        reason = "over"
    if not reason and not again and request.shares.current().filter(page=page.slug).exists():
        reason = "taken"
    if reason:
        raise CannotShare(reason)


def _locked(request: "Request") -> "Request":
    return type(request).objects.select_for_update().get(pk=request.pk)


# Reminding ---------------------------------------------------------------------------------------------

REMINDED_AFTER = timedelta(days=7)


def remind_colleagues(now: datetime | None = None) -> int:
    """One reminder, a week after the letter, to each colleague who has saved nothing; tells how many were written."""
    now = now or timezone.now()
    due = Share.objects.current().filter(
        reminded_at=None, link_revoked_at=None, given_at__lte=now - REMINDED_AFTER
    )
    return sum(
        share.remind(now)
        for share in due.select_related("request")
        if share.link_opens(now)
        and not share.request.is_expired(now)
        and share.request.may("edit", Doer.COLLEAGUE, now)
        and not share.has_saved
    )

"""What readers and the places themselves say is wrong in an entry, field by field, and what became of it."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from leadbureau.mail import letters
from leadbureau.mail.models import NotAllowed
from leadbureau.mail.models.received import Received, ReceivedQuerySet
from sites.jurisdictions import correctable
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models.places import Jurisdiction


class Moved(NotAllowed):
    """The entry no longer says what whoever decides believes it says."""


class CorrectionQuerySet(ReceivedQuerySet):
    def waiting(self):
        """Those that nobody has decided. The filter for Correction.is_waiting."""
        return self.trusted().filter(decided_at=None)

    def decided(self):
        return self.filter(decided_at__isnull=False)


class Correction(Received):
    """One field of a place, as it was, and as somebody says it should be."""

    class Origin(models.TextChoices):
        VISITOR = "visitor", "A visitor"
        JURISDICTION = "jurisdiction", "The jurisdiction itself"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    prefix = "CR"

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="corrections"
    )
    field = models.CharField(max_length=40)
    was = models.TextField("as it stood", blank=True)
    proposed = models.TextField("as it should be", blank=True)
    reason = models.TextField("why, and where it is written", blank=True)
    reporter_name = models.CharField("name", max_length=120, blank=True)
    reporter_email = models.EmailField("e-mail", blank=True)
    origin = models.CharField("from", max_length=12, choices=Origin, default=Origin.VISITOR)
    sheet = models.UUIDField("sent together", null=True, blank=True, editable=False, db_index=True)
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, editable=False)
    answer = models.TextField("answer to the reporter", blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")),
                name="correction_decision_says_who_when_and_what",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it; the predicate for CorrectionQuerySet.waiting."""
        return not self.quarantined and self.decided_at is None

    @property
    def label(self) -> str:
        """What the public calls the field."""
        return correctable.label(self.field)

    @property
    def was_in_words(self) -> str:
        return correctable.in_words(self.field, self.was)

    @property
    def proposed_in_words(self) -> str:
        return correctable.in_words(self.field, self.proposed)

    @property
    def present(self) -> str:
        """What the entry says now, as a kept text."""
        return correctable.current(self.place, self.field)

    @property
    def present_in_words(self) -> str:
        return correctable.in_words(self.field, self.present)

    @property
    def is_so(self) -> bool:
        """Whether the entry says already what is proposed."""
        return self._says(self.place)

    @property
    def has_moved(self) -> bool:
        """Whether the entry has changed since, to something that is not proposed either."""
        return self.present != self.was and not self.is_so

    def announce(self) -> None:
        """Tells the reporter and staff. What was sent together is announced once, by whoever keeps the sheet."""
        if self.sheet:
            return
        self._write("correction_receipt")
        url = reverse("admin:jurisdictions_correction_change", args=[self.pk])
        letters.tell_staff("correction_staff", self._context(), url)

    def accept(self, *, by, on: date | None = None, instead_of: str | None = None, answer: str = "") -> None:
        """Bring it into the entry, leave a public note, and tell the reporter.

        instead_of: what the entry says now, as whoever decides has seen it (default: as it was reported).
        Raises Moved when the entry says something else, and NotAllowed when this is decided or in
        quarantine, or when the entry could not be kept so.
        """
        on = on or timezone.localdate()
        with transaction.atomic():
            self._check_open()
            place = Jurisdiction.objects.select_for_update().get(pk=self.place_id)
            if not self._says(place):
                self._check_seen(place, self.was if instead_of is None else instead_of)
                self._bring_in(place, on)
            place.checked_on = on
            place.save()
            self.place = place
            self._decide(self.Outcome.ACCEPTED, by=by, answer=answer)

    def decline(self, *, by, answer: str = "") -> None:
        """Leave the entry as it is and tell the reporter, with an answer if there is one.

        Raises NotAllowed when this is decided or in quarantine.
        """
        with transaction.atomic():
            self._check_open()
            self._decide(self.Outcome.DECLINED, by=by, answer=answer)

    def _check_open(self) -> None:
        row = Correction.objects.select_for_update().get(pk=self.pk)
        if row.quarantined:
            raise NotAllowed("This is in quarantine. Let it in first, or leave it to be deleted.")
        if row.decided_at:
            raise NotAllowed(f"{row.decided_by} has already decided: {row.get_outcome_display().lower()}.")

    def _says(self, place: Jurisdiction) -> bool:
        """Whether the entry says already what is proposed."""
        try:
            return correctable.is_same(place, self.field, self.proposed)
        except ValidationError:
            return False

    def _check_seen(self, place: Jurisdiction, seen: str) -> None:
        if correctable.current(place, self.field) != seen:
            raise Moved(
                f"The entry has changed since this was reported. {self.label}: compare the three, then decide."
            )

    def _bring_in(self, place: Jurisdiction, on: date) -> None:
        before = correctable.current(place, self.field)
        try:
            row = correctable.apply(place, self.field, self.proposed, on)
            if row is not place:
                row.note = row.note or say(f"sites.correction.said_by.{self.origin}")  # type: ignore[attr-defined]
            row.full_clean()
        except ValidationError as error:
            raise NotAllowed(f"The entry cannot be kept so. {' '.join(error.messages)}") from error
        row.save()
        if self.field in correctable.OWN_FACTS:
            return
        ChangeNote.objects.create(
            place=place, field=self.field, was=before, now=self.proposed, on=on, because=self.origin
        )

    def _decide(self, outcome, *, by, answer: str) -> None:
        self.decided_at, self.decided_by = timezone.now(), by
        self.outcome, self.answer = outcome, answer.strip()
        self.save(update_fields=["decided_at", "decided_by", "outcome", "answer"])
        if not self.sheet:
            self._write(f"correction_{outcome}", by=by)
        elif not Correction.objects.filter(sheet=self.sheet, decided_at=None).exists():
            # Under the reference of the first, which the receipt named.
            Correction.objects.filter(sheet=self.sheet).earliest("pk")._write("correction_sheet", by=by)

    def _write(self, name: str, by=None) -> None:
        if self.reporter_email:
            letters.send(name=name, to=self.reporter_email, context=self._context(), about=self.number, by=by)

    def _context(self) -> dict:
        return {
            "correction": self,
            "place": self.place,
            "sheet": Correction.objects.filter(sheet=self.sheet).order_by("pk") if self.sheet else [],
            "bureau": layout().details,
            "place_url": f"{settings.SITE_URL}{self.place.get_absolute_url()}",
        }


class ChangeNote(models.Model):
    """A public line: what was corrected in an entry, when and why. Written once, never changed."""

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="change_notes"
    )
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    on = models.DateField("day")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.place}: {self.label}, {self.on}"

    @property
    def label(self) -> str:
        return correctable.label(self.field)

    @property
    def was_in_words(self) -> str:
        return correctable.in_words(self.field, self.was)

    @property
    def now_in_words(self) -> str:
        return correctable.in_words(self.field, self.now)

    @property
    def day_in_words(self) -> str:
        return day_in_words(self.on)

    @property
    def because_in_words(self) -> str:
        """Who said so: a reader, or the jurisdiction; else the words that were written there."""
        if self.because in Correction.Origin.values:
            return say(f"sites.correction.because.{self.because}")
        return self.because

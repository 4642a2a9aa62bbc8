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
from sites.jurisdictions import correctable, stage_order
from sites.jurisdictions.models.change_notes import ChangeNote
from sites.jurisdictions.models.changes import StageChange
from sites.jurisdictions.models.places import Jurisdiction


class Moved(NotAllowed):
    """The entry no longer says what whoever decides believes it says, or its history stands against it."""


SO_ALREADY = "The entry says so already; the correction is marked accepted."
CHANGED = "the entry is changed."
ADDED = "it is added to the history; a later step stays today's stage."


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
    result = ""  # what accepting has done, in a sentence for whoever did it

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

    @property
    def is_dated(self) -> bool:
        """Whether it is about a step of the history, which is certain or not."""
        return self.field in stage_order.STEPS

    @property
    def usual_certainty(self) -> str:
        """How certain an accepted step is when nobody chose: a reader's word alone makes none plain."""
        sure = self.origin == self.Origin.JURISDICTION
        return StageChange.Certainty.SURE if sure else StageChange.Certainty.UNSURE

    @property
    def warning(self) -> str:
        """What the history says against it, in a sentence for staff; empty when nothing does."""
        return stage_order.warning(self.place, self.field, self.proposed)

    @property
    def joined_history_only(self) -> bool:
        """Whether it stands in the history, but a later step is today's stage."""
        return stage_order.stands_in_history(self.place, self.field, self.proposed)

    def announce(self) -> None:
        """Tells the reporter and staff. What was sent together is announced once, by whoever keeps the sheet."""
        if self.sheet:
            return
        self._write("correction_receipt")
        url = reverse("admin:jurisdictions_correction_change", args=[self.pk])
        letters.tell_staff("correction_staff", self._context(), url)

    def accept(
        self,
        *,
        by,
        on: date | None = None,
        instead_of: str | None = None,
        despite: str = "",
        certainty: str = "",
        answer: str = "",
    ) -> None:
        """Bring it into the entry, leave a public note, and tell the reporter.

        instead_of: what the entry says now, as whoever decides has seen it (default: as it was reported);
        despite: the warning that they have seen; certainty: of a step of the history (default: the usual).
        Raises Moved when the entry says something else or there is another warning, and NotAllowed when
        this is decided or in quarantine, or when the entry could not be kept so.
        """
        on = on or timezone.localdate()
        with transaction.atomic():
            self._check_open()
            place = Jurisdiction.objects.select_for_update().get(pk=self.place_id)
            if self._says(place):
                self.result = SO_ALREADY
            else:
                self._check_seen(place, self.was if instead_of is None else instead_of, despite)
                self._bring_in(place, on, certainty or self.usual_certainty)
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

    def _check_seen(self, place: Jurisdiction, seen: str, despite: str) -> None:
        if correctable.current(place, self.field) != seen:
            raise Moved(
                f"The entry has changed since this was reported. {self.label}: compare the three, then decide."
            )
        warning = stage_order.warning(place, self.field, self.proposed)
        if warning != despite:
            raise Moved(warning or "The history has changed since you looked at it. Look again, then decide.")

    def _bring_in(self, place: Jurisdiction, on: date, certainty: str) -> None:
        if stage_order.stands_in_history(place, self.field, self.proposed):
            self.result = SO_ALREADY
            return
        before, field = correctable.current(place, self.field), self.field
        self.result = CHANGED
        if stage_order.joins_history_only(place, self.field, self.proposed, on):
            before, field, self.result = "", ChangeNote.ADDED, ADDED
        try:
            row = correctable.apply(place, self.field, self.proposed, on)
            if isinstance(row, StageChange):
                row.certainty = certainty
                row.note = row.note or say(f"sites.correction.said_by.{self.origin}")
            row.full_clean()
        except ValidationError as error:
            raise NotAllowed(f"The entry cannot be kept so. {' '.join(error.messages)}") from error
        row.save()
        if self.field in correctable.OWN_FACTS:
            return
        ChangeNote.objects.create(
            place=place, field=field, was=before, now=self.proposed, on=on, because=self.origin
        )

    def _decide(self, outcome, *, by, answer: str) -> None:
        self.decided_at, self.decided_by = timezone.now(), by
        self.outcome, self.answer = outcome, answer.strip()
        self.save(update_fields=["decided_at", "decided_by", "outcome", "answer"])
        if self.origin == self.Origin.JURISDICTION:
            type(self.place).objects.get(pk=self.place.pk).settle_confirmation()
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

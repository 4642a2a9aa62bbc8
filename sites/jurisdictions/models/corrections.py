"""What readers and the places themselves say is wrong in an entry, field by field, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from leadbureau.mail.models.received import Received, ReceivedQuerySet


class CorrectionQuerySet(ReceivedQuerySet):
    def waiting(self):
        """Those that nobody has decided. The filter for Correction.is_waiting."""
        return self.trusted().filter(decided_at=None)


class Correction(Received):
    """One field of a place, as it was, and as somebody says it should be."""

    class Origin(models.TextChoices):
        VISITOR = "visitor", "A visitor"
        JURISDICTION = "jurisdiction", "The jurisdiction itself"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    prefix = "CO"

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
        return f"{self.place}: {self.field}"

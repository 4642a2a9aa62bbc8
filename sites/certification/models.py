"""Certificates. Whether a place is certified is never stored: it is read from these rows and a date."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit import sayable
from leadbureau.kit.search_text import SearchTextField
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models import Jurisdiction

PREFIX = "LB"


class NotAllowed(Exception):
    """The certificate cannot be granted or withdrawn so; the message is a sentence for staff."""


class State(models.TextChoices):
    """What a certificate is on a day."""

    VALID = "valid", "Valid"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UPCOMING = "upcoming", "Not yet valid"


class CertificateQuerySet(models.QuerySet):
    """`on` is a day in the Bureau's time zone; None is today. The filters for Certificate.state_on."""

    def published(self, on: date | None = None):
        """All that visitors may see, for ever: granted, whatever became of them since."""
        return self.filter(granted_on__lte=_day(on))

    def valid(self, on: date | None = None):
        day = _day(on)
        return self.published(day).filter(_not_withdrawn(day), valid_until__gte=day)

    def expired(self, on: date | None = None):
        day = _day(on)
        return self.published(day).filter(_not_withdrawn(day), valid_until__lt=day)

    def withdrawn(self, on: date | None = None):
        return self.published(on).filter(withdrawn_on__lte=_day(on))

    def overlapping(self, first: date, last: date):
        """Those that are in force on a day from `first` to `last`, both included."""
        in_force = Q(withdrawn_on=None) | Q(withdrawn_on__gt=first) & Q(withdrawn_on__gt=F("granted_on"))
        return self.filter(in_force, granted_on__lte=last, valid_until__gte=first)

    def with_places(self):
        return self.select_related("jurisdiction__state")

    def by_number(self, typed: str) -> "Certificate | None":
        """The published certificate with a number as somebody typed it."""
        number = sayable.normalize(typed, prefix=PREFIX)
        return self.published().with_places().filter(number=number).first() if number else None


class Certificate(models.Model):
    """The Bureau's word, from one day to another, that a local program follows LEAD's core principles."""

    number = models.CharField(max_length=20, unique=True, editable=False)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="place", on_delete=models.PROTECT, related_name="certificates"
    )
    program = models.CharField(
        "name of the program", max_length=200, help_text="As it stands on the certificate."
    )
    granted_on = models.DateField(default=timezone.localdate)
    valid_until = models.DateField("valid until", help_text="The last day on which it is valid.")
    conditions = models.TextField(
        blank=True,
        help_text="Public. What the program has to do while it is certified. Empty: there are none.",
    )
    assessed_by = models.CharField(
        max_length=250, help_text="Public. The organizations that did the assessment; no names of persons."
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField("entered", default=timezone.now, editable=False)
    withdrawn_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The first day on which it is not valid any more."
    )
    withdrawn_reason = models.TextField("reason for withdrawal", blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    updated_at = models.DateTimeField("last changed", auto_now=True)
    search_text = SearchTextField(
        sources=("number", "program", "jurisdiction.name", "jurisdiction.locality", "jurisdiction.state.name")
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_on", "-pk"]
        indexes = [models.Index(fields=["jurisdiction", "valid_until"], name="certificates_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("granted_on")),
                name="certificate_ends_after_it_begins",
                violation_error_message="The last valid day is before the day of the grant.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("granted_on")),
                name="certificate_withdrawn_after_grant",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_certificates_say_when_by_whom_and_why",
            ),
            # Overlap in general is kept out by `grant` under a lock: SQLite knows no exclusion constraint.
            models.UniqueConstraint(
                fields=["jurisdiction", "granted_on"],
                condition=Q(withdrawn_on=None),
                name="one_grant_a_day_for_a_place",
                violation_error_message="This place was granted a certificate on the same day.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.program}"

    def get_absolute_url(self):
        return reverse("certification:certificate", args=[self.number])

    @classmethod
    def grant(cls, *, by, **fields) -> Self:
        """Certify a place. Raises NotAllowed when another certificate covers one of the days.

        Two who grant at the same time are put in a row by a lock on the place; the second one is told.
        """
        return cls(**fields).enter(by=by)

    def enter(self, *, by) -> Self:
        """Give an unsaved certificate its number and put it into force; grant() for a form that filled it."""
        with transaction.atomic():
            Jurisdiction.objects.select_for_update().get(pk=self.jurisdiction_id)
            other = self._other_in_force()
            if other:
                raise NotAllowed(_already(other))
            self.number, self.granted_by = _new_number(), by
            self.save(force_insert=True)
        return self

    def withdraw(self, *, by, reason: str, on: date | None = None) -> None:
        """Take it back from a day on, for a reason that everybody can read.

        Raises NotAllowed when it is withdrawn already or has run out, or when no reason is given.
        """
        day = _day(on)
        with transaction.atomic():
            row = Certificate.objects.select_for_update().get(pk=self.pk)
            if row.withdrawn_on:
                raise NotAllowed(
                    f"This certificate was withdrawn already, on {day_in_words(row.withdrawn_on)}."
                )
            if row.valid_until < day:
                ended = day_in_words(row.valid_until)
                raise NotAllowed(f"This certificate ran out on {ended}; there is nothing left to withdraw.")
            if not reason.strip():
                raise NotAllowed("Say why. The reason is public.")
            self.withdrawn_on, self.withdrawn_by = max(day, row.granted_on), by
            self.withdrawn_reason = reason.strip()
            self.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason", "updated_at"])

    def clean(self):
        # Days never change after the grant, and a withdrawn certificate may stand beside a newer one.
        if self._state.adding and self.jurisdiction_id and self.granted_on and self.valid_until:
            other = self._other_in_force()
            if other:
                raise ValidationError(_already(other))

    def state_on(self, on: date | None = None) -> State:
        """What it is on a day (default: today). The predicate for the QuerySet's filters."""
        day = _day(on)
        if day < self.granted_on:
            return State.UPCOMING
        if self.withdrawn_on and self.withdrawn_on <= day:
            return State.WITHDRAWN
        return State.EXPIRED if self.valid_until < day else State.VALID

    @property
    def state(self) -> State:
        """What it is today."""
        return self.state_on()

    @property
    def can_be_withdrawn(self) -> bool:
        return self.withdrawn_on is None and self.valid_until >= timezone.localdate()

    def _other_in_force(self) -> "Certificate | None":
        same_place = Certificate.objects.filter(jurisdiction_id=self.jurisdiction_id).exclude(pk=self.pk)
        return same_place.overlapping(self.granted_on, self.valid_until).first()


def _day(on: date | None) -> date:
    return on or timezone.localdate()


def _not_withdrawn(day: date) -> Q:
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)


def _already(other: Certificate) -> str:
    return (
        f"This place has certificate {other.number}, in force from {day_in_words(other.granted_on)} "
        f"to {day_in_words(other.valid_until)}. The new one may begin the day after."
    )


def _new_number() -> str:
    while Certificate.objects.filter(number=(number := sayable.make(PREFIX))).exists():
        pass
    return number

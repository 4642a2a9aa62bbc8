"""What visitors send by a form: kept first, once, and then told to those whom it concerns."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from leadbureau.kit import sayable
from leadbureau.mail.models.letter import NotAllowed


class ReceivedQuerySet(models.QuerySet):
    def quarantined(self):
        """What looks like the work of a machine. The filter for Received.quarantined."""
        return self.exclude(suspicion="")

    def trusted(self):
        return self.filter(suspicion="")


class Received(models.Model):
    """A form that was sent. Its `nonce` makes a second click find the first row instead of making another.

    A subclass sets `prefix` for its numbers and writes its letters in `announce`.
    """

    prefix = ""

    number = models.CharField("reference", max_length=20, unique=True, editable=False)
    nonce = models.UUIDField(unique=True, editable=False)
    received_at = models.DateTimeField("received", default=timezone.now, editable=False, db_index=True)
    suspicion = models.CharField(
        "kept in quarantine because",
        max_length=200,
        blank=True,
        editable=False,
        help_text="Not empty: it looked like the work of a machine, so nobody was written to.",
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.number

    @classmethod
    def keep(cls, *, once: UUID, suspicion: str = "", **fields) -> Self:
        """The row of a form that was sent, new or found; letters leave with a new one that is not suspect."""
        with transaction.atomic():
            defaults = {"number": cls._new_number(), "suspicion": suspicion, **fields}
            row, is_new = cls._default_manager.get_or_create(nonce=once, defaults=defaults)
            if is_new and not row.quarantined:
                row.announce()
        return row

    @property
    def quarantined(self) -> bool:
        """Whether it waits for a person to look; the predicate for ReceivedQuerySet.quarantined."""
        return bool(self.suspicion)

    def announce(self) -> None:
        """Writes the receipt and tells staff; in the transaction that the caller has open."""
        raise NotImplementedError

    def release(self, *, by, now: datetime | None = None) -> None:
        """It was written by a person after all: let it in, and send what was held back.

        The time for an answer counts from now. Raises NotAllowed when it is not in quarantine.
        """
        with transaction.atomic():
            waiting = type(self)._default_manager.select_for_update().filter(pk=self.pk).exclude(suspicion="")
            if not waiting.exists():
                raise NotAllowed("This is not in quarantine.")
            self.suspicion = ""
            self.received_at = now or timezone.now()
            self.save(update_fields=["suspicion", "received_at"])
            self.announce()

    @classmethod
    def _new_number(cls) -> str:
        while cls._default_manager.filter(number=(number := sayable.make(cls.prefix))).exists():
            pass
        return number


class Answered:
    """For what a person answers from their own e-mail: who noted it and when, in `answered_by` and `answered_at`.

    A subclass has these two fields, kept together by the database, and says what it is in `noun`.
    """

    noun = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it needs an answer; the predicate for the QuerySet's waiting()."""
        row: Any = self
        return not row.quarantined and row.answered_at is None

    def answer(self, *, by, now: datetime | None = None) -> None:
        """Note that a person has answered. Raises NotAllowed when it needs no answer, or has one."""
        row: Any = self
        with transaction.atomic():
            found = type(row)._default_manager.select_for_update().get(pk=row.pk)
            if found.quarantined:
                raise NotAllowed(
                    f"This {self.noun} is in quarantine. Let it in first, or leave it to be deleted."
                )
            if found.answered_at:
                raise NotAllowed(f"{found.answered_by} has already answered this {self.noun}.")
            row.answered_at, row.answered_by = now or timezone.now(), by
            row.save(update_fields=["answered_at", "answered_by"])

    def reopen(self, *, by) -> None:
        """It does need an answer after all. Raises NotAllowed when it has none."""
        row: Any = self
        answered = type(row)._default_manager.filter(pk=row.pk, answered_at__isnull=False)
        if not answered.update(answered_at=None, answered_by=None):
            raise NotAllowed(f"This {self.noun} has not been answered yet.")
        row.refresh_from_db()

"""Letters that leave the Bureau: written in the transaction of what they report, delivered by the worker."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField, fingerprints
from leadbureau.mail.words import Words, tidy

# Pauses before the next try, a day in sum; when they are used up the letter is shown as failed, with a
# button to retry.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=39),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=6),
    timedelta(hours=10),
)
# A worker that takes a letter puts its next try this far off. One that dies in the middle thereby gives it
# back; one that lives is long done, as the mail server is waited for at most EMAIL_TIMEOUT a step.
LEASE = timedelta(minutes=15)


class NotAllowed(Exception):
    """The letter does not stand where this can be done to it."""


class LetterQuerySet(models.QuerySet):
    def held(self):
        """Written, and waiting for somebody to release them."""
        return self.filter(state=Letter.State.DRAFTED)

    def waiting(self):
        return self.filter(state=Letter.State.WAITING)

    def failed(self):
        return self.filter(state=Letter.State.FAILED)

    def due(self, now=None):
        """Letters whose next try has come, the oldest first."""
        due = self.waiting().filter(next_try_at__lte=now or timezone.now(), stop_asked_at=None)
        return due.order_by("next_try_at", "pk")

    def about(self, reference: str):
        return self.filter(about=reference)

    def to_address(self, address: str):
        """Letters to an address that is typed whole; case does not count."""
        return self.filter(to_fingerprint__in=fingerprints(address))

    def void(self, now=None, **handled) -> int:
        """Stop all that have not left; tells how many. One that a worker has in hand at this moment may still
        leave, and is not counted; but it is never tried again.

        One UPDATE, so that no worker can take a letter between two looks at it.
        """
        now = now or timezone.now()
        in_hand = Q(taken_at__gte=now - LEASE)
        stoppable = (Letter.State.DRAFTED, Letter.State.WAITING, Letter.State.FAILED)
        asked = self.filter(state__in=stoppable).order_by()
        asked.update(
            stop_asked_at=now,
            state=Case(When(in_hand, then=F("state")), default=Value(Letter.State.VOIDED)),
            next_try_at=Case(When(in_hand, then=F("next_try_at")), default=None),
            **handled,
        )
        return Letter.objects.filter(state=Letter.State.VOIDED, stop_asked_at=now).count()

    def bury(self, now=None) -> int:
        """Void what was to be stopped while a worker had it in hand that then died; tells how many."""
        now = now or timezone.now()
        left = self.waiting().filter(stop_asked_at__isnull=False, taken_at__lt=now - LEASE)
        return left.update(state=Letter.State.VOIDED, next_try_at=None, taken_at=None)


class Letter(models.Model):
    """One message to one address. Its words may be changed while it is held back, never after."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Held back: waits for somebody to release it"
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        VOIDED = "voided", "Voided: will not be sent"

    key = models.UUIDField(default=uuid4, unique=True, editable=False)  # names the message to mail servers
    name = models.CharField("kind", max_length=80, help_text="The template that it was written from.")
    to = EncryptedTextField("to", max_length=254)
    # Finds an address that is typed whole, without its being stored readably.
    to_fingerprint = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    subject = EncryptedTextField(max_length=250)
    body = EncryptedTextField()
    about = models.CharField(
        max_length=40, blank=True, db_index=True, help_text="The reference it belongs to."
    )
    # Which row's private link stands where the letter has a mark for one, like "assistance.share:12".
    opens = models.CharField(max_length=60, blank=True, editable=False)
    created_at = models.DateTimeField("written", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="written by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField("next try", default=timezone.now, null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)  # by a worker, for the present try
    # Somebody, or a new decision, wanted it stopped while a worker had it in hand.
    stop_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="handled by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who last changed, released, stopped it or tried it again.",
    )
    handled_at = models.DateTimeField("handled", null=True, blank=True)
    last_error = EncryptedTextField("why it was not sent", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_letters_have_their_time",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_try_at__isnull=False)
                | (~Q(state="waiting") & Q(next_try_at__isnull=True)),
                name="waiting_letters_have_a_next_try",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(last_error=""), name="failed_letters_say_why"
            ),
        ]

    def __str__(self):
        """The kind and the reference only: this stands in logs and in titles, and the rest may name people."""
        kind = self.name.rpartition("/")[2].replace("_", " ")
        return f"{self.about}: {kind}" if self.about else kind

    # The worker's side -------------------------------------------------------------------------------

    def claim(self, now=None) -> bool:
        """Take the letter for one try. False when another worker was faster, or it is not due any more.

        One UPDATE that only fits the row as it was read: the database lets exactly one worker through.
        """
        now = now or timezone.now()
        won = (
            Letter.objects.due(now)
            .filter(pk=self.pk, attempts=self.attempts)
            .order_by()
            .update(attempts=F("attempts") + 1, taken_at=now, next_try_at=now + LEASE)
        )
        if won:
            self.refresh_from_db()
        return bool(won)

    def mark_sent(self, now=None) -> None:
        self._finish(state=self.State.SENT, sent_at=now or timezone.now(), next_try_at=None, last_error="")

    def mark_missed(self, error: str, now=None, *, final: bool = False) -> None:
        """A try did not succeed: the next one after a pause, or none when the pauses are used up, or when the
        reason is final. A letter that was to be stopped meanwhile is not tried again."""
        error = error[:2000] or "No reason was given."
        if final or self.attempts > len(PAUSES):
            self._finish(state=self.State.FAILED, next_try_at=None, last_error=error)
        else:
            pause = PAUSES[self.attempts - 1]
            self._finish(
                state=self.State.WAITING, next_try_at=(now or timezone.now()) + pause, last_error=error
            )

    def _finish(self, **fields) -> None:
        """Only while the claim is still ours: a letter that was given back and taken again is not touched."""
        ours = Letter.objects.waiting().filter(pk=self.pk, attempts=self.attempts)
        is_sent = fields["state"] == self.State.SENT
        if not (ours if is_sent else ours.filter(stop_asked_at=None)).update(taken_at=None, **fields):
            ours.update(taken_at=None, **{**fields, "state": self.State.VOIDED, "next_try_at": None})
        self.refresh_from_db()

    # The staff's side --------------------------------------------------------------------------------

    @property
    def is_held(self) -> bool:
        return self.state == self.State.DRAFTED

    def can_retry(self) -> bool:
        return self.state == self.State.FAILED

    def can_void(self) -> bool:
        return self.state in (self.State.DRAFTED, self.State.WAITING, self.State.FAILED)

    def release(self, *, by, now=None) -> None:
        """A letter that was held back leaves now. Raises NotAllowed for any other."""
        now = now or timezone.now()
        self._while(self.State.DRAFTED, by, now, state=self.State.WAITING, next_try_at=now)

    def rewrite(self, words: Words, *, by, now=None) -> None:
        """Other words, as long as the letter is held back. Raises NotAllowed afterwards."""
        subject, body = tidy(words)
        self._while(self.State.DRAFTED, by, now or timezone.now(), subject=subject, body=body)

    def retry(self, *, by=None, now=None) -> None:
        """Try a failed letter again at once, with all its pauses. Raises NotAllowed for any other."""
        now = now or timezone.now()
        self._while(self.State.FAILED, by, now, state=self.State.WAITING, attempts=0, next_try_at=now)

    def void(self, *, by=None, now=None) -> None:
        """It shall not leave. Raises NotAllowed when it has left, or may be leaving at this moment."""
        now = now or timezone.now()
        Letter.objects.filter(pk=self.pk).void(now, handled_by=by, handled_at=now)
        self.refresh_from_db()
        if self.state == self.State.WAITING:
            raise NotAllowed(
                "This letter is being sent at this moment. If that fails, it is not tried again."
            )
        if self.state != self.State.VOIDED:
            raise NotAllowed(f"This cannot be done any more: the letter is {self._stands()}.")

    def _while(self, stands: str, by, now, **fields) -> None:
        """One UPDATE that only fits a letter that still stands so: two buttons never both win."""
        row = Letter.objects.filter(pk=self.pk, state=stands)
        won = row.update(**fields, handled_by=by, handled_at=now)
        self.refresh_from_db()
        if not won:
            raise NotAllowed(f"This cannot be done any more: the letter is {self._stands()}.")

    def _stands(self) -> str:
        return {
            self.State.DRAFTED: "held back",
            self.State.WAITING: "about to be sent",
            self.State.SENT: "sent",
            self.State.FAILED: "one that could not be sent",
            self.State.VOIDED: "stopped",
        }[self.State(self.state)]

"""Letters that leave the Bureau: written in the transaction of what they report, delivered by the worker."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField

# Pauses before the next try; when they are used up the letter is shown as failed, with a button to retry.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# A worker that takes a letter puts its next try this far off. One that dies in the middle thereby gives it
# back; one that lives is long done, as the mail server is waited for at most EMAIL_TIMEOUT a step.
LEASE = timedelta(minutes=15)


class NotAllowed(Exception):
    """The letter does not stand where this can be done to it."""


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Letter.State.WAITING)

    def failed(self):
        return self.filter(state=Letter.State.FAILED)

    def due(self, now=None):
        """Letters whose next try has come, the oldest first."""
        return self.waiting().filter(next_try_at__lte=now or timezone.now()).order_by("next_try_at", "pk")

    def about(self, reference: str):
        return self.filter(about=reference)

    def void(self, now=None) -> int:
        """Stop all that have not left and that no worker has in hand; tells how many."""
        stoppable = (Letter.State.DRAFTED, Letter.State.WAITING, Letter.State.FAILED)
        stopped = self.filter(state__in=stoppable).filter(
            Q(taken_at=None) | Q(taken_at__lt=(now or timezone.now()) - LEASE)
        )
        return stopped.order_by().update(state=Letter.State.VOIDED, next_try_at=None)


class Letter(models.Model):
    """One message to one address. Its words may be changed before it is written, never after."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Written, waits for somebody to release it"
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        VOIDED = "voided", "Voided: will not be sent"

    key = models.UUIDField(default=uuid4, unique=True, editable=False)  # names the message to mail servers
    name = models.CharField("kind", max_length=80, help_text="The template that it was written from.")
    to = EncryptedTextField("to", max_length=254)
    subject = models.CharField(max_length=250)
    body = EncryptedTextField()
    about = models.CharField(
        max_length=40, blank=True, db_index=True, help_text="The reference it belongs to."
    )
    # Which row's private link stands where the letter has a mark for one, like "assistance.share:12".
    opens = models.CharField(max_length=60, blank=True, editable=False)
    created_at = models.DateTimeField("written", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)  # by a worker, for the present try
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = EncryptedTextField(blank=True)

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
        return f"{self.subject} ({self.to})"

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

    def mark_missed(self, error: str, now=None) -> None:
        """A try did not succeed: the next one after a pause, or none when the pauses are used up."""
        error = error[:2000] or "No reason was given."
        if self.attempts > len(PAUSES):
            self._finish(state=self.State.FAILED, next_try_at=None, last_error=error)
        else:
            pause = PAUSES[self.attempts - 1]
            self._finish(
                state=self.State.WAITING, next_try_at=(now or timezone.now()) + pause, last_error=error
            )

    def _finish(self, **fields) -> None:
        """Only while the claim is still ours: a letter that was given back and taken again is not touched."""
        Letter.objects.waiting().filter(pk=self.pk, attempts=self.attempts).update(taken_at=None, **fields)
        self.refresh_from_db()

    # The staff's side --------------------------------------------------------------------------------

    def can_retry(self) -> bool:
        return self.state == self.State.FAILED

    def can_void(self) -> bool:
        return self.state in (self.State.DRAFTED, self.State.WAITING, self.State.FAILED)

    def retry(self, now=None) -> None:
        """Try a failed letter again at once, with all its pauses. Raises NotAllowed for any other."""
        won = (
            Letter.objects.failed()
            .filter(pk=self.pk)
            .update(state=self.State.WAITING, attempts=0, next_try_at=now or timezone.now())
        )
        if not won:
            raise NotAllowed("Only a letter that could not be sent can be tried again.")
        self.refresh_from_db()

    def void(self) -> None:
        """It shall not leave. Raises NotAllowed when it has left, or is leaving at this moment."""
        if not Letter.objects.filter(pk=self.pk).void():
            raise NotAllowed("This letter has been sent, or is being sent now.")
        self.refresh_from_db()

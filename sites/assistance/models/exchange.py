"""What is said on a request after it was sent: messages both ways, and what the requester adds or corrects."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadbureau.content.wording import say
from leadbureau.kit.encrypted import EncryptedJSONField, EncryptedTextField
from leadbureau.kit.word_diff import word_diff
from leadbureau.mail import letters
from sites.assistance.moves import Doer, NotAllowed, Turn
from sites.assistance.questions import QUESTION_OF, Page, Question

if TYPE_CHECKING:
    from sites.assistance.models.request import Request

LONGEST = 5000  # characters of a message, and of the words with a supplement
SAME_WITHIN = timedelta(
    minutes=10
)  # the same words from the same side within this time are one press too many
SHORT = 60  # characters; longer answers are compared word by word


class NothingToAdd(Exception):
    """Neither an answer differs from what is known, nor was a word said."""


class ExchangeQuerySet(models.QuerySet):
    def _locked(self, request: "Request", verb: str, by, now: datetime) -> "Request":
        """The request as it is now, held for this transaction. Raises NotAllowed as its table says."""
        row = type(request).objects.select_for_update().get(pk=request.pk)
        if not row.may(verb, Doer.STAFF if by else Doer.REQUESTER, now):
            raise NotAllowed(f"A request that is {row.get_status_display().lower()} does not take this step.")
        return row

    def _just_now(self, request: "Request", by, now: datetime) -> list[Any]:
        """What the same side said a moment ago, the newest first."""
        return list(self.filter(request=request, by=by, at__gt=now - SAME_WITHIN).order_by("-at", "-pk"))


class MessageQuerySet(ExchangeQuerySet):
    def write(self, request: "Request", words: str, by=None, now: datetime | None = None) -> "Message":
        """The requester writes to the Bureau (`by=None`), or staff to the requester; the other side is told.

        In the requester's own turn the message is their answer, so the turn goes back to the Bureau. The same
        words twice within SAME_WITHIN are kept once. Raises NotAllowed.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row = self._locked(request, "message", by, now)
            for earlier in self._just_now(row, by, now):
                if earlier.words == words:
                    return earlier
            message = Message(request=row, words=words, by=by, at=now)
            message.save()
            row.record("message", by=by, now=now)
            if by:
                row._post("assistance/message", by=by)
            elif row.turn == Turn.REQUESTER and row.may("hand_back", Doer.REQUESTER, now):
                row.hand_back(now=now)
            else:
                row.tell_staff("staff_message")
        request.refresh_from_db()
        return message


class Message(models.Model):
    """One message. `by` is the member of staff; empty for the requester."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="messages"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = EncryptedTextField(max_length=LONGEST)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Message on {self.request.reference}"


class SupplementQuerySet(ExchangeQuerySet):
    def append(
        self,
        request: "Request",
        *,
        page: Page | None = None,
        values: dict | None = None,
        words: str = "",
        by=None,
        version: int | None = None,
        now: datetime | None = None,
    ) -> "Supplement":
        """Add words, or new answers to a page as its form stores them; the page then says what was added.

        `version` is the one that the form began with. A second press of the same button is kept once. Raises
        NotAllowed, NothingToAdd, and ChangedMeanwhile when the page was saved by somebody else.
        """
        values, now = values or {}, now or timezone.now()
        with transaction.atomic():
            row = self._locked(request, "supplement", by, now)
            known = row.answers()
            changes: Any = {
                name: [known.get(name), new]
                for name, new in values.items()
                if (known.get(name) or None) != (new or None)
            }
            stale = page is not None and version not in (None, row.version_of(page))
            if not changes and (twin := self._twin(row, by, words, values, stale, now)):
                return twin
            if not changes and not words:
                raise NothingToAdd
            if page and changes:
                row.save_page(page, values, version=version, now=now)
            supplement = Supplement(request=row, changes=changes, words=words, by=by, at=now)
            supplement.save()
            row.record("supplement", by=by, now=now)
            if not by:
                row.tell_staff("staff_supplement")
            if "email" in changes:
                _tell_both_addresses(row, before=changes["email"][0] or "", by=by)
        request.refresh_from_db()
        return supplement

    def _twin(self, request, by, words: str, values: dict, stale: bool, now: datetime):
        """What the same press added a moment ago: it has changed the page, so this one changes nothing."""
        last = next(iter(self._just_now(request, by, now)), None)
        same = last and last.words == words and set(last.changes) <= set(values) and (words or stale)
        return last if same else None


def _tell_both_addresses(request: "Request", *, before: str, by) -> None:
    """Whoever takes an address away from its owner cannot do it unseen; the private link stays as it is."""
    type(request).objects.filter(pk=request.pk).update(link_mailed_to=request.email)
    if before:
        context = request._letter_context()
        letters.send(
            name="assistance/changed_address", to=before, context=context, about=request.reference, by=by
        )
    request._post("assistance/changed_address_new", by=by)


@dataclass(frozen=True)
class Difference:
    """One answer that a supplement changed, in words."""

    question: Question
    was: str
    now: str

    @property
    def marked(self) -> SafeString:
        """Short answers one after the other, long ones word by word, with <del> and <ins>."""
        if self.was and self.now and max(len(self.was), len(self.now)) > SHORT:
            return word_diff(self.was, self.now)
        nothing = say("assistance.no_answer")
        return format_html("<del>{}</del> → <ins>{}</ins>", self.was or nothing, self.now or nothing)


class Supplement(models.Model):
    """A dated addition: answers that were changed, with what stood there before, and words of explanation."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="supplements"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changes = EncryptedJSONField(default=dict)  # question: [what it was, what it is now], as they are stored
    words = EncryptedTextField(max_length=LONGEST, blank=True)

    objects = SupplementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Supplement to {self.request.reference}"

    def differences(self) -> list[Difference]:
        """What it changed, in the order of the form; questions that are asked no more are left out."""
        changes: Any = self.changes
        return [
            Difference(question, *(question.shown(value) for value in changes[name]))
            for name, question in QUESTION_OF.items()
            if name in changes
        ]


class Outcome(models.Model):
    """The two answers that a place gives some time after its request was completed. A row a letter."""

    class After(models.IntegerChoices):
        MONTH = 30, "30 days"
        HALF_YEAR = 180, "180 days"

    class Helped(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "In part"
        NO = "no", "No"
        TOO_EARLY = "too_early", "Too early to tell"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="outcomes"
    )
    after = models.PositiveSmallIntegerField(choices=After, help_text="Days after it was completed.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    helped = models.CharField(max_length=10, choices=Helped, blank=True)
    stage = models.CharField(
        max_length=12, blank=True, help_text="A Stage of the directory, or empty for no change."
    )
    words = EncryptedTextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["after"]
        constraints = [models.UniqueConstraint(fields=["request", "after"], name="outcome_asked_once")]

    def __str__(self):
        return f"{self.get_after_display()} after {self.request.reference}"

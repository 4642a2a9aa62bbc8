"""A request for technical assistance: its answers, its states, and the verbs that move it."""

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from leadbureau.kit import sayable, working_days
from leadbureau.kit.spam import is_only_haste
from leadbureau.mail.letters import Words
from leadbureau.mail.models import Letter
from sites.assistance import links
from sites.assistance.models.answers import HasAnswers, Missing
from sites.assistance.models.event import Event
from sites.assistance.models.letters import DRAFT_KEPT, HasLetters, promise
from sites.assistance.moves import (
    CLOSED,
    MOVES,
    OPEN,
    UNANSWERED,
    Doer,
    Move,
    NotAllowed,
    Status,
    moves_from,
)
from sites.assistance.questions import PAGES, Page

REFERENCE_PREFIX = "TA"


class NotComplete(Exception):
    """Answers are missing; `missing` says which."""

    def __init__(self, missing: list[Missing]):
        super().__init__(f"{len(missing)} answers are missing.")
        self.missing = missing


class RequestQuerySet(models.QuerySet["Request"]):
    def begin(self, page: Page, values: dict, *, by=None, **fields) -> "Request":
        """A new draft with the answers of its first page; under a reference that no other has."""
        for _ in range(10):
            try:
                with transaction.atomic():
                    request = self.create(reference=sayable.make(REFERENCE_PREFIX), **fields)
                    request._record(Event.Action.STARTED, by=by)
                    request.save_page(page, values)
                    return request
            except IntegrityError:
                if self.filter(nonce=fields.get("nonce")).exists():
                    raise
        raise RuntimeError("No free reference was found in ten tries.")

    def take_by_phone(self, answers: dict, *, by, nonce) -> "Request":
        """A request that staff write down for somebody; it is sent at once. Twice the same is once."""
        with transaction.atomic():
            if known := self.filter(nonce=nonce).first():
                return known
            found = self.begin(PAGES[0], {}, by=by, nonce=nonce)
            for page in PAGES:
                names = [question.name for question in page.questions]
                found.save_page(page, {name: answers[name] for name in names if name in answers})
            found.send(by=by, demand=False)
            return found

    def open(self):
        """Sent, and not closed yet; what is in quarantine is not among them."""
        return self.filter(status__in=OPEN, quarantined_at=None)

    def closed(self):
        return self.filter(status__in=CLOSED)

    def drafts(self):
        return self.filter(status=Status.DRAFTED)

    def sent(self):
        return self.exclude(status=Status.DRAFTED)

    def quarantined(self):
        return self.filter(quarantined_at__isnull=False)

    def unanswered(self):
        return self.filter(status__in=UNANSWERED, quarantined_at=None)

    def overdue(self, on: date | None = None):
        """The promised answer day has passed. The filter for Request.is_overdue."""
        return self.unanswered().filter(answer_by__lt=on or timezone.localdate())

    def expired(self, now: datetime | None = None):
        """Drafts that were left alone for too long. The filter for Request.is_expired."""
        return self.drafts().filter(saved_at__lte=(now or timezone.now()) - DRAFT_KEPT)

    def erase(self) -> int:
        """Delete requests for good, with their answers, history and letters; tells how many."""
        with transaction.atomic():
            references = list(self.values_list("reference", flat=True))
            Letter.objects.filter(about__in=references).delete()
            Request.objects.filter(reference__in=references).delete()
        return len(references)

    def with_token(self, token: str):
        return self.filter(token_digest=links.digest(token))


class Request(HasAnswers, HasLetters):
    """From the first saved page on. Columns that copy answers are for lists; `pages` holds the answers."""

    nonce = models.UUIDField(default=uuid4, unique=True, editable=False)  # of the form that began it

    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFTED)
    contact_name = models.CharField("who asks", max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    state = models.ForeignKey(
        "jurisdictions.State",
        to_field="usps",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now, help_text="When an answer was last saved.")
    sent_at = models.DateTimeField("received", null=True, blank=True)
    quarantined_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="drafted", sent_at__isnull=True, answer_by__isnull=True)
                | (~Q(status="drafted") & Q(sent_at__isnull=False, answer_by__isnull=False)),
                name="sent_requests_have_their_dates",
            ),
            models.CheckConstraint(
                condition=Q(quarantined_at__isnull=True) | ~Q(suspicion=""), name="quarantine_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.place or self.agency or self.contact_name or 'no place yet'}"

    def delete(self, *args, **kwargs):
        """A request takes its letters along: the receipt has all the answers."""
        with transaction.atomic():
            Letter.objects.about(self.reference).delete()
            return super().delete(*args, **kwargs)

    # Where it stands ---------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFTED

    def is_expired(self, now: datetime | None = None) -> bool:
        return self.is_draft and self.saved_at <= (now or timezone.now()) - DRAFT_KEPT

    def days_left(self, on: date | None = None) -> int | None:
        """Working days until the promised answer, negative when it is late; None when none is owed."""
        if self.status not in UNANSWERED or self.quarantined_at or not self.answer_by:
            return None
        return working_days.between(on or timezone.localdate(), self.answer_by)

    def is_overdue(self, on: date | None = None) -> bool:
        if self.days_left(on) is None or self.answer_by is None:
            return False
        return self.answer_by < (on or timezone.localdate())

    def moves_for(self, doer: Doer) -> list[Move]:
        """What the doer may do now; nothing while the request is held in quarantine."""
        if self.quarantined_at and not self.is_draft:
            return []
        return moves_from(self.status, doer)

    def history(self):
        return self.events.select_related("by")

    # The verbs ---------------------------------------------------------------------------------------

    def send(self, *, by=None, demand: bool = True, now: datetime | None = None) -> None:
        """The requester hands it in (`by=None`), or staff do for somebody on the telephone.

        Raises NotComplete when answers are missing and completeness is demanded, NotAllowed when it was sent
        before. What looks like spam is received into quarantine, and nothing is mailed; but who answered
        every page is not held back for having been quick on the first.
        """
        now = now or timezone.now()
        missing = self.missing() if demand and self.is_draft else []
        if missing:
            raise NotComplete(missing)
        suspicion = "" if is_only_haste(self.suspicion) else self.suspicion
        held = {"suspicion": suspicion, "quarantined_at": now if suspicion else None}
        with transaction.atomic():
            self._move("send", by=by, words=None, sent_at=now, answer_by=promise(now), **held)
            if not self.quarantined_at:
                self._tell_staff()

    def start_review(self, *, by, words: Words | None = None) -> None:
        self._move("start_review", by=by, words=words)

    def activate(self, *, by, words: Words | None = None) -> None:
        self._move("activate", by=by, words=words)

    def decline(self, *, by, words: Words | None = None) -> None:
        self._move("decline", by=by, words=words)

    def complete(self, *, by, words: Words | None = None) -> None:
        self._move("complete", by=by, words=words)

    def withdraw(self, *, by=None, words: Words | None = None) -> None:
        self._move("withdraw", by=by, words=words)

    def reopen(self, *, by, words: Words | None = None, now: datetime | None = None) -> None:
        """A closed request is reviewed again; the promise of an answer runs anew from today."""
        self._move("reopen", by=by, words=words, answer_by=promise(now))

    def release(self, *, by) -> None:
        """Staff found that it is no spam: what was held back is mailed, and the promise runs from today."""
        with transaction.atomic():
            changed = type(self).objects.quarantined().sent().filter(pk=self.pk)
            if not changed.update(quarantined_at=None, suspicion="", answer_by=promise()):
                raise NotAllowed("This request is not in quarantine.")
            self.refresh_from_db()
            self._record(Event.Action.RELEASE, by=by)
            if self.is_open:
                self._post(MOVES["send"].letter, by=by)

    def assign(self, *, to, by) -> None:
        """Somebody of the staff answers for it, or nobody (`to=None`)."""
        with transaction.atomic():
            self.owner = to
            self.save(update_fields=["owner"])
            name = (to.get_full_name() or to.get_username()) if to else ""
            self._record(Event.Action.ASSIGN, by=by, words=name)

    def add_note(self, text: str, *, by) -> None:
        """A private note, for staff only."""
        self._record(Event.Action.NOTE, by=by, words=text)

    def _move(self, verb: str, *, by, words, **fields) -> None:
        """One row of the table: the state, the event and the letter, all or nothing.

        The UPDATE fits only a row that still stands where the move begins, so of two that come at the same
        time one gets NotAllowed.
        """
        move = MOVES[verb]
        doer = Doer.STAFF if by else Doer.REQUESTER
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk, status__in=move.before, quarantined_at=None)
            if doer not in move.doers or not rows.update(status=move.after, **fields):
                raise NotAllowed(
                    f"A request that is {self.get_status_display().lower()} does not take this step."
                )
            self.refresh_from_db()
            self._record(verb, by=by)
            self._undecided_letters().void()
            if not self.quarantined_at:
                self._post(move.letter, by=by, words=words)

"""A request for technical assistance: its answers, its states, and the verbs that move it."""

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from leadbureau.kit import sayable, working_days
from leadbureau.kit.encrypted import EncryptedTextField, fingerprints
from leadbureau.kit.retention import kept
from leadbureau.kit.spam import is_only_haste
from leadbureau.mail.letters import Words
from leadbureau.mail.models import Letter
from sites.assistance.models.answers import HasAnswers, NotComplete
from sites.assistance.models.attachment import Attachment
from sites.assistance.models.event import Event
from sites.assistance.models.guarded import Guarded
from sites.assistance.models.letters import HasLetters
from sites.assistance.models.link import LinkQuerySet
from sites.assistance.models.turn import HasTurn
from sites.assistance.moves import (
    CLOSED,
    DECIDED,
    MOVES,
    OPEN,
    RESUMED_WITHIN,
    UNANSWERED,
    Doer,
    Move,
    NotAllowed,
    Status,
    moves_from,
)
from sites.assistance.questions import PAGES, Page

REFERENCE_PREFIX = "TA"


class RequestQuerySet(LinkQuerySet["Request"]):
    def begin(self, page: Page, values: dict, *, by=None, **fields) -> "Request":
        """A new draft with the answers of its first page; under a reference that no other has."""
        for _ in range(10):
            try:
                with transaction.atomic():
                    request = self.create(reference=sayable.make(REFERENCE_PREFIX), **fields)
                    request.record(Event.Action.STARTED, by=by)
                    request.save_page(page, values)
                    return request
            except IntegrityError:
                if "nonce" in fields and self.filter(nonce=fields["nonce"]).exists():
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
        return self.drafts().filter(saved_at__lte=(now or timezone.now()) - kept("assistance.drafts"))

    def of_email(self, address: str):
        """Requests whose requester gave this address, typed whole; case does not count."""
        return self.filter(email_fingerprint__in=fingerprints(address))

    def erase(self) -> int:
        """Delete requests for good, with their answers, history and letters; tells how many."""
        with transaction.atomic():
            references = list(self.values_list("reference", flat=True))
            Letter.objects.filter(about__in=references).delete()
            Attachment.objects.filter(request__reference__in=references).forget()
            Request.objects.filter(reference__in=references).delete()
        return len(references)


class Request(HasAnswers, Guarded, HasLetters, HasTurn):
    """From the first saved page on. Columns that copy answers are for lists; `pages` holds the answers."""

    nonce = models.UUIDField(default=uuid4, unique=True, editable=False)  # of the form that began it

    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFTED)
    contact_name = EncryptedTextField("who asks", max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    sector = models.CharField("kind of agency", max_length=20, blank=True)
    state = models.ForeignKey(
        "jurisdictions.State",
        to_field="usps",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place_kind = models.CharField("kind of place", max_length=12, blank=True)
    place = models.CharField(max_length=200, blank=True)
    county_fips = models.CharField("county", max_length=5, blank=True, db_index=True)
    population = models.CharField(max_length=12, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    help = models.CharField(
        "help wanted", max_length=200, blank=True, help_text="The choices, with spaces between."
    )
    # The place in the directory, once staff or a match have named it.
    jurisdiction = models.ForeignKey(
        "jurisdictions.Jurisdiction", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_action = EncryptedTextField("next action", max_length=200, blank=True)
    next_action_on = models.DateField("on", null=True, blank=True)
    next_action_reminded_on = models.DateField(null=True, blank=True, editable=False)

    # What was decided and what came of it. The codes are those of sites/assistance/decisions.py.
    plan = EncryptedTextField(blank=True, help_text="What the Bureau and the place agreed to do.")
    peers = models.ManyToManyField("jurisdictions.Jurisdiction", blank=True, related_name="+")
    decline_reason = models.CharField(max_length=20, blank=True)
    referred_to = models.CharField(max_length=20, blank=True)
    results = models.CharField(
        max_length=200, blank=True, help_text="What was done, when completed: codes with spaces between."
    )

    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now, help_text="When an answer was last saved.")
    sent_at = models.DateTimeField("received", null=True, blank=True)
    closed_at = models.DateTimeField("closed", null=True, blank=True)
    quarantined_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        permissions = [
            ("see_personal", "Can read what requesters wrote, their names and addresses"),
            ("redact_request", "Can black out passages of a request for good"),
            ("export_personal", "Can export names and addresses of requesters"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="drafted", sent_at__isnull=True)
                | (~Q(status="drafted") & Q(sent_at__isnull=False)),
                name="sent_requests_have_their_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*CLOSED], closed_at__isnull=False)
                | (~Q(status__in=[*CLOSED]) & Q(closed_at__isnull=True)),
                name="closed_requests_have_their_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*UNANSWERED], turn="bureau", answer_by__isnull=False)
                | (~Q(status__in=[*UNANSWERED], turn="bureau") & Q(answer_by__isnull=True)),
                name="an_answer_is_promised_in_our_turn",
            ),
            models.CheckConstraint(
                condition=Q(status="drafted", turn="requester")
                | Q(status="received", turn="bureau")
                | Q(status__in=["in_review", "active"], turn__in=["bureau", "requester"])
                | Q(status__in=[*CLOSED], turn="nobody"),
                name="one_owner_of_the_turn",
            ),
            models.CheckConstraint(
                condition=Q(quarantined_at__isnull=True) | ~Q(suspicion=""), name="quarantine_has_a_reason"
            ),
        ]

    def __str__(self):
        if self.is_draft:
            return f"{self.reference}: a draft"
        return f"{self.reference}: {self.place or self.agency or 'no place yet'}"

    def delete(self, *args, **kwargs):
        """A request takes its letters along: the receipt has all the answers."""
        with transaction.atomic():
            Letter.objects.about(self.reference).delete()
            Attachment.objects.filter(request=self).forget()
            return super().delete(*args, **kwargs)

    # Where it stands ---------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFTED

    def is_expired(self, now: datetime | None = None) -> bool:
        return self.is_draft and self.saved_at <= (now or timezone.now()) - kept("assistance.drafts")

    @property
    def kept_until(self) -> date:
        """The day after which a draft is deleted, if nobody saves it again."""
        return timezone.localdate(self.saved_at + kept("assistance.drafts"))

    def days_left(self, on: date | None = None) -> int | None:
        """Working days until the promised answer, negative when it is late; None while the clock stands."""
        if not self.clock_runs or self.quarantined_at or not self.answer_by:
            return None
        return working_days.between(on or timezone.localdate(), self.answer_by)

    def is_overdue(self, on: date | None = None) -> bool:
        if self.days_left(on) is None or self.answer_by is None:
            return False
        return self.answer_by < (on or timezone.localdate())

    def moves_for(self, doer: Doer, now: datetime | None = None) -> list[Move]:
        """What the doer may do now; nothing while the request is held in quarantine."""
        if self.quarantined_at and not self.is_draft:
            return []
        found = moves_from(self.status, self.turn, doer)
        return found if self.may_resume(now) else [move for move in found if move.verb != "resume"]

    def may(self, verb: str, doer: Doer, now: datetime | None = None) -> bool:
        return MOVES[verb] in self.moves_for(doer, now)

    def may_resume(self, now: datetime | None = None) -> bool:
        """Whether a withdrawal is fresh enough for the requester to take it back."""
        until = self.resumable_until
        return until is not None and timezone.localdate(now) <= until

    @property
    def resumable_until(self) -> date | None:
        """The last day on which the requester may take a withdrawal back; None unless it is withdrawn."""
        if self.status != Status.WITHDRAWN or self.closed_at is None:
            return None
        return timezone.localdate(self.closed_at) + RESUMED_WITHIN

    def promised_after(self, verb: str, now: datetime | None = None) -> date | None:
        """The day of the promised answer if a move were made now, for the letter that announces it."""
        return self._clock_after(MOVES[verb], now or timezone.now())["answer_by"]

    def history(self):
        return self.events.select_related("by")

    # The verbs ---------------------------------------------------------------------------------------

    def send(self, *, by=None, demand: bool = True, now: datetime | None = None) -> None:
        """The requester hands it in (`by=None`), or staff do for somebody on the telephone.

        Raises NotComplete when answers are missing and completeness is demanded, HasPassages when the requester
        has not looked at what may be about a participant, NotAllowed when it was sent before. What looks like
        spam is received into quarantine, and nothing is mailed; but who answered every page is not held back for
        having been quick on the first.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            row._demand_whole(demand=demand, looked_at=by is None)
            suspicion = "" if is_only_haste(row.suspicion) else row.suspicion
            held = {"suspicion": suspicion, "quarantined_at": now if suspicion else None}
            self._move("send", by=by, now=now, sent_at=now, **held)
            self.shares.current().end(now)
            if not self.quarantined_at:
                self.tell_staff("staff_new")

    def _demand_whole(self, *, demand: bool, looked_at: bool) -> None:
        """Whether a draft may be sent as it is; asked under the lock, as a colleague may be saving a page."""
        missing = self.missing() if demand and self.is_draft else []
        if missing:
            raise NotComplete(missing)
        if looked_at and self.is_draft:
            self.demand_confirmed()

    def start_review(self, *, by, words: Words | None = None, held: bool = False) -> None:
        self._move("start_review", by=by, words=words, held=held)

    def ask_more(self, *, by, words: Words | None = None, now=None) -> None:
        """The Bureau needs something: the turn goes to the requester, and the Bureau's clock stops.

        Its letter is never held back: the clock would stand while the requester does not know why.
        """
        self._move("ask_more", by=by, words=words, now=now)

    def hand_back(self, *, by=None, words: Words | None = None, now=None) -> None:
        """What was asked for has been given: the turn is the Bureau's again, and its clock goes on."""
        with transaction.atomic():
            self._move("hand_back", by=by, words=words, now=now)
            if by is None:
                self.tell_staff("staff_answered")

    def activate(
        self, *, by, words: Words | None = None, held: bool = False, plan: str = "", peers=()
    ) -> None:
        """The Bureau takes it up, by a plan, with places that have done it before."""
        with transaction.atomic():
            self._move("activate", by=by, words=words, held=held, plan=plan)
            self.peers.set(peers)

    def decline(self, *, by, words: Words | None = None, held: bool = False, reason: str = "") -> None:
        self._move("decline", by=by, words=words, held=held, decline_reason=reason)

    def refer(self, *, by, words: Words | None = None, held: bool = False, to: str = "", peers=()) -> None:
        """Somebody else can help better: the letter says who."""
        with transaction.atomic():
            self._move("refer", by=by, words=words, held=held, referred_to=to)
            self.peers.add(*peers)

    def complete(self, *, by, words: Words | None = None, held: bool = False, results=()) -> None:
        self._move("complete", by=by, words=words, held=held, results=" ".join(results))

    def withdraw(self, *, by=None, words: Words | None = None, reason: str = "", now=None) -> None:
        with transaction.atomic():
            self._move("withdraw", by=by, words=words, now=now, reason=reason)
            if by is None:
                self.tell_staff("staff_withdrawn")

    def resume(self, *, now: datetime | None = None) -> None:
        """The requester takes a withdrawal back. Raises NotAllowed after RESUMED_WITHIN."""
        with transaction.atomic():
            self._move("resume", by=None, now=now)
            self.tell_staff("staff_resumed")

    def reopen(
        self, *, by, words: Words | None = None, held: bool = False, now: datetime | None = None
    ) -> None:
        """A closed request is reviewed again. After a decision a new answer is promised, counted from now."""
        self._move("reopen", by=by, words=words, held=held, now=now)

    def release(self, *, by) -> None:
        """Staff found that it is no spam: what was held back is mailed, and the promise runs from today."""
        now = timezone.now()
        with transaction.atomic():
            changed = type(self).objects.quarantined().sent().filter(pk=self.pk)
            clock = {
                "turn_since": now,
                "answer_by": working_days.add(timezone.localdate(now), self.promised_days or 0),
            }
            clock = clock if self.clock_runs else {}
            if not changed.update(quarantined_at=None, suspicion="", **clock):
                raise NotAllowed("This request is not in quarantine.")
            self.refresh_from_db()
            self.record(Event.Action.RELEASE, by=by)
            if self.is_open:
                self._post(MOVES["send"].letter, by=by)

    def assign(self, *, to, by) -> None:
        """Somebody of the staff answers for it, or nobody (`to=None`)."""
        with transaction.atomic():
            self.owner = to
            self.save(update_fields=["owner"])
            name = (to.get_full_name() or to.get_username()) if to else ""
            self.record(Event.Action.ASSIGN, by=by, words=name)

    def plan_next(self, *, action: str, on: date | None, by) -> None:
        """What staff will do next and when; they are reminded on that day. An empty action takes it away."""
        with transaction.atomic():
            self.next_action, self.next_action_on, self.next_action_reminded_on = (
                action,
                on if action else None,
                None,
            )
            self.save(update_fields=["next_action", "next_action_on", "next_action_reminded_on"])
            self.record(Event.Action.NEXT_ACTION, by=by, words=action)

    def choose_place(self, place, *, by) -> None:
        """Which entry of the directory it is about, or none."""
        with transaction.atomic():
            self.jurisdiction = place
            self.save(update_fields=["jurisdiction"])
            self.record(Event.Action.PLACE, by=by, words=str(place) if place else "")

    def add_note(self, text: str, *, by) -> None:
        """A private note, for staff only."""
        self.record(Event.Action.NOTE, by=by, words=text)

    def _move(self, verb: str, *, by=None, words=None, held=False, now=None, reason="", **fields) -> None:
        """One row of the table: the state, the turn, the event (with a reason) and the letter, all or nothing.

        The row is locked and read first, so of two that come at the same time one gets NotAllowed.
        """
        move, now = MOVES[verb], now or timezone.now()
        doer = Doer.STAFF if by else Doer.REQUESTER
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            allowed = move.fits(row.status, row.turn, doer) and not row.quarantined_at
            if not allowed or (verb == "resume" and not row.may_resume(now)):
                raise NotAllowed(
                    f"A request that is {row.get_status_display().lower()} does not take this step."
                )
            status = move.path[Status(row.status)]
            closed_at = now if status in CLOSED else None
            columns = {"status": status, "closed_at": closed_at, **row._clock_after(move, now), **fields}
            type(self).objects.filter(pk=self.pk).update(**columns)
            self.refresh_from_db()
            self.record(verb, by=by, words=reason, now=now)
            self._undecided_letters().void()
            if not self.quarantined_at:
                self._post(move.letter, by=by, words=words, held=held)

    def _clock_after(self, move: Move, now: datetime) -> dict:
        """The clock after a move. What the Bureau had decided and opens again is promised a new answer."""
        anew = move.verb == "reopen" and self.status in DECIDED
        return self.after_turn(move.turn or self.turn, move.path[Status(self.status)], now, anew=anew)

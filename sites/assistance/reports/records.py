"""What a report reads from the database: a fixed number of queries, whatever the period holds, and no
personal column."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from sites.assistance.models import Event, Outcome, Request, Tombstone
from sites.assistance.moves import DECISIONS, Status
from sites.assistance.reports.period import Period
from sites.assistance.reports.timing import TELLING, Step, Timing, timing
from sites.jurisdictions.models import State

COLUMNS = ("pk", "state_id", "sector", "help", "stage", "status", "sent_at", "promised_days")
STEPS_SHOWN = (*DECISIONS, "complete", "withdraw")


@dataclass(frozen=True)
class Came:
    """A request that was received; of a purged one only state, day and what became of it are known."""

    on: date
    state: str
    status: str
    sector: str = ""
    help: str = ""
    stage: str = ""
    promised_days: int | None = None
    timing: Timing | None = None

    @property
    def is_purged(self) -> bool:
        return self.timing is None


@dataclass(frozen=True)
class Took:
    """A request that took a step in the period. Codes as in decisions.py, "" where none is recorded."""

    step: str
    reason: str = ""
    referred_to: str = ""
    results: str = ""
    is_purged: bool = False


@dataclass
class Records:
    """Everything that the figures of a period are made of, as it stands on a day."""

    period: Period
    today: date
    came: list[Came] = field(default_factory=list)
    took: list[Took] = field(default_factory=list)
    open_turns: list[tuple[str, bool]] = field(default_factory=list)  # whose turn, whether the answer is late
    asked: list[Outcome] = field(default_factory=list)

    @cached_property
    def state_names(self) -> dict[str, str]:
        return dict(State.objects.values_list("usps", "name"))


def read(period: Period, now: datetime | None = None) -> Records:
    today = timezone.localdate(now)
    first, end = period.moments
    found = Records(period, today)
    found.came = [*_came(first, end, today), *_came_and_purged(period)]
    found.took = [*_took(first, end), *_took_and_purged(period)]
    turns = Request.objects.open().values_list("turn", "answer_by")
    found.open_turns = [(turn, bool(answer_by and answer_by < today)) for turn, answer_by in turns]
    asked = Outcome.objects.filter(asked_at__gte=first, asked_at__lt=end)
    found.asked = list(asked.only("after", "answered_at", "helped", "stage"))
    return found


def _received():
    return Request.objects.sent().filter(quarantined_at=None)


def _came(first: datetime, end: datetime, today: date) -> Iterable[Came]:
    rows = list(_received().filter(sent_at__gte=first, sent_at__lt=end).values_list(*COLUMNS))
    steps = _steps(first, end)
    for pk, state, sector, wanted, stage, status, sent_at, promised in rows:
        on, timed = timezone.localdate(sent_at), timing(steps[pk], today)
        yield Came(on, state or "", status, sector, wanted, stage, promised, timed)


def _steps(first: datetime, end: datetime) -> dict[int, list[Step]]:
    """The history of what was received in the period, by request, oldest first."""
    events = Event.objects.filter(
        action__in=TELLING,
        request__sent_at__gte=first,
        request__sent_at__lt=end,
        request__quarantined_at=None,
    )
    found: dict[int, list[Step]] = defaultdict(list)
    told = events.order_by("at", "pk").values_list("request_id", "action", "at", "doer", "turn")
    for pk, action, at, doer, turn in told.iterator(chunk_size=5000):
        found[pk].append(Step(action, timezone.localdate(at), doer, turn))
    return found


def _came_and_purged(period: Period) -> Iterable[Came]:
    stones = Tombstone.objects.filter(sent_on__gte=period.since, sent_on__lte=period.until)
    for sent_on, state, outcome in stones.values_list("sent_on", "state_id", "outcome"):
        yield Came(sent_on, str(state or ""), outcome)


def _took(first: datetime, end: datetime) -> Iterable[Took]:
    """Once for each request and step, however often it took it."""
    events = Event.objects.filter(
        action__in=STEPS_SHOWN, at__gte=first, at__lt=end, request__quarantined_at=None
    ).order_by()
    codes = ("request__decline_reason", "request__referred_to", "request__results")
    told = events.values_list("request_id", "action", *codes).distinct()
    for _, action, reason, to, done in told:
        yield Took(action, reason, to, done)


def _took_and_purged(period: Period) -> Iterable[Took]:
    """The step that closed it; the way there is not known any more."""
    steps = {
        Status.COMPLETED: "complete",
        Status.DECLINED: "decline",
        Status.REFERRED: "refer",
        Status.WITHDRAWN: "withdraw",
    }
    stones = Tombstone.objects.filter(closed_on__gte=period.since, closed_on__lte=period.until)
    for outcome in stones.values_list("outcome", flat=True):
        yield Took(steps[Status(outcome)], is_purged=True)

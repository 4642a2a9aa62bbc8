"""The figures of a period, made of its records. Their meanings stand in definitions.py."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils.dateformat import format as date_format

from sites.assistance.decisions import DeclineReason, ReferredTo, Result
from sites.assistance.models import Outcome
from sites.assistance.moves import UNANSWERED, Status, Turn
from sites.assistance.questions import QUESTION_OF
from sites.assistance.reports.definitions import MEANINGS
from sites.assistance.reports.figure import Figure, Row
from sites.assistance.reports.period import Period
from sites.assistance.reports.records import Came, Records, Took, read
from sites.assistance.reports.timing import Timing, percentile
from sites.jurisdictions.models import Stage

FEW = 5  # with fewer values a median says little
UNKNOWN, PURGED = "unknown", "purged"
EXTRA = {UNKNOWN: "Not said", PURGED: "Not known any more (purged)"}
UNJUDGED = {"no_promise": "No promise on record", PURGED: EXTRA[PURGED]}
# What became of a request, for the chart of months.
BECAME = {
    "unanswered": ("Not decided yet", (*UNANSWERED,)),
    "taken_up": ("Taken up", (Status.ACTIVE, Status.COMPLETED)),
    "referred": ("Referred", (Status.REFERRED,)),
    "declined": ("Declined", (Status.DECLINED,)),
    "withdrawn": ("Withdrawn", (Status.WITHDRAWN,)),
}
STEPS = {
    "activate": "Taken up",
    "refer": "Referred",
    "decline": "Declined",
    "withdraw": "Withdrawn",
    "complete": "Completed",
}


def figures(period: Period, now: datetime | None = None) -> list[Figure]:
    """All figures of a period as they stand at a moment (default: now), in the order of the report."""
    found = read(period, now)
    return [
        _received(found),
        _by_month(found),
        _by_state(found),
        _by_answer("by_sector", "sector", found.came),
        _by_answer("by_help", "help", found.came),
        _by_answer("by_stage", "stage", found.came, in_order=True),
        _decisions(found.took),
        _codes("decline_reasons", DeclineReason.choices, "decline", found.took, lambda took: took.reason),
        _codes("referred_to", ReferredTo.choices, "refer", found.took, lambda took: took.referred_to),
        _codes("results", Result.choices, "complete", found.took, lambda took: took.results),
        _open_now(found),
        _times("first_reply", found.came, lambda timed: timed.first_reply),
        _times("decision", found.came, lambda timed: timed.decision),
        _promise(found.came),
        *(figure for after in Outcome.After for figure in _outcomes(after, found.asked)),
    ]


def _figure(key: str, rows: Iterable[Row], note: str = "") -> Figure:
    meaning = MEANINGS[key]
    return Figure(key, meaning.title, meaning.unit, meaning.definition, tuple(rows), note)


def _counted(counts: Counter, labels: dict[str, str], *, in_order: bool = False) -> list[Row]:
    """Every label with its count, the largest first unless they have an order of their own; what was not said
    or is not known any more stands last, if there is any. A code without a label stands for itself."""
    known = {**labels, **{code: code for code in counts if code not in labels and code not in EXTRA}}
    codes = list(known) if in_order else sorted(known, key=lambda code: -counts[code])
    last = [code for code in EXTRA if counts[code]]
    return [Row(code, (known | EXTRA)[code], counts[code]) for code in [*codes, *last]]


def _received(found: Records) -> Figure:
    purged = sum(came.is_purged for came in found.came)
    rows = [Row("kept", "On file", len(found.came) - purged), Row("purged", "Purged", purged)]
    return _figure("received", rows)


def _by_month(found: Records) -> Figure:
    counts = Counter((came.on.replace(day=1), _became(came.status)) for came in found.came)
    rows = [
        Row(f"{month:%Y-%m}.{key}", date_format(month, "F Y"), counts[month, key], part=label)
        for month in found.period.months()
        for key, (label, _) in BECAME.items()
    ]
    return _figure("by_month", rows)


def _became(status: str) -> str:
    return next(key for key, (_, statuses) in BECAME.items() if status in statuses)


def _by_state(found: Records) -> Figure:
    counts = Counter(came.state or UNKNOWN for came in found.came)
    names = sorted((found.state_names[code], code) for code in counts if code != UNKNOWN)
    return _figure("by_state", _counted(counts, {code: name for name, code in names}))


def _by_answer(key: str, name: str, came: list[Came], *, in_order: bool = False) -> Figure:
    """By the answer to a question of which Request has a copy; several choices stand with spaces between."""
    counts: Counter = Counter()
    for one in came:
        counts.update([PURGED] if one.is_purged else getattr(one, name).split() or [UNKNOWN])
    labels = {value: words.partition(":")[0] for value, words in QUESTION_OF[name].choices}
    return _figure(key, _counted(counts, labels, in_order=in_order))


def _decisions(took: list[Took]) -> Figure:
    counts = Counter(one.step for one in took)
    purged = sum(one.is_purged for one in took)
    note = f"{_many(purged, 'request')} known by the last step only, as the rest is purged." if purged else ""
    return _figure("decisions", [Row(step, label, counts[step]) for step, label in STEPS.items()], note)


def _codes(key: str, choices, step: str, took: list[Took], codes_of: Callable[[Took], str]) -> Figure:
    """What was written down with a step, by its codes."""
    counts: Counter = Counter()
    for one in took:
        if one.step == step:
            counts.update([PURGED] if one.is_purged else codes_of(one).split() or [UNKNOWN])
    return _figure(key, _counted(counts, dict(choices)))


def _open_now(found: Records) -> Figure:
    turns = Counter(turn for turn, _ in found.open_turns)
    late = sum(late for _, late in found.open_turns)
    rows = [
        Row("bureau", "The Bureau's turn", turns[Turn.BUREAU]),
        Row("requester", "The requester's turn", turns[Turn.REQUESTER]),
        Row("late", "Of the Bureau's, answer late", late, unit="requests"),
    ]
    return _figure("open_now", rows, f"As it stood on {_day(found.today)}.")


def _times(key: str, came: list[Came], days_of: Callable[[Timing], int | None]) -> Figure:
    timed = [(one, days_of(one.timing)) for one in came if one.timing is not None]
    days = [value for _, value in timed if value is not None]
    without = [one for one, value in timed if value is None]
    withdrawn = sum(one.status == Status.WITHDRAWN for one in without)
    rows = [
        Row("median", "Median", percentile(days, 50)),
        Row("p90", "90th percentile", percentile(days, 90)),
        Row("n", "Requests that it is taken from", len(days), unit="requests"),
        Row("waiting", "Not come to it yet", len(without) - withdrawn, unit="requests"),
        Row("withdrawn", "Withdrawn before", withdrawn, unit="requests"),
    ]
    return _figure(key, rows, _too_few(len(days)))


def _promise(came: list[Came]) -> Figure:
    counts = Counter(_kept_promise(one) for one in came)
    judged = counts["within"] + counts["later"]
    share = round(100 * counts["within"] / judged, 1) if judged else None
    rows = [
        Row("within", "In time", counts["within"]),
        Row("later", "Late, or overdue now", counts["later"]),
        Row("not_due", "Not due yet", counts["not_due"]),
        Row("withdrawn", "Withdrawn before", counts["withdrawn"]),
        *(Row(key, label, counts[key]) for key, label in UNJUDGED.items() if counts[key]),
        Row("share", "Share in time", share, unit="percent"),
    ]
    return _figure("promise", rows, _too_few(judged))


def _kept_promise(came: Came) -> str:
    timed = came.timing
    if timed is None:
        return PURGED
    if timed.decision is None and came.status == Status.WITHDRAWN:
        return "withdrawn"
    if came.promised_days is None:
        return "no_promise"
    in_time = timed.used <= came.promised_days
    if timed.decision is None:
        return "not_due" if in_time else "later"
    return "within" if in_time else "later"


def _outcomes(after: int, asked: list[Outcome]) -> list[Figure]:
    rows = [one for one in asked if one.after == after]
    answered = [one for one in rows if one.answered_at]
    silent = Row("unanswered", "No answer so far", len(rows) - len(answered), unit="letters")
    note = f"{_many(len(rows), 'letter')} left; {len(answered)} answered so far."
    helped = Counter(one.helped for one in answered)
    stages = Counter(one.stage or "same" for one in answered)
    labels = {**dict(Stage.choices), "same": "No change, or not sure"}
    return [
        _figure(
            f"helped_{after}", [*_counted(helped, dict(Outcome.Helped.choices), in_order=True), silent], note
        ),
        _figure(f"stage_{after}", [*_counted(stages, labels, in_order=True), silent], note),
    ]


def _too_few(count: int) -> str:
    if count >= FEW:
        return ""
    if not count:
        return "There is no request in the period to take it from."
    return f"Taken from {_many(count, 'request')} only: too few to say much."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _day(day: date) -> str:
    return date_format(day, "j F Y")

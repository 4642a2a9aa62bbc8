"""How long the Bureau took, in working days of its own turns: read from the history of a request.

The same count as on the clock of the request (models/turn.py): the day on which a turn begins is not
counted, the day on which it ends is, if it is a working day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil

from leadbureau.kit import working_days
from sites.assistance.models import Event
from sites.assistance.moves import DECISIONS, MOVES, Doer, Turn

ACTION = Event.Action
# The Bureau has shown that it is there. A message counts when it comes from staff.
REPLIES = (ACTION.START_REVIEW, ACTION.ASK_MORE, *DECISIONS)
# All that moves the turn, answers, or sets the clock; nothing else need be read.
TELLING = (*(move.verb for move in MOVES.values() if move.has_letter), ACTION.MESSAGE, ACTION.RELEASE)

between = lru_cache(maxsize=50_000)(working_days.between)


@dataclass(frozen=True)
class Step:
    """One event of a request, as far as it matters to the clock. `turn`: whose it is from then on."""

    action: str
    on: date
    doer: str
    turn: str

    @property
    def is_reply(self) -> bool:
        return self.action in REPLIES or (self.action == ACTION.MESSAGE and self.doer == Doer.STAFF)


@dataclass
class Timing:
    """Working days in the Bureau's turns. None: it has not come to that."""

    used: int = 0  # up to the decision, or up to the day of the report
    first_reply: int | None = None
    decision: int | None = None


def timing(steps: Iterable[Step], today: date) -> Timing:
    """From the steps of one request, oldest first; until a decision the clock runs on to `today`.

    What lies in quarantine is not yet before the Bureau: its time begins when it is let in.
    """
    found, turn, since = Timing(), Turn.REQUESTER.value, today
    for step in steps:
        if turn == Turn.BUREAU:
            found.used += between(since, step.on)
        if step.action == ACTION.RELEASE:
            found.used = 0
        if found.first_reply is None and step.is_reply:
            found.first_reply = found.used
        if step.action in DECISIONS:
            found.decision = found.used
            return found
        turn, since = _turn_after(step, turn), step.on
    if turn == Turn.BUREAU:
        found.used += max(0, between(since, today))
    return found


def _turn_after(step: Step, before: str) -> str:
    """Events of before the turn was noted have none: the table of moves knows it."""
    move = MOVES.get(step.action)
    return step.turn or (move.turn if move and move.turn else before)


def percentile(values: Iterable[int], share: int) -> int | None:
    """By the nearest rank: the smallest of the values that at least `share` percent do not exceed.

    It is always one of the values. None when there are none.
    """
    ordered = sorted(values)
    return ordered[ceil(share * len(ordered) / 100) - 1] if ordered else None

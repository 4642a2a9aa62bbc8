"""The one table of what can happen to a request, by whom, whose turn it is before and after, and where it leads.

Which moves are allowed, which buttons a page has and which letter goes with a move are all read from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import models


class Status(models.TextChoices):
    DRAFTED = "drafted", "Draft, not sent"
    RECEIVED = "received", "Received"
    IN_REVIEW = "in_review", "In review"
    ACTIVE = "active", "Active"
    COMPLETED = "completed", "Completed"
    DECLINED = "declined", "Declined"
    REFERRED = "referred", "Referred"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Named sets, so that nobody lists members elsewhere.
UNANSWERED = (Status.RECEIVED, Status.IN_REVIEW)  # the promised answer is owed
OPEN = (*UNANSWERED, Status.ACTIVE)
DECIDED = (Status.COMPLETED, Status.DECLINED, Status.REFERRED)  # closed by the Bureau
CLOSED = (*DECIDED, Status.WITHDRAWN)
SENT = (*OPEN, *CLOSED)


class Turn(models.TextChoices):
    """Who must act next. The Bureau's clock runs in its own turn only."""

    BUREAU = "bureau", "The Bureau"
    REQUESTER = "requester", "The requester"
    NOBODY = "nobody", "Nobody"


class Doer(models.TextChoices):
    REQUESTER = "requester", "Whoever asks"
    STAFF = "staff", "Bureau staff"
    COLLEAGUE = "colleague", "A colleague of whoever asks"
    ENDORSER = "endorser", "Somebody who was asked to support it"
    SITE = "site", "The site by itself"


class NotAllowed(Exception):
    """The request does not stand where this can be done, or not by this person."""


@dataclass(frozen=True)
class Move:
    """A row of the table. `path` leads from each status where the move is allowed to the status after it."""

    verb: str
    path: Mapping[Status, Status]
    doers: tuple[Doer, ...]
    turn: Turn | None = None  # whose turn it is afterwards; None: as before
    only_in: Turn | None = None  # allowed in this turn only
    has_letter: bool = True  # whether the requester is written to

    @property
    def before(self) -> tuple[Status, ...]:
        return tuple(self.path)

    @property
    def letter(self) -> str:
        """The template of the letter that goes with it, in templates/mail/."""
        return f"assistance/{self.verb}"

    def fits(self, status: str, turn: str, doer: str) -> bool:
        """Whether a request that stands so takes this step from this doer."""
        return status in self.path and doer in self.doers and self.only_in in (None, turn)


RESUMED_WITHIN = timedelta(days=30)  # after a withdrawal the requester may take it up again for so long


def _all(statuses: tuple[Status, ...], after: Status) -> dict[Status, Status]:
    return dict.fromkeys(statuses, after)


def _stays(*statuses: Status) -> dict[Status, Status]:
    return {status: status for status in statuses}


STAFF_ONLY = (Doer.STAFF,)
ASKER_ONLY = (Doer.REQUESTER,)
ASKER_OR_STAFF = (Doer.REQUESTER, Doer.STAFF)
_D, _R, _I, _A = Status.DRAFTED, Status.RECEIVED, Status.IN_REVIEW, Status.ACTIVE

MOVES = {
    move.verb: move
    for move in (
        # What moves the request on. Each is one event and one letter.
        Move("send", {_D: _R}, ASKER_OR_STAFF, turn=Turn.BUREAU),
        Move("start_review", {_R: _I}, STAFF_ONLY),
        Move("ask_more", {_R: _I, _I: _I, _A: _A}, STAFF_ONLY, turn=Turn.REQUESTER, only_in=Turn.BUREAU),
        Move("hand_back", _stays(_I, _A), ASKER_OR_STAFF, turn=Turn.BUREAU, only_in=Turn.REQUESTER),
        Move("activate", _all(UNANSWERED, _A), STAFF_ONLY, turn=Turn.BUREAU),
        Move("decline", _all(UNANSWERED, Status.DECLINED), STAFF_ONLY, turn=Turn.NOBODY),
        Move("refer", _all(OPEN, Status.REFERRED), STAFF_ONLY, turn=Turn.NOBODY),
        Move("complete", {_A: Status.COMPLETED}, STAFF_ONLY, turn=Turn.NOBODY),
        Move("withdraw", _all(OPEN, Status.WITHDRAWN), ASKER_OR_STAFF, turn=Turn.NOBODY),
        Move("resume", {Status.WITHDRAWN: _R}, ASKER_ONLY, turn=Turn.BUREAU),  # within RESUMED_WITHIN
        Move("reopen", _all(CLOSED, _I), STAFF_ONLY, turn=Turn.BUREAU),
        # What leaves it where it stands.
        Move("edit", _stays(_D, _R), (Doer.REQUESTER, Doer.COLLEAGUE), has_letter=False),
        Move("supplement", _stays(_I, _A), ASKER_OR_STAFF, has_letter=False),
        Move("message", _stays(*SENT), ASKER_OR_STAFF, has_letter=False),
        Move("add_file", _stays(_D, *OPEN), ASKER_OR_STAFF, has_letter=False),
        Move("remove_file", _stays(_D, _R), ASKER_ONLY, has_letter=False),
        Move("share", _stays(_D, _R), ASKER_ONLY, has_letter=False),
        Move("ask_endorsement", _stays(_D, *OPEN), ASKER_ONLY, has_letter=False),
    )
}
DECISIONS = ("activate", "decline", "refer")  # any of them is the promised answer


def moves_from(status: str, turn: str, doer: str) -> list[Move]:
    """What a doer may do to a request that stands so, in the order of the table."""
    return [move for move in MOVES.values() if move.fits(status, turn, doer)]

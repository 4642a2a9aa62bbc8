"""The one table of what can happen to a request, by whom, and where it leads.

Which moves are allowed, which buttons a page has and which letter goes with a move are all read from here.
"""

from dataclasses import dataclass

from django.db import models


class Status(models.TextChoices):
    DRAFTED = "drafted", "Draft, not sent"
    RECEIVED = "received", "Received"
    IN_REVIEW = "in_review", "In review"
    ACTIVE = "active", "Active"
    COMPLETED = "completed", "Completed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Named sets, so that nobody lists members elsewhere.
UNANSWERED = (Status.RECEIVED, Status.IN_REVIEW)  # the promised answer is owed
OPEN = (*UNANSWERED, Status.ACTIVE)
CLOSED = (Status.COMPLETED, Status.DECLINED, Status.WITHDRAWN)


class Doer(models.TextChoices):
    REQUESTER = "requester", "Whoever asks"
    STAFF = "staff", "Bureau staff"


class NotAllowed(Exception):
    """The request does not stand where this can be done, or not by this person."""


@dataclass(frozen=True)
class Move:
    verb: str
    before: tuple[Status, ...]
    after: Status
    doers: tuple[Doer, ...]

    @property
    def letter(self) -> str:
        """The template of the letter that goes with it, in templates/mail/."""
        return f"assistance/{self.verb}"


STAFF_ONLY = (Doer.STAFF,)
MOVES = {
    move.verb: move
    for move in (
        Move("send", (Status.DRAFTED,), Status.RECEIVED, (Doer.REQUESTER, Doer.STAFF)),
        Move("start_review", (Status.RECEIVED,), Status.IN_REVIEW, STAFF_ONLY),
        Move("activate", UNANSWERED, Status.ACTIVE, STAFF_ONLY),
        Move("decline", UNANSWERED, Status.DECLINED, STAFF_ONLY),
        Move("complete", (Status.ACTIVE,), Status.COMPLETED, STAFF_ONLY),
        Move("withdraw", OPEN, Status.WITHDRAWN, (Doer.REQUESTER, Doer.STAFF)),
        Move("reopen", CLOSED, Status.IN_REVIEW, STAFF_ONLY),
    )
}


def moves_from(status: str, doer: Doer) -> list[Move]:
    """What a doer may do to a request that stands at a status, in the order of the table."""
    return [move for move in MOVES.values() if status in move.before and doer in move.doers]

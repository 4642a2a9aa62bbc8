"""Whose turn it is, and the Bureau's clock: working days that count toward the promised answer.

The clock runs only while it is the Bureau's turn and an answer is owed. It stops at a hand-over and goes on
where it stood; it begins anew only when a request that the Bureau had decided is opened again.
"""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit import working_days
from sites.assistance.moves import UNANSWERED, Turn


class HasTurn(models.Model):
    """The half of a request that is its clock. All days are working days of the Bureau's time zone."""

    status: str

    turn = models.CharField("whose turn", max_length=10, choices=Turn, default=Turn.REQUESTER)
    turn_since = models.DateTimeField(default=timezone.now)
    promised_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Working days to the answer, as promised when it was sent."
    )
    days_used = models.PositiveSmallIntegerField(
        default=0, help_text="Of these, used in the Bureau's turns before the present one."
    )
    answer_by = models.DateField("answer promised by", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def clock_runs(self) -> bool:
        """Whether an answer is owed and it is the Bureau's turn; then, and only then, `answer_by` is set."""
        return self.status in UNANSWERED and self.turn == Turn.BUREAU

    def days_counted(self, on: date | None = None) -> int:
        """Working days that the Bureau has had for its answer so far; the day of arrival is not counted."""
        if not self.clock_runs:
            return self.days_used
        passed = working_days.between(timezone.localdate(self.turn_since), on or timezone.localdate())
        return self.days_used + max(0, passed)

    def after_turn(self, turn: str, status: str, now: datetime, *, anew: bool = False) -> dict:
        """The columns of the clock when the request gets to a status and a turn, for the UPDATE of a move.

        anew: what was counted before belongs to a promise that was kept; a new answer is promised.
        """
        today = timezone.localdate(now)
        used = 0 if anew else self.days_counted(today)
        moved = turn != self.turn
        promised = self.promised_days
        if anew or promised is None:
            promised = layout().details.reply_days
        runs = status in UNANSWERED and turn == Turn.BUREAU
        if runs and self.clock_runs:  # one turn of the Bureau that goes on
            return {"turn": turn, "promised_days": promised}
        return {
            "turn": turn,
            "turn_since": now if moved or runs else self.turn_since,
            "promised_days": promised,
            "days_used": used,
            "answer_by": working_days.add(today, promised - used) if runs else None,
        }

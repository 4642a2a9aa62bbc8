"""What the worker does for requests, every minute. One that fails does not stop the others."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from sites.assistance.endorse_reminders import remind_endorsers
from sites.assistance.files.scanning import scan_waiting
from sites.assistance.files.sweeping import sweep
from sites.assistance.models.sharing import remind_colleagues
from sites.assistance.outcomes import ask_outcomes
from sites.assistance.queue_chores import remind_owners
from sites.assistance.reminders import remind_requesters

log = logging.getLogger(__name__)

EACH_TIME, HOUR, DAY = timedelta(0), timedelta(hours=1), timedelta(days=1)
EVERY: dict[Callable[..., int], timedelta] = {
    scan_waiting: EACH_TIME,
    remind_endorsers: EACH_TIME,
    remind_colleagues: HOUR,
    remind_requesters: HOUR,
    remind_owners: HOUR,
    ask_outcomes: HOUR,
    sweep: DAY,
}
_begun: dict[Callable, float] = {}


def chores(now: datetime | None = None) -> int:
    """Does what is due; tells how many rows and files were touched."""
    return sum(_do(chore, now or timezone.now()) for chore in EVERY if _is_due(chore))


def _is_due(chore: Callable) -> bool:
    """Whether its time has passed since this worker last began it. Done by two workers, it is done once all the
    same: each looks at its row again under the lock."""
    begun = _begun.get(chore, float("-inf"))
    if time.monotonic() - begun < EVERY[chore].total_seconds():
        return False
    _begun[chore] = time.monotonic()
    return True


def _do(chore: Callable[..., int], now: datetime) -> int:
    try:
        return chore(now)
    except Exception:
        log.exception("This could not be finished: %s", chore.__name__)
        return 0

"""Keeping the folder of files and the rows that describe them in step."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from sites.assistance.files import storage
from sites.assistance.models import Attachment

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(days=1)  # a file is written before its row, so a young one may still get one
AT_ONCE = 500  # names a query


def sweep(now: datetime | None = None) -> int:
    """Delete files that no row knows and that are older than a day; tells how many. For the worker, once a day.

    The rows of files that are missing are only named in the log: a folder that is not mounted, or not
    restored yet, must not look like files that were deleted.
    """
    old = list(storage.untouched_since((now or timezone.now()) - LEFT_ALONE))
    known = _known([path.name for path in old])
    orphans = [path for path in old if path.name not in known]
    for path in orphans:
        Path(path).unlink(missing_ok=True)
    if missing := missing_files():
        log.error("The content of these files is missing: %s", ", ".join(missing))
    return len(orphans)


def missing_files() -> list[str]:
    """The random names of files that should be there and are not."""
    names = Attachment.objects.kept().values_list("stored_as", flat=True)
    return [name for name in names.iterator() if not storage.exists(name)]


def _known(names: list[str]) -> set[str]:
    """Those of the names that a row still needs."""
    found: set[str] = set()
    for start in range(0, len(names), AT_ONCE):
        some = Attachment.objects.kept().filter(stored_as__in=names[start : start + AT_ONCE])
        found |= set(some.values_list("stored_as", flat=True))
    return found

"""What is deleted of requests, by the rules of leadbureau/retention.toml, and the tombstone that stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leadbureau.kit.retention import Purge, kept
from sites.assistance.models import Attachment, Request, Tombstone


def _drafts(now: datetime) -> list[Request]:
    return list(Request.objects.expired(now))


def _held(now: datetime) -> list[Request]:
    return list(Request.objects.quarantined().filter(quarantined_at__lte=now - kept("assistance.quarantine")))


def _closed(now: datetime) -> list[Request]:
    """Closed, and not waiting in quarantine; opened again, a request begins its time anew when it is closed."""
    over = now - kept("assistance.requests")
    return list(Request.objects.closed().filter(closed_at__lte=over, quarantined_at=None))


def _files(now: datetime) -> list[Attachment]:
    over = now - kept("assistance.files")
    return list(Attachment.objects.filter(purged_at=None, request__closed_at__lte=over))


def purge_files(rows: Iterable[Attachment]) -> int:
    """Deletes what is in the files; their rows stay, so that the case still says what was brought."""
    rows = list(rows)
    for row in rows:
        row.purge()
    return len(rows)


def erase(rows: Iterable[Request]) -> int:
    return Request.objects.filter(pk__in=[row.pk for row in rows]).erase()


def bury(rows: Iterable[Request]) -> int:
    """Deletes closed requests with everything that belongs to them, and leaves a tombstone for each."""
    today = timezone.localdate()
    with transaction.atomic():
        stones = [
            Tombstone(
                reference=row.reference,
                state_id=row.state_id,
                county_fips=row.county_fips,
                sent_on=timezone.localdate(row.sent_at),
                closed_on=timezone.localdate(row.closed_at),
                outcome=row.status,
                purged_on=today,
            )
            for row in rows
        ]
        Tombstone.objects.bulk_create(stones)
        return Request.objects.filter(reference__in=[stone.reference for stone in stones]).erase()


PURGES = (
    Purge("assistance.drafts", _drafts, erase),
    Purge("assistance.quarantine", _held, erase),
    Purge("assistance.files", _files, purge_files),
    Purge("assistance.requests", _closed, bury),
)

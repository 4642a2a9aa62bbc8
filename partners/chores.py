"""What is deleted when its time is over. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from partners.models import ListingRequest

QUARANTINE = timedelta(days=30)
DECLINED = timedelta(days=730)


def chores(now: datetime | None = None) -> int:
    """Deletes requests after their time, logos included; tells how many.

    Those of a partner that staff have deleted go at once: nobody needs to know any more who asked.
    """
    now = now or timezone.now()
    rows = [
        *ListingRequest.objects.quarantined().filter(received_at__lt=now - QUARANTINE),
        *ListingRequest.objects.filter(state=ListingRequest.State.DECLINED, decided_at__lt=now - DECLINED),
        *ListingRequest.objects.filter(state=ListingRequest.State.ACCEPTED, partner=None),
    ]
    for row in rows:
        _delete(row)
    return len(rows)


def _delete(row: ListingRequest) -> None:
    """The row first: a file without a row can be removed again, a row without its file cannot be read."""
    logo = row.logo
    with transaction.atomic():
        row.delete()
        if logo:
            transaction.on_commit(lambda: logo.delete(save=False))

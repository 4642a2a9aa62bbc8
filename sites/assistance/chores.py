"""What is deleted when its time is over. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.utils import timezone

from sites.assistance.models import Request

QUARANTINE_KEPT = timedelta(days=30)


def chores(now: datetime | None = None) -> int:
    """Deletes drafts that were left alone and what stayed in quarantine; tells how many requests went."""
    now = now or timezone.now()
    drafts = Request.objects.expired(now).erase()
    return drafts + Request.objects.quarantined().filter(quarantined_at__lte=now - QUARANTINE_KEPT).erase()

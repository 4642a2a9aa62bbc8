"""What is deleted when its time is over. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from sites.jurisdictions.models import Introduction

KEPT = timedelta(days=730)
QUARANTINE = timedelta(days=30)


def chores(now: datetime | None = None) -> int:
    """Does all of them; tells how many rows they touched."""
    now = now or timezone.now()
    return old_introductions(now)


def old_introductions(now: datetime) -> int:
    """Deletes requests for introductions after two years, and those in quarantine after thirty days."""
    over = Q(received_at__lt=now - KEPT) | ~Q(suspicion="") & Q(received_at__lt=now - QUARANTINE)
    count, _ = Introduction.objects.filter(over).delete()
    return count

"""What is deleted when its time is over. The times stand in leadbureau/retention.toml."""

from datetime import datetime

from django.utils import timezone

from leadbureau.kit.retention import kept
from sites.assistance.models import Request


def chores(now: datetime | None = None) -> int:
    """Deletes drafts that were left alone and what stayed in quarantine; tells how many requests went."""
    now = now or timezone.now()
    drafts = Request.objects.expired(now).erase()
    held = Request.objects.quarantined().filter(quarantined_at__lte=now - kept("assistance.quarantine"))
    return drafts + held.erase()

"""Messages that are deleted when their time is over. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from leadbureau.mail.models import ContactMessage

KEPT = timedelta(days=730)
QUARANTINE = timedelta(days=30)


def chores(now: datetime | None = None) -> int:
    """Deletes messages after two years, and those in quarantine after thirty days; tells how many."""
    now = now or timezone.now()
    over = Q(received_at__lt=now - KEPT) | ~Q(suspicion="") & Q(received_at__lt=now - QUARANTINE)
    count, _ = ContactMessage.objects.filter(over).delete()
    return count

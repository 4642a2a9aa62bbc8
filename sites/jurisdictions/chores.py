"""What the worker does for the places. The times after which things are deleted stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.jurisdictions import confirmation_chores, correction_chores, share_views
from sites.jurisdictions.models import Introduction

KEPT = timedelta(days=730)
QUARANTINE = timedelta(days=30)


def chores(now: datetime | None = None) -> int:
    """Does all of them; tells how many rows and files they touched."""
    now = now or timezone.now()
    rows = old_introductions(now) + correction_chores.chores(now) + confirmation_chores.chores(now)
    return rows + share_views.clear_away()


def old_introductions(now: datetime) -> int:
    """Deletes requests for introductions after two years, those in quarantine after thirty days; letters too."""
    over = Q(received_at__lt=now - KEPT) | ~Q(suspicion="") & Q(received_at__lt=now - QUARANTINE)
    with transaction.atomic():
        rows = Introduction.objects.filter(over)
        Letter.objects.filter(about__in=list(rows.values_list("number", flat=True))).delete()
        count, _ = rows.delete()
    return count

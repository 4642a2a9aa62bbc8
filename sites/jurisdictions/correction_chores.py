"""What is forgotten of corrections when its time is over. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.jurisdictions.models import Correction

REPORTER = timedelta(days=730)
QUARANTINE = timedelta(days=30)


def forget_reporters(now: datetime | None = None) -> int:
    """Two years after the decision nobody needs to know who said so; the letters to them go as well."""
    over = Correction.objects.filter(decided_at__lt=(now or timezone.now()) - REPORTER)
    named = over.exclude(reporter_name="", reporter_email="")
    numbers = list(named.values_list("number", flat=True))
    with transaction.atomic():
        Letter.objects.filter(about__in=numbers).delete()
        return over.filter(number__in=numbers).update(reporter_name="", reporter_email="")


def delete_quarantined(now: datetime | None = None) -> int:
    """What nobody let in within thirty days; tells how many."""
    held = Correction.objects.filter(~Q(suspicion=""), received_at__lt=(now or timezone.now()) - QUARANTINE)
    count, _ = held.delete()
    return count


def chores(now: datetime | None = None) -> int:
    return forget_reporters(now) + delete_quarantined(now)

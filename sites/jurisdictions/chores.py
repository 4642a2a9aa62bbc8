"""What the worker does for the places: the yearly letters and their reminders, and old share pictures."""

from datetime import datetime

from django.utils import timezone

from sites.jurisdictions import confirmation_chores, share_views


def chores(now: datetime | None = None) -> int:
    """Does all of them; tells how many letters they wrote and files they removed."""
    return confirmation_chores.chores(now or timezone.now()) + share_views.clear_away()

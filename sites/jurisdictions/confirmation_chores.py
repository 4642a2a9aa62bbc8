"""The yearly letter and its one reminder."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leadbureau.mail.models import NotAllowed
from sites.jurisdictions.models import ConfirmationLink, Jurisdiction


def chores(now: datetime | None = None) -> int:
    """Writes what is due; tells how many letters."""
    now = now or timezone.now()
    return write_letters(now) + write_reminders(now)


def write_letters(now: datetime) -> int:
    """Each place by itself, looked at again under its lock: two workers write one letter."""
    written = 0
    for pk in list(Jurisdiction.objects.due_for_letter(now).values_list("pk", flat=True)):
        with transaction.atomic():
            place = Jurisdiction.objects.select_for_update().get(pk=pk)
            if place.is_due_for_letter(now):
                ConfirmationLink.invite(place=place, now=now)
                written += 1
    return written


def write_reminders(now: datetime) -> int:
    """Each under its lock, for the same reason."""
    written = 0
    for pk in list(ConfirmationLink.objects.due_for_reminder(now).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                ConfirmationLink.objects.select_for_update().get(pk=pk).remind(now=now)
        except NotAllowed:  # another worker was faster
            continue
        written += 1
    return written

"""The yearly letter, its one reminder, and the end of old links. The times stand in docs/retention.md too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from leadbureau.mail.models import Letter, NotAllowed
from sites.jurisdictions.models import Confirmation, ConfirmationLink, Jurisdiction

LINK_KEPT = timedelta(days=365)  # after it was over or revoked
NAMES_KEPT = timedelta(days=730)


def chores(now: datetime | None = None) -> int:
    """Does all of them; tells how many rows they touched."""
    now = now or timezone.now()
    return write_letters(now) + write_reminders(now) + delete_old_links(now) + forget_names(now)


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


def delete_old_links(now: datetime) -> int:
    """A year after they were over or revoked, with their letters. The confirmations stay."""
    with transaction.atomic():
        links = list(ConfirmationLink.objects.ended(now - LINK_KEPT))
        Letter.objects.filter(about__in=[link.reference for link in links]).delete()
        ConfirmationLink.objects.filter(pk__in=[link.pk for link in links]).delete()
    return len(links)


def forget_names(now: datetime) -> int:
    """Two years after a confirmation through a link nobody needs to know who gave it; the day stays."""
    old = Confirmation.objects.filter(on__lt=timezone.localdate(now) - NAMES_KEPT, by=None)
    return old.exclude(said_by="").update(said_by="")

"""What the queue does by itself: it reminds people of what they planned to do."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail import letters
from sites.assistance.models import Request


def remind_owners(now: datetime | None = None) -> int:
    """One letter to whoever answers for a request, on the day of its next action; tells how many were written.

    The letter holds a link to the case and nothing of what it says. A day that has passed while nothing ran is
    made up for. Nobody is written to twice about one plan: a row is claimed before its letter is written.
    """
    today = timezone.localdate(now)
    due = Request.objects.open().filter(next_action_on__lte=today, next_action_reminded_on=None)
    rows = due.filter(owner__is_active=True).exclude(owner__email="").select_related("owner")
    return sum(_remind(row, today) for row in rows)


def _remind(row: Request, today: date) -> bool:
    if row.owner is None:
        return False
    with transaction.atomic():
        unclaimed = Request.objects.filter(pk=row.pk, next_action_reminded_on=None, owner=row.owner)
        if not unclaimed.filter(next_action_on=row.next_action_on).update(next_action_reminded_on=today):
            return False
        address = settings.SITE_URL + reverse("admin:assistance_request_change", args=[row.pk])
        letters.send(
            name="assistance/staff_next_action",
            to=row.owner.email,
            context={"request": row, "url": address},
            about=row.reference,
        )
        return True

"""Reminders to whoever asks: when the Bureau waits for them, and before a draft is deleted. One each, no more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from leadbureau.kit import working_days
from leadbureau.kit.retention import kept
from sites.assistance.models import Event, Request
from sites.assistance.moves import OPEN, Doer, Turn

ASKED_AFTER = 10  # working days of the requester's turn
DRAFT_BEFORE = timedelta(days=14)  # before the draft is deleted


def remind_requesters(now: datetime | None = None) -> int:
    """Writes to each requester who is waited for, or whose draft nears its end; tells how many letters."""
    now = now or timezone.now()
    day = working_days.add(timezone.localdate(now), -ASKED_AFTER)
    asked = Request.objects.filter(status__in=OPEN, turn=Turn.REQUESTER, turn_since__date__lte=day)
    until = now - kept("assistance.drafts") + DRAFT_BEFORE
    drafts = Request.objects.drafts().filter(saved_at__lte=until)
    due = [(row.pk, "remind_asked") for row in asked] + [
        (row.pk, "remind_draft") for row in drafts if not row.is_expired(now)
    ]
    return sum(_remind(pk, name, now) for pk, name in due)


def _remind(pk: int, name: str, now: datetime) -> bool:
    """One reminder a turn, or a draft since it was last saved; looked at again under the lock."""
    with transaction.atomic():
        row = Request.objects.select_for_update().get(pk=pk)
        since = row.saved_at if row.is_draft else row.turn_since
        reminded = row.events.filter(action=Event.Action.REMIND, doer=Doer.SITE, at__gte=since).exists()
        silent = not row.email or row.is_suspect or row.quarantined_at or row.link_revoked_at
        if reminded or silent:
            return False
        if not row.link_opens(now):
            row.renew_link(now)
        row.record(Event.Action.REMIND, doer=Doer.SITE, now=now)
        row._post(f"assistance/{name}")
    return True

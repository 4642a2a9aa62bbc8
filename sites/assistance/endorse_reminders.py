"""Letters to endorsers that fall due by themselves: the one that was held back, and one reminder."""

from datetime import datetime, timedelta

from django.utils import timezone

from sites.assistance.models import Endorsement
from sites.assistance.moves import Doer

REMINDED_AFTER = timedelta(days=7)


def remind_endorsers(now: datetime | None = None) -> int:
    """Writes to endorsers what is due; tells how many letters that are: the first one, where it was held back
    while the request might have been spam, and one reminder a week after it to each who has not answered."""
    now = now or timezone.now()
    awaited = Endorsement.objects.awaited().filter(link_revoked_at=None, reminded_at=None)
    written = 0
    for asked in awaited.select_related("request"):
        row = asked.request
        if row.is_suspect or row.is_expired(now) or not row.may("ask_endorsement", Doer.REQUESTER, now):
            continue
        if not asked.letters_to_them().exists():
            asked.write("endorse_ask", now)
            written += 1
        elif asked.asked_at <= now - REMINDED_AFTER and asked.link_opens(now):
            written += asked.remind(now)
    return written

"""Mailing private links to somebody who has only an e-mail address left. Nobody learns whether it is known."""

from datetime import datetime, timedelta

from django.utils import timezone

from leadbureau.kit import sayable
from leadbureau.kit.encrypted import fingerprint
from leadbureau.kit.rate import too_many_of
from sites.assistance.models import Event, Request
from sites.assistance.models.request import REFERENCE_PREFIX

# For one address, whoever types it: within an hour, and letters about one request within a day.
ASKED_AN_HOUR, LETTERS_A_DAY, HOUR = 3, 5, 3600


def mail_lost_links(address: str, reference: str = "", now: datetime | None = None) -> int:
    """One letter for each live request of an address; a reference that is among them picks it out.

    Tells how many were written, for tests: no page may show it. Nothing is mailed for drafts that are over,
    for what is held as spam, or for a link that staff took back.
    """
    now = now or timezone.now()
    if too_many_of(fingerprint(address), "assistance-lost-link", limit=ASKED_AN_HOUR, seconds=HOUR):
        return 0
    live = [row for row in Request.objects.of_email(address) if _is_live(row, now)]
    wanted = sayable.normalize(reference, REFERENCE_PREFIX)
    chosen = [row for row in live if row.reference == wanted] or live
    for row in chosen:
        row.resend_link()
    return len(chosen)


def _is_live(row: Request, now: datetime) -> bool:
    if row.is_expired(now) or row.is_suspect or row.quarantined_at or row.link_revoked_at:
        return False
    lately = row.events.filter(action=Event.Action.LINK, by=None, at__gt=now - timedelta(days=1))
    return lately.count() < LETTERS_A_DAY

"""Letters and messages that ask for staff, for the admin's first page."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from leadbureau.kit import working_days
from leadbureau.kit.waiting import Waiting
from leadbureau.mail import contact_waiting
from leadbureau.mail.guards import visible_to

# A letter that waits longer means that mail is down, or that no worker runs.
LONG = timedelta(hours=1)


def waiting(user) -> list[Waiting]:
    return [*letters(user), *contact_waiting.waiting(user)]


def letters(user, now: datetime | None = None) -> list[Waiting]:
    """What failed, what does not leave, and what waits for a release for more than a working day."""
    if not user.has_perm("mail.view_letter"):
        return []
    now = now or timezone.now()
    seen = visible_to(user)
    before = a_working_day_before(now)
    held, fresh = seen.held().filter(created_at__lt=before), seen.held().filter(created_at__gte=before)
    late = seen.waiting().filter(created_at__lt=now - LONG, handled_at=None) | seen.waiting().filter(
        handled_at__lt=now - LONG
    )
    lines = [
        _line(seen.failed(), "letter could not be sent", "letters could not be sent", "failed"),
        _line(late, "letter waits for more than an hour", "letters wait for more than an hour", "waiting"),
        _line(
            held,
            "unsent letter is older than a working day",
            "unsent letters are older than a working day",
            "drafted",
        ),
        _line(fresh, "letter waits for a second look", "letters wait for a second look", "drafted", False),
    ]
    return [line for line in lines if line.count]


def a_working_day_before(now: datetime) -> datetime:
    """The same time of day on the working day before: on a Monday, that of the Friday."""
    now = timezone.localtime(now)
    day = working_days.add(now.date(), -1)
    while not working_days.is_working_day(day):
        day -= working_days.DAY
    return timezone.make_aware(datetime.combine(day, now.time().replace(tzinfo=None)))


def _line(rows, one: str, many: str, state: str, urgent: bool = True) -> Waiting:
    count = rows.count()
    url = f"{reverse('admin:mail_letter_changelist')}?state__exact={state}"
    return Waiting(label=one if count == 1 else many, count=count, url=url, urgent=urgent)

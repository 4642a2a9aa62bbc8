"""Short words for the narrow columns of the queue."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sites.assistance.models import Request
from sites.assistance.moves import UNANSWERED, Turn

# Where the code of an answer does not say by itself what it means.
SHORT = {"peer": "Peer place", "assessment": "Certification", "unsure": "Not sure yet"}


def short(code: str) -> str:
    """ "site_visit" as "Site visit"."""
    return code.replace("_", " ").capitalize()


def short_help(code: str) -> str:
    return SHORT.get(code, short(code))


def help_in_short(codes: str) -> str:
    """The kinds of help of a request, as its column holds them, in a few words."""
    return ", ".join(short_help(code) for code in codes.split()) or "–"


def where(row: Request) -> str:
    """The place with its state; of a draft the state alone, for its writer was told that we see nothing else."""
    parts = (row.state_id,) if row.is_draft else (row.place, row.state_id)
    return ", ".join(part for part in parts if part) or "not said yet"


def day(when: date | datetime) -> str:
    """ "Mar 3", with the year when it is not this one."""
    on = timezone.localdate(when) if isinstance(when, datetime) else when
    return date_format(on, "M j" if on.year == timezone.localdate().year else "M j, Y")


def whose_turn(row: Request) -> str:
    """Whose turn it is and since when, for staff: theirs and ours."""
    if row.quarantined_at and not row.is_draft:
        return "Held back"
    if row.turn == Turn.NOBODY:
        return f"Nobody's, closed {day(row.closed_at)}" if row.closed_at else "Nobody's"
    if row.is_draft:
        return f"Theirs, saved {day(row.saved_at)}"
    return f"{'Ours' if row.turn == Turn.BUREAU else 'Theirs'}, since {day(row.turn_since)}"


def answer_due(row: Request) -> str:
    """How long until the promised answer, in working days; how many are left when the clock stands still."""
    left = row.days_left()
    if left is None:
        waits = row.turn == Turn.REQUESTER and row.status in UNANSWERED
        return f"{days(max(0, (row.promised_days or 0) - row.days_used))} left, stopped" if waits else "–"
    if row.is_overdue():
        return f"{days(-left)} late" if left else "late"
    return f"{days(left)} left" if left else "due today"


def days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def next_action(row: Request, *, with_words: bool) -> SafeString | str:
    """The day and what is to be done; marked when the day has come."""
    if not row.next_action_on:
        return "–"
    is_due = row.is_open and row.next_action_on <= timezone.localdate()
    when = format_html('<strong class="late">{}, due</strong>' if is_due else "{}", day(row.next_action_on))
    return format_html("{}: {}", when, row.next_action) if with_words and row.next_action else when

"""How much each person of the staff has in hand."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.utils import timezone

from sites.assistance.models import Request
from sites.assistance.moves import UNANSWERED, Turn

PERMISSION = "assistance.change_request"  # who has it can answer for a request


@dataclass(frozen=True)
class Load:
    """One line: a person, or nobody (`key` "nobody"), and what they have open."""

    key: str  # for the filter of the queue
    name: str
    open: int = 0
    late: int = 0
    theirs: int = 0  # open, and the requester's turn
    due: int = 0  # next actions due today or earlier


def people_who_answer():
    """Staff who may answer for a request, by name."""
    backend = "django.contrib.auth.backends.ModelBackend"
    found = get_user_model().objects.with_perm(PERMISSION, backend=backend)
    return found.filter(is_staff=True, is_active=True).order_by("first_name", "last_name", "username")


def load_per_person(on: date | None = None) -> list[Load]:
    """A line for each person who has something open, and last for what nobody has; one query."""
    today = on or timezone.localdate()
    late = Q(status__in=UNANSWERED, answer_by__lt=today)
    rows = (
        Request.objects.open()
        .order_by()
        .values("owner", "owner__first_name", "owner__last_name", "owner__username")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=late),
            theirs=Count("pk", filter=Q(turn=Turn.REQUESTER)),
            due=Count("pk", filter=Q(next_action_on__lte=today)),
        )
    )
    lines = [
        Load(
            key=str(row["owner"] or "nobody"),
            name=_name(row),
            **{count: row[count] for count in ("open", "late", "theirs", "due")},
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.key == "nobody", line.name.lower()))


def named_with_load(people) -> list[tuple[int, str]]:
    """People with what they have open, for a list to choose from: "Mel Ruiz (3 open)"."""
    in_hand = {line.key: line.open for line in load_per_person()}
    return [
        (one.pk, f"{one.get_full_name() or one.get_username()} ({in_hand.get(str(one.pk), 0)} open)")
        for one in people
    ]


def _name(row: dict) -> str:
    if not row["owner"]:
        return "Nobody yet"
    whole = f"{row['owner__first_name']} {row['owner__last_name']}".strip()
    return whole or row["owner__username"]

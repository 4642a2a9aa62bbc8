"""What waits for staff among the places."""

from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit import working_days
from leadbureau.kit.waiting import Waiting
from sites.jurisdictions import correction_waiting
from sites.jurisdictions.models import Introduction, Jurisdiction


def waiting(user) -> list[Waiting]:
    return [*correction_waiting.waiting(user), *due_for_check(user), *introductions(user)]


def due_for_check(user) -> list[Waiting]:
    """Entries that nobody has compared with their source for a year."""
    if not user.has_perm("jurisdictions.change_jurisdiction"):
        return []
    due = Jurisdiction.objects.public().due_for_check().count()
    label = "place due for a check" if due == 1 else "places due for a check"
    address = f"{reverse('admin:jurisdictions_jurisdiction_changelist')}?check=due&visibility__exact=named"
    return [Waiting(label=label, count=due, url=address)] if due else []


def introductions(user) -> list[Waiting]:
    """Requests to be introduced to the people of a place; urgent when the promised days are over."""
    if not user.has_perm("jurisdictions.view_introduction"):
        return []
    waiting_ones = Introduction.objects.waiting()
    count, held = waiting_ones.count(), Introduction.objects.quarantined().count()
    address = reverse("admin:jurisdictions_introduction_changelist")
    lines = [
        Waiting(
            label="person asks for an introduction" if count == 1 else "people ask for an introduction",
            count=count,
            url=f"{address}?stands=waiting",
            urgent=_one_is_overdue(waiting_ones),
        ),
        Waiting(
            label="request for an introduction is in quarantine"
            if held == 1
            else "requests for an introduction are in quarantine",
            count=held,
            url=f"{address}?stands=quarantine",
        ),
    ]
    return [line for line in lines if line.count]


def _one_is_overdue(rows) -> bool:
    """Whether the promised working days are over for the one that waits longest."""
    oldest = rows.order_by("received_at").values_list("received_at", flat=True).first()
    if oldest is None:
        return False
    return working_days.add(timezone.localdate(oldest), layout().details.reply_days) < timezone.localdate()

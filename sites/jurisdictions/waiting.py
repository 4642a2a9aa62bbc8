"""What waits for staff among the places."""

from django.urls import reverse

from leadbureau.kit.waiting import Waiting
from sites.jurisdictions.models import Jurisdiction


def waiting(user) -> list[Waiting]:
    """Entries that nobody has compared with their source for a year."""
    if not user.has_perm("jurisdictions.change_jurisdiction"):
        return []
    due = Jurisdiction.objects.public().due_for_check().count()
    label = "place due for a check" if due == 1 else "places due for a check"
    address = f"{reverse('admin:jurisdictions_jurisdiction_changelist')}?check=due&visibility__exact=named"
    return [Waiting(label=label, count=due, url=address)] if due else []

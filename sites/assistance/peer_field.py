"""Choosing places of the directory that help another place: public ones only, those that host visits first."""

from collections.abc import Iterable

from django import forms
from django.conf import settings

from sites.jurisdictions.models import Jurisdiction
from sites.jurisdictions.models.changes import RUNNING
from sites.jurisdictions.models.traits import HostsVisits


class PeersField(forms.ModelMultipleChoiceField):
    """Checkboxes under headings: they work without a script, and with the browser's own search in the page."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Jurisdiction.objects.none(), required=False, **kwargs)

    def near(self, usps: str | None, *, without: int | None = None) -> None:
        """Offer the public places that have LEAD now, but not the one that asks; those of its state second."""
        self.queryset = Jurisdiction.objects.public().staged().filter(stage__in=RUNNING).exclude(pk=without)
        places = list(self.queryset.select_related("state").order_by("state__name", "name"))
        hosts = [place for place in places if place.hosts_visits == HostsVisits.YES]
        same = [place for place in places if place not in hosts and place.state.usps == usps]
        rest = [place for place in places if place not in hosts and place not in same]
        groups = (("Host visits", hosts), ("In the same state", same), ("All others", rest))
        self.choices = [
            (heading, [(place.pk, f"{place}, {place.state.usps}") for place in found])
            for heading, found in groups
            if found
        ]


def peers_in_words(peers: Iterable[Jurisdiction]) -> str:
    """A line for each place with the address of its page, for a letter."""
    return "\n".join(
        f"- {place}, {place.state.name}: {settings.SITE_URL}{place.get_absolute_url()}" for place in peers
    )

"""The map by itself, for a frame on other people's pages.

Only here may others frame a page of the site, and nothing else is relaxed: no other host, no inline script,
no cookie. Links open in a window of their own, since a frame is too small for a page.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.db.models import Max
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from leadbureau.content.wording import say
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.directory import Directory
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.index import UNKNOWN, Entry
from sites.jurisdictions.map import Map, national_map, whole_map
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.state_map import state_map

# Pixels of a frame: one 800 px wide shows all, a narrow one has room left.
HEIGHTS = {"country": 680, "state": 640}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Raises KeyError for a state or a stage that there is not."""

    state: State | None
    stage: str

    @classmethod
    def of(cls, parameters, states: list[State]) -> "Asked":
        slug, stage = parameters.get("state", "").lower(), parameters.get("stage", "")
        by_slug: dict[str, State | None] = {"": None, **{state.slug: state for state in states}}
        if stage and stage not in Stage.values:
            raise KeyError(stage)
        return cls(by_slug[slug], stage)

    @property
    def title(self) -> str:
        where = self.state.in_words if self.state else say("sites.embed.country")
        if self.stage:
            return say(
                "sites.embed.title_of_stage", where=where, stage=say(f"sites.stage.{self.stage}").lower()
            )
        return say("sites.embed.title", where=where)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """The country, or the state of ?state=; with ?stage= only the places at that stage."""
    directory = Directory(Filters())
    try:
        asked = Asked.of(request.GET, directory.index.states)
    except KeyError:
        response = render(request, "jurisdictions/embed.html", {"title": say("sites.embed.none")}, status=404)
    else:
        response = render(request, "jurisdictions/embed.html", _context(asked, directory))
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _context(asked: Asked, directory: Directory) -> dict[str, Any]:
    directory = Directory(Filters(state=asked.state, stage=asked.stage), directory.index)
    places = [place for place in directory.entries() if not asked.state or place.state_id == asked.state.pk]
    counts = Counter(place.stage or UNKNOWN for place in places)
    return {
        "title": asked.title,
        "asked": asked,
        "map": _map(asked, places, directory),
        "stages": [(stage, counts[stage]) for stage in (*Stage.values, UNKNOWN) if counts[stage]],
        "places": places,
        "updated": _updated(asked.state),
        "more": asked.state.get_absolute_url() if asked.state else reverse("jurisdictions:index"),
    }


def _map(asked: Asked, places: list[Entry], directory: Directory) -> Map | None:
    """None for a territory, which no map of ours holds."""
    if asked.state:
        drawn = state_map(asked.state, places)
        return replace(drawn, new_window=True) if drawn else None
    if asked.stage:
        return national_map(places, directory.by_state_shown, directory.index.states, new_window=True)
    return whole_map(framed=True)


def _updated(state: State | None) -> str:
    """The day on which anything about the places shown was last changed, in words; empty for no place."""
    places, changes = Jurisdiction.objects.public(), StageChange.objects.of_public_places()
    if state:
        places, changes = places.filter(state=state), changes.filter(jurisdiction__state=state)
    moments = [rows.order_by().aggregate(newest=Max("updated_at"))["newest"] for rows in (places, changes)]
    days: list[date] = [timezone.localdate(moment) for moment in moments if moment]
    return day_in_words(max(days)) if days else ""


def embed_code(state: State | None = None) -> str:
    """The HTML that shows the map on another page, to be copied."""
    query = f"?state={state.slug}" if state else ""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" frameborder="0"></iframe>',
        f"{settings.SITE_URL}{reverse('jurisdictions:embed')}{query}",
        Asked(state, "").title,
        HEIGHTS["state" if state else "country"],
    )

"""A two-page brief for one's own council, of a state or of a place; its address fixes it to a day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadbureau.content.models import Claim, Page, Study
from leadbureau.content.wording import say
from sites.jurisdictions.brief_fit import clip, whole_or_none
from sites.jurisdictions.brief_sheets import MeasureOfSheet, Sheets
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.directory import distance_in_words
from sites.jurisdictions.geography import middle
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.models.changes import COMING, FIRST_YEAR, RUNNING
from sites.jurisdictions.unnamed import unnamed_in_words
from sites.jurisdictions.views import state_or_none

CLAIMS = 3
FEW = 6  # up to so many places of a state, the nearest in others are named too
MOST_ROWS = 24  # places read from the database for a sheet; about so many find room on it
LONGEST_SUMMARY = 400  # characters; a longer one stands on the page only
# What runs interests a council most, then what is coming, then what has stopped; the oldest first.
ORDER = (
    Case(
        When(stage__in=RUNNING, then=Value(0)),
        When(stage__in=COMING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    ),
    F("launch_year").asc(nulls_last=True),
    "name",
    "pk",
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class WrongDay(ValueError):
    """The day in the address cannot be shown; the message is for the reader."""


@require_safe
def state_brief(request: HttpRequest, state_slug: str) -> HttpResponse:
    """The places of a state, its laws and money; for a state without any, how to start and who is nearest."""
    state = state_or_none(state_slug)
    if state is None:
        raise Http404
    address = reverse("jurisdictions:state_brief", args=[state.slug])
    if request.path != address:
        return redirect(address, permanent=True)
    page = _page(say("sites.state.title", state=state.in_words), state.in_words)
    return _brief(request, page, state, lambda day: _of_state(state, day))


@require_safe
def place_brief(request: HttpRequest, state_slug: str, place_slug: str) -> HttpResponse:
    """A place, the places nearest to it, and its state in a few lines."""
    state = state_or_none(state_slug)
    public = Jurisdiction.objects.public().with_certified(_day_or_today(request)).with_history()
    place = public.defer("search_text").filter(state=state, slug=place_slug.lower()).first()
    if state is None or place is None:
        raise Http404
    address = reverse("jurisdictions:place_brief", args=[state.slug, place.slug])
    if request.path != address:
        return redirect(address, permanent=True)
    page = _page(place.name, f"{place.name}, {state.name}")
    return _brief(request, page, state, lambda day: _of_place(place, state, day), place)


def _page(title: str, about: str) -> Page:
    return Page(title=title, description=say("sites.brief.description", about=about))


def _brief(
    request: HttpRequest,
    page: Page,
    state: State,
    found_on: Callable[[date], dict[str, Any]],
    place: Jurisdiction | None = None,
) -> HttpResponse:
    """The sheets, or a sentence on the day in the address that cannot be shown."""
    context: dict[str, Any] = {"page": page, "state": state, "place": place, "crumbs": _crumbs(state, place)}
    typed = request.GET.get("on", "")
    try:
        day = read_day(typed)
    except WrongDay as error:
        return render(request, "jurisdictions/brief.html", {**context, "wrong": str(error)}, status=400)
    dated = f"{request.path}?on={day.isoformat()}"
    found = found_on(day)
    context |= {
        **found,
        "day": day_in_words(day),
        "recorded": _recorded(day),
        "today": day_in_words(timezone.localdate()),
        "is_dated": bool(typed),
        "dated": dated,
        "whole_address": f"{settings.SITE_URL}{dated}",
        "sheets": _sheets(state, place, day, found),
    }
    return render(request, "jurisdictions/brief.html", context)


def _recorded(day: date) -> str:
    """What the head of both sheets says of its day. What was known on an earlier day is not kept."""
    name = "recorded" if day == timezone.localdate() else "recorded_past"
    return say(f"sites.brief.{name}", day=day_in_words(day))


def _sheets(state: State, place: Jurisdiction | None, day: date, found: dict[str, Any]) -> Sheets:
    return Sheets(
        state=state,
        place=place,
        current=found.get("current"),
        started=found.get("started"),
        title=found["title"],
        summary=found["summary"],
        found_rows=found["rows"],
        found_outside=found["outside"],
        totals=found["totals"],
        count=found["count"],
        unnamed=found.get("unnamed", ""),
        found_measures=found["measures"],
        found_claims=_claims(),
        day=day,
        host=settings.SITE_URL.partition("://")[2],
    )


def _day_or_today(request: HttpRequest) -> date:
    try:
        return read_day(request.GET.get("on", ""))
    except WrongDay:
        return timezone.localdate()


def read_day(typed: str, today: date | None = None) -> date:
    """The day of ?on=2026-11-24; today without one. Raises WrongDay with a sentence for the reader."""
    today = today or timezone.localdate()
    if not typed:
        return today
    try:
        day = date.fromisoformat(typed) if DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None:
        raise WrongDay(say("sites.brief.wrong.shape", today=today.isoformat()))
    if day > today:
        raise WrongDay(say("sites.brief.wrong.future", day=day_in_words(day)))
    if day.year < FIRST_YEAR:
        raise WrongDay(say("sites.brief.wrong.early", year=FIRST_YEAR))
    return day


def _of_state(state: State, day: date) -> dict[str, Any]:
    """Totals and places of a state on a day; the nearest elsewhere when it has none. Five to seven queries."""
    known = Jurisdiction.objects.public().as_of(day)
    totals = _totals(known, state)
    count = sum(number for _, number in totals)
    center = middle(state.usps)
    outside: list[Jurisdiction] = []
    if center and count <= FEW:
        elsewhere = known.filter(latitude__isnull=False).exclude(pk__in=known.in_state(state).values("pk"))
        outside = _rows(elsewhere, day, near=center)
    rows = _rows(known.in_state(state).order_by(*ORDER), day) if count else outside
    return {
        "title": say("sites.state.title", state=state.in_words),
        "eyebrow": say("sites.brief.eyebrow.state"),
        "summary": _summary(state, day),
        "totals": totals,
        "count": count,
        "rows": rows,
        "unnamed": unnamed_in_words(state, are_some_named=count > 0),
        "has_miles": not count,
        "outside": outside if count else [],
        "measures": _measures(state, day),
    }


def _of_place(place: Jurisdiction, state: State, day: date) -> dict[str, Any]:
    """A place on a day with the places nearest to it and the totals of its state. Four queries."""
    known = Jurisdiction.objects.public().as_of(day)
    others = known.exclude(pk=place.pk)
    totals = _totals(known, state)
    has_miles = place.latitude is not None and place.longitude is not None
    if place.latitude is None or place.longitude is None:
        rows = _rows(others.in_state(state).order_by(*ORDER), day)
    else:
        near = (place.latitude, place.longitude)
        rows = _rows(others.filter(latitude__isnull=False), day, near=near)
    return {
        "title": clip(place.name, 110),
        "eyebrow": clip(", ".join(part for part in (place.where, state.name) if part), 110),
        "summary": _summary(place, day),
        "current": place.change_on(day),
        "started": place.launch(day),
        "totals": totals,
        "count": sum(number for _, number in totals),
        "rows": rows,
        "has_miles": has_miles,
        "outside": [],
        "measures": _measures(state, day),
    }


def _totals(known, state: State) -> list[tuple[str, int]]:
    """How many places of a state are at each stage that any is at."""
    counts = dict(known.in_state(state).order_by().values_list("stage").annotate(Count("pk")))
    return [(stage, counts[stage]) for stage in Stage.values if counts.get(stage)]


def _rows(places, day: date, near: tuple[float, float] | None = None) -> list[Jurisdiction]:
    """As many places as a sheet may hold, each with `current`, `started`, `when`, `label`, `whereabouts` and `distance`."""
    if near:
        places = places.with_nearness(*near).order_by("nearness", "pk")
    rows = list(places.with_history().defer("search_text")[:MOST_ROWS])
    for place in rows:
        place.current, place.started = place.change_on(day), place.launch(day)
        place.when = _when(place.current)
        place.label = clip(place.name, 64)
        place.whereabouts = clip(place.where, 50)
        place.distance = distance_in_words(place.miles_from(*near)) if near else ""
    return rows


def _when(change: StageChange) -> str:
    return say(f"sites.asof.{change.basis}", when=change.when_with_preposition())


def _measures(state: State, day: date) -> list[MeasureOfSheet]:
    """Laws and money of a state by a day, each in full, the newest first; without a date only in a brief of today."""
    found = [row for row in state.measures.all() if (row.since() or timezone.localdate()) <= day]
    return [
        MeasureOfSheet(row.date_label, row.title.rstrip("."), " ".join(row.body.split()))
        for row in reversed(found)
    ]


def _summary(of: State | Jurisdiction, day: date) -> str:
    """It tells of today, so a brief of an earlier day is without it; one too long for the sheet is left to the page."""
    return whole_or_none(of.summary, LONGEST_SUMMARY) if day == timezone.localdate() else ""


def _claims() -> list[Claim]:
    """The first claims of the home page in the order of staff; when those are too few, the first of the rest."""
    public = Claim.objects.filter(study__in=Study.objects.public()).select_related("study")
    return list(public.order_by("-on_home", "order", "pk")[:CLAIMS])


def _crumbs(state: State, place: Jurisdiction | None) -> list[tuple[str, str]]:
    crumbs = [
        (say("sites.crumb"), reverse("jurisdictions:index")),
        (state.name, state.get_absolute_url()),
    ]
    return [*crumbs, (place.name, place.get_absolute_url())] if place else crumbs

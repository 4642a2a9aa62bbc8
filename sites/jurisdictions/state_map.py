"""The map of one state or territory: its counties, its neighbours as quiet land, its places as marks."""

from collections.abc import Iterable
from itertools import islice

from sites.jurisdictions.counties import counties
from sites.jurisdictions.county_lines import HIGH, WIDE, StateDrawing, state_drawing
from sites.jurisdictions.map import MOST_MARKS, Map, Shaded, StateShape
from sites.jurisdictions.marks import entries, marks_of, scale_for
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.spread import Point

MARK = WIDE / 400  # the canvas is shown some 400 px wide; marks keep the size of the national map
MIDDLE = (WIDE / 2, HIGH / 2)


def state_map(state: State, places: Iterable, *, chosen: Jurisdiction | None = None) -> Map | None:
    """One state with its county lines; None for a state that the Census does not know.

    places: those of the state, with the attributes of a marks.Entry; a QuerySet, staged and with
    `certified`, is read by one query. chosen: the one that the page is about, drawn with a ring, its counties
    shaded.
    """
    drawing = state_drawing(state.usps)
    if drawing is None:
        return None
    found = list(islice(entries(places), MOST_MARKS))
    scale = MARK * scale_for(len(found))
    marks = marks_of(
        found,
        {state.pk: state},
        lambda place, state: _position(place, state, drawing),
        scale,
        chosen=chosen.slug if chosen else "",
    )
    return Map(
        view_box=f"0 0 {WIDE} {HIGH}",
        states=_land(state, drawing),
        marks=marks,
        has_stars=any(mark.certified for mark in marks),
        scale=f"{scale:.2f}",
        lines=drawing.lines,
        shaded=_shaded(chosen, drawing) if chosen else (),
    )


def _land(state: State, drawing: StateDrawing) -> list[StateShape]:
    """Neighbours first, so that the state's own border lies over theirs."""
    around = StateShape(usps="", path=drawing.around, label=MIDDLE, count=0, name="")
    own = StateShape(usps=state.usps, path=drawing.land, label=MIDDLE, count=0, name=state.name, chosen=True)
    return [around, own] if drawing.around else [own]


def _shaded(chosen: Jurisdiction, drawing: StateDrawing) -> tuple[Shaded, ...]:
    """Its counties, as far as the map holds them: a region may reach into another state."""
    codes = [code for code in chosen.county_fips.split() if drawing.counties.get(code)]
    return tuple(Shaded(counties()[code].full_name, drawing.counties[code]) for code in codes)


def _position(place, state: State, drawing: StateDrawing) -> Point | None:
    """Where a place lies on the map; one that is the whole state stands at its middle."""
    if place.latitude is not None:
        return drawing.point(place.longitude, place.latitude)
    if place.kind != Jurisdiction.Kind.STATE:
        return None
    outline = OUTLINES.get(state.usps)
    return drawing.on_canvas(outline.label) if outline else MIDDLE

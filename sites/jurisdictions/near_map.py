"""The map around a point: where a reader is, and the nearest places."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sites.jurisdictions.index import Entry
from sites.jurisdictions.map import Map, _plain_scale, _shape
from sites.jurisdictions.marks import marks_of, number
from sites.jurisdictions.models import State
from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.projection import HEIGHT, WIDTH, project

# Widths of the frame in units of the national map, some three miles each; jurisdictions.css knows them by
# their number, for the size of pin and names. Beyond half of the country the whole map tells more.
STEPS = (120.0, 180.0, 270.0, 400.0)
ROOM = 1.25  # the frame is so much larger than what it holds


class Around(NamedTuple):
    """A map around a point, and the number of its step, from 1."""

    map: Map
    step: int


def near_map(
    point, places: Sequence[Entry], counts: Mapping[int, int], states: Iterable[State]
) -> Around | None:
    """A part of the national map, in the same shape, with a pin on the point.

    point: with latitude and longitude. places: the nearest ones, nearest first; those that are too far fall
    out. counts: how many places the list has in each state, by its key. None where the point lies outside of
    the drawing (the territories), or where all are too far.
    """
    pin = project(point.longitude, point.latitude)
    known = {state.pk: state for state in states}
    inset = _inset(point.latitude, point.longitude)
    places = [p for p in places if _spot(p) and _inset(p.latitude or 0, p.longitude or 0) == inset]
    frame = None
    while pin and places and not (frame := _frame([pin, *filter(None, map(_spot, places))])):
        places.pop()
    if pin is None or frame is None:
        return None
    left, top, wide, high = frame
    scale = wide / WIDTH
    shapes = [
        _shape(outline, counts.get(state.pk, 0), url=state.get_absolute_url())
        for state in known.values()
        if (outline := OUTLINES.get(state.usps)) and _shows(outline.box, frame)
    ]
    drawn = Map(
        view_box=" ".join(number(part) for part in (left, top, wide, high)),
        states=shapes,
        marks=marks_of(places, known, lambda place, _: _spot(place), scale),
        scale=_plain_scale(scale),
        names=True,
        pin=(number(pin[0]), number(pin[1])),
    )
    return Around(drawn, STEPS.index(wide) + 1)


def _spot(place: Entry) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return project(place.longitude, place.latitude)


def _inset(latitude: float, longitude: float) -> str:
    """Alaska and Hawaii are drawn beside the others: no distance can be seen between them."""
    return "AK" if latitude > 50 else "HI" if longitude < -140 else ""


def _frame(spots: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a frame of the national map's shape around all spots."""
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wide = ROOM * max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTH / HEIGHT)
    wide = next((step for step in STEPS if step >= wide), 0.0)
    if not wide:
        return None
    high = wide * HEIGHT / WIDTH
    return (max(xs) + min(xs) - wide) / 2, (max(ys) + min(ys) - high) / 2, wide, high


def _shows(box: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> bool:
    left, top, wide, high = frame
    return box[0] < left + wide and box[2] > left and box[1] < top + high and box[3] > top

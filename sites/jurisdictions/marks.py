"""Places as marks on a map: which shape, what name, where, and kept apart from one another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from leadbureau.content.wording import say
from sites.jurisdictions.models import Stage, State
from sites.jurisdictions.spread import Point, close_pairs, spread

GAP = 14.0  # units of a map between two marks of full size
REACH = 26.0  # units that a mark may stand away from its place
ROOMY = 150  # up to so many marks are drawn in full size
FREE = 13.0  # units: the radius that a finger may touch around a mark with nothing else so near


class Entry(NamedTuple):
    """What a map needs to know of a place."""

    name: str
    locality: str
    slug: str
    kind: str
    state_id: int
    county_fips: str
    latitude: float | None
    longitude: float | None
    stage: str | None
    launch_year: int | None
    certified: bool


@dataclass(frozen=True)
class Mark:
    """A place as it is drawn; `home` is where it lies when the mark had to move away from it."""

    x: str
    y: str
    home: tuple[str, str] | None
    stage: str
    certified: bool
    name: str
    url: str
    chosen: bool = False
    free: bool = False


def entries(places: Iterable) -> list[Any]:
    """Places with the attributes of an Entry. A QuerySet, staged and with `certified`, costs one query."""
    if isinstance(places, QuerySet):
        return [Entry(*row) for row in places.values_list(*Entry._fields)]
    return list(places)


def marks_of(
    places: Iterable,
    states: Mapping[int, State],
    where: Callable[[Any, State], Point | None],
    scale: float,
    *,
    chosen: str = "",
) -> list[Mark]:
    """A mark for each of the places that stands somewhere on the map.

    places: as entries() gives them. states: by their key. where: the point of a place on the map, or None.
    scale: the size of the marks. chosen: the address part (slug) of the one to draw with a ring.
    """
    placed = [(place, point) for place in places if (point := where(place, states[place.state_id]))]
    drawn = spread([point for _, point in placed], GAP * scale, REACH * scale)
    return marks_at(placed, drawn, states, scale, chosen=chosen)


def marks_at(
    placed: Iterable[tuple[Any, Point]],
    drawn: list[Point],
    states: Mapping[int, State],
    scale: float,
    *,
    chosen: str = "",
) -> list[Mark]:
    """The marks of places whose homes and points on the drawing are known; `drawn` may hold more after them."""
    words = cache(say)  # a copy that remembers: a map says the same of many
    crowded = {number for pair in close_pairs(drawn, 2 * FREE * scale) for number in pair}
    return [
        _mark(
            place,
            states[place.state_id],
            home,
            drawn[number],
            moved_from=GAP * scale * 0.55,
            chosen=bool(chosen) and place.slug == chosen,
            free=number not in crowded,
            words=words,
        )
        for number, (place, home) in enumerate(placed)
    ]


def _mark(
    place, state: State, home: Point, point: Point, *, moved_from: float, chosen: bool, free: bool, words
) -> Mark:
    moved = abs(point[0] - home[0]) + abs(point[1] - home[1]) > moved_from
    return Mark(
        x=number(point[0]),
        y=number(point[1]),
        home=(number(home[0]), number(home[1])) if moved else None,
        stage=place.stage or "unknown",
        certified=place.certified,
        name=_name(place, state, words),
        url=f"{address_of(state.slug)}{place.slug}/",
        chosen=chosen,
        free=free,
    )


def _name(place, state: State, words) -> str:
    """Three lines, as a card shows them: the name, the stage with what is known of the start, where it is."""
    stage = words(f"sites.stage.{place.stage or 'unknown'}")
    if place.launch_year:
        form = "launched" if place.stage == Stage.LAUNCHED else "since"
        stage = words(f"sites.map.{form}", stage=stage, year=place.launch_year)
    certified = f" {words('sites.map.certified')}" if place.certified else ""
    where = state.name if place.locality in ("", state.name) else f"{place.locality}, {state.name}"
    return f"{place.name}:\n{stage}.{certified}\n{where}"


@lru_cache(maxsize=64)
def address_of(slug: str) -> str:
    """The address of a state: looked up once, since a map needs the same ones over and over."""
    return reverse("jurisdictions:state", args=[slug])


def scale_for(total: int) -> float:
    """Marks shrink as they become many: full size, three quarters, half."""
    return 1.0 if total <= ROOMY else 0.75 if total <= ROOMY * 3 else 0.5


def number(value: float) -> str:
    """With one decimal place where it is needed: "12.5", "12"."""
    return f"{value:.1f}".removesuffix(".0")

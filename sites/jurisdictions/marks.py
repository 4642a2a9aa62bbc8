"""Places as marks on a map: which shape, what name, where, and kept apart from one another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from leadbureau.content.wording import say
from sites.jurisdictions.models import State
from sites.jurisdictions.spread import Point, spread

GAP = 14.0  # units of a map between two marks of full size
REACH = 26.0  # units that a mark may stand away from its place
ROOMY = 150  # up to so many marks are drawn in full size


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
    return [
        _mark(place, states[place.state_id], home, point, scale, chosen)
        for (place, home), point in zip(placed, drawn, strict=True)
    ]


def _mark(place, state: State, home: Point, point: Point, scale: float, chosen: str) -> Mark:
    moved = abs(point[0] - home[0]) + abs(point[1] - home[1]) > GAP * scale * 0.55
    stage = place.stage or "unknown"
    certified = f" {say('sites.map.certified')}" if place.certified else ""
    return Mark(
        x=number(point[0]),
        y=number(point[1]),
        home=(number(home[0]), number(home[1])) if moved else None,
        stage=stage,
        certified=place.certified,
        name=f"{place.name}: {say(f'sites.stage.{stage}').lower()}.{certified}",
        url=f"{state.get_absolute_url()}{place.slug}/",
        chosen=bool(chosen) and place.slug == chosen,
    )


def scale_for(total: int) -> float:
    """Marks shrink as they become many: full size, three quarters, half."""
    return 1.0 if total <= ROOMY else 0.75 if total <= ROOMY * 3 else 0.5


def number(value: float) -> str:
    """With one decimal place where it is needed: "12.5", "12"."""
    return f"{value:.1f}".removesuffix(".0")

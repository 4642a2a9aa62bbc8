"""The nearest places to a state that has none of its own."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from sites.jurisdictions.counties import of_state
from sites.jurisdictions.directory import distance_in_words
from sites.jurisdictions.distance import miles
from sites.jurisdictions.index import Entry, Index
from sites.jurisdictions.models import State

NEAREST = 5


@dataclass(frozen=True)
class Nearby:
    """A place elsewhere, and how far it is in words."""

    place: Entry
    state: State
    distance: str


def nearest_to_state(state: State, index: Index) -> list[Nearby]:
    """Places of other states by their distance from the middle of a state; from the index, without a query."""
    middle = middle_of(state)
    if middle is None:
        return []
    states = {known.pk: known for known in index.states}
    found = [index.entries[number] for number, _ in index.in_order_of_distance(index.everything, *middle)]
    return [
        Nearby(place, states[place.state_id], distance_in_words(_miles(place, middle)))
        for place in found[:NEAREST]
    ]


def middle_of(state: State) -> tuple[float, float] | None:
    """Degrees of the middle of its counties' centroids, taken on the globe, since Alaska crosses the date line."""
    points = [(radians(county.latitude), radians(county.longitude)) for county in of_state(state.usps)]
    if not points:
        return None
    x = sum(cos(phi) * cos(theta) for phi, theta in points)
    y = sum(cos(phi) * sin(theta) for phi, theta in points)
    z = sum(sin(phi) for phi, _ in points)
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def _miles(place: Entry, middle: tuple[float, float]) -> float | None:
    if place.latitude is None or place.longitude is None:
        return None
    return miles(*middle, place.latitude, place.longitude)

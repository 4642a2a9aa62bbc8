"""The nearest places to a place, or to a state that has none of its own; from the index, without a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from django.urls import reverse

from sites.jurisdictions.counties import of_state
from sites.jurisdictions.directory import distance_in_words
from sites.jurisdictions.distance import miles
from sites.jurisdictions.index import Entry, Index
from sites.jurisdictions.models import Jurisdiction, State

NEAREST = 5


@dataclass(frozen=True)
class Nearby:
    """A place elsewhere, and how far it is in words."""

    place: Entry
    state: State
    distance: str

    @property
    def url(self) -> str:
        return reverse("jurisdictions:place", args=[self.state.slug, self.place.slug])


def nearest_to_place(place: Jurisdiction, index: Index) -> list[Nearby]:
    """The places around one; those of its state, without miles, when its position is not known."""
    if place.latitude is None or place.longitude is None:
        own = [entry for entry in index.entries if entry.state_id == place.state_id and entry.pk != place.pk]
        return [Nearby(entry, place.state, "") for entry in own[:NEAREST]]
    found = _nearest(index, (place.latitude, place.longitude), NEAREST + 1)
    return [near for near in found if near.place.pk != place.pk][:NEAREST]


def nearest_to_state(state: State, index: Index) -> list[Nearby]:
    """Places of other states by their distance from the middle of a state."""
    middle = middle_of(state)
    return _nearest(index, middle, NEAREST) if middle else []


def nearest_to_point(point, entries: Sequence[Entry], index: Index) -> Nearby | None:
    """The first of some entries with its miles to a point; None without any."""
    if not entries:
        return None
    state = next(state for state in index.states if state.pk == entries[0].state_id)
    distance = distance_in_words(_miles(entries[0], (point.latitude, point.longitude)))
    return Nearby(entries[0], state, distance)


def _nearest(index: Index, point: tuple[float, float], most: int) -> list[Nearby]:
    states = {known.pk: known for known in index.states}
    entries = [index.entries[number] for number in index.by_distance(index.everything, *point)[:most]]
    return [
        Nearby(entry, states[entry.state_id], distance_in_words(_miles(entry, point))) for entry in entries
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

"""The map of the country for a question that very many places answer.

Squares of the map are cut once for an index; a question then counts what it finds in each of them, so that
ten thousand places are drawn as quickly as one thousand.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from math import hypot

from leadbureau.content.wording import say
from sites.jurisdictions.cluster import CELLS, MOST_SHAPES, Cluster, circle
from sites.jurisdictions.directory import Directory
from sites.jurisdictions.index import Index
from sites.jurisdictions.map import AMONG_CLUSTERS, Map, country, position_of, shapes_of
from sites.jurisdictions.marks import marks_at
from sites.jurisdictions.models import State
from sites.jurisdictions.spread import Point, spread

CROWDED = 1000  # from so many places on; fewer are gathered one by one by cluster.gathered()


@dataclass(frozen=True)
class Square:
    """The places of one state in one square of the map, as a set of the index."""

    state_id: int
    places: int
    centre: Point
    around: str


class Ground:
    """Where the places of an index lie on the map."""

    def __init__(self, index: Index):
        self.states = {state.pk: state for state in index.states}
        self.spots = [position_of(entry, self.states[entry.state_id]) for entry in index.entries]
        self._entries = index.entries

    @cached_property
    def squares(self) -> list[Square]:
        """Squares of the widest grid; whole states where those are too many."""
        squares = self._cut(CELLS[-1])
        return squares if len(squares) <= MOST_SHAPES else self._cut(None)

    def _cut(self, cell: float | None) -> list[Square]:
        groups = defaultdict(list)
        for number, spot in enumerate(self.spots):
            if spot:
                square = (int(spot[0] // cell), int(spot[1] // cell)) if cell else None
                groups[self._entries[number].state_id, square].append((number, spot))
        return [self._square(state, group) for (state, _), group in groups.items()]

    def _square(self, state: int, group: list[tuple[int, Point]]) -> Square:
        x = sum(spot[0] for _, spot in group) / len(group)
        y = sum(spot[1] for _, spot in group) / len(group)
        nearest, _ = min(group, key=lambda one: hypot(one[1][0] - x, one[1][1] - y))
        places = bytearray(len(self.spots) // 8 + 1)
        for number, _ in group:
            places[number >> 3] |= 1 << (number & 7)
        return Square(state, int.from_bytes(places, "little"), (x, y), self._entries[nearest].locality)


_grounds: dict[str, Ground] = {}  # one, by the tag of its index


def crowded_map(directory: Directory) -> Map:
    """What national_map() draws, from counts instead of places."""
    index, found, filters = directory.index, directory.found, directory.filters
    ground = _ground_of(index)
    occupied = [(square, within) for square in ground.squares if (within := square.places & found)]
    alone = [
        (directory.entry(number), spot)
        for _, within in occupied
        if (number := _only(within)) is not None and (spot := ground.spots[number])
    ]
    groups = [(square, within) for square, within in occupied if _only(within) is None]
    drawn = spread(
        [spot for _, spot in alone] + [square.centre for square, _ in groups], AMONG_CLUSTERS, AMONG_CLUSTERS
    )
    marks = marks_at(alone, drawn, ground.states, 1.0)
    clusters = _circles(directory, groups, drawn[len(alone) :], ground.states)
    of_states = {state: directory.stages_of(places & found) for state, places in index.by_state.items()}
    shapes = shapes_of(index.states, directory.by_state_shown, of_states, chosen=filters.state)
    return country(shapes, marks, clusters, near=filters.near)


def _circles(
    directory: Directory, groups: Iterable[tuple[Square, int]], points: list[Point], states: dict[int, State]
) -> list[Cluster]:
    words = cache(say)
    addresses = cache(lambda state: directory.filters.query(state=state))
    return [
        circle(point, directory.stages_of(within), square.around, states[square.state_id], addresses, words)
        for (square, within), point in zip(groups, points, strict=True)
    ]


def _only(places: int) -> int | None:
    """The number of the only entry of a set; None when it holds several."""
    return places.bit_length() - 1 if places.bit_count() == 1 else None


def _ground_of(index: Index) -> Ground:
    ground = _grounds.get(index.tag)
    if ground is None:
        ground = Ground(index)
        _grounds.clear()
        _grounds[index.tag] = ground
    return ground

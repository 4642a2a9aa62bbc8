"""Where a map has more places than can be told apart, those that lie close together become one circle.

A circle holds places of one state only, so that it leads to the list of that state.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from sites.jurisdictions.marks import number
from sites.jurisdictions.models import Stage, State
from sites.jurisdictions.projection import HEIGHT, WIDTH
from sites.jurisdictions.spread import Point

MOST_SINGLE = 250  # up to so many places each has a mark of its own
CELLS = (44.0, 60.0, 76.0)  # units of the map: the width of a square whose places are drawn as one
MOST_SHAPES = 200  # where even squares leave more marks and circles than this, a state is one circle

Placed = tuple[Any, Point]  # a place and its point on the map


@dataclass(frozen=True)
class Cluster:
    """Several places as one circle with their number; `r` is its radius in units of the map."""

    x: str
    y: str
    r: int
    count: int
    name: str
    url: str


def gathered(placed: list[Placed]) -> tuple[list[Placed], list[list[Placed]]]:
    """Those that stay alone, and the groups that are drawn as one: by state and square of a grid, or by state."""
    if len(placed) <= MOST_SINGLE:
        return placed, []
    whole = max(WIDTH, HEIGHT) + 1
    cell = next((cell for cell in CELLS if len(set(_squares(placed, cell))) <= MOST_SHAPES), whole)
    groups = defaultdict(list)
    for one, square in zip(placed, _squares(placed, cell), strict=True):
        groups[square].append(one)
    found = groups.values()
    return [group[0] for group in found if len(group) == 1], [group for group in found if len(group) > 1]


def _squares(placed: list[Placed], cell: float) -> list[tuple[int, int, int]]:
    """For each place its state, and the column and the row of its square."""
    return [(place.state_id, int(x // cell), int(y // cell)) for place, (x, y) in placed]


def centre(group: list[Placed]) -> Point:
    """The middle of the places of a group."""
    return (
        sum(point[0] for _, point in group) / len(group),
        sum(point[1] for _, point in group) / len(group),
    )


def clusters_at(
    groups: list[list[Placed]],
    drawn: list[Point],
    states: Mapping[int, State],
    narrowed: Callable[[State], str],
    words: Callable[..., str],
) -> list[Cluster]:
    """The circles of groups whose points on the drawing are known.

    narrowed: the address of the list of a state. words: say(), or a copy of it that remembers.
    """
    return [
        _cluster(group, point, states[group[0][0].state_id], narrowed, words)
        for group, point in zip(groups, drawn, strict=True)
    ]


def _cluster(group: list[Placed], point: Point, state: State, narrowed, words) -> Cluster:
    middle_x, middle_y = centre(group)
    nearest, _ = min(group, key=lambda one: hypot(one[1][0] - middle_x, one[1][1] - middle_y))
    by_stage = Counter(place.stage for place, _ in group)
    return circle(point, by_stage, nearest.locality, state, narrowed, words)


def circle(
    point: Point, by_stage: Mapping[str | None, int], around: str, state: State, narrowed, words
) -> Cluster:
    """Its name has two lines: how many around which place, and how many of them at which stage."""
    count = sum(by_stage.values())
    name = words("sites.map.around", count=count, place=around, state=state.name)
    return Cluster(
        x=number(point[0]),
        y=number(point[1]),
        r=7 + 3 * len(str(count)),
        count=count,
        name=f"{name}:\n{stages_in_words(by_stage, words)}",
        url=narrowed(state),
    )


def stages_in_words(counts: Mapping[str | None, int], words: Callable[..., str]) -> str:
    """ "3 operating, 1 exploring": the stages in their order from running to ended."""
    order = [Stage.OPERATING, Stage.LAUNCHED, Stage.DEVELOPING, Stage.EXPLORING, Stage.PAUSED, Stage.ENDED]
    parts = [
        words("sites.map.of_stage", count=counts[stage], stage=words(f"sites.stage.{stage}").lower())
        for stage in order
        if counts.get(stage)
    ]
    return ", ".join(parts)

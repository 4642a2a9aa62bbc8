"""Keeps the marks of a map apart, so that each can be seen and touched, near to where it belongs."""

from collections import defaultdict
from collections.abc import Iterator
from math import cos, hypot, sin

Point = tuple[float, float]
ROUNDS = 30
GOLDEN_ANGLE = 2.399963  # radians: no two of many marks on one spot leave it in the same direction


def spread(points: list[Point], gap: float, reach: float) -> list[Point]:
    """The points moved so far apart that they keep a gap, none further than reach from its own place.

    Where more stand than there is room for, some go on touching. The result is the same for the same points.
    """
    moved = [
        (x + 0.01 * gap * cos(place * GOLDEN_ANGLE), y + 0.01 * gap * sin(place * GOLDEN_ANGLE))
        for place, (x, y) in enumerate(points)
    ]
    for _ in range(ROUNDS):
        if not _push(moved, points, gap, reach):
            break
    return moved


def _push(moved: list[Point], home: list[Point], gap: float, reach: float) -> bool:
    """One round: each close pair parts by half of what it lacks. Whether any pair did."""
    pushed = False
    for first, second in close_pairs(moved, gap):
        (ax, ay), (bx, by) = moved[first], moved[second]
        apart = hypot(bx - ax, by - ay) or 0.001
        if apart < gap * 0.98:
            step = (gap - apart) / 2 / apart
            move = ((bx - ax) * step, (by - ay) * step)
            moved[first] = _held((ax - move[0], ay - move[1]), home[first], reach)
            moved[second] = _held((bx + move[0], by + move[1]), home[second], reach)
            pushed = True
    return pushed


def close_pairs(points: list[Point], gap: float) -> Iterator[tuple[int, int]]:
    """Pairs in the same or in neighbouring cells of a grid as wide as the gap."""
    cells = defaultdict(list)
    for number, (x, y) in enumerate(points):
        cells[int(x // gap), int(y // gap)].append(number)
    for (column, row), here in cells.items():
        for first in here:
            for across in (-1, 0, 1):
                for down in (-1, 0, 1):
                    for second in cells.get((column + across, row + down), ()):
                        if first < second:
                            yield first, second


def _held(point: Point, home: Point, reach: float) -> Point:
    """The point, drawn back to its leash."""
    away = hypot(point[0] - home[0], point[1] - home[1])
    if away <= reach:
        return point
    return home[0] + (point[0] - home[0]) * reach / away, home[1] + (point[1] - home[1]) * reach / away

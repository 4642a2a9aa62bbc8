"""Reads the TopoJSON of us-atlas and thins its lines. Used by build_outlines.py alone, never by the site.

In a topology each border is one arc, shared by the two areas that it parts: what is done to an arc is done
to both, so that no gap opens between neighbours.
"""

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

Point = tuple[float, float]
Line = list[Point]
Ring = list[int]  # arcs by number; ~number is the arc walked backwards
Transform = Callable[[Point], Point]


class Atlas:
    """One file of us-atlas: its arcs, and the rings of each area by the code of the area."""

    def __init__(self, path: Path):
        found = json.loads(path.read_text(encoding="utf-8"))
        self.scale, self.shift = found["transform"]["scale"], found["transform"]["translate"]
        self.whole_arcs = [_undone(arc) for arc in found["arcs"]]
        self.arcs: list[Line] = [[self._at(point) for point in arc] for arc in self.whole_arcs]
        self.counties = _rings(found["objects"].get("counties"))
        self.states = _rings(found["objects"]["states"])
        self.names = {
            row["id"]: row["properties"]["name"] for row in found["objects"]["states"]["geometries"]
        }

    def _at(self, point: tuple[int, int]) -> Point:
        return point[0] * self.scale[0] + self.shift[0], point[1] * self.scale[1] + self.shift[1]

    def used(self, areas: Iterable[list[Ring]]) -> Counter[int]:
        """How often each arc bounds one of the areas: 1 at their edge, 2 between two of them."""
        return Counter(arc if arc >= 0 else ~arc for rings in areas for ring in rings for arc in ring)


def _undone(arc: list[list[int]]) -> list[tuple[int, int]]:
    """The points of an arc, which is stored in steps."""
    xs, ys = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
    return list(zip(xs, ys, strict=True))


def _rings(layer: dict | None) -> dict[str, list[Ring]]:
    found = {}
    for row in (layer or {}).get("geometries", ()):
        polygons = [row["arcs"]] if row["type"] == "Polygon" else row.get("arcs", [])
        found[row["id"]] = [ring for polygon in polygons for ring in polygon]
    return found


def joined(ring: Ring, arcs) -> list:
    """The points of a ring, the last one being the first again."""
    points: list = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += part[1:] if points else part
    return points


def area(ring: Line) -> float:
    """Of a ring, in square units; negative when it is walked the other way."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def thinned(line: Line, least: float) -> Line:
    """The line without its least telling points, by Visvalingam and Whyatt.

    A point goes when the triangle with its neighbours is smaller than `least` (square units). The ends stay;
    a closed line keeps four points, so that it still is an area.
    """
    keep_at_least = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    size = {i: _triangle(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    heap = [(value, i) for i, value in size.items()]
    heapq.heapify(heap)
    while heap and len(size) + 2 > keep_at_least:
        value, i = heapq.heappop(heap)
        if size.get(i) != value:
            continue
        if value >= least:
            break
        del size[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in size:
                size[j] = max(value, _triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (size[j], j))
    return [line[0], *(line[i] for i in sorted(size)), line[-1]]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def clipped(ring: Line, frame: tuple[float, float, float, float]) -> Line:
    """The part of an area within a frame (left, top, right, bottom), by Sutherland and Hodgman."""
    for axis, limit, sign in ((0, frame[0], 1), (1, frame[1], 1), (0, frame[2], -1), (1, frame[3], -1)):
        kept: Line = []
        for a, b in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            a_in, b_in = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if a_in != b_in:
                share = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
            if b_in:
                kept.append(b)
        ring = kept
    return ring

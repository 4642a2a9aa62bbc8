"""Draws each state with its counties for its own map. Used by build_outlines.py alone, never by the site.

A drawing stands on a canvas of 1000 by 750 units: the part of the national map's field that holds the state,
with some room; a territory has a field of its own, degrees at its middle latitude. Lines are thinned arc by
arc, so that counties that touch go on touching.
"""

from collections import defaultdict
from math import cos, radians

from sites.jurisdictions.data.atlas import Atlas, Line, Point, Ring, area, clipped, joined, thinned
from sites.jurisdictions.projection import project
from sites.jurisdictions.svg_path import Whole, lines_path, ring_path, whole

WIDE, HIGH = 1000, 750
ROOM = 1.14  # the frame is so much wider and higher than the state
LEAST_WIDE = 9.0  # units of the national field, some 27 miles: what surrounds the District is shown too
LEAST_TRIANGLE = 6.0  # square units of the canvas: what thinned() may leave out
SPECK = 3  # half the side of the square for a city of which the atlas leaves no area
LEAST_ISLAND = 10.0  # square units of the canvas
BEYOND = 20  # units by which the land around reaches over the edge, so that its cut edges are not seen
# West, south, east, north of the islands that a map shows, where others lie far away.
WINDOWS = {
    "AK": (-172.0, 50.0, -129.0, 72.0),  # to St. Lawrence and Unalaska, without the further Aleutians
    "HI": (-160.6, 18.7, -154.5, 22.6),  # without the north-western ones, where nobody is resident
    "MP": (144.9, 13.9, 146.1, 15.5),  # Rota, Tinian, Saipan
    "AS": (-171.0, -14.5, -169.3, -14.1),  # Tutuila and Manu'a, without Rose and Swains
    "PR": (-67.4, 17.8, -65.1, 18.7),  # without Mona
}
Frame = tuple[float, float, float]  # left, top, units of the field for one of the canvas


class Drawing:
    """One state: `atlas` holds its counties, `flat` the longitude and latitude of the same areas."""

    def __init__(self, usps: str, fips: str, atlas: Atlas, flat: Atlas):
        self.usps, self.fips = usps, fips
        self.own_field = fips not in atlas.states
        self.atlas = flat if self.own_field else atlas
        self.counties = {code: rings for code, rings in self.atlas.counties.items() if code[:2] == fips}
        self.parallel = self._middle() if self.own_field else None
        self.window = self._window(flat)
        self.left, self.top, self.unit = self._frame()
        self._thin: dict[int, Line] = {}

    def as_data(self) -> dict:
        """What data/state-maps/ holds of it."""
        return {
            "frame": [round(self.left, 5), round(self.top, 5), round(self.unit, 7)],
            "parallel": self.parallel,
            "land": self._area(self.atlas.states[self.fips]),
            "around": self._around(),
            "lines": lines_path(_in_a_row(self._between())),
            "counties": {code: self._county(rings) for code, rings in sorted(self.counties.items())},
        }

    def _middle(self) -> float:
        _, south, _, north = WINDOWS.get(self.usps) or _box(self._points(self.atlas))
        return round((south + north) / 2, 2)

    def _points(self, atlas: Atlas) -> Line:
        rings = [ring for code, found in atlas.counties.items() if code[:2] == self.fips for ring in found]
        return [point for ring in rings for point in joined(ring, atlas.arcs)]

    def _window(self, flat: Atlas) -> Line:
        """The points of the field that the frame has to hold."""
        if self.usps not in WINDOWS:
            return [self._on_field(point) for point in self._points(self.atlas)]
        west, south, east, north = WINDOWS[self.usps]
        kept = [(x, y) for x, y in self._points(flat) if west < x < east and south < y < north]
        if self.own_field:
            return [self._on_field(point) for point in kept]
        return [point for x, y in kept if (point := project(x, y))]

    def _on_field(self, point: Point) -> Point:
        if self.parallel is None:
            return point
        return point[0] * cos(radians(self.parallel)), -point[1]

    def _frame(self) -> Frame:
        left, top, right, bottom = _box(self.window)
        least = 0 if self.own_field else LEAST_WIDE
        wide = max((right - left) * ROOM, (bottom - top) * ROOM * WIDE / HIGH, least)
        high = wide * HIGH / WIDE
        return (left + right - wide) / 2, (top + bottom - high) / 2, wide / WIDE

    def _thin_arc(self, arc: int) -> Line:
        if arc not in self._thin:
            on_canvas = [self._on_canvas(point) for point in self.atlas.arcs[arc]]
            self._thin[arc] = thinned(on_canvas, LEAST_TRIANGLE)
        return self._thin[arc]

    def _on_canvas(self, point: Point) -> Point:
        x, y = self._on_field(point)
        return (x - self.left) / self.unit, (y - self.top) / self.unit

    def _line(self, ring: Ring) -> Line:
        return joined(ring, _Arcs(self))

    def _area(self, rings: list[Ring]) -> str:
        """Without the islands that are too small to see and those that lie outside of the frame."""
        lines = sorted((self._line(ring) for ring in rings), key=lambda line: -abs(area(line)))
        seen = [line for line in lines if _touches(line, 0)]
        return "".join(
            ring_path(whole(line))
            for place, line in enumerate(seen)
            if not place or abs(area(line)) >= LEAST_ISLAND
        )

    def _county(self, rings: list[Ring]) -> str:
        """Three small cities of Virginia are a point or a line in the atlas; each is drawn as a square."""
        found = self._area(rings)
        line = self._line(rings[0])
        if found or not _touches(line, 0):
            return found
        x, y = line[0]
        corners = [(-SPECK, -SPECK), (SPECK, -SPECK), (SPECK, SPECK), (-SPECK, SPECK)]
        return ring_path(whole((x + across, y + down) for across, down in corners))

    def _around(self) -> str:
        """The other states within the frame; Alaska and Hawaii are set in and have no neighbours."""
        apart = {"02", "15"}
        if self.own_field or self.fips in apart:
            return ""
        frame = (-BEYOND, -BEYOND, WIDE + BEYOND, HIGH + BEYOND)
        parts = []
        for code, rings in self.atlas.states.items():
            if code == self.fips or code in apart:
                continue
            for ring in rings:
                if self._may_touch(ring):
                    part = clipped(self._line(ring), frame)
                    if part and abs(area(part)) >= LEAST_ISLAND:
                        parts.append(ring_path(whole(part)))
        return "".join(parts)

    def _may_touch(self, ring: Ring) -> bool:
        points = joined(ring, self.atlas.arcs)
        return _touches([self._on_canvas(point) for point in points], BEYOND)

    def _between(self) -> list[list[Whole]]:
        """The borders of two counties of the state."""
        used = self.atlas.used(self.counties.values())
        return [whole(self._thin_arc(arc)) for arc, times in used.items() if times == 2]


class _Arcs:
    """The thinned arcs of a drawing, by number, as joined() asks for them."""

    def __init__(self, drawing: Drawing):
        self.drawing = drawing

    def __getitem__(self, arc: int) -> Line:
        return self.drawing._thin_arc(arc)


def _box(points) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _touches(line: Line, beyond: float) -> bool:
    left, top, right, bottom = _box(line)
    return left < WIDE + beyond and right > -beyond and top < HIGH + beyond and bottom > -beyond


def _in_a_row(lines: list[list[Whole]]) -> list[list[Whole]]:
    """The same lines, each beginning where the one before ended, as far as there is one."""
    starts = defaultdict(list)
    for number, line in enumerate(lines):
        starts[line[0]].append((number, 1))
        starts[line[-1]].append((number, -1))
    left, found = set(range(len(lines))), []
    pen: Whole = (-1, -1)
    while left:
        number, way = next(((n, w) for n, w in starts.get(pen, ()) if n in left), (min(left), 1))
        left.discard(number)
        found.append(lines[number][::way])
        pen = found[-1][-1]
    return found

"""In which state and county a position lies.

data/geography.bin holds the borders of the 3,231 counties (Census cartographic boundaries, 2017 edition, by
us-atlas 3.0.1, to a fifth of a mile; water belongs to no county). data/build_outlines.py writes it: one line of
JSON (scale and shift to degrees; of each state where it begins, its length and its boxes, east and west of
Greenwich), then for each state,
deflated, a row of whole numbers in the variable length of Protocol Buffers (zigzag): the number of counties;
for each its FIPS code and its number of rings; for each ring its number of points and the steps between them.
A state is read when it is first asked for.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from statistics import fmean

from sites.jurisdictions.counties import of_state

FILE = Path(__file__).parent / "data" / "geography.bin"
SHORE_SLACK = 3.0  # miles from land, for bridges, piers and islands that the borders leave out
BORDER_SLACK = 1.0  # miles into another state: the borders are simplified, most of all along rivers
NEAR_THE_COUNTRY = 1.0  # degrees around the boxes of the states
SAME = 0.01  # degrees: a position that was copied, rounded or not
MILES_A_DEGREE = 69.1  # of latitude

Point = tuple[float, float]  # longitude, latitude
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Ring:
    """One closed line of a county's border; a hole in it is another one."""

    points: tuple[Point, ...]
    box: Box

    def winds_around(self, longitude: float, latitude: float) -> bool:
        """Whether a ray to the east crosses the line an odd number of times."""
        west, south, east, north = self.box
        if not (south <= latitude <= north and west <= longitude <= east):
            return False
        within = False
        for (ax, ay), (bx, by) in pairwise(self.points):
            if (ay > latitude) != (by > latitude) and longitude < ax + (latitude - ay) * (bx - ax) / (
                by - ay
            ):
                within = not within
        return within

    def miles_to(self, longitude: float, latitude: float) -> float:
        """To the nearest part of the line; taken as flat, which is right to a hundredth for some miles."""
        wide = MILES_A_DEGREE * cos(radians(latitude))
        flat = [((x - longitude) * wide, (y - latitude) * MILES_A_DEGREE) for x, y in self.points]
        return min(_to_segment(a, b) for a, b in pairwise(flat))


def lies_in(usps: str, latitude: float, longitude: float, slack_miles: float = SHORE_SLACK) -> bool:
    """Whether a position in degrees lies in a state, in the District or in a territory.

    slack_miles: how far from land it may be where no other state is; a mile within another one.
    An abbreviation that is not known refuses nothing.
    """
    if usps not in _index() or _county_in(usps, latitude, longitude):
        return True
    if _is_middle_of_a_county(usps, latitude, longitude):
        return True
    slack = min(slack_miles, BORDER_SLACK) if county_at(latitude, longitude) else slack_miles
    return _within(slack, usps, latitude, longitude)


def county_at(latitude: float, longitude: float) -> str | None:
    """The FIPS code of the county at a position in degrees; None on water and abroad."""
    for usps in _index():
        if _in_boxes(usps, latitude, longitude, 0) and (found := _county_in(usps, latitude, longitude)):
            return found
    return None


def lies_near_the_country(latitude: float, longitude: float) -> bool:
    """Whether a position in degrees can be one of the United States: a rough and quick look, by boxes."""
    return any(_in_boxes(usps, latitude, longitude, NEAR_THE_COUNTRY) for usps in _index())


def middle(usps: str) -> tuple[float, float] | None:
    """Latitude and longitude amid the counties of a state, for distances from it; None for an unknown one."""
    found = of_state(usps)
    if not found:
        return None
    return fmean(county.latitude for county in found), fmean(county.longitude for county in found)


def _in_boxes(usps: str, latitude: float, longitude: float, margin: float) -> bool:
    return any(
        south - margin <= latitude <= north + margin and west - margin <= longitude <= east + margin
        for west, south, east, north in _index()[usps]["boxes"]
    )


def _is_middle_of_a_county(usps: str, latitude: float, longitude: float) -> bool:
    """The middle of a county of islands, or around a bay, may be on water far from land."""
    return any(
        abs(county.latitude - latitude) <= SAME and abs(county.longitude - longitude) <= SAME
        for county in of_state(usps)
    )


def _county_in(usps: str, latitude: float, longitude: float) -> str | None:
    for fips, rings in _counties(usps).items():
        if sum(ring.winds_around(longitude, latitude) for ring in rings) % 2:
            return fips
    return None


def _within(distance: float, usps: str, latitude: float, longitude: float) -> bool:
    """Whether the border of a county of the state is within so many miles."""
    up = distance / MILES_A_DEGREE
    across = up / max(0.1, cos(radians(latitude)))
    for rings in _counties(usps).values():
        for ring in rings:
            west, south, east, north = ring.box
            near = south - up <= latitude <= north + up and west - across <= longitude <= east + across
            if near and ring.miles_to(longitude, latitude) <= distance:
                return True
    return False


def _to_segment(a: Point, b: Point) -> float:
    """From the origin to the line between two points."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length)) if length else 0.0
    return hypot(a[0] + along * dx, a[1] + along * dy)


@cache
def _head() -> tuple[dict, int]:
    """The first line of the file, and where the states begin."""
    with FILE.open("rb") as file:
        line = file.readline()
    return json.loads(line), len(line)


def _index() -> dict[str, dict]:
    return _head()[0]["states"]


@cache
def _counties(usps: str) -> dict[str, list[Ring]]:
    """The borders of a state's counties, by their FIPS code."""
    head, start = _head()
    entry = head["states"][usps]
    with FILE.open("rb") as file:
        file.seek(start + entry["at"])
        numbers = _numbers(zlib.decompress(file.read(entry["length"])))
    found = {}
    for _ in range(next(numbers)):
        fips, rings = next(numbers), next(numbers)
        found[f"{fips:05}"] = [_ring(numbers, head["scale"], head["shift"]) for _ in range(rings)]
    return found


def _ring(numbers: Iterator[int], scale: Point, shift: Point) -> Ring:
    x = y = 0
    points = []
    for _ in range(next(numbers)):
        x, y = x + next(numbers), y + next(numbers)
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    xs, ys = zip(*points, strict=True)
    return Ring(tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def _numbers(packed: bytes) -> Iterator[int]:
    """Seven bits a byte, the highest bit says that more follow; the lowest of the number is its sign."""
    number = shift = 0
    for byte in packed:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield (number >> 1) ^ -(number & 1)
            number = shift = 0

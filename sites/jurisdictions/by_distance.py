"""Places by their distance from a point, sorted no further than is asked for."""

from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import cos, radians, sin
from typing import overload

from sites.jurisdictions.distance import EARTH_RADIUS

OnTheGlobe = tuple[float, float, float]


class ByDistance(Sequence[int]):
    """Numbers of places, the nearest first; of equals the one given first. Those without a position are last.

    points: where the placed ones are, as on_the_globe() gives it. The cosine of the angle between two such
    points is their product: it needs no trigonometry for each of ten thousand places.
    """

    def __init__(
        self, placed: list[int], points: list[OnTheGlobe], here: OnTheGlobe, unplaced: Sequence[int] = ()
    ):
        x, y, z = here
        self._cosines = [a * x + b * y + c * z for a, b, c in points]
        self._placed, self._unplaced = placed, list(unplaced)

    def __len__(self) -> int:
        return len(self._placed) + len(self._unplaced)

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted):
        if isinstance(wanted, int):
            return self[:][wanted]
        stop = wanted.indices(len(self))[1]
        return (self._nearest(stop) + self._unplaced)[wanted] if stop else []

    def count_within(self, miles: float) -> int:
        """How many are no further than so many miles."""
        least = cos(miles / EARTH_RADIUS)
        return sum([cosine >= least for cosine in self._cosines])

    def _nearest(self, count: int) -> list[int]:
        """The nearest of those with a position; all of them where fewer are so many."""
        order = nlargest(count, range(len(self._placed)), key=self._cosines.__getitem__)
        return [self._placed[n] for n in order]


def on_the_globe(latitude: float, longitude: float) -> OnTheGlobe:
    """A point of a globe with the radius 1."""
    phi, theta = radians(latitude), radians(longitude)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)

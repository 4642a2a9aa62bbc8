"""The map's projection: Albers for the lower 48, with Alaska and Hawaii set in under them.

The same numbers as d3's geoAlbersUsa with scale 1300 and translate (487.5, 305), which drew the outlines
of the states in data/us-states.json on a field of 975 by 610. Territories lie outside of it.
"""

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt, tau

WIDTH, HEIGHT = 975, 610
SCALE = 1300.0
CENTRE_X, CENTRE_Y = 487.5, 305.0

Projected = tuple[float, float]


def _albers(
    parallels: tuple[float, float], turn: float, centre: Projected
) -> Callable[[float, float], Projected]:
    """Albers' equal-area cone between two parallels, turned to a meridian; on the unit sphere, y upwards."""
    first, second = (radians(parallel) for parallel in parallels)
    n = (sin(first) + sin(second)) / 2
    c = 1 + sin(first) * (2 * n - sin(first))
    middle = sqrt(c) / n

    def raw(longitude: float, latitude: float) -> Projected:
        reach = sqrt(max(0.0, c - 2 * n * sin(latitude))) / n
        return reach * sin(n * longitude), middle - reach * cos(n * longitude)

    zero_x, zero_y = raw(radians(centre[0]), radians(centre[1]))

    def project(longitude: float, latitude: float) -> Projected:
        turned = (radians(longitude + turn) + pi) % tau - pi
        x, y = raw(turned, radians(latitude))
        return x - zero_x, y - zero_y

    return project


# Each inset: projection, share of the scale, shift and window, in units of the scale from the centre.
_LOWER_48 = (_albers((29.5, 45.5), 96, (-0.6, 38.7)), 1.0, (0.0, 0.0), (-0.455, -0.238, 0.455, 0.238))
_ALASKA = (_albers((55, 65), 154, (-2, 58.5)), 0.35, (-0.307, 0.201), (-0.425, 0.120, -0.214, 0.234))
_HAWAII = (_albers((8, 18), 157, (-3, 19.9)), 1.0, (-0.205, 0.212), (-0.214, 0.166, -0.115, 0.234))
INSETS = (_LOWER_48, _ALASKA, _HAWAII)


def project(longitude: float, latitude: float) -> Projected | None:
    """Degrees to a point of the map; None for a place that the map does not hold (the territories)."""
    for albers, share, (shift_x, shift_y), window in INSETS:
        x, y = albers(longitude, latitude)
        x, y = shift_x + x * share, shift_y - y * share
        if window[0] <= x <= window[2] and window[1] <= y <= window[3]:
            return CENTRE_X + x * SCALE, CENTRE_Y + y * SCALE
    return None

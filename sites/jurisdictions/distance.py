"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 3958.8  # miles, the mean radius


def miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle miles between two points given in degrees (haversine; within half a percent)."""
    first, second = radians(latitude), radians(other_latitude)
    spread = (
        sin((second - first) / 2) ** 2
        + cos(first) * cos(second) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * asin(min(1, sqrt(spread)))

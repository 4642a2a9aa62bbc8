"""From a point of the map back to degrees, for staff who pick a position on it."""

from math import isfinite

from sites.jurisdictions.projection import CENTRE_X, CENTRE_Y, INSETS, SCALE

# The inset of a state and the degrees from which the search starts.
_LOWER_48, _ALASKA, _HAWAII = (
    (INSETS[0], (-96.0, 38.5)),
    (INSETS[1], (-154.0, 63.0)),
    (INSETS[2], (-157.0, 20.5)),
)
STEP = 1e-5  # degrees, for the slopes
NEAR_ENOUGH = 1e-9  # units of the map
MOST_TRIES = 30


def unproject(x: float, y: float, usps: str) -> tuple[float, float] | None:
    """Longitude and latitude of a point of the national map's field, in the inset of a state.

    By Newton's method on project()'s own numbers, so that the two cannot part. None for a point that no
    degrees lead to.
    """
    (albers, share, (shift_x, shift_y), _), (longitude, latitude) = _inset(usps)

    def point(longitude: float, latitude: float) -> tuple[float, float]:
        east, north = albers(longitude, latitude)
        return CENTRE_X + (shift_x + east * share) * SCALE, CENTRE_Y + (shift_y - north * share) * SCALE

    for _ in range(MOST_TRIES):
        here = point(longitude, latitude)
        off = (x - here[0], y - here[1])
        if max(map(abs, off)) < NEAR_ENOUGH:
            return (longitude + 180) % 360 - 180, latitude
        east, north = point(longitude + STEP, latitude), point(longitude, latitude + STEP)
        a, b = (east[0] - here[0]) / STEP, (north[0] - here[0]) / STEP
        c, d = (east[1] - here[1]) / STEP, (north[1] - here[1]) / STEP
        size = a * d - b * c
        if not size or not isfinite(size):
            return None
        longitude += (off[0] * d - off[1] * b) / size
        latitude = max(-89.0, min(89.0, latitude + (off[1] * a - off[0] * c) / size))
    return None


def _inset(usps: str):
    return {"AK": _ALASKA, "HI": _HAWAII}.get(usps, _LOWER_48)

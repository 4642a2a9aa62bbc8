"""A position picked on the map of a state: from the canvas to degrees and back, and the county there."""

from dataclasses import dataclass
from math import cos, radians

from sites.jurisdictions.counties import counties
from sites.jurisdictions.county_lines import StateDrawing, state_drawing
from sites.jurisdictions.geography import county_at, lies_in
from sites.jurisdictions.models import State
from sites.jurisdictions.projection_inverse import unproject

DIGITS = 4  # of a degree: some ten meters; a click is no finer


@dataclass(frozen=True)
class Picked:
    """Degrees, where they are on the canvas (units), and the county there; empty where there is none."""

    latitude: float
    longitude: float
    x: float | None = None
    y: float | None = None
    county: str = ""
    county_fips: str = ""
    is_within: bool = True

    @classmethod
    def at_point(cls, state: State, x: float, y: float) -> "Picked | None":
        """From a point of the canvas; None where there is no map, or no degrees lead to it."""
        drawing = state_drawing(state.usps)
        degrees = _degrees(drawing, x, y, state.usps) if drawing else None
        return (
            cls.at_degrees(state, round(degrees[1], DIGITS), round(degrees[0], DIGITS)) if degrees else None
        )

    @classmethod
    def at_degrees(cls, state: State, latitude: float, longitude: float) -> "Picked":
        drawing = state_drawing(state.usps)
        x, y = (drawing and drawing.point(longitude, latitude)) or (None, None)
        county = counties().get(county_at(latitude, longitude) or "")
        return cls(
            latitude,
            longitude,
            x,
            y,
            county.full_name if county else "",
            county.fips if county else "",
            lies_in(state.usps, latitude, longitude),
        )


def centre_of(county_fips: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of the first county of a row of codes; None for an unknown one."""
    county = counties().get((county_fips.split() or [""])[0])
    return (round(county.latitude, DIGITS), round(county.longitude, DIGITS)) if county else None


def _degrees(drawing: StateDrawing, x: float, y: float, usps: str) -> tuple[float, float] | None:
    left, top, unit = drawing.frame
    across, down = left + x * unit, top + y * unit
    if drawing.parallel is None:
        return unproject(across, down, usps)
    return across / cos(radians(drawing.parallel)), -down

"""The drawing of each state with its counties, from data/state-maps/ (see data/state_drawings.py).

A drawing stands on a canvas of 1000 by 750 units: a part of the national map's field, or for a territory a
field of its own, degrees at its middle latitude. A state's file is read when it is first drawn.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from sites.jurisdictions.projection import project
from sites.jurisdictions.spread import Point

FOLDER = Path(__file__).parent / "data" / "state-maps"
WIDE, HIGH = 1000, 750


@dataclass(frozen=True)
class StateDrawing:
    """SVG path data of one state; `counties` are whole outlines by FIPS code, `lines` the borders between."""

    frame: tuple[float, float, float]  # left, top, units of the field for one of the canvas
    parallel: float | None  # of a territory: the latitude at which its degrees are taken
    land: str
    around: str
    lines: str
    counties: Mapping[str, str]

    def point(self, longitude: float, latitude: float) -> Point | None:
        """Degrees to a point of the canvas; None for what lies outside of it."""
        if self.parallel is None:
            found = project(longitude, latitude)
        else:
            found = longitude * cos(radians(self.parallel)), -latitude
        return self.on_canvas(found) if found else None

    def on_canvas(self, point: Point) -> Point | None:
        """A point of the field as one of the canvas; None for what lies outside of it."""
        left, top, unit = self.frame
        x, y = (point[0] - left) / unit, (point[1] - top) / unit
        return (x, y) if 0 <= x <= WIDE and 0 <= y <= HIGH else None


@cache
def state_drawing(usps: str) -> StateDrawing | None:
    """By the postal abbreviation; None for one that the Census does not know."""
    path = FOLDER / f"{usps.lower()}.json"
    if not usps.isalpha() or not path.exists():
        return None
    return StateDrawing(**json.loads(path.read_text(encoding="utf-8")))

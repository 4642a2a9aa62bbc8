"""Whether a position can lie in a state: a check against slips, not a survey.

data/state-bounds.csv holds the box around the centroids of each state's counties (Census 2017 edition).
"""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "state-bounds.csv"
# Degrees around the box of centroids: half of a large western county, and the islands of Alaska.
MARGIN = 1.2
MARGINS = {"AK": 6.0, "HI": 2.0, "CA": 1.6, "NV": 1.6, "ME": 1.6}
FURTHEST_ISLANDS = 170.0  # the western Aleutians lie beyond the 180th meridian


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    with FILE.open(encoding="utf-8") as file:
        return {
            row["usps"]: tuple(float(row[side]) for side in ("south", "north", "west", "east"))  # type: ignore[misc]
            for row in csv.DictReader(file)
        }


def lies_near(usps: str, latitude: float, longitude: float) -> bool:
    """Whether a point in degrees lies in the box around a state. An unknown state refuses nothing."""
    box = _boxes().get(usps)
    if box is None:
        return True
    south, north, west, east = box
    margin = MARGINS.get(usps, MARGIN)
    if usps == "AK" and longitude > FURTHEST_ISLANDS:
        longitude -= 360
    return (
        south - margin <= latitude <= north + margin and west - 2 * margin <= longitude <= east + margin * 2
    )

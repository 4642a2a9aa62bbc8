"""The outlines of the states on the map, from data/us-states.json (Census 2017, by us-atlas 3.0.1)."""

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sites.jurisdictions.svg_path import ring_path, whole

FILE = Path(__file__).parent / "data" / "us-states.json"
_RING = re.compile(r"M([^Z]*)Z")
Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """One state: rings of points on the map's field, and where its name stands."""

    usps: str
    fips: str
    name: str
    label: Point
    rings: tuple[tuple[Point, ...], ...]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)

    @cache  # noqa: B019 – outlines live as long as the process
    def path(self, decimals: int = 1) -> str:
        """The outline as SVG path data."""
        return "".join(ring_path(whole(ring, decimals), decimals) for ring in self.rings)


def _read() -> dict[str, Outline]:
    found = {}
    for row in json.loads(FILE.read_text(encoding="utf-8"))["states"]:
        rings = tuple(
            tuple((float(x), float(y)) for x, y in (point.split(",") for point in ring.split("L")))
            for ring in _RING.findall(row["path"])
        )
        found[row["usps"]] = Outline(row["usps"], row["fips"], row["name"], tuple(row["label"]), rings)
    return found


OUTLINES = _read()

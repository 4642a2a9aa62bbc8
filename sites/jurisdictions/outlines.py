"""The outlines of the states on the map, from seed/us-states.json (Census 2017, by us-atlas 3.0.1)."""

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

FILE = Path(__file__).parent / "seed" / "us-states.json"
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
        """The outline as SVG path data in relative steps, a third shorter than in absolute ones.

        Points are rounded before the steps are taken, so that neighbours still share their border.
        """
        return "".join(_ring(ring, decimals) for ring in self.rings)


def _ring(points: tuple[Point, ...], decimals: int) -> str:
    scale = 10**decimals
    whole = [(round(x * scale), round(y * scale)) for x, y in points]
    kept = [whole[0]] + [here for before, here in pairwise(whole) if here != before]
    if len(kept) < 3:
        return ""
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(kept)]
    numbers = [_short(number / scale, decimals) for step in steps for number in step]
    return (
        f"M{_short(kept[0][0] / scale, decimals)} {_short(kept[0][1] / scale, decimals)}l{_joined(numbers)}z"
    )


def _short(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}"
    if decimals:
        text = text.rstrip("0").rstrip(".")
    text = (
        text.replace("-0.", "-.")
        if text.startswith("-0.")
        else text.removeprefix("0")
        if text.startswith("0.")
        else text
    )
    return "0" if text in ("-0", "") else text


def _joined(numbers: list[str]) -> str:
    """A minus sign parts two numbers by itself; others need a space."""
    return "".join(
        number if number.startswith("-") or not place else f" {number}"
        for place, number in enumerate(numbers)
    )


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

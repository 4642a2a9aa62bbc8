"""Lines as SVG path data, in relative steps: a third shorter than in absolute ones."""

from collections.abc import Iterable
from itertools import pairwise

Whole = tuple[int, int]


def whole(points: Iterable[tuple[float, float]], decimals: int = 0) -> list[Whole]:
    """The points in whole units of the last decimal place, none twice in a row.

    Points are rounded before the steps are taken, so that neighbours still share their border.
    """
    scale = 10**decimals
    found: list[Whole] = []
    for x, y in points:
        here = round(x * scale), round(y * scale)
        if not found or here != found[-1]:
            found.append(here)
    return found


def ring_path(points: list[Whole], decimals: int = 0) -> str:
    """A closed line; nothing when too little is left of it to hold an area."""
    if points and points[0] == points[-1]:
        points = points[:-1]
    if len(points) < 3:
        return ""
    return f"M{_pair(points[0], decimals)}l{_steps(points, decimals)}z"


def lines_path(lines: list[list[Whole]]) -> str:
    """Open lines one after the other; the pen is lifted as seldom as their order allows."""
    parts: list[str] = []
    pen = None
    for line in lines:
        if len(line) < 2:
            continue
        if line[0] == pen:
            parts.append(_joining(parts[-1], _steps(line, 0)))
        else:
            start = f"M{_pair(line[0], 0)}" if pen is None else f"m{_pair(_step(pen, line[0]), 0)}"
            parts += [start, f"l{_steps(line, 0)}"]
        pen = line[-1]
    return "".join(parts)


def _joining(before: str, text: str) -> str:
    return text if text.startswith("-") or not before[-1].isdigit() else f" {text}"


def _step(a: Whole, b: Whole) -> Whole:
    return b[0] - a[0], b[1] - a[1]


def _steps(points: list[Whole], decimals: int) -> str:
    steps = (_step(a, b) for a, b in pairwise(points))
    return _packed([_short(part, decimals) for step in steps for part in step])


def _pair(point: Whole, decimals: int) -> str:
    return _packed([_short(part, decimals) for part in point])


def _packed(numbers: list[str]) -> str:
    """A minus sign parts two numbers by itself; others need a space."""
    return "".join(
        number if number.startswith("-") or not place else f" {number}"
        for place, number in enumerate(numbers)
    )


def _short(number: int, decimals: int) -> str:
    """Without a nought before the point or after it: ".5", "-12.3", "7"."""
    if not decimals:
        return str(number)
    text = f"{abs(number) / 10**decimals:.{decimals}f}".rstrip("0").rstrip(".")
    text = text[1:] if text.startswith("0.") else text
    return f"-{text}" if number < 0 else text

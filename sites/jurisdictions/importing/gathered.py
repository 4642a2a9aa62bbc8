"""Equal slips of a column told in one line: "checked_on, rows 2–80"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

_QUOTED = re.compile(r"^“.*?” ", re.DOTALL)  # a sentence begins with the cell that it is about
SPANS = 12  # told of one line; more of them help nobody


class OfRow(Protocol):
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class Gathered:
    """What is wrong in some rows, by their numbers in the file. Row 0: the whole file."""

    rows: tuple[int, ...]
    column: str
    sentence: str

    @property
    def rows_in_words(self) -> str:
        """ "7" or "2–80, 85"; empty for the whole file."""
        spans = [str(first) if first == last else f"{first}–{last}" for first, last in _spans(self.rows)]
        more = [f"and {len(spans) - SPANS} more"] if len(spans) > SPANS else []
        return "" if self.rows == (0,) else ", ".join([*spans[:SPANS], *more])

    def __str__(self):
        rows = self.rows_in_words
        if len(self.rows) > 1:
            where = [self.column, f"rows {rows}"]
        else:
            where = [f"Row {rows}" if rows else "", self.column]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.sentence}" if place else self.sentence


def gathered(slips: Iterable[OfRow]) -> list[Gathered]:
    """In the order of the first of each. Slips are equal that differ in nothing but the cell they quote."""
    groups: dict[tuple[str, str], list[OfRow]] = {}
    for slip in slips:
        groups.setdefault((slip.column, _QUOTED.sub("", slip.sentence)), []).append(slip)
    return [_one(group) for group in groups.values()]


def _one(slips: list[OfRow]) -> Gathered:
    first = slips[0]
    rows = tuple(dict.fromkeys(slip.row for slip in slips))
    if len({slip.sentence for slip in slips}) == 1:
        return Gathered(rows, first.column, first.sentence)
    return Gathered(
        rows, first.column, f"{first.sentence} (So it is in row {first.row}; the others are alike.)"
    )


def _spans(rows: tuple[int, ...]) -> list[tuple[int, int]]:
    """Rows that follow each other, as the first and the last of them."""
    ordered = sorted(rows)
    breaks = [at for at, (one, two) in enumerate(pairwise(ordered), 1) if two != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    return [(ordered[start], ordered[end - 1]) for start, end in zip(starts, ends, strict=True)]

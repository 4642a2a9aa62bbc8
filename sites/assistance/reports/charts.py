"""Charts of figures as geometry for SVG templates. Widths are in percent and heights in pixels, so that a chart
takes the width there is and its letters keep their size on a telephone.

What a chart shows stands in the table beneath it; parts are told apart by pattern as well as by color.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from sites.assistance.reports.figure import Figure

LINE = 20  # pixels, a line of letters
BAR = 10
GAP = 9  # between one bar and the next label
MOST = 12  # bars; what comes after them is told together
LETTERS = 30  # in a line: what fits beside the number at 320 pixels
PLOT = 220  # pixels, the height of the columns
LEFT = 7.0  # percent, kept free for the numbers of the scale
FOOT = 2 * LINE
ROOM = 12  # columns that can each have a label
EVERY = (1, 2, 3, 6, 12, 24, 48)  # months from label to label; enough for LONGEST of period.py
PATTERNS = 5  # how many the stylesheet and the template know


@dataclass(frozen=True)
class Bar:
    """A label of one line or more, and the bar under it."""

    lines: list[tuple[int, str]]  # the height at which each line stands
    value: str
    top: int
    width: float | None  # None: no bar, as it is the sum of several


@dataclass(frozen=True)
class BarChart:
    key: str
    title: str
    summary: str
    bars: list[Bar]
    height: int

    template = "assistance/admin/report/bars.html"


@dataclass(frozen=True)
class Piece:
    """A part of a column."""

    pattern: int  # 1 to PATTERNS
    top: float
    height: float


@dataclass(frozen=True)
class Column:
    x: float
    width: float
    middle: float
    pieces: list[Piece]
    top: float
    total: str  # "" where it would not fit
    label: str  # of the month; "" where it would not fit
    is_second: bool  # its label is left out on narrow screens
    year: str


@dataclass(frozen=True)
class MonthChart:
    key: str
    title: str
    summary: str
    columns: list[Column]
    ticks: list[tuple[float, int]]  # the height of a line across, and its number
    legend: list[tuple[int, str]]
    height: int = PLOT + LINE + FOOT

    template = "assistance/admin/report/months.html"
    floor = PLOT + LINE
    left = LEFT


def chart(figure: Figure) -> BarChart | MonthChart | None:
    """None when there is nothing to draw."""
    if not any(row.value for row in figure.charted):
        return None
    return _months(figure) if figure.parts else _bars(figure)


def number(value: int | float | None) -> str:
    """For people: 1,234, 66.7; a dash where there is none."""
    return "–" if value is None else f"{value:,}"


def _bars(figure: Figure) -> BarChart:
    """A bar for everything that is not nothing; of many, the smallest are told together without a bar."""
    told = [(row.label, row.value) for row in figure.charted if row.value]
    largest = max(value for _, value in told)
    drawn = told if len(told) <= MOST + 1 else told[:MOST]
    bars, y = [], 0
    for label, value in drawn:
        bars.append(_bar(label, number(value), y, round(100 * value / largest, 2)))
        y = bars[-1].top + BAR + GAP
    if rest := told[len(drawn) :]:
        bars.append(_bar(f"{len(rest)} others together", number(sum(value for _, value in rest)), y, None))
        y = bars[-1].top + GAP
    return BarChart(figure.key, figure.title, f"{figure.unit}: {_sentence(told)}", bars, y - GAP + 2)


def _bar(label: str, value: str, y: int, width: float | None) -> Bar:
    lines = [(y + LINE * (n + 1) - 5, line) for n, line in enumerate(wrap(label, LETTERS))]
    return Bar(lines, value, y + LINE * len(lines), width)


def _months(figure: Figure) -> MonthChart:
    """Columns of months, the first part at the foot."""
    labels = figure.labels
    totals = {label: sum(row.value or 0 for row in figure.rows if row.label == label) for label in labels}
    step = _step(max(totals.values()))
    highest = step * -(-max(totals.values()) // step)
    every = next(step for step in EVERY if len(labels) <= step * ROOM)
    columns = [_column(figure, label, n, len(labels), highest, every) for n, label in enumerate(labels)]
    ticks = [
        (round(LINE + PLOT * (1 - value / highest), 1), value) for value in range(0, int(highest) + 1, step)
    ]
    legend = [(n % PATTERNS + 1, part) for n, part in enumerate(figure.parts)]
    summary = f"{figure.unit}: {_sentence(totals.items())}"
    return MonthChart(figure.key, figure.title, summary, columns, ticks, legend)


def _column(figure: Figure, label: str, n: int, count: int, highest: float, every: int) -> Column:
    slot = (100 - LEFT) / count
    bottom, pieces = float(LINE + PLOT), []
    for row in figure.rows:
        if row.label == label and row.value:
            height = PLOT * row.value / highest
            bottom -= height
            pieces.append(
                Piece(figure.parts.index(row.part) % PATTERNS + 1, round(bottom, 1), round(height, 1))
            )
    month, _, year = label.partition(" ")
    labelled = n % every == 0
    total = sum(row.value or 0 for row in figure.rows if row.label == label)
    return Column(
        x=round(LEFT + slot * (n + 0.15), 2),
        width=round(slot * 0.7, 2),
        middle=round(LEFT + slot * (n + 0.5), 2),
        pieces=pieces,
        top=round(bottom, 1),
        total=number(total) if count <= ROOM and total else "",
        label=month[:3] if labelled else "",
        is_second=bool(n // every % 2),
        year=year if labelled and (n == 0 or month == "January" or count > ROOM) else "",
    )


def _step(largest: int | float) -> int:
    """Between the lines across: 1, 2, 5, 10, 20 …, so that there are five at most."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if largest <= 5 * step:
                return step
        size *= 10


def _sentence(pairs: Iterable[tuple[str, int | float | None]]) -> str:
    """ "New Mexico 4, Oregon 2." """
    return ", ".join(f"{label} {number(value)}" for label, value in pairs) + "."

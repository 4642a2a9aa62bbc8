"""The figures as a page shows them: in chapters, each with its chart and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from sites.assistance.reports.charts import BarChart, MonthChart, chart, number
from sites.assistance.reports.figure import Figure
from sites.assistance.reports.figures import EXTRA

CHAPTERS = {
    "What came in": ("by_month", "received", "by_state", "by_sector", "by_help", "by_stage"),
    "How long it took": ("first_reply", "decision", "promise"),
    "What was decided and done": ("decisions", "decline_reasons", "referred_to", "results", "open_now"),
    "What came of it": ("helped_30", "stage_30", "helped_180", "stage_180"),
}
REST = "More figures"  # what an older report has and today's does not


@dataclass(frozen=True)
class Shown:
    """A figure on a page."""

    figure: Figure
    chart: BarChart | MonthChart | None

    @property
    def all_zero(self) -> bool:
        """Something was counted, and it is 0 days or 0 requests; else there was nothing to count."""
        return self.chart is None and any(row.value is not None for row in self.figure.charted)

    @property
    def head(self) -> list[str]:
        parts = self.figure.parts
        return [*parts, "Total"] if parts else [self.figure.unit.capitalize()]

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """The lines of the table: a label and its cells."""
        if self.figure.parts:
            return [(label, self._cells(label)) for label in self.figure.labels]
        return [(row.label, [self._cell(row)]) for row in self.figure.rows]

    @property
    def is_wide(self) -> bool:
        return bool(self.figure.parts)

    def _cells(self, label: str) -> list[str]:
        values = [row.value or 0 for row in self.figure.rows if row.label == label]
        return [number(value) for value in [*values, sum(values)]]

    def _cell(self, row) -> str:
        """With the unit, where it is another than the head of the column says."""
        told = number(row.value)
        if row.value is None or not row.unit:
            return told
        if row.unit == "percent":
            return f"{told}%"
        return f"{told} {row.unit.removesuffix('s') if row.value == 1 else row.unit}"


@dataclass(frozen=True)
class KeyNumber:
    label: str
    value: str
    unit: str
    small: str


def chapters(told: Sequence[Figure]) -> list[tuple[str, list[Shown]]]:
    """In the order of CHAPTERS; nothing that is told is left out."""
    by_key = {figure.key: figure for figure in told}
    known = {key for keys in CHAPTERS.values() for key in keys}
    named = {**CHAPTERS, REST: [key for key in by_key if key not in known]}
    found = [
        (name, [Shown(by_key[key], chart(by_key[key])) for key in keys if key in by_key])
        for name, keys in named.items()
    ]
    return [(name, shown) for name, shown in found if shown]


def key_numbers(told: Sequence[Figure]) -> list[KeyNumber]:
    """The four that are asked for first; fewer of a report that was frozen before all of them were counted."""
    by_key = {figure.key: figure for figure in told}
    made = {
        "received": lambda: _received(by_key["received"], by_key.get("by_state")),
        "first_reply": lambda: _days("First reply, median", by_key["first_reply"]),
        "decision": lambda: _days("Decision, median", by_key["decision"]),
        "promise": lambda: _promise(by_key["promise"]),
    }
    return [make() for key, make in made.items() if key in by_key]


def _received(figure: Figure, states: Figure | None) -> KeyNumber:
    count = sum(1 for row in states.rows if row.value and row.key not in EXTRA) if states else 0
    small = f"from {count} states and territories" if count > 1 else ""
    return KeyNumber("Requests received", number(figure.total), "", small)


def _promise(figure: Figure) -> KeyNumber:
    judged = (figure.value("within") or 0) + (figure.value("later") or 0)
    return KeyNumber("Answered within the promise", number(figure.value("share")), "%", f"of {judged} judged")


def _days(label: str, figure: Figure) -> KeyNumber:
    p90, count = number(figure.value("p90")), figure.value("n")
    unit = " working day" if figure.value("median") == 1 else " working days"
    return KeyNumber(
        label, number(figure.value("median")), unit, f"nine in ten within {p90}; of {count} requests"
    )

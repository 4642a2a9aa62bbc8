"""The shape of a figure, the same for pages, charts, files and what is frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One value. `part`: for a figure in parts (a month's requests by what became of them)."""

    key: str  # never changes, so that a frozen report can be compared with a later one
    label: str
    value: int | float | None  # None: there is nothing to count
    unit: str = ""  # where it is another than the figure's
    part: str = ""

    @property
    def category(self) -> str:
        return f"{self.label}: {self.part}" if self.part else self.label


@dataclass(frozen=True)
class Figure:
    """What a report says on one matter. `key` and the keys of rows never change their meaning."""

    key: str
    title: str
    unit: str  # in the plural
    definition: str
    rows: tuple[Row, ...]
    note: str = ""  # how far it can be trusted in this period, in sentences

    @property
    def total(self) -> int | float:
        return sum(row.value or 0 for row in self.charted)

    @property
    def charted(self) -> list[Row]:
        """The rows in the figure's own unit; those in another are told in words only."""
        return [row for row in self.rows if not row.unit]

    @property
    def parts(self) -> list[str]:
        """The names of its parts, in order; none for a figure without."""
        return list(dict.fromkeys(row.part for row in self.rows if row.part))

    @property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(row.label for row in self.rows))

    def unit_of(self, row: Row) -> str:
        return row.unit or self.unit

    def value(self, key: str) -> int | float | None:
        return next((row.value for row in self.rows if row.key == key), None)

    def as_json(self) -> dict[str, Any]:
        """Without the definition, which a frozen report keeps beside its figures."""
        told = asdict(self)
        del told["definition"]
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any], definition: str) -> "Figure":
        rows = tuple(Row(**row) for row in told["rows"])
        return cls(**{**told, "rows": rows, "definition": definition})

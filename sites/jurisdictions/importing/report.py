"""What an import did or would do, for the page and for the command."""

from collections.abc import Iterator
from dataclasses import dataclass

from import_export.results import Result

from sites.jurisdictions.importing.columns import COLUMN_OF
from sites.jurisdictions.importing.gathered import Gathered, gathered

SHOWN = 200  # rows that are told one by one; a page of ten thousand helps nobody


@dataclass(frozen=True)
class Slip:
    """What is wrong with a row: its number in the file, the column, a sentence. Row 0: the whole file."""

    row: int
    column: str
    sentence: str

    def __str__(self):
        where = ", ".join(part for part in (f"Row {self.row}" if self.row else "", self.column) if part)
        return f"{where}: {self.sentence}" if where else self.sentence


class Report:
    """Reads a result of PlaceResource."""

    def __init__(self, result: Result):
        self._result = result
        self.new = result.totals["new"]
        self.changed = result.totals["update"]
        self.unchanged = result.totals["skip"]
        self.total = result.total_rows
        self.unknown = getattr(result, "unknown", ())
        self.slips = list(self._slips())
        self.gathered = gathered(self.slips)
        self.rows = [row for row in result.rows if row.is_new() or row.is_update()]
        self.alike = [row for row in self.rows if row.like]

    @property
    def is_right(self) -> bool:
        return not self.slips

    @property
    def shown_slips(self) -> list[Gathered]:
        return self.gathered[:SHOWN]

    @property
    def shown_rows(self) -> list:
        return self.rows[:SHOWN]

    @property
    def shown_alike(self) -> list:
        return self.alike[:SHOWN]

    def in_words(self) -> str:
        """ "3 new places, 1 changed, 76 unchanged"."""
        places = "new place" if self.new == 1 else "new places"
        return f"{self.new:,} {places}, {self.changed:,} changed, {self.unchanged:,} unchanged"

    def _slips(self) -> Iterator[Slip]:
        """In the order of the file; a row's number counts the row of the columns' names."""
        for error in self._result.base_errors:
            yield Slip(0, "", str(error.error))
        wrong = [(row.number, row) for row in self._result.invalid_rows]
        if not self._result.base_errors:  # else each row only repeats it
            wrong += [(row.number, row) for row in self._result.error_rows]
        for number, row in sorted(wrong, key=lambda one: one[0]):
            yield from _slips_of(row, number + 1)


def _slips_of(row, number: int) -> Iterator[Slip]:
    if hasattr(row, "errors"):
        yield from (Slip(number, "", f"This row cannot be read: {error.error}") for error in row.errors)
        return
    for name, sentences in row.error_dict.items():
        column = "" if name == "__all__" else COLUMN_OF.get(name, name)
        yield from (Slip(number, column, sentence) for sentence in sentences)

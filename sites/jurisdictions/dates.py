"""Dates as exact as a source gives them: a year, a month or a day."""

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day. Raises ValueError when the parts make no date."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self):
        if self.day and not self.month:
            raise ValueError("A day needs a month.")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def read(cls, text: str) -> "PartialDate | None":
        """From "2017", "2017-06" or "2017-06-01"; None from an empty text."""
        return cls(*(int(part) for part in text.split("-"))) if text else None

    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def iso(self) -> str:
        """As ISO 8601 writes it, no more exact than it is known: "2017-06"."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    def in_words(self) -> str:
        """ "1 June 2017", "June 2017" or "2017"."""
        return " ".join(
            str(part) for part in (self.day, self.month and month_name[self.month], self.year) if part
        )

    def with_preposition(self) -> str:
        """ "on 1 June 2017", "in June 2017"."""
        return f"{'on' if self.day else 'in'} {self.in_words()}"


def day_in_words(day: date) -> str:
    return PartialDate(day.year, day.month, day.day).in_words()


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

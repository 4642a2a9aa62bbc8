"""Dates in the cells of a file: as the open data writes them, and as a spreadsheet in the United States leaves them.

Read are, with a day: 2026-11-23, 11/23/2026, 11/23/26. Where a month or a year is enough: also 2024-03, Mar-24,
Mar 2024, March 2024, and 2024. A year of two digits is one of this century.

Excel turns 2026-11-23 into 11/23/2026 and 2024-03 into Mar-24 as soon as it opens the file; a year stays. What it
makes of Mar-24 when it opens the file once more (24-Mar: a day of this year) is refused, since it says another thing.
"""

import re
from datetime import date

from sites.jurisdictions.dates import PartialDate

_PART = r"(0?[1-9]|[1-3][0-9])"  # of a month or a day; that there is such a day is checked later
_YEAR = r"([0-9]{4}|[0-9]{2})"
_ISO = re.compile(rf"([0-9]{{4}})(?:-{_PART}(?:-{_PART})?)?")
_AMERICAN = re.compile(rf"{_PART}/{_PART}/{_YEAR}")
_MONTH_YEAR = re.compile(rf"([a-z]{{3,9}})\.?[ -]{_YEAR}", re.IGNORECASE)
_CENTURY = 2000
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def read_partial(text: str) -> PartialDate:
    """A date as exact as it is written. Raises ValueError when it is none."""
    if found := _ISO.fullmatch(text):
        return PartialDate(*(int(part) for part in found.groups() if part))
    if found := _AMERICAN.fullmatch(text):
        month, day, year = found.groups()
        return PartialDate(_year(year), int(month), int(day))
    if found := _MONTH_YEAR.fullmatch(text):
        return PartialDate(_year(found[2]), _month(found[1]))
    raise ValueError(f"“{text}” is no date.")


def read_day(text: str) -> date:
    """A whole date. Raises ValueError when it is none, or no day is said."""
    when = read_partial(text)
    if not when.day:
        raise ValueError(f"“{text}” says no day.")
    return when.first_day()


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else _CENTURY + int(digits)


def _month(word: str) -> int:
    """By its name or the beginning of it: "Mar", "Sept". Raises ValueError for another word."""
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word.lower()):
            return number
    raise ValueError(f"“{word}” is no month.")

"""Working days: all but weekends and the legal public holidays of the United States.

Source: 5 U.S.C. 6103(a), as amended through Public Law 117-17 of 2021 (Juneteenth). A holiday on a Saturday
is kept on the Friday before it (6103(b)(1)), one on a Sunday on the Monday after it (Executive Order 11582
of 1971, section 3). Inauguration Day (6103(c)) is kept only around Washington, DC, and is left out.
"""

from datetime import date, timedelta
from functools import cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
DAY = timedelta(days=1)
ON_A_DATE = {
    (1, 1): "New Year's Day",
    (6, 19): "Juneteenth National Independence Day",
    (7, 4): "Independence Day",
    (11, 11): "Veterans Day",
    (12, 25): "Christmas Day",
}
# month, weekday, which one of the month (-1: the last)
ON_A_WEEKDAY = {
    (1, MONDAY, 3): "Birthday of Martin Luther King, Jr.",
    (2, MONDAY, 3): "Washington's Birthday",
    (5, MONDAY, -1): "Memorial Day",
    (9, MONDAY, 1): "Labor Day",
    (10, MONDAY, 2): "Columbus Day",
    (11, THURSDAY, 4): "Thanksgiving Day",
}
JUNETEENTH_SINCE = 2021


@cache
def federal_holidays(year: int) -> dict[date, str]:
    """The days of a calendar year on which a holiday is kept, with its name.

    1 January on a Saturday is kept on 31 December, and so stands in the year before its own.
    """
    kept: dict[date, str] = {}
    for of_year in (year, year + 1):
        for (month, day), name in ON_A_DATE.items():
            if month == 6 and of_year < JUNETEENTH_SINCE:
                continue
            kept[_observed(date(of_year, month, day))] = name
        for (month, weekday, which), name in ON_A_WEEKDAY.items():
            kept[_nth(of_year, month, weekday, which)] = name
    return {day: name for day, name in sorted(kept.items()) if day.year == year}


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def add(start: date, count: int) -> date:
    """The working day that is `count` working days after a day; the day itself is not counted.

    A negative count gives the latest day that has as many working days after it up to `start`.
    """
    day = start
    while count < 0:
        count += is_working_day(day)
        day -= DAY
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day


def between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is the earlier."""
    if end < start:
        return -between(end, start)
    return sum(is_working_day(start + n * DAY) for n in range(1, (end - start).days + 1))


def _observed(day: date) -> date:
    return {SATURDAY: day - DAY, SUNDAY: day + DAY}.get(day.weekday(), day)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - DAY
        return last - (last.weekday() - weekday) % 7 * DAY
    first = date(year, month, 1)
    return first + (weekday - first.weekday()) % 7 * DAY + (which - 1) * 7 * DAY

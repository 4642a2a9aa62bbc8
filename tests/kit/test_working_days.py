from datetime import date

import pytest

from leadbureau.kit import working_days


def test_the_holidays_of_2026_are_those_that_the_law_names():
    assert working_days.federal_holidays(2026) == {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 1, 19): "Birthday of Martin Luther King, Jr.",
        date(2026, 2, 16): "Washington's Birthday",
        date(2026, 5, 25): "Memorial Day",
        date(2026, 6, 19): "Juneteenth National Independence Day",
        date(2026, 7, 3): "Independence Day",
        date(2026, 9, 7): "Labor Day",
        date(2026, 10, 12): "Columbus Day",
        date(2026, 11, 11): "Veterans Day",
        date(2026, 11, 26): "Thanksgiving Day",
        date(2026, 12, 25): "Christmas Day",
    }


@pytest.mark.parametrize(
    "day", [date(2021, 12, 31), date(2022, 12, 26), date(2023, 11, 10), date(2021, 7, 5)]
)
def test_a_holiday_on_a_weekend_is_kept_on_the_nearest_working_day(day):
    assert not working_days.is_working_day(day)


def test_juneteenth_was_a_working_day_before_it_was_a_holiday():
    assert working_days.is_working_day(date(2020, 6, 19))


def test_five_working_days_over_thanksgiving_end_a_week_and_a_day_later():
    assert working_days.add(date(2026, 11, 23), 5) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "start", [date(2026, 7, 2), date(2026, 7, 4), date(2026, 12, 24), date(2026, 12, 31)]
)
def test_counting_on_and_counting_between_agree(start):
    for count in range(1, 12):
        assert working_days.between(start, working_days.add(start, count)) == count


def test_days_after_the_end_count_below_zero():
    assert working_days.between(date(2026, 3, 4), date(2026, 3, 2)) == -2

"""The Bureau's clock: it counts working days in the Bureau's turn only, stops at a hand-over and never begins anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sites.assistance.models import Request
from sites.assistance.moves import Status
from tests.assistance.factories import WORDS, a_request, staff_member

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("America/Los_Angeles")  # the Bureau's


def at(text: str) -> datetime:
    """A moment of the Bureau's own time, like 2033-05-02 23:30."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def sent(when: str) -> Request:
    request = a_request()
    request.send(now=at(when))
    return request


def ask(request: Request, when: str) -> Request:
    request.ask_more(by=staff_member(), words=WORDS, now=at(when))
    return request


def back(request: Request, when: str) -> Request:
    request.hand_back(now=at(when))
    return request


def counted(request: Request, day: str) -> int:
    return request.days_counted(date.fromisoformat(day))


@pytest.fixture(autouse=True)
def _bureaus_time(settings):
    assert settings.TIME_ZONE == "America/Los_Angeles"


def test_it_counts_five_working_days_from_the_day_after_arrival():
    request = sent("2033-05-02 10:00")  # a Monday
    assert request.answer_by == date(2033, 5, 9)
    assert [counted(request, f"2033-05-{day:02}") for day in (2, 3, 6, 7, 8, 9)] == [0, 1, 4, 4, 4, 5]


def test_it_stops_at_the_hand_over_and_stands_for_as_long_as_it_takes():
    request = ask(sent("2033-05-02 10:00"), "2033-05-04 16:00")
    assert (request.days_used, request.answer_by, request.days_left(date(2033, 5, 4))) == (2, None, None)
    assert [counted(request, day) for day in ("2033-05-04", "2033-05-20", "2034-05-20")] == [2, 2, 2]
    assert not request.is_overdue(date(2034, 5, 20))


def test_it_goes_on_where_it_stood_and_does_not_begin_anew():
    request = back(ask(sent("2033-05-02 10:00"), "2033-05-04 16:00"), "2033-05-20 09:00")  # a Friday
    assert (request.days_used, request.answer_by) == (2, date(2033, 5, 25))
    assert [counted(request, f"2033-05-{day}") for day in (20, 23, 25)] == [2, 3, 5]


def test_many_hand_overs_add_up_and_none_gives_a_day_back():
    request = sent("2033-05-02 10:00")
    for asked, answered in (("03", "04"), ("05", "09"), ("10", "16")):
        request = back(ask(request, f"2033-05-{asked} 10:00"), f"2033-05-{answered} 10:00")
    assert (request.days_used, request.answer_by) == (3, date(2033, 5, 18))


def test_handed_over_and_back_within_a_day_costs_nobody_a_day():
    request = back(ask(sent("2033-05-02 10:00"), "2033-05-03 10:00"), "2033-05-03 15:00")
    assert (request.days_used, request.answer_by) == (1, date(2033, 5, 9))


def test_holidays_and_weekends_are_skipped():
    request = sent("2033-05-26 10:00")  # the Thursday before Memorial Day
    assert request.answer_by == date(2033, 6, 3)
    assert [counted(request, day) for day in ("2033-05-27", "2033-05-30", "2033-05-31")] == [1, 1, 2]


def test_the_turn_of_the_year_is_two_holidays_of_two_years():
    request = sent(
        "2027-12-29 10:00"
    )  # a Wednesday; New Year's Day of 2028 is a Saturday, kept on Friday the 31st
    assert request.answer_by == date(2028, 1, 6)
    assert [counted(request, day) for day in ("2027-12-30", "2027-12-31", "2028-01-03")] == [1, 1, 2]


@pytest.mark.parametrize("day", ["2033-03-13", "2033-11-06"])  # an hour is lost, and one comes twice
def test_the_changing_of_the_clocks_moves_no_day(day):
    request = sent(f"{day[:8]}{int(day[8:]) - 2:02} 23:30")  # late on the Friday before
    assert counted(request, day) == 0
    monday = date.fromisoformat(day).replace(day=int(day[8:]) + 1)
    assert request.days_counted(monday) == 1


def test_late_in_the_evening_it_is_still_the_bureaus_own_day():
    request = sent("2033-05-02 23:30")  # in Greenwich it is Tuesday
    assert (request.answer_by, counted(request, "2033-05-03")) == (date(2033, 5, 9), 1)


def test_late_and_then_handed_over_it_is_still_late_when_it_comes_back():
    request = ask(sent("2033-05-02 10:00"), "2033-05-12 10:00")
    assert (request.days_used, request.is_overdue(date(2033, 5, 12))) == (8, False)
    request = back(request, "2033-05-20 10:00")
    assert request.answer_by == date(2033, 5, 17)
    assert (request.is_overdue(date(2033, 5, 20)), request.days_left(date(2033, 5, 20))) == (True, -3)


def test_what_the_bureau_had_decided_is_promised_anew_when_it_is_opened_again():
    request = sent("2033-05-02 10:00")
    request.decline(by=staff_member(), words=WORDS)
    request.reopen(by=staff_member(), words=WORDS, now=at("2033-06-06 10:00"))
    assert (request.days_used, request.answer_by) == (0, date(2033, 6, 13))


def test_withdrawn_and_taken_up_again_it_goes_on():
    request = sent("2033-05-02 10:00")
    request.withdraw(now=at("2033-05-05 10:00"))
    assert (request.days_used, request.answer_by) == (3, None)
    request.resume(now=at("2033-05-20 10:00"))
    assert (request.days_used, request.answer_by) == (3, date(2033, 5, 24))


def test_what_staff_open_again_after_a_withdrawal_goes_on_too():
    request = sent("2033-05-02 10:00")
    request.withdraw(now=at("2033-05-05 10:00"))
    request.reopen(by=staff_member(), words=WORDS, now=at("2033-05-20 10:00"))
    assert (request.days_used, request.answer_by) == (3, date(2033, 5, 24))


def test_a_changed_promise_does_not_change_what_was_promised_before():
    from leadbureau.content.models import BureauDetails

    request = sent("2033-05-02 10:00")
    BureauDetails.objects.update_or_create(pk=1, defaults={"reply_days": 20})
    request = back(ask(request, "2033-05-04 10:00"), "2033-05-20 10:00")
    assert (request.promised_days, request.answer_by) == (5, date(2033, 5, 25))


def test_once_it_is_taken_up_no_answer_is_owed_whose_turn_ever_it_is():
    request = a_request(status=Status.ACTIVE)
    assert (request.clock_runs, request.answer_by, request.days_left()) == (False, None, None)
    ask(request, "2033-05-04 10:00")
    back(request, "2033-05-20 10:00")
    assert (request.clock_runs, request.answer_by) == (False, None)


def test_what_was_held_back_is_promised_from_the_day_of_its_release():
    request = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert request.days_left() is None
    request.release(by=staff_member())
    assert request.days_left() == 5

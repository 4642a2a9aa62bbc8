"""The figures of a period, by hand, by a slow count of one's own, and within a few queries."""

import random
from datetime import date, timedelta
from math import ceil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.assistance.models import Outcome, Request
from sites.assistance.moves import DECISIONS, Doer, Status, Turn
from sites.assistance.reports.definitions import MEANINGS
from sites.assistance.reports.figures import figures
from sites.assistance.reports.period import Period, PeriodForm, shortcuts
from sites.assistance.reports.timing import Step, percentile, timing
from tests.assistance.factories import a_request, a_state
from tests.assistance.histories import a_history, a_tombstone, at, bulk, completed, random_steps, take

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
NOW = at(date(2026, 4, 15))
# Of the first quarter of 2026: New Year, Martin Luther King, Washington.
HOLIDAYS = {date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16)}


def jan(day: int) -> date:
    return date(2026, 1, day)


def feb(day: int) -> date:
    return date(2026, 2, day)


def of(key: str, period: Period = QUARTER, now=NOW) -> dict:
    """The values of a figure by the key of their row, without zeros."""
    found = next(figure for figure in figures(period, now) if figure.key == key)
    return {row.key: row.value for row in found.rows if row.value}


def three_answered_and_one_withdrawn() -> None:
    # Friday to Wednesday over a weekend and a holiday: 2 days. Then it is the requester's turn until Monday, 2
    # February, and 3, 4, 5 and 6 February are the Bureau's: 6 days to the decision, of 14 that have passed.
    a_history(("send", jan(16)), ("ask_more", jan(21)), ("hand_back", feb(2)), ("decline", feb(6)))
    # Sent on a Saturday; the first word on Tuesday after the holiday: 1 day. Then 4 + 5 + 5 + 5 to the decision.
    a_history(("send", jan(17)), ("message", jan(20)), ("activate", feb(13)))
    # The review begins on the day it came: 0 days. The decision comes on Tuesday after a holiday: 1 day.
    a_history(("send", feb(13)), ("start_review", feb(13)), ("refer", feb(17)))
    a_history(("send", jan(16)), ("withdraw", jan(20)))


def test_the_times_are_the_bureaus_own_working_days_as_counted_by_hand():
    three_answered_and_one_withdrawn()
    assert of("first_reply") == {"median": 1, "p90": 2, "n": 3, "withdrawn": 1}
    assert of("decision") == {"median": 6, "p90": 19, "n": 3, "withdrawn": 1}


def test_the_promise_is_kept_by_the_days_that_were_promised_to_each():
    three_answered_and_one_withdrawn()
    assert of("promise") == {"within": 1, "later": 2, "withdrawn": 1, "share": 33.3}
    Request.objects.filter(status=Status.DECLINED).update(promised_days=6)
    assert of("promise") == {"within": 2, "later": 1, "withdrawn": 1, "share": 66.7}


def test_an_overdue_answer_counts_as_late_and_one_that_is_not_due_yet_does_not_count():
    a_history(("send", date(2026, 3, 30)), promised_days=10)
    a_history(("send", date(2026, 3, 30)), promised_days=20)
    assert of("promise") == {"later": 1, "not_due": 1}


def test_few_requests_are_marked_as_too_few():
    notes = {figure.key: figure.note for figure in figures(QUARTER, NOW)}
    assert notes["decision"] == "There is no request in the period to take it from."
    three_answered_and_one_withdrawn()
    notes = {figure.key: figure.note for figure in figures(QUARTER, NOW)}
    assert notes["decision"] == "Taken from 3 requests only: too few to say much."


def test_the_time_of_what_lay_in_quarantine_begins_when_it_is_let_in():
    steps = [
        Step("send", jan(5), Doer.REQUESTER, Turn.BUREAU),
        Step("release", jan(12), Doer.STAFF, Turn.BUREAU),
        Step("activate", jan(14), Doer.STAFF, Turn.BUREAU),
    ]
    assert timing(steps, jan(30)).decision == 2


def test_the_time_goes_on_where_it_stood_after_a_withdrawal_was_taken_back():
    found = a_history(("send", jan(5)), ("withdraw", jan(7)))
    take(found, "resume", jan(20))
    take(found, "decline", jan(22))
    assert of("decision")["median"] == 2 + 2


def test_only_the_first_decision_counts_when_a_request_is_opened_again():
    found = a_history(("send", jan(5)), ("decline", jan(6)))
    take(found, "reopen", jan(20))
    take(found, "activate", jan(30))
    assert of("decision")["median"] == 1
    assert of("decisions") == {"decline": 1, "activate": 1}


def test_percentiles_are_by_the_nearest_rank():
    assert percentile([], 50) is None
    assert percentile([7], 90) == 7
    assert [percentile([1, 2, 3, 4], share) for share in (50, 75, 76, 90, 100)] == [2, 3, 4, 4, 4]


# An independent count -----------------------------------------------------------------------------


def slow_count(steps: list[tuple], until: date) -> int:
    """A day counts when it is a working day and the Bureau had the turn at the end of the day before."""
    count, day = 0, steps[0][1] + timedelta(days=1)
    while day <= until:
        turn = [turn for _, on, _, turn in steps if on < day][-1]
        count += day.weekday() < 5 and day not in HOLIDAYS and turn == Turn.BUREAU
        day += timedelta(days=1)
    return count


def slow_times(steps: list[tuple], is_end) -> int | None:
    """Up to the first step that ends the count; what follows on the same day does not matter."""
    for number, (verb, on, doer, _) in enumerate(steps):
        if is_end(verb, doer):
            return slow_count(steps[: number + 1], on)
    return None


def is_decision(verb: str, doer: str) -> bool:
    return verb in DECISIONS


def is_reply(verb: str, doer: str) -> bool:
    return verb in (*DECISIONS, "start_review", "ask_more") or (verb, doer) == ("message", Doer.STAFF)


def slow_percentiles(days: list[int]) -> tuple[int, int]:
    """The smallest value that enough others do not exceed."""
    enough = [
        min(day for day in days if sum(other <= day for other in days) >= ceil(len(days) * share))
        for share in (0.5, 0.9)
    ]
    return enough[0], enough[1]


@pytest.mark.parametrize("seed", range(5))
def test_random_histories_come_out_as_a_slow_count_of_ones_own_says(seed):
    rng = random.Random(seed)
    first_days = [jan(2) + timedelta(days=rng.randrange(30)) for _ in range(40)]
    histories = [random_steps(rng, day, rng.randrange(7)) for day in first_days]
    bulk(histories)
    for key, is_end in (("first_reply", is_reply), ("decision", is_decision)):
        days = [found for steps in histories if (found := slow_times(steps, is_end)) is not None]
        median, p90 = slow_percentiles(days)
        told = of(key)
        assert (told.get("median", 0), told.get("p90", 0), told["n"]) == (median, p90, len(days))


# What came in -------------------------------------------------------------------------------------


def test_requests_are_counted_by_their_answers_and_several_kinds_of_help_each_count():
    a_state(usps="OR", name="Oregon", fips="41")
    a_history(("send", jan(5)), state="OR", sector="courts", help=["design"])
    a_history(("send", feb(5)), help=["design", "training"], stage="operating")
    assert of("by_state") == {"NM": 1, "OR": 1}
    assert of("by_sector") == {"courts": 1, "health": 1}
    assert of("by_help") == {"design": 2, "training": 1}
    assert of("by_stage") == {"exploring": 1, "operating": 1}
    assert of("by_month") == {"2026-01.unanswered": 1, "2026-02.unanswered": 1}


def test_drafts_quarantine_and_other_periods_are_not_counted():
    a_request()
    a_request(status=Status.RECEIVED, suspicion="a machine wrote it")
    a_history(("send", date(2025, 12, 31)))
    a_history(("send", date(2026, 4, 1)))
    assert of("received") == {}
    a_history(("send", jan(1)))
    a_history(("send", date(2026, 3, 31)))
    assert of("received") == {"kept": 2}


def test_a_day_ends_at_midnight_of_the_bureaus_own_time():
    found = a_history(("send", jan(5)))
    Request.objects.filter(pk=found.pk).update(sent_at=at(date(2026, 3, 31), hour=23))  # in UTC it is April
    assert of("received") == {"kept": 1} and of("by_month") == {"2026-03.unanswered": 1}


def test_purged_requests_are_counted_with_what_is_known_of_them():
    a_tombstone(1, sent_on=jan(7), closed_on=feb(3), outcome=Status.COMPLETED)
    a_tombstone(2, sent_on=date(2025, 7, 7), closed_on=feb(3))
    assert of("received") == {"purged": 1}
    assert of("by_state") == {"NM": 1} and of("by_sector") == {"purged": 1}
    assert of("by_month") == {"2026-01.taken_up": 1}
    assert of("decisions") == {"complete": 1, "decline": 1}
    assert of("decline_reasons") == {"purged": 1} and of("decision") == {}
    assert of("promise") == {"purged": 1}


def test_decisions_are_told_with_what_was_written_down():
    declined = a_history(("send", jan(5)))
    take(declined, "decline", jan(6), decline_reason="duplicate")
    done = a_history(("send", jan(5)), ("activate", jan(6)))
    take(done, "complete", feb(6), results="training site_visit")
    referred = a_history(("send", jan(5)))
    take(referred, "refer", jan(8), referred_to="peer")
    assert of("decisions") == {"activate": 1, "complete": 1, "decline": 1, "refer": 1}
    assert of("decline_reasons") == {"duplicate": 1} and of("referred_to") == {"peer": 1}
    assert of("results") == {"training": 1, "site_visit": 1}


def test_what_is_open_is_told_by_whose_turn_it_is_whenever_it_came():
    a_history(("send", date(2025, 3, 3)), ("ask_more", date(2025, 3, 4)))
    late = a_history(("send", jan(5)))
    assert late.answer_by < NOW.date()
    a_history(("send", date(2026, 4, 15)))
    assert of("open_now") == {"bureau": 2, "requester": 1, "late": 1}


def test_outcomes_are_told_for_each_of_the_two_letters():
    one, other = completed(jan(5)), completed(jan(6))
    asked = {"asked_at": at(feb(10)), "answered_at": at(feb(12))}
    Outcome.objects.create(request=one, after=30, helped="yes", stage="operating", **asked)
    Outcome.objects.create(request=other, after=30, asked_at=at(feb(10)))
    Outcome.objects.create(request=other, after=180, helped="no", **asked)
    assert of("helped_30") == {"yes": 1, "unanswered": 1} and of("stage_30") == {
        "operating": 1,
        "unanswered": 1,
    }
    assert of("helped_180") == {"no": 1} and of("stage_180") == {"same": 1}


def test_every_figure_has_its_meaning_and_holds_nothing_personal():
    a_history(("send", jan(5)), contact_name="Dana Ruiz", place="Truchas")
    told = figures(QUARTER, NOW)
    assert [figure.key for figure in told if not figure.definition.endswith(".")] == []
    assert {figure.key for figure in told} == set(MEANINGS)
    said = repr(told)
    assert "Ruiz" not in said and "Truchas" not in said and "example.gov" not in said


def test_many_requests_take_as_many_queries_as_a_few():
    rng = random.Random(1)
    bulk([random_steps(rng, jan(5), 3) for _ in range(3)])
    figures(QUARTER, NOW)  # reads the words once
    with CaptureQueriesContext(connection) as few:
        figures(QUARTER, NOW)
    bulk([random_steps(rng, jan(5), 3) for _ in range(100)])
    with CaptureQueriesContext(connection) as many:
        figures(QUARTER, NOW)
    assert len(few) == len(many) <= 15


# The period ---------------------------------------------------------------------------------------


def test_the_shortcuts_name_whole_periods():
    assert [
        (name, str(period.since), str(period.until)) for name, period in shortcuts(date(2026, 11, 24))
    ] == [
        ("This quarter", "2026-10-01", "2026-12-31"),
        ("Last quarter", "2026-07-01", "2026-09-30"),
        ("This year", "2026-01-01", "2026-12-31"),
        ("Last federal fiscal year", "2025-10-01", "2026-09-30"),
    ]
    in_january = dict(shortcuts(date(2026, 1, 31)))
    assert in_january["Last quarter"] == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert in_january["Last federal fiscal year"] == Period(date(2024, 10, 1), date(2025, 9, 30))


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("", "2026-01-31", "since"),
        ("2026-01-01", "31 January", "until"),
        ("2026-02-01", "2026-01-31", "until"),
        ("0026-01-01", "2026-01-31", "since"),
        ("2004-02-29", "2026-01-31", "until"),
    ],
)
def test_days_that_cannot_be_are_complained_of_beside_their_field(since, until, field):
    form = PeriodForm({"since": since, "until": until})
    assert not form.is_valid() and list(form.errors) == [field]

"""Today's stage, and that of any day, is read from the history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sites.jurisdictions.models import Jurisdiction, Stage, StageChange
from tests.jurisdictions.factories import make_change, make_place

pytestmark = pytest.mark.django_db
REPORT = StageChange.DatedBy.REPORT


def staged(on=None):
    return Jurisdiction.objects.staged(on).get()


def test_the_newest_change_is_the_stage_and_the_first_start_the_launch_year():
    place = make_place(stage=None)
    make_change(place, stage=Stage.OPERATING, year=2021, month=12, day=22, dated_by=REPORT)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    assert (staged().stage, staged().launch_year) == ("operating", 2014)


def test_a_place_without_a_history_has_no_stage():
    make_place(stage=None)
    assert (staged().stage, staged().launch_year) == (None, None)


def test_a_place_may_pause_end_and_start_again():
    place = make_place(stage=None)
    steps = [("launched", 2014), ("paused", 2016), ("ended", 2017), ("launched", 2019)]
    for stage, year in steps:
        make_change(place, stage=stage, year=year)
    seen = [staged(date(year, 12, 31)).stage for year in (2013, 2014, 2016, 2017, 2018, 2019)]
    assert seen == [None, "launched", "paused", "ended", "ended", "launched"]
    assert staged().launch_year == 2014


def test_money_before_the_start_is_a_stage_of_its_own_until_it_starts():
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2018, month=7)
    make_change(place, stage=Stage.DEVELOPING, year=2017)
    seen = [
        (row.stage, row.launch_year) for row in (staged(date(year, 12, 31)) for year in (2016, 2017, 2018))
    ]
    assert seen == [(None, None), ("developing", None), ("launched", 2018)]


def test_an_end_known_by_its_year_comes_after_a_report_of_that_year():
    place = make_place(stage=None)
    make_change(place, stage=Stage.ENDED, year=2020)
    make_change(place, stage=Stage.OPERATING, year=2020, month=1, day=1, dated_by=REPORT)
    assert staged(date(2020, 6, 30)).stage == "operating"
    assert staged(date(2020, 12, 31)).stage == "ended"


def test_the_filter_and_the_predicate_agree_on_every_day():
    place = make_place(stage=None)
    make_change(place, stage=Stage.EXPLORING)
    make_change(place, stage=Stage.LAUNCHED, year=2017)
    make_change(place, stage=Stage.ENDED, year=2017)
    make_change(place, stage=Stage.OPERATING, year=2017, dated_by=REPORT)
    for on in (None, date(2016, 1, 1), date(2017, 1, 1), date(2017, 12, 31), date(2026, 12, 31)):
        row = staged(on)
        change = row.change_on(on)
        assert (row.stage, row.launch_year) == (
            change.stage if change else None,
            row.launch(on).year if row.launch(on) else None,
        )


def test_a_change_without_a_date_stands_where_its_source_was_read():
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2016)
    make_change(place, stage=Stage.OPERATING, read_on=date(2026, 11, 23))
    assert staged().stage == "operating"
    assert staged(date(2025, 12, 31)).stage == "launched"
    make_change(place, stage=Stage.PAUSED, year=2027)
    assert staged().stage == "paused"


@pytest.mark.parametrize(
    ("parts", "fields", "expected"),
    [
        ({"year": 2016}, {"stage": "launched"}, date(2016, 1, 1)),
        ({"year": 2016, "month": 4}, {"stage": "operating"}, date(2016, 4, 1)),
        ({"year": 2016, "month": 4, "day": 9}, {"stage": "exploring"}, date(2016, 4, 9)),
        ({"year": 2016}, {"stage": "operating", "dated_by": "report"}, date(2016, 12, 31)),
        ({"year": 2021, "month": 2}, {"stage": "ended"}, date(2021, 2, 28)),
        ({"year": 2026}, {"stage": "ended"}, date(2026, 11, 23)),
        ({"year": 2027}, {"stage": "ended"}, date(2027, 1, 1)),
        ({}, {"stage": "ended"}, date(2026, 11, 23)),
    ],
)
def test_an_inexact_date_has_its_place_in_the_order(parts, fields, expected):
    change = StageChange(**parts, **fields, read_on=date(2026, 11, 23))
    assert change.sort_date() == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"day": 3},
        {"month": 3},
        {"year": 2020, "day": 3},
        {"year": 2020, "month": 13},
        {"year": 2020, "month": 1, "day": 32},
        {"year": 1066},
        {"stage": "certified"},
    ],
)
def test_the_database_refuses_an_impossible_change(fields, monkeypatch):
    place = make_place(stage=None)
    monkeypatch.setattr(StageChange, "sort_date", lambda self: date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_change(place, **{"stage": Stage.LAUNCHED, **fields})


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"year": 2020, "month": 2, "day": 31}, "day"),
        ({"month": 2}, "year"),
        ({"year": 2020, "day": 2}, "month"),
        ({"year": 2099}, "year"),
    ],
)
def test_staff_are_told_what_is_wrong_with_a_date(parts, field):
    with pytest.raises(ValidationError) as wrong:
        StageChange(stage=Stage.LAUNCHED, source_title="A source", **parts).clean()
    assert list(wrong.value.message_dict) == [field]

"""The briefs of earlier days: what they tell as of then, and the days that cannot be shown."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sites.jurisdictions.models import Stage, State, StateMeasure
from tests.jurisdictions.factories import make_change, make_place, make_states
from tests.jurisdictions.test_brief import text

pytestmark = pytest.mark.django_db


def test_an_address_with_a_day_shows_the_stages_of_that_day(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    make_change(place, stage=Stage.PAUSED, year=2018, month=5, day=3)
    then = text(client, "/sites/nm/santa-fe/brief/?on=2018-05-02")
    assert (
        then.count("As of 2 May 2018, by what is known today") == 2
        and "Launched" in then
        and "Paused" not in then
    )
    assert "Paused" in text(client, "/sites/nm/santa-fe/brief/?on=2018-05-03")
    assert "has not recorded a place in New Mexico" in text(client, "/sites/nm/brief/?on=2013-12-31")


def test_the_same_address_shows_the_same_sheets_later(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    before = text(client, "/sites/nm/brief/?on=2020-01-01")
    make_change(place, stage=Stage.ENDED, year=2021)
    assert text(client, "/sites/nm/brief/?on=2020-01-01") == before


@pytest.mark.parametrize("on", ["2010-12-31", "tomorrow", "2026-02-30", "20261124", "2026-1-1", "٢٠٢٦-01-01"])
def test_a_day_that_cannot_be_shown_is_told(client, on):
    make_place()
    for address in ("/sites/nm/brief/", "/sites/nm/santa-fe/brief/"):
        assert "This day cannot be shown" in text(client, f"{address}?on={on}", 400)


def test_a_day_to_come_is_told(client):
    make_place()
    day = timezone.localdate() + timedelta(days=1)
    assert "is still to come" in text(client, f"/sites/nm/brief/?on={day.isoformat()}", 400)


def test_a_confirmation_after_the_day_is_not_told(client):
    make_place(confirmed_on=date(2026, 5, 6))
    assert "6 May 2026" in text(client, "/sites/nm/santa-fe/brief/?on=2026-05-06")
    assert "6 May 2026" not in text(client, "/sites/nm/santa-fe/brief/?on=2026-05-05")


def test_a_brief_of_today_is_as_recorded_and_has_the_summaries(client):
    make_place(summary="It shrank in 2021.")
    page = text(client, f"/sites/nm/santa-fe/brief/?on={timezone.localdate().isoformat()}")
    assert page.count("As recorded on ") == 2 and "by what is known today" not in page
    assert "It shrank in 2021." in page


def test_a_brief_of_an_earlier_day_is_without_the_summaries_of_today(client):
    place = make_place(summary="It shrank in 2021.")
    State.objects.filter(pk=place.state_id).update(summary="Laws came in 2025.")
    assert "It shrank in 2021." not in text(client, "/sites/nm/santa-fe/brief/?on=2020-01-01")
    assert "Laws came in 2025." not in text(client, "/sites/nm/brief/?on=2020-01-01")


def make_law(title, date_label, year):
    make_states()
    return StateMeasure.objects.create(
        state=State.objects.get(usps="NM"), kind="law", title=title, date_label=date_label, year=year,
        body="It is said.", source_title="Legislature", source_url="https://www.nmlegis.gov/",
    )  # fmt: skip


def test_a_brief_of_an_earlier_day_is_without_the_laws_that_came_later_that_year(client):
    make_law("Law of the year", "2021", 2021)
    make_law("Law of December", "December 2021", 2021)
    make_law("Law of the 17th", "17 December 2021", 2021)
    make_law("Law without a date", "Date not recorded", None)
    titles = ("of the year", "of December", "of the 17th", "without a date")

    def told(on):
        page = text(client, f"/sites/nm/brief/?on={on}")
        return [f"Law {title}" in page for title in titles]

    assert told("2020-12-31") == [False, False, False, False]
    assert told("2021-01-01") == [True, False, False, False]
    assert told("2021-12-01") == [True, True, False, False]
    assert told("2021-12-17") == [True, True, True, False]
    assert told(timezone.localdate().isoformat()) == [True, True, True, True]


@pytest.mark.parametrize(
    ("label", "year", "since"),
    [
        ("26 May 2017", 2017, date(2017, 5, 26)),
        ("January 2018 to June 2020", 2018, date(2018, 1, 1)),
        ("By 2017; exact date not recorded", 2017, date(2017, 1, 1)),
        ("Signed in May 2016, in force since 2018", 2018, date(2018, 1, 1)),
        ("31 June 2019", 2019, date(2019, 6, 1)),
        ("June 2019", None, date(2019, 6, 1)),
        ("Date not recorded", None, None),
    ],
)
def test_a_law_stands_at_the_first_day_that_its_date_can_mean(label, year, since):
    assert StateMeasure(date_label=label, year=year).since() == since

"""The first content says what its sources say."""

import csv
from datetime import date

import pytest

from sites.jurisdictions.models import Jurisdiction, State, StateMeasure
from sites.jurisdictions.seeding import SEED, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded():
    load()


def rows():
    with (SEED / "places.csv").open(encoding="utf-8", newline="") as file:
        return {(row["state"], row["slug"]): row for row in csv.DictReader(file)}


def test_every_place_has_the_stage_and_the_start_of_its_row(seeded):
    expected = {
        key: (
            row["stage"],
            row["launched_date"][:4] or (row["launched_year"] if row["stage"] != "developing" else ""),
        )
        for key, row in rows().items()
    }
    found = {
        (place.state.usps, place.slug): (place.stage, str(place.launch_year or ""))
        for place in Jurisdiction.objects.public().staged().select_related("state")
    }
    assert found == expected
    assert len(found) == 79


@pytest.mark.parametrize(("year", "running"), [(2014, 3), (2017, 16), (2020, 40), (2026, 79)])
def test_the_map_of_a_year_shows_what_was_dated_by_then(seeded, year, running):
    assert Jurisdiction.objects.public().as_of(date(year, 12, 31)).count() == running


def test_a_date_of_a_report_is_no_date_of_launch(seeded):
    place = Jurisdiction.objects.staged().get(slug="dutchess-county")
    assert (place.stage, place.launch_year, place.change_on().dated_by) == ("launched", None, "report")


def test_a_planned_start_is_not_recorded_as_a_start(seeded):
    place = Jurisdiction.objects.staged().get(slug="chester-county")
    assert (place.stage, place.launch_year, place.changes.count()) == ("developing", None, 1)


def test_laws_and_money_have_a_date_and_a_source(seeded):
    assert StateMeasure.objects.count() > 5
    assert not StateMeasure.objects.filter(source_url="").exists()
    assert State.objects.get(usps="CA").summary


def test_every_position_lies_in_its_state(seeded):
    for place in Jurisdiction.objects.select_related("state"):
        place.full_clean()


def test_a_second_load_changes_nothing_and_identifiers_are_the_same_everywhere(seeded):
    before = dict(Jurisdiction.objects.values_list("identifier", "slug"))
    assert load() == 0
    Jurisdiction.objects.all().delete()
    State.objects.all().delete()
    load()
    assert dict(Jurisdiction.objects.values_list("identifier", "slug")) == before

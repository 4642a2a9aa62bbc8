"""What a place may be, who sees it, how many there are."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sites.jurisdictions.models import Jurisdiction, State, Totals
from tests.jurisdictions.factories import make_change, make_place, make_states

pytestmark = pytest.mark.django_db


def test_a_new_place_is_not_public():
    assert Jurisdiction().visibility == "counted"


def test_there_are_fifty_states_the_district_and_five_territories():
    make_states()
    counts = {kind: State.objects.filter(kind=kind).count() for kind in State.Kind.values}
    assert counts == {"state": 50, "district": 1, "territory": 5}


def test_totals_count_public_places_by_stage_in_one_query(django_assert_num_queries):
    make_place()
    make_place(slug="espanola", stage="exploring")
    make_place(slug="albany", usps="NY", stage="operating")
    make_place(slug="hidden", usps="TX", visibility="hidden")
    with django_assert_num_queries(1):
        totals = Jurisdiction.objects.public().totals()
    stages = {"exploring": 1, "developing": 0, "launched": 0, "operating": 2, "paused": 0, "ended": 0}
    assert totals == Totals(places=3, states=2, by_stage=stages)


@pytest.mark.parametrize(
    "fields", [{"latitude": None}, {"longitude": None}, {"latitude": 91.0}, {"longitude": -181.0}]
)
def test_the_database_refuses_half_a_position_and_one_off_the_globe(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place(**fields)


def test_an_address_is_used_once_in_a_state():
    make_place()
    make_place(usps="NY")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"longitude": 105.98}, "latitude"),
        ({"latitude": -105.98, "longitude": 35.65}, "latitude"),
        ({"latitude": 42.65, "longitude": -73.76}, "latitude"),
        ({"county_fips": "36001"}, "county_fips"),
    ],
)
def test_staff_are_told_of_a_position_or_a_county_in_another_state(fields, wrong):
    place = make_place()
    for name, value in fields.items():
        setattr(place, name, value)
    with pytest.raises(ValidationError) as error:
        place.clean()
    assert wrong in error.value.message_dict


def test_an_address_has_no_capitals():
    place = make_place()
    place.slug = "Santa-Fe"
    with pytest.raises(ValidationError):
        place.clean_fields()


def test_an_entry_is_due_for_a_check_after_a_year():
    today = date(2026, 11, 23)
    never = make_place(slug="never")
    old = make_place(slug="old", checked_on=date(2025, 11, 22))
    fresh = make_place(slug="fresh", checked_on=date(2025, 11, 23))
    due = set(Jurisdiction.objects.due_for_check(today))
    assert due == {never, old} == {place for place in (never, old, fresh) if place.is_due_for_check(today)}


def test_words_are_found_without_accents_by_their_beginning():
    place = make_place(name="Rio Arriba County LEAD", locality="Española and county", slug="rio-arriba")
    for words in ("espan", "ESPAÑOLA lead", "new mexico"):
        assert Jurisdiction.objects.matching(words).get() == place
    assert not Jurisdiction.objects.matching("albany").exists()


def test_where_does_not_say_the_same_twice():
    assert Jurisdiction(locality="Gaston County", county="Gaston County").where == "Gaston County"
    assert Jurisdiction(locality="Boone", county="Watauga County").where == "Boone, Watauga County"


def test_a_change_of_a_hidden_place_is_not_public():
    from sites.jurisdictions.models import StageChange

    make_change(make_place(visibility="hidden", stage=None), year=2014)
    assert not StageChange.objects.of_public_places().exists()

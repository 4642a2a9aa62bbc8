"""Which county and which place of the directory a requester means; nothing is invented."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sites.assistance.models import Request
from sites.assistance.moves import Status
from sites.assistance.places import already_asked, county_named, recognized, suggestions
from sites.assistance.questions import PAGE_OF
from tests.assistance.factories import a_request
from tests.jurisdictions.factories import make_place, make_states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("usps", "name", "fips"),
    [
        ("NM", "Rio Arriba County", "35039"),
        ("NM", "rio arriba", "35039"),
        ("NM", "Rio Arriba Co., NM", "35039"),
        ("NM", "Dona Ana", "35013"),
        ("NM", "County of Los Alamos", "35028"),
        ("LA", "Orleans Parish", "22071"),
        ("MO", "St Louis", "29189"),
        ("MO", "St. Louis city", "29510"),
        ("MD", "Baltimore", "24005"),
        ("CA", "City and County of San Francisco", "06075"),
        ("AK", "Kenai Peninsula Borough", "02122"),
        ("NM", "Rio Arriba and Santa Fe", ""),
        ("NM", "Atlantis", ""),
        ("NM", "", ""),
        ("NM", "County", ""),
        ("TX", "Rio Arriba", ""),
        ("ZZ", "Rio Arriba", ""),
    ],
)
def test_a_county_is_found_as_people_write_it_or_not_at_all(usps, name, fips):
    assert county_named(usps, name) == fips


@pytest.mark.parametrize(
    ("answers", "fips"),
    [
        ({"place_kind": "city", "state": "NM", "place": "Española", "county": "35039"}, "35039"),
        ({"place_kind": "city", "state": "MD", "place": "Baltimore"}, "24510"),
        ({"place_kind": "city", "state": "NM", "place": "Roswell"}, "35005"),
        ({"place_kind": "city", "state": "NM", "place": "Atlantis"}, ""),
        ({"place_kind": "city", "state": "DC", "place": "Washington"}, "11001"),
        ({"place_kind": "county", "state": "NM", "place": "Taos"}, "35055"),
        ({"place_kind": "county", "state": "NM", "place": "Taos", "county": "35039"}, "35055"),
        ({"place_kind": "region", "state": "NM", "place": "The north", "county": "35039"}, "35039"),
        ({"place_kind": "region", "state": "NM", "place": "Taos"}, ""),
        ({"place_kind": "state", "state": "NM", "county": "35039"}, ""),
        ({"place_kind": "city", "state": "NM", "place": "Santa Fe", "county": "48001"}, "35049"),
        ({"place": "Santa Fe"}, ""),
    ],
)
def test_the_county_of_a_place_is_what_was_chosen_or_what_is_certain(answers, fips):
    assert recognized(answers).county_fips == fips


def test_a_place_of_the_directory_is_recognized_by_its_name_kind_and_state():
    place = make_place(county_fips="35049")
    assert recognized({"place_kind": "city", "state": "NM", "place": "santa fe, NM"}).jurisdiction == place
    assert recognized({"place_kind": "city", "state": "NM", "place": "LEAD Santa Fe"}).jurisdiction == place
    assert recognized({"place_kind": "county", "state": "NM", "place": "Santa Fe"}).jurisdiction is None
    assert recognized({"place_kind": "city", "state": "TX", "place": "Santa Fe"}).jurisdiction is None


def test_a_county_of_the_directory_is_recognized_under_whatever_name_its_effort_has():
    place = make_place(kind="county", name="Snohomish County LEAD", usps="WA", locality="Everett and Lynnwood",
                       county_fips="53061", latitude=None, longitude=None)  # fmt: skip
    assert recognized({"place_kind": "county", "state": "WA", "place": "Snohomish"}).jurisdiction == place


def test_two_places_of_one_name_are_none_unless_the_county_tells_them_apart():
    make_place(county_fips="35049")
    other = make_place(slug="santa-fe-2", county_fips="35039")
    answers = {"place_kind": "city", "state": "NM", "place": "Santa Fe"}
    assert recognized(answers).jurisdiction is None
    assert recognized({**answers, "county": "35039"}).jurisdiction == other


@pytest.mark.parametrize("visibility", ["counted", "hidden"])
def test_a_place_that_is_not_public_is_neither_recognized_nor_suggested(visibility):
    make_place(visibility=visibility)
    assert recognized({"place_kind": "city", "state": "NM", "place": "Santa Fe"}).jurisdiction is None
    assert suggestions("NM", "city") == []


def test_the_suggestions_are_the_counties_of_the_state_or_its_places_of_the_kind():
    make_place()
    make_place(kind="tribal-nation", name="A nation's LEAD", locality="Pueblo of Somewhere", slug="pueblo")
    assert suggestions("NM", "city") == ["Santa Fe"]
    assert suggestions("NM", "tribal") == ["Pueblo of Somewhere"]
    assert suggestions("NM", "") == ["Pueblo of Somewhere", "Santa Fe"]
    assert len(suggestions("NM", "county")) == 33 and suggestions("", "county") == []


def test_saving_the_place_sets_the_columns_and_changing_it_sets_them_anew():
    place = make_place(county_fips="35049")
    request = a_request()
    assert (request.county_fips, request.jurisdiction) == ("35039", None)
    request.save_page(PAGE_OF["your-state"], {"place_kind": "city", "state": "NM"})
    request.save_page(PAGE_OF["your-place"], {"place": "Santa Fe"})
    assert (request.county_fips, request.jurisdiction, request.place) == ("35049", place, "Santa Fe")
    request.save_page(PAGE_OF["your-state"], {"place_kind": "state", "state": "NM"})
    assert (request.county_fips, request.jurisdiction, request.place) == ("", None, "New Mexico")


def test_what_staff_chose_stands_when_the_place_is_saved_again_unchanged():
    request, place = a_request(), make_place()
    Request.objects.update(jurisdiction=place)
    request.save_page(PAGE_OF["your-place"], {"place": "Rio Arriba County", "population": "10k_50k"})
    assert request.jurisdiction == place


def test_an_earlier_request_is_found_by_county_whatever_kind_of_place_asked():
    make_states()
    earlier = a_request(status=Status.RECEIVED)
    assert already_asked(a_request(place_kind="city", place="Chimayo", county="35039")) == [earlier]
    assert already_asked(a_request(place="Taos County")) == []


@pytest.mark.parametrize(
    ("status", "is_told"),
    [
        (Status.DRAFTED, False), (Status.RECEIVED, True), (Status.IN_REVIEW, True), (Status.ACTIVE, True),
        (Status.COMPLETED, True), (Status.DECLINED, True), (Status.REFERRED, True), (Status.WITHDRAWN, False),
    ],
)  # fmt: skip
def test_what_was_sent_and_not_withdrawn_is_told(status, is_told):
    earlier = a_request(status=status)
    assert already_asked(a_request()) == ([earlier] if is_told else [])


def test_what_is_held_back_as_spam_is_not_told():
    a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert already_asked(a_request()) == []


@pytest.mark.parametrize(("days", "is_told"), [(364, True), (366, False)])
def test_a_closed_request_is_told_for_a_year(days, is_told):
    earlier = a_request(status=Status.DECLINED)
    Request.objects.filter(pk=earlier.pk).update(closed_at=timezone.now() - timedelta(days=days))
    assert bool(already_asked(a_request())) is is_told


def test_open_requests_are_told_before_closed_ones_and_newer_before_older():
    closed, old, new = (a_request(status=one) for one in (Status.DECLINED, Status.ACTIVE, Status.RECEIVED))
    Request.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=30))
    assert already_asked(a_request()) == [new, old, closed]


def test_a_whole_state_meets_only_a_request_for_the_whole_state():
    a_request(status=Status.RECEIVED)
    whole = a_request(status=Status.RECEIVED, place_kind="state", place=None)
    assert already_asked(a_request(place_kind="state", place=None)) == [whole]


def test_a_request_without_a_place_meets_nobody():
    a_request(status=Status.RECEIVED, place="Atlantis")
    assert already_asked(a_request(place=None, state=None, place_kind=None)) == []


def test_whose_request_it_is_plays_no_part_so_that_nobody_finds_out_by_trying_addresses():
    earlier = a_request(status=Status.RECEIVED, email="chief@example.gov")
    for email in ("chief@example.gov", "stranger@example.com"):
        assert already_asked(a_request(email=email)) == [earlier]

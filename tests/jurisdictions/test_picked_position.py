"""A click on the map of a state becomes degrees and a county, and the way back is the same."""

import csv
from pathlib import Path

import pytest

from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.picked_position import Picked, centre_of
from sites.jurisdictions.projection import project
from sites.jurisdictions.projection_inverse import unproject
from tests.jurisdictions.factories import make_states
from tests.jurisdictions.test_staff import LIST, entry

POINTS = list(csv.DictReader(Path(__file__).with_name("albers-usa-points.csv").open(encoding="utf-8")))
NAMED = {
    "NM": (35.6567, -105.9821, "Santa Fe County", "35049"),
    "AK": (61.2176, -149.8997, "Anchorage Borough", "02020"),
    "HI": (21.3099, -157.8581, "Honolulu County", "15003"),
    "PR": (18.4655, -66.1057, "San Juan Municipio", "72127"),
    "GU": (13.4443, 144.7937, "Guam", "66010"),
    "DC": (38.9072, -77.0369, "District of Columbia", "11001"),
}


def on_the_map() -> list[tuple[float, float]]:
    found = [(float(row["longitude"]), float(row["latitude"])) for row in POINTS]
    return [point for point in found if project(*point)]


def inset(longitude: float, latitude: float) -> str:
    return "AK" if latitude > 50 else "HI" if longitude < -150 else "NM"


def test_every_point_of_the_map_leads_back_to_its_degrees():
    points = on_the_map()
    assert len(points) > 10
    for longitude, latitude in points:
        found = unproject(*project(longitude, latitude), inset(longitude, latitude))
        assert found == pytest.approx((longitude, latitude), abs=1e-6)


def test_beyond_the_180th_meridian_degrees_are_positive():
    assert unproject(*project(173.2, 52.9), "AK") == pytest.approx((173.2, 52.9), abs=1e-6)


def test_a_point_that_no_degrees_lead_to_is_none():
    assert unproject(1e6, -1e6, "NM") is None


@pytest.mark.parametrize("usps", NAMED)
def test_a_position_keeps_its_place_on_the_map_and_names_its_county(usps):
    latitude, longitude, county, fips = NAMED[usps]
    state = State(usps=usps)
    there = Picked.at_degrees(state, latitude, longitude)
    back = Picked.at_point(state, there.x, there.y)
    assert (there.county, there.county_fips, there.is_within) == (county, fips, True)
    assert (back.latitude, back.longitude) == pytest.approx((latitude, longitude), abs=1e-4)
    assert 0 < there.x < 1000 and 0 < there.y < 750


def test_a_point_outside_of_the_state_says_so():
    there = Picked.at_degrees(State(usps="NM"), 39.7392, -104.9903)
    assert (there.county, there.is_within, there.x) == ("Denver County", False, None)


def test_the_middle_of_a_county_is_that_of_the_first_code():
    assert centre_of("35049 35028") == pytest.approx((35.51, -105.98), abs=0.1)
    assert (centre_of(""), centre_of("99999")) == (None, None)


@pytest.fixture
def state(db) -> State:
    make_states()
    return State.objects.get(usps="NM")


def test_the_script_is_told_degrees_and_county(admin_client, state):
    there = Picked.at_degrees(state, 35.6567, -105.9821)
    answer = admin_client.get(f"{LIST}position/?state={state.pk}&x={there.x}&y={there.y}").json()
    assert (answer["county_fips"], answer["is_within"]) == ("35049", True)
    assert (answer["latitude"], answer["longitude"]) == pytest.approx((35.6567, -105.9821), abs=1e-4)
    answer = admin_client.get(f"{LIST}position/centre/?county_fips=35049").json()
    assert (answer["latitude"], answer["longitude"]) == centre_of("35049")


def test_the_map_of_the_chosen_state_is_an_svg_that_the_keyboard_reaches(admin_client, state):
    response = admin_client.get(f"{LIST}position/map/?state={state.pk}")
    text = response.content.decode()
    assert response["Content-Type"] == "image/svg+xml"
    assert 'tabindex="0"' in text and 'aria-label="Map of New Mexico.' in text and "style" not in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("position/?state={state}", 400),
        ("position/?state={state}&x=a&y=1", 400),
        ("position/?state={state}&x=nan&y=1", 404),
        ("position/?state=none&x=1&y=1", 404),
        ("position/?state=999999&x=1&y=1", 404),
        ("position/map/?state=", 404),
        ("position/centre/?county_fips=1", 404),
    ],
)
def test_a_wrong_question_is_refused(admin_client, state, path, status):
    assert admin_client.get(LIST + path.format(state=state.pk)).status_code == status


def test_strangers_are_sent_to_the_login(client, state):
    response = client.get(f"{LIST}position/?state={state.pk}&x=1&y=1")
    assert response.status_code == 302 and "/admin/login/" in response["Location"]


def test_without_a_script_a_button_saves_with_the_middle_of_the_county(admin_client, state):
    posted = entry(latitude="", longitude="", county_fips="35039", _centre="yes")
    response = admin_client.post(f"{LIST}add/", posted, follow=True)
    place = Jurisdiction.objects.get()
    assert (place.latitude, place.longitude) == centre_of("35039")
    assert "The position is now the center of Rio Arriba County." in response.content.decode()
    assert response.redirect_chain == [(f"{LIST}{place.pk}/change/", 302)]


def test_the_button_asks_for_a_county_when_there_is_none(admin_client, state):
    response = admin_client.post(f"{LIST}add/", entry(county_fips="", _centre="yes"), follow=True)
    assert "Give the Census code of a county first" in response.content.decode()
    assert Jurisdiction.objects.get().latitude == 35.99

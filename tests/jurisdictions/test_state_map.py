"""The map of one state: counties, neighbours, places, weight."""

import gzip
import re

import pytest

from sites.jurisdictions.counties import counties, of_state
from sites.jurisdictions.county_lines import HIGH, WIDE, state_drawing
from sites.jurisdictions.marks import Entry
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.state_map import state_map
from tests.jurisdictions.factories import make_place, make_states

CROWDED = {"TX", "GA", "VA"}
STATES = sorted({county.usps for county in counties().values()})
# Where no island of a county is within the frame, it has no outline: Rose and Swains, Saipan's northern islands.
OUT_OF_FRAME = {"60030", "60040", "69085"}
WITHOUT_LINES = {"DC", "GU", "MP"}  # one county, or each island one
MAYAGUEZ = "72097"  # its middle lies between Puerto Rico and Mona, which the frame leaves out


def entry(state: State, **fields) -> Entry:
    known = {
        "name": "LEAD Here", "locality": "Here", "slug": "here", "kind": "city", "county_fips": "",
        "latitude": None, "longitude": None, "stage": "operating",
        "launch_year": 2014, "certified": False, "state_id": state.pk,
    }  # fmt: skip
    return Entry(**{**known, **fields})


@pytest.mark.parametrize("usps", STATES)
def test_every_state_and_territory_has_an_outline_county_lines_and_counties(usps):
    drawing = state_drawing(usps)
    assert drawing.land.startswith("M") and drawing.land.endswith("z")
    assert bool(drawing.lines) == (usps not in WITHOUT_LINES)
    expected = {county.fips for county in of_state(usps)}
    assert set(drawing.counties) == expected
    assert {code for code, path in drawing.counties.items() if not path} == expected & OUT_OF_FRAME


@pytest.mark.django_db
@pytest.mark.parametrize("usps", STATES)
def test_the_map_of_a_state_is_light(usps):
    make_states()
    body = state_map(State.objects.get(usps=usps), []).body
    assert len(gzip.compress(body.encode())) < (20_000 if usps in CROWDED else 12_000)


@pytest.mark.parametrize("usps", STATES)
def test_the_middle_of_a_county_falls_within_its_outline(usps):
    drawing = state_drawing(usps)
    for county in of_state(usps):
        point = drawing.point(county.longitude, county.latitude)
        if point and drawing.counties[county.fips] and county.fips != MAYAGUEZ:
            left, top, right, bottom = box(drawing.counties[county.fips])
            assert left - 8 <= point[0] <= right + 8 and top - 8 <= point[1] <= bottom + 8, county


def box(path: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a path of relative steps."""
    xs, ys = [], []
    for start, steps in re.findall(r"M([^l]*)l([^z]*)z", path):
        x, y = map(int, re.findall(r"-?\d+", start))
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in [(0, 0), *zip(numbers[::2], numbers[1::2], strict=True)]:
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.django_db
def test_a_place_is_drawn_from_a_ready_entry_or_from_the_database():
    place = make_place()
    places = Jurisdiction.objects.public().staged().with_certified()
    state = place.state
    fields = ("name", "locality", "slug", "latitude", "longitude")
    ready = entry(state, launch_year=None, **{name: getattr(place, name) for name in fields})
    read, given = state_map(state, places), state_map(state, iter([ready]))
    assert read.marks == given.marks and read.body == given.body
    assert 'href="/sites/nm/santa-fe/"' in read.body and read.view_box == f"0 0 {WIDE} {HIGH}"


@pytest.mark.django_db
def test_a_place_shades_its_counties_and_names_them():
    place = make_place(county_fips="35049 35028 48141")
    drawn = state_map(place.state, [], chosen=place)
    assert [county.name for county in drawn.shaded] == ["Santa Fe County", "Los Alamos County"]
    assert "<title>Santa Fe County</title>" in drawn.body and drawn.body.count("map__shaded") == 2


@pytest.mark.django_db
def test_a_territory_shows_its_places():
    make_states()
    guam = State.objects.get(usps="GU")
    drawn = state_map(guam, [entry(guam, latitude=13.4763, longitude=144.7502)])
    left, top, right, bottom = box(state_drawing("GU").land)
    assert left < float(drawn.marks[0].x) < right and top < float(drawn.marks[0].y) < bottom


@pytest.mark.django_db
@pytest.mark.parametrize("usps", ["WV", "PR"])
def test_a_whole_state_stands_at_its_middle_and_a_region_without_a_position_nowhere(usps):
    make_states()
    state = State.objects.get(usps=usps)
    drawn = state_map(state, [entry(state, kind="state"), entry(state, kind="region", slug="region")])
    assert [mark.url for mark in drawn.marks] == [f"/sites/{state.slug}/here/"]


@pytest.mark.django_db
def test_what_lies_outside_of_the_frame_has_no_mark():
    make_states()
    state = State.objects.get(usps="HI")
    assert state_map(state, [entry(state, latitude=28.21, longitude=-177.38)]).marks == []


@pytest.mark.django_db
@pytest.mark.parametrize(("usps", "around"), [("NM", True), ("DC", True), ("AK", False), ("GU", False)])
def test_neighbours_are_quiet_land_without_a_link(usps, around):
    make_states()
    body = state_map(State.objects.get(usps=usps), []).body
    assert ('class="land-0"' in body) == around and "<a " not in body


@pytest.mark.django_db
def test_a_state_that_the_census_does_not_know_has_no_map():
    assert state_map(State(usps="XX", name="Nowhere", fips="99"), []) is None

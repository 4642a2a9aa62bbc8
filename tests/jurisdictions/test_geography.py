"""In which state and county a position lies, by the borders of the Census."""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from sites.jurisdictions import seeding
from sites.jurisdictions.counties import counties
from sites.jurisdictions.geography import FILE, county_at, lies_in, lies_near_the_country, middle
from tests.jurisdictions.factories import make_place

SEED = Path(seeding.__file__).parent / "seed" / "places.csv"
# The middle of these lies on water between their parts, or in a city or county that they lie around.
ON_WATER = {"02016", "02105", "02122", "02150", "26083", "44005", "48007", "53029", "60020", "69085", "72097"}
ELSEWHERE = {
    "29069": "05021",  # Dunklin, Missouri, along a river
    "29093": "29179",  # Iron
    "51087": "51760",  # Henrico around Richmond
    "51089": "51690",  # Henry around Martinsville
    "51161": "51775",  # Roanoke around Salem
    "51610": "51013",  # Falls Church beside Arlington
    "55091": "55011",  # Pepin along the Mississippi
}


def test_the_middle_of_every_county_lies_in_its_state():
    strays = [c for c in counties().values() if not lies_in(c.usps, c.latitude, c.longitude)]
    assert len(counties()) == 3231 and strays == []


def test_the_middle_of_every_county_is_in_it_but_for_eighteen():
    found = {code: county_at(c.latitude, c.longitude) for code, c in counties().items()}
    others = {code: at for code, at in found.items() if at != code}
    assert others == {**dict.fromkeys(ON_WATER), **ELSEWHERE}


@pytest.mark.parametrize(
    ("place", "here", "there", "latitude", "longitude"),
    [
        ("Kansas City, Missouri", "MO", "KS", 39.0997, -94.5786),
        ("Kansas City, Kansas", "KS", "MO", 39.1141, -94.6275),
        ("Portland", "OR", "WA", 45.5152, -122.6784),
        ("Vancouver", "WA", "OR", 45.6387, -122.6615),
        ("Washington", "DC", "VA", 38.9072, -77.0369),
        ("Arlington", "VA", "DC", 38.8816, -77.0910),
        ("El Paso", "TX", "NM", 31.7619, -106.4850),
        ("Las Cruces", "NM", "TX", 32.3199, -106.7637),
        ("Cherry Hill", "NJ", "PA", 39.9268, -75.0246),
        ("Covington", "KY", "OH", 39.0709, -84.5215),
        ("Bristol, Tennessee", "TN", "NC", 36.5684, -82.1819),
        ("St. Thomas", "VI", "PR", 18.3419, -64.9307),
    ],
)
def test_places_just_across_a_border_are_told_apart(place, here, there, latitude, longitude):
    assert lies_in(here, latitude, longitude) and not lies_in(there, latitude, longitude), place
    assert counties()[county_at(latitude, longitude)].usps == here


@pytest.mark.parametrize(
    ("place", "usps", "latitude", "longitude"),
    [
        ("Navy Pier", "IL", 41.8916, -87.6009),
        ("Alcatraz", "CA", 37.8267, -122.4233),
        ("the Golden Gate Bridge", "CA", 37.8199, -122.4783),
        ("Treasure Island", "CA", 37.8235, -122.3708),
        ("Santa Monica Pier", "CA", 34.0083, -118.4987),
        ("Seven Mile Bridge", "FL", 24.7011, -81.1660),
        ("Attu", "AK", 52.9, 173.18),
        ("Hagåtña", "GU", 13.4763, 144.7502),
    ],
)
def test_bridges_piers_and_islands_belong_to_their_state(place, usps, latitude, longitude):
    assert lies_in(usps, latitude, longitude), place


def test_every_place_of_the_first_content_lies_in_its_state():
    rows = list(csv.DictReader(SEED.open(encoding="utf-8")))
    placed = [row for row in rows if row["latitude"]]
    strays = [
        r["name"] for r in placed if not lies_in(r["state"], float(r["latitude"]), float(r["longitude"]))
    ]
    assert len(rows) == 79 and len(placed) > 70 and strays == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(-105.9821, 35.6567), (35.6567, 105.9821), (-35.6567, -105.9821), (51.5, -0.1)],
)
def test_a_swapped_unsigned_or_foreign_position_is_refused(latitude, longitude):
    place = make_place()
    place.latitude, place.longitude = latitude, longitude
    with pytest.raises(ValidationError, match="not in or near New Mexico"):
        place.clean()


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(51.5, -0.1), (19.43, -99.13), (55.75, 37.6), (21.3, 157.9)]
)
def test_what_is_abroad_lies_in_no_county_and_not_near_the_country(latitude, longitude):
    assert county_at(latitude, longitude) is None and not lies_near_the_country(latitude, longitude)


def test_an_unknown_state_refuses_nothing_and_has_no_middle():
    assert lies_in("XX", 0, 0) and middle("XX") is None


def test_the_middle_of_a_state_lies_in_it():
    assert all(lies_in(usps, *middle(usps)) for usps in ("NM", "TX", "AK", "GU", "PR", "DC"))


def test_the_borders_are_kept_small():
    assert FILE.stat().st_size < 200_000

"""The map: names, links, shapes, weight."""

import gzip
import re

import html5lib
import pytest

from sites.jurisdictions.map import MOST_MARKS, small_map
from sites.jurisdictions.models import Jurisdiction, Stage
from sites.jurisdictions.seeding import load
from sites.jurisdictions.spread import spread
from tests.jurisdictions.factories import make_many_places, make_place

pytestmark = pytest.mark.django_db
SVG = re.compile(r'<svg class="map.*?</svg>', re.S)


def drawing(client, address="/sites/") -> str:
    return SVG.search(client.get(address).content.decode())[0]


def test_every_state_is_a_link_with_its_name_and_count(client):
    make_place()
    make_place(slug="espanola", name="Rio Arriba", stage="exploring")
    svg = drawing(client)
    links = dict(re.findall(r'<a href="(/sites/[a-z]{2}/)" aria-label="([^"]*)"', svg))
    assert len(links) == 51
    assert links["/sites/nm/"] == "New Mexico: 2 places"
    assert links["/sites/tx/"] == "Texas: no place recorded"


@pytest.mark.parametrize("stage", Stage.values)
def test_every_place_is_a_link_that_says_its_stage_and_shows_its_shape(client, stage):
    make_place(stage=stage)
    svg = drawing(client)
    assert f'href="/sites/nm/santa-fe/" aria-label="LEAD Santa Fe: {stage}."' in svg
    assert f'<use href="#m-{stage}"/>' in svg and f'<g id="m-{stage}"' in svg


def test_each_stage_has_a_shape_of_its_own(client):
    for stage in Stage.values:
        make_place(slug=stage, name=stage, stage=stage)
    shapes = re.findall(r'<g id="m-\w+" class="mark">(.*?)</g>', drawing(client), re.S)
    drawn = {re.sub(r'class="[^"]*"', "", shape).strip() for shape in shapes}
    assert len(drawn) == len(Stage)


def test_places_on_one_spot_are_fanned_out(client):
    for number in range(5):
        make_place(slug=f"p{number}", name=f"P{number}")
    spots = re.findall(r"translate\(([\d.]+ [\d.]+)\)", drawing(client))
    assert len(set(spots)) == 5


def test_points_keep_their_gap_and_stay_near_home():
    home = [(100.0, 100.0)] * 4 + [(300.0, 300.0)]
    moved = spread(home, gap=10, reach=20)
    assert moved[4] == pytest.approx(home[4], abs=0.2)
    pairs = [(a, b) for a in range(4) for b in range(a)]
    assert min(abs(complex(*moved[a]) - complex(*moved[b])) for a, b in pairs) > 9
    assert moved == spread(home, gap=10, reach=20)


def test_a_whole_state_without_a_position_stands_at_its_name(client):
    make_place(name="West Virginia LEAD", usps="WV", kind="state", latitude=None, longitude=None)
    assert "West Virginia LEAD: operating." in drawing(client)


def test_a_place_in_a_territory_is_reached_beside_the_map(client):
    make_place(name="LEAD San Juan", usps="PR", slug="san-juan", latitude=18.46, longitude=-66.1)
    page = client.get("/sites/").content.decode()
    assert "LEAD San Juan: operating" not in SVG.search(page)[0]
    assert re.search(r'href="/sites/pr/">Puerto Rico</a> <span class="meta">1<', page)


def test_many_places_are_counted_by_state_and_the_page_stays_small(client):
    make_many_places(MOST_MARKS + 1)
    page = client.get("/sites/").content
    svg = SVG.search(page.decode())[0]
    assert "map__counts" in svg and 'class="m ' not in svg
    assert len(gzip.compress(svg.encode())) < 40_000 and len(gzip.compress(page)) < 40_000


def test_a_thousand_places_weigh_less_than_forty_kilobytes(client):
    make_many_places(MOST_MARKS)
    svg = drawing(client)
    assert svg.count('class="m ') > 900
    assert len(gzip.compress(svg.encode())) < 40_000


def test_the_first_content_weighs_less_than_twenty_kilobytes_and_the_small_map_less_than_twelve(client):
    load()
    assert len(gzip.compress(drawing(client).encode())) < 20_000
    assert len(gzip.compress(str(small_map()).encode())) < 12_000


def test_the_small_map_counts_public_places_only():
    make_place()
    make_place(slug="hidden", usps="TX", visibility="hidden")
    found = small_map()
    assert found["name"] == "Map of the United States: 1 places in 1 states"
    assert found["dots"].count("M") == 1


@pytest.mark.parametrize(
    "address", ["/sites/", "/sites/nm/", "/sites/nm/santa-fe/", "/sites/ri/", "/sites/dc/"]
)
def test_the_markup_is_valid_and_without_inline_style(client, address):
    make_place()
    page = client.get(address).content.decode()
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    assert parser.errors == []
    assert " style=" not in page and not re.search(r"\son\w+=", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_state_map_shows_its_places_and_names_them(client):
    make_place()
    make_place(slug="albany", name="Albany LEAD", usps="NY", latitude=42.65, longitude=-73.76)
    svg = drawing(client, "/sites/nm/")
    assert "LEAD Santa Fe: operating" in svg and "Albany" not in svg
    assert Jurisdiction.objects.count() == 2

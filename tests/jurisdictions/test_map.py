"""The national map: names, links, shapes, order, weight; and that it is drawn once."""

import gzip
import re
from collections import Counter

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sites.jurisdictions.map import entries, national_map, small_map, whole_map
from sites.jurisdictions.models import Jurisdiction, Stage, State
from sites.jurisdictions.prepared import prepare_all
from sites.jurisdictions.seeding import load
from sites.jurisdictions.spread import spread
from tests.jurisdictions.factories import make_many_places, make_place

pytestmark = pytest.mark.django_db
SVG = re.compile(r'<svg class="map.*?</svg>', re.S)
LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*><title>([^<]*)</title>')


def drawn(**more):
    """The map of all public places."""
    places = entries(Jurisdiction.objects.public().staged().with_certified())
    return national_map(places, Counter(place.state_id for place in places), State.objects.all(), **more)


def links(**more) -> dict[str, str]:
    return dict(LINK.findall(drawn(**more).body))


def page_map(client, address="/sites/") -> str:
    return SVG.search(client.get(address).content.decode())[0]


def test_every_state_is_a_link_with_its_name_and_what_is_there():
    make_place()
    make_place(slug="espanola", name="Rio Arriba", stage="exploring")
    found = {address: name for address, name in links().items() if address.count("/") == 3}
    assert len(found) == 51
    assert found["/sites/nm/"] == "New Mexico: 2 places.\n1 operating, 1 exploring"
    assert found["/sites/tx/"] == "Texas: no place recorded"


@pytest.mark.parametrize("stage", Stage.values)
def test_every_place_is_a_link_that_says_its_stage_and_shows_its_shape(stage):
    make_place(stage=stage)
    assert links()["/sites/nm/santa-fe/"].split("\n")[:2] == ["LEAD Santa Fe:", f"{expected(stage)}."]
    assert f'<use href="#m-{stage}"' in drawn().body and f'<g id="m-{stage}"' in drawn().body


def expected(stage: str) -> str:
    return "Launched 2014" if stage == "launched" else stage.capitalize()


def test_a_place_says_since_when_and_where_it_is():
    place = make_place(stage="launched")
    place.changes.create(stage="operating", year=2021, source_title="A report")
    assert links()["/sites/nm/santa-fe/"] == "LEAD Santa Fe:\nOperating, launched 2014.\nSanta Fe, New Mexico"


def test_names_that_staff_type_are_escaped():
    make_place(name='<script>"LEAD" & more', locality="<b>")
    body = drawn().body
    assert "&lt;script&gt;&quot;LEAD&quot; &amp; more:" in body
    assert "<script>" not in body and "<b>" not in body


def test_each_stage_has_a_shape_of_its_own():
    for stage in Stage.values:
        make_place(slug=stage, name=stage, stage=stage)
    shapes = re.findall(r'<g id="m-(?!free)\w+"><g class="mark">(.*?)</g></g>', drawn().body, re.S)
    assert len({re.sub(r'class="[^"]*"', "", shape).strip() for shape in shapes}) == len(Stage)


def test_states_come_first_then_places_in_the_order_of_their_states():
    make_place(name="Z", slug="z", usps="WV", latitude=38.3, longitude=-81.6)
    make_place(name="B", slug="b", usps="CO", latitude=39.7, longitude=-105)
    make_place(name="A", slug="a", usps="WV", latitude=38.4, longitude=-82.4)
    addresses = [address for address, _ in LINK.findall(drawn().body)]
    assert addresses[51:] == ["/sites/co/b/", "/sites/wv/a/", "/sites/wv/z/"]


def test_places_on_one_spot_are_fanned_out_with_a_line_to_their_home():
    for number in range(5):
        make_place(slug=f"p{number}", name=f"P{number}")
    body = drawn().body
    spots = re.findall(r'href="#m-operating" x="([\d.]+)" y="([\d.]+)"', body)
    assert len(set(spots)) == 5
    assert body.count("data-home=") == re.search(r'map__homes" d="([^"]*)"', body)[1].count("M") > 2


def test_a_mark_with_room_around_it_may_be_touched_beside_it_and_others_may_not():
    make_place()
    make_place(slug="near", name="Near", latitude=35.7)
    make_place(slug="far", name="Far", latitude=32.3, longitude=-106.7)
    assert [mark.name.split(":")[0] for mark in drawn().marks if mark.free] == ["Far"]


def test_points_keep_their_gap_and_stay_near_home():
    home = [(100.0, 100.0)] * 4 + [(300.0, 300.0)]
    moved = spread(home, gap=10, reach=20)
    assert moved[4] == pytest.approx(home[4], abs=0.2)
    pairs = [(a, b) for a in range(4) for b in range(a)]
    assert min(abs(complex(*moved[a]) - complex(*moved[b])) for a, b in pairs) > 9
    assert moved == spread(home, gap=10, reach=20)


def test_a_whole_state_without_a_position_stands_at_its_name():
    make_place(name="West Virginia LEAD", usps="WV", kind="state", latitude=None, longitude=None)
    assert "West Virginia LEAD:\nOperating." in drawn().body


def test_a_place_in_a_territory_is_reached_beside_the_map(client):
    make_place(name="LEAD San Juan", usps="PR", slug="san-juan", latitude=18.46, longitude=-66.1)
    page = client.get("/sites/").content.decode()
    assert "LEAD San Juan" not in SVG.search(page)[0]
    assert re.search(r'href="/sites/pr/">Puerto Rico</a> <span class="meta">1<', page)


def test_a_point_is_marked_by_a_pin():
    make_place()
    near = Jurisdiction.objects.get()
    assert '<g class="map__pin">' in drawn(near=near).body and "map__pin" not in drawn().body


def test_the_map_of_all_places_is_drawn_once_and_again_when_one_changes(client):
    place = make_place()
    assert prepare_all() >= 2  # for the site and for frames
    with CaptureQueriesContext(connection) as queries:
        assert "LEAD Santa Fe:" in whole_map().body
    assert len(queries) <= 2
    place.name = "LEAD of Santa Fe"
    place.save()
    assert "LEAD of Santa Fe:" in whole_map().body
    assert whole_map().body in page_map(client)


def test_the_first_content_weighs_less_than_twenty_kilobytes_and_the_small_map_less_than_twelve():
    load()
    assert len(gzip.compress(drawn().body.encode())) < 20_000
    assert len(gzip.compress(str(small_map()).encode())) < 12_000


@pytest.mark.parametrize("count", [250, 1000, 10_000])
def test_many_places_weigh_less_than_forty_kilobytes_and_so_does_their_page(client, count):
    make_many_places(count)
    assert len(gzip.compress(drawn().body.encode())) < 20_000
    assert len(gzip.compress(client.get("/sites/").content)) < 40_000


def test_the_small_map_counts_public_places_only():
    make_place()
    make_place(slug="hidden", usps="TX", visibility="hidden")
    found = small_map()
    assert found["name"] == "Map of the United States: 1 places in 1 states"
    assert found["dots"].count("M") == 1


@pytest.mark.parametrize("name", ["index", "embed"])
@pytest.mark.parametrize("visibility", ["hidden", "counted"])
def test_the_map_names_only_places_that_may_be_named(client, name, visibility):
    make_place(visibility=visibility, ground="")
    make_place(slug="albany", name="Albany LEAD", usps="NY", latitude=42.65, longitude=-73.76)
    svg = page_map(client, reverse(f"jurisdictions:{name}"))
    assert "Albany LEAD" in svg and "LEAD Santa Fe" not in svg
    assert "New Mexico: no place recorded" in svg


@pytest.mark.parametrize(
    "address", ["/sites/", "/sites/nm/", "/sites/nm/santa-fe/", "/sites/ri/", "/sites/dc/", "/sites/embed/"]
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
    svg = page_map(client, "/sites/nm/")
    assert "LEAD Santa Fe:\nOperating" in svg and "Albany" not in svg
    assert Jurisdiction.objects.count() == 2

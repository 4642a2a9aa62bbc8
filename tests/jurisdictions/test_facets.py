"""The filters as fields and as links, the years, the map around a point: what the list's page says and leads to."""

import re

import pytest
from django.utils import timezone

from sites.jurisdictions.models import Stage
from tests.jurisdictions.factories import make_change, make_many_places, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    make_place(setting="urban", population="50k-250k", lead_agency_kind="police", hosts_visits="yes")
    make_place(
        name="Albany LEAD", usps="NY", slug="albany", locality="Albany", latitude=42.65, longitude=-73.76,
        setting="rural", stage="exploring", kind="county",
    )  # fmt: skip


def read(client, query="") -> str:
    response = client.get(f"/sites/{query}")
    assert response.status_code == 200
    return response.content.decode()


def links(page, facet) -> dict[str, tuple[str, str]]:
    """Label, address and count of the links of a facet."""
    part = re.search(rf'<section class="facet facet--{facet}".*?</section>', page, re.S)[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*><span>([^<]*)</span> <span class="facet__count">(\d+)', part)
    return {label: (address.replace("&amp;", "&"), count) for address, label, count in found}


def test_each_value_is_a_link_with_its_count_and_what_is_not_recorded_is_one(client, two):
    page = read(client)
    assert links(page, "setting") == {"Urban": ("?setting=urban", "1"), "Rural": ("?setting=rural", "1")}
    assert links(page, "visits") == {"Yes": ("?visits=yes", "1"), "Not recorded": ("?visits=unknown", "1")}
    assert links(page, "state") == {"New Mexico": ("?state=nm", "1"), "New York": ("?state=ny", "1")}
    assert set(links(page, "agency")) == {"Police department", "Not recorded"}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?setting=rural", "Albany LEAD"),
        ("?population=50k-250k", "LEAD Santa Fe"),
        ("?population=unknown", "Albany LEAD"),
        ("?agency=police", "LEAD Santa Fe"),
        ("?agency=unknown", "Albany LEAD"),
        ("?visits=yes&setting=urban", "LEAD Santa Fe"),
        ("?visits=unknown", "Albany LEAD"),
    ],
)
def test_a_trait_is_asked_by_its_field_and_by_its_link(client, two, query, name):
    response = client.get(f"/sites/{query}")
    assert [place.name for place in response.context["places"]] == [name]
    assert "1 place</h2>" in response.content.decode()


def test_a_chosen_value_is_marked_and_its_link_takes_it_away(client, two):
    page = read(client, "?setting=rural&q=lead")
    assert re.search(r'href="\?q=lead" aria-current="true"><span>Rural</span>', page)
    assert re.search(r'<option value="rural" selected>Rural \(1\)</option>', page)
    assert "More filters (1 in use)" in page
    assert re.search(
        r'href="\?q=lead"><span class="visually-hidden">Remove:</span> Urban or rural: Rural', page
    )
    assert 'href="/sites/">Remove all</a>' in page


@pytest.mark.parametrize("name", ["setting", "population", "agency", "visits"])
def test_a_wrong_choice_opens_the_filters_and_is_told_beside_its_field(client, two, name):
    page = read(client, f"?{name}=planet")
    assert '<details class="finder__more" open>' in page
    assert f'<a href="#id_{name}">We do not know that choice.' in page
    assert f'aria-describedby="id_{name}_error"' in page and f'id="id_{name}_error"' in page


def test_each_year_is_a_link_with_its_count_and_a_step_of_the_slider(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    page = read(client, "?state=nm&year=2016")
    years = dict(re.findall(r'href="\?state=nm&amp;year=(\d{4})".*?<b class="year__count"[^>]*>(\d+)', page))
    present = timezone.localdate().year  # has not ended: its link leads to the latest
    assert (len(years), years["2013"], years["2014"]) == (present - 2011, "0", "1")
    assert '<a class="year" href="?state=nm">' in page
    assert re.search(r'<a class="year" href="\?state=nm&amp;year=2016" aria-current="true">', page)
    slider = re.search(r'<form class="years__form".*?</form>', page, re.S)[0]
    assert f'type="range" name="year" min="2011" max="{present}" step="1" value="2016"' in slider
    assert '<input type="hidden" name="state" value="nm">' in slider
    assert '<output for="id_year">2016</output>' in slider


def test_the_past_is_said_above_the_map_and_in_the_heading(client):
    make_place()
    page = read(client, "?year=2017&q=santa")
    assert 'the end of 2017. <a href="?q=santa">Back to the latest</a>' in page
    assert "1 place, end of 2017</h2>" in page and "You are looking at the past" not in read(client)


def test_near_a_point_the_map_shows_what_lies_around_it(client, two):
    response = client.get("/sites/?near=87501")
    svg = re.search(r'<svg class="map.*?</svg>', response.content.decode(), re.S)[0]
    assert response.context["around"].step == 1 and 'class="around around--1"' in response.content.decode()
    assert "LEAD Santa Fe" in svg and "Albany" not in svg and "map__pin" in svg
    assert 'href="/sites/co/"' in svg and 'href="/sites/wa/"' not in svg


@pytest.mark.parametrize("query", ["?near=00901", "?near=99501"])
def test_where_no_part_of_the_map_would_help_the_country_is_shown(client, two, query):
    response = client.get(f"/sites/{query}")
    assert response.context["around"] is None
    assert response.content.decode().count('data-usps="') == 51


def test_a_crowd_is_drawn_from_counts_and_loses_nobody(client):
    make_many_places(1_900)
    response = client.get("/sites/?q=town")
    drawn = response.context["map"]
    assert sum(circle.count for circle in drawn.clusters) + len(drawn.marks) == 1_900
    assert 0 < len(drawn.clusters) + len(drawn.marks) <= 200
    assert all(circle.url.startswith("?q=town&state=") for circle in drawn.clusters)
    few = client.get("/sites/?q=town&state=nm").context["map"]
    assert (
        len(few.marks) + sum(circle.count for circle in few.clusters)
        == response.context["directory"].by_state[
            next(state.pk for state in response.context["form"].states if state.usps == "NM")
        ]
    )

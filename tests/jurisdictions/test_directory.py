"""The page of the map and the list: what it finds, how it says so, what it makes of odd input."""

import re

import pytest
from django.utils import timezone

from sites.jurisdictions.models import Jurisdiction, Stage
from tests.jurisdictions.factories import make_change, make_many_places, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    make_place(name="LEAD Santa Fe")
    make_place(
        name="Albany LEAD", usps="NY", slug="albany", locality="Albany", latitude=42.65, longitude=-73.76
    )
    make_place(
        name="Hudson LEAD interest", usps="NY", slug="hudson", locality="Hudson", stage="exploring",
        latitude=42.25, longitude=-73.79,
    )  # fmt: skip


def names(response) -> list[str]:
    """The names in the list, in their order."""
    return [place.name for place in response.context["places"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["LEAD Santa Fe", "Albany LEAD", "Hudson LEAD interest"]),
        ("?state=nm", ["LEAD Santa Fe"]),
        ("?state=NM", ["LEAD Santa Fe"]),
        ("?state=new+mexico", ["LEAD Santa Fe"]),
        ("?stage=exploring", ["Hudson LEAD interest"]),
        ("?state=ny&stage=operating", ["Albany LEAD"]),
        ("?q=alb", ["Albany LEAD"]),
        ("?q=lead+hudson", ["Hudson LEAD interest"]),
        ("?kind=county", []),
        ("?certified=yes", []),
        ("?year=2013", []),
        ("?near=12207", ["Albany LEAD", "Hudson LEAD interest", "LEAD Santa Fe"]),
        ("?near=12534&stage=operating", ["Albany LEAD", "LEAD Santa Fe"]),
        ("?sort=name", ["Albany LEAD", "Hudson LEAD interest", "LEAD Santa Fe"]),
        ("?sort=distance", ["LEAD Santa Fe", "Albany LEAD", "Hudson LEAD interest"]),
    ],
)
def test_the_list_answers_each_filter_and_all_together(client, three, query, expected):
    assert names(client.get(f"/sites/{query}")) == expected


def test_an_order_by_launch_year_puts_the_unknown_last(client):
    for slug, year in (("late", 2020), ("early", 2012), ("unknown", None)):
        place = make_place(name=slug, slug=slug, stage=None)
        make_change(place, stage=Stage.LAUNCHED, year=year, dated_by="event" if year else "report")
    assert names(client.get("/sites/?sort=launch")) == ["early", "late", "unknown"]


def test_near_a_zip_code_the_miles_are_shown(client, three):
    page = client.get("/sites/?near=12207").content.decode()
    assert "2 places are within 100 miles of 12207" in page
    assert re.search(
        r"Albany LEAD.*?1 mile<.*?Hudson LEAD interest.*?2\d miles<.*?1,\d\d\d miles<", page, re.S
    )


def test_far_from_every_place_the_page_leads_to_asking_for_help(client, three):
    page = client.get("/sites/?near=96910").content.decode()
    assert "No place within 100 miles of 96910" in page
    assert "Ask how to start LEAD where you are" in page


def test_an_empty_list_leads_to_asking_for_help(client, three):
    page = client.get("/sites/?q=zzz").content.decode()
    assert "No place found" in page and 'href="/assistance/">Ask for help to start LEAD' in page


def test_the_count_and_the_filters_in_use_are_said_and_can_be_removed(client, three):
    response = client.get("/sites/?state=ny&stage=exploring")
    assert "1 place</h2>" in response.content.decode()
    assert response.context["active"] == [
        ("state", "New York", "?stage=exploring"),
        ("stage", "Exploring", "?state=ny"),
    ]


def test_each_count_beside_a_filter_keeps_to_the_other_filters(client, three):
    directory = client.get("/sites/?state=ny&stage=exploring").context["directory"]
    stages = {stage: count for stage, count in directory.by_stage.items() if count}
    assert stages == {"exploring": 1, "operating": 1}
    assert directory.by_state.total() == 1 and directory.total == 1


def test_a_year_shows_list_and_map_as_they_were(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    make_change(place, stage=Stage.ENDED, year=2019)
    for year, stage in ((2017, "launched"), (2019, "ended")):
        response = client.get(f"/sites/?year={year}")
        assert [row.current.stage for row in response.context["places"]] == [stage]
        assert [mark.stage for mark in response.context["map"].marks] == [stage]


@pytest.mark.parametrize(
    ("query", "field", "message", "kept"),
    [
        ("near=8750", "near", "five digits", "8750"),
        ("near=00000", "near", "We do not know the ZIP code 00000", "00000"),
        ("near=09001", "near", "military mail", "09001"),
        ("near=<script>", "near", "We do not know a city or county", "&lt;script&gt;"),
        ("near=😀", "near", "Enter a ZIP code, a city or a county", "😀"),
        ("state=zz", "state", "We do not know that state", ""),
        ("stage=certified", "stage", "We do not know that stage", ""),
        ("kind=planet", "kind", "We do not know that kind", ""),
        ("year=1999", "year", "Choose a year from 2011", ""),
        ("year=999999999999999999999", "year", "Choose a year from 2011", ""),
        ("year=２０１７", "year", "Choose a year from 2011", ""),
        ("q=" + "x" * 201, "q", "at most 200", "x" * 201),
    ],
)
def test_a_wrong_filter_is_told_beside_its_field_and_keeps_what_was_typed(
    client, three, query, field, message, kept
):
    response = client.get(f"/sites/?{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert message in str(response.context["form"].errors[field])
    assert f'aria-describedby="id_{field}_error"' in page and f'id="id_{field}_error"' in page
    assert kept in page
    assert len(names(response)) == 3


@pytest.mark.parametrize("number", ["0", "-1", "2", "999999999999", "abc", "１", "1e3", "😀"])
def test_a_page_that_does_not_exist_is_told(client, three, number):
    response = client.get("/sites/", {"page": number})
    assert response.status_code == 200 and len(names(response)) == 3
    assert "There is no such page in this list. This is page 1." in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "near=%00", "state=%00"])
def test_nul_is_refused_at_the_door(client, three, query):
    assert client.get(f"/sites/?{query}").status_code == 400


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "'; DROP TABLE", "%", "_", "\\", "😀", "a\u202eb"]
)
def test_odd_input_is_shown_as_text(client, three, value):
    for name in ("q", "near", "state", "stage", "kind", "year", "certified", "sort", "page"):
        response = client.get("/sites/", {name: value})
        assert response.status_code == 200 and "<script>alert" not in response.content.decode()


def test_pages_keep_the_filters_and_hold_fifty(client):
    make_many_places(120)
    response = client.get("/sites/?sort=name&page=2")
    page = response.content.decode()
    assert len(names(response)) == 50
    assert "?sort=name&amp;page=3" in page and 'aria-current="page">2<' in page
    seen = [name for number in (1, 2, 3) for name in names(client.get(f"/sites/?page={number}"))]
    assert sorted(seen) == sorted(Jurisdiction.objects.values_list("name", flat=True))


def test_a_place_without_a_history_is_listed_as_such(client):
    make_place(stage=None)
    assert "Stage not recorded" in client.get("/sites/").content.decode()


def test_the_present_year_is_the_latest_and_never_the_end_of_a_year(client):
    make_place()
    this_year = timezone.localdate().year
    page = client.get(f"/sites/?year={this_year}").content.decode()
    assert f"end of {this_year}" not in page and "Remove:" not in page

"""What is said of places that are counted only, and of states without any."""

import pytest

from sites.jurisdictions.models import State
from sites.jurisdictions.share_picture import picture_named
from sites.jurisdictions.unnamed import unnamed_in
from tests.jurisdictions.factories import make_place, make_states

pytestmark = pytest.mark.django_db


def make_unnamed(count, *, usps="NM", visibility="counted"):
    for number in range(count):
        make_place(
            name=f"Secret {visibility} {number}", slug=f"{visibility}{number}", usps=usps,
            visibility=visibility, ground="",
        )  # fmt: skip


@pytest.mark.parametrize(("count", "said"), [(0, "none"), (1, "fewer"), (2, "fewer"), (3, "3"), (12, "12")])
def test_a_number_below_three_is_not_said(count, said):
    make_states()
    make_unnamed(count)
    make_unnamed(4, visibility="hidden")
    make_unnamed(4, usps="NY")
    assert unnamed_in(State.objects.get(usps="NM")) == said


@pytest.mark.parametrize(
    ("count", "named", "words"),
    [
        (2, True, "And fewer than 3 more places here that are not named"),
        (3, True, "And 3 more places here that are not named"),
        (1, False, "Fewer than 3 places here are not named"),
        (5, False, "5 places here are not named"),
    ],
)
def test_the_state_s_page_says_how_many_and_nothing_else(client, count, named, words):
    if named:
        make_place()
    make_unnamed(count)
    page = client.get("/sites/nm/").content.decode()
    assert words in page and "Secret" not in page


@pytest.mark.parametrize("address", ["/sites/nm/", "/sites/nm/brief/"])
def test_a_state_whose_places_are_only_counted_is_not_called_one_without_any(client, address):
    make_unnamed(2)
    page = client.get(address).content.decode()
    assert "No place here is named yet" in page and "Fewer than 3 places here are not named" in page
    for untrue in ("No place is recorded", "has not recorded a place", "chose to be"):
        assert untrue not in page
    assert picture_named("nm").lines == ("No place here is named yet",)
    assert "recorded" not in client.get("/sites/embed/?state=nm").content.decode()


def test_the_brief_counts_them_beside_the_named_places(client):
    make_place()
    make_unnamed(3)
    page = client.get("/sites/nm/brief/").content.decode()
    assert "LEAD Santa Fe</a>" in page and "And 3 more places here that are not named" in page


def test_nothing_is_said_where_there_is_nothing_to_say(client):
    make_place()
    make_unnamed(2, visibility="hidden")
    assert "not named" not in client.get("/sites/nm/").content.decode()


@pytest.mark.parametrize("usps", ["OH", "DC", "PR", "GU", "AK", "HI"])
def test_a_state_without_a_place_names_the_nearest_with_their_miles(client, usps):
    make_place()
    make_unnamed(3, usps=usps)
    page = client.get(f"/sites/{usps.lower()}/").content.decode()
    assert (
        "The nearest places in other states" in page
        and 'href="/sites/nm/santa-fe/">LEAD Santa Fe</a>' in page
    )
    near = client.get(f"/sites/{usps.lower()}/").context["nearest"]
    assert [row.place.name for row in near] == ["LEAD Santa Fe"]
    assert 900 < int(near[0].distance.replace(",", "").removesuffix(" miles")) < 7_500

"""The files of changes, narrowed to one state."""

import csv
import io
from xml.etree import ElementTree

import pytest

from sites.jurisdictions.models import State
from sites.jurisdictions.open_data.views import ENTRIES
from sites.jurisdictions.views import HISTORY
from tests.jurisdictions.factories import make_change, make_place

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def names(client, address: str) -> list[str]:
    response = client.get(address)
    return [row["name"] for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))]


def feed_of(client, address: str):
    feed = ElementTree.fromstring(client.get(address).content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    return feed, links


def test_the_changes_of_a_state_are_those_of_its_places_and_of_regions_that_reach_into_it(client):
    make_place(name="Santa Fe")
    make_place(name="Seattle", slug="seattle", usps="WA")
    region = make_place(name="Four Corners", slug="corners", usps="CO", latitude=None, longitude=None)
    region.also_in.add(State.objects.get(usps="NM"))
    make_place(name="Quiet", slug="quiet", visibility="counted")
    assert sorted(names(client, "/sites/changes.csv?state=nm")) == ["Four Corners", "Santa Fe"]
    assert len(names(client, "/sites/changes.csv")) == 3


def test_a_state_has_a_feed_of_its_own_in_pages(client, settings):
    place = make_place(stage=None)
    make_place(name="Seattle", slug="seattle", usps="WA")
    for _ in range(ENTRIES + 1):
        make_change(place, year=2014)
    feed, links = feed_of(client, "/sites/changes.atom?state=nm")
    here = f"{settings.SITE_URL}/sites/changes.atom?state=nm"
    assert feed.findtext(f"{ATOM}title") == "Changes in the places of LEAD: New Mexico"
    assert (links["self"], links["next"]) == (here, f"{here}&page=2")
    assert links["alternate"] == f"{settings.SITE_URL}/sites/nm/"
    rest, _ = feed_of(client, "/sites/changes.atom?state=nm&page=2")
    assert [len(page.findall(f"{ATOM}entry")) for page in (feed, rest)] == [ENTRIES, 1]


@pytest.mark.parametrize("name", ["changes.csv", "changes.atom"])
def test_a_filter_that_the_changes_do_not_have_is_refused_and_not_ignored(client, name):
    make_place()
    response = client.get(f"/sites/{name}?stage=operating&state=nm")
    assert (response.status_code, response.content.decode()) == (
        400,
        "stage: The changes can be narrowed by state only.\n",
    )
    assert client.get(f"/sites/{name}?state=zz").status_code == 400


def test_a_states_page_leads_to_the_changes_of_that_state(client):
    place = make_place()
    for _ in range(HISTORY):
        make_change(place, year=2015)
    assert 'href="/sites/changes.csv?state=nm"' in client.get("/sites/nm/").content.decode()

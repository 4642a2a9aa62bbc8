"""The map in a frame of other people's pages: what it shows, and that only its own frame rule is relaxed."""

import re

import pytest
from django.conf import settings

from sites.jurisdictions.embed import embed_code
from sites.jurisdictions.models import State
from tests.jurisdictions.factories import make_place, make_states

pytestmark = pytest.mark.django_db
EMBED = "/sites/embed/"
FRAMING = ("X-Frame-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy")


def framing(client, address: str) -> dict[str, str | None]:
    response = client.get(address)
    found = {name: response.headers.get(name) for name in FRAMING}
    policy = found.pop("Content-Security-Policy")
    return {**found, **dict(part.strip().split(" ", 1) for part in policy.split(";"))}


@pytest.fixture(autouse=True)
def _one_place():
    make_place()


def test_only_the_frame_rule_is_relaxed(client):
    usual, relaxed = framing(client, "/sites/"), framing(client, EMBED)
    changed = {name: relaxed[name] for name in usual if relaxed[name] != usual[name]}
    assert changed == {
        "X-Frame-Options": None,
        "frame-ancestors": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    assert usual.keys() == relaxed.keys()


@pytest.mark.parametrize("address", ["/", "/sites/", "/sites/nm/", "/sites/nm/santa-fe/", "/assistance/"])
def test_every_other_page_stays_out_of_frames(client, address):
    client.get(EMBED)
    found = framing(client, address)
    assert (found["X-Frame-Options"], found["frame-ancestors"]) == ("DENY", "'none'")
    assert found["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", [EMBED, f"{EMBED}?state=nm", f"{EMBED}?state=zz"])
def test_it_sets_no_cookie_and_asks_search_engines_to_list_the_directory_instead(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert not response.cookies and "Set-Cookie" not in response.headers
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}/sites/">' in page


def test_it_shows_the_country_with_a_legend_and_the_day_of_the_last_change(client):
    page = client.get(EMBED).content.decode()
    assert "<h1>LEAD in the United States</h1>" in page
    assert "LEAD Santa Fe:" in page and "Texas: no place recorded" in page
    assert re.search(r"Operating <b>1</b>", page)
    assert re.search(r"Updated \d{1,2} [A-Z][a-z]+ 20\d\d\.", page)


def test_it_shows_one_state_or_one_stage(client):
    make_place(
        slug="albany", name="Albany LEAD", usps="NY", stage="exploring", latitude=42.7, longitude=-73.8
    )
    state = client.get(f"{EMBED}?state=nm").content.decode()
    stage = client.get(f"{EMBED}?stage=exploring").content.decode()
    assert "<h1>LEAD in New Mexico</h1>" in state and "Albany" not in state and "LEAD Santa Fe" in state
    assert "<h1>LEAD in the United States: exploring</h1>" in stage
    assert "Albany LEAD" in stage and "LEAD Santa Fe" not in stage


def test_a_territory_has_its_map_too_and_a_state_without_places_says_so(client):
    make_place(name="LEAD San Juan", usps="PR", slug="san-juan", latitude=18.46, longitude=-66.1)
    territory = client.get(f"{EMBED}?state=pr").content.decode()
    assert "<h1>LEAD in Puerto Rico</h1>" in territory and "LEAD San Juan" in territory
    assert "No place is named here yet." in client.get(f"{EMBED}?state=wy").content.decode()


@pytest.mark.parametrize("query", ["?state=zz", "?stage=nonsense"])
def test_a_map_that_there_is_not_is_told_within_the_frame(client, query):
    response = client.get(EMBED + query)
    assert response.status_code == 404
    assert "There is no such map" in response.content.decode()
    assert framing(client, EMBED + query)["frame-ancestors"] == "*"


@pytest.mark.parametrize("query", ["", "?state=nm", "?state=pr", "?stage=operating"])
def test_every_link_opens_a_window_of_its_own(client, query):
    links = re.findall(r"<a [^>]*>", client.get(EMBED + query).content.decode())
    assert links and all('target="_blank" rel="noopener"' in link for link in links)


def test_the_directory_offers_the_html_of_the_frame(client):
    page = client.get("/sites/").content.decode()
    code = embed_code()
    assert code == (
        f'<iframe src="{settings.SITE_URL}/sites/embed/" title="LEAD in the United States" width="100%"'
        ' height="680" loading="lazy" frameborder="0"></iframe>'
    )
    assert code.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") in page


def test_the_html_for_a_state_names_it():
    make_states()
    code = embed_code(State.objects.get(usps="NM"))
    assert "/sites/embed/?state=nm" in code and 'title="LEAD in New Mexico"' in code


@pytest.mark.parametrize("query", ["", "?state=nm"])
def test_it_asks_few_queries(client, query, django_assert_max_num_queries):
    client.get(EMBED + query)
    with django_assert_max_num_queries(10):
        client.get(EMBED + query)

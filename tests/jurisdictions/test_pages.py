"""The pages of states and places."""

import pytest

from sites.jurisdictions.models import Stage, State, StateMeasure
from tests.jurisdictions.factories import make_change, make_place, make_states

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_state_shows_its_places_laws_and_history(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014, month=4)
    StateMeasure.objects.create(
        state=place.state, kind="law", title="SB 54", date_label="2025", year=2025, body="A bill.",
        source_title="Legislature", source_url="https://www.nmlegis.gov/",
    )  # fmt: skip
    page = text(client, "/sites/nm/")
    for words in ("LEAD in New Mexico", "LEAD Santa Fe", "SB 54", "nmlegis.gov", "April 2014", "By stage"):
        assert words in page


@pytest.mark.parametrize("slug", ["oh", "dc", "pr", "gu", "vi", "as", "mp", "ak", "hi"])
def test_a_state_without_lead_says_so_and_how_to_start(client, slug):
    make_states()
    state = State.objects.get(usps=slug.upper())
    page = text(client, f"/sites/{slug}/")
    assert f"The Bureau has not recorded a place in {state.in_words}" in page
    assert "Ask for help to start" in page and f"/contact/?about=/sites/{slug}/" in page


@pytest.mark.parametrize("typed", ["NM", "Nm", "new-mexico", "New-Mexico"])
def test_other_ways_to_write_a_state_lead_to_its_address(client, typed):
    make_states()
    response = client.get(f"/sites/{typed}/")
    assert (response.status_code, response["Location"]) == (301, "/sites/nm/")


@pytest.mark.parametrize("typed", ["NM/santa-fe", "nm/Santa-Fe", "new-mexico/santa-fe"])
def test_other_ways_to_write_a_place_lead_to_its_address(client, typed):
    make_place()
    response = client.get(f"/sites/{typed}/")
    assert (response.status_code, response["Location"]) == (301, "/sites/nm/santa-fe/")


@pytest.mark.parametrize(
    "address", ["zz", "nm/nowhere", "zz/santa-fe", "atlantis", "nm/santa-fe/x", "n" * 3000]
)
def test_an_unknown_address_is_not_found(client, address):
    make_place()
    assert client.get(f"/sites/{address}/").status_code == 404


def test_a_place_says_its_stage_with_date_source_and_certainty(client):
    place = make_place(stage=None, checked_on="2026-11-23")
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    make_change(
        place, stage=Stage.OPERATING, year=2021, month=12, day=22, dated_by="report", certainty="unsure",
        source_title="Santa Fe Reporter, 22 December 2021", source_url="https://example.org/a",
    )  # fmt: skip
    page = text(client, "/sites/nm/santa-fe/")
    for words in (
        "As reported on 22 December 2021",
        "Not certain: inferred, old, or from one weak source.",
        'href="https://example.org/a"',
        "23 November 2026, against the source.",
        'href="/sites/nm/santa-fe/wrong/"',
        'href="/assistance/"',
        "The Bureau has not recorded a certificate for this place.",
    ):
        assert words in page


def test_what_is_not_recorded_is_said(client):
    make_place(stage=None)
    page = text(client, "/sites/nm/santa-fe/")
    assert page.count("Not recorded here yet:") == 1 and "Stage not recorded" in page
    missing = page.partition("Not recorded here yet:")[2].partition("</ul>")[0]
    assert all(f"{fact}</a>" in missing for fact in ("County", "Launched", "Agency in charge", "Website"))


def test_an_undated_stage_says_when_the_source_was_read(client):
    make_change(make_place(stage=None), stage=Stage.EXPLORING)
    assert "The source gives no date. We read it on 23 November 2026." in text(client, "/sites/nm/santa-fe/")


@pytest.mark.parametrize(
    ("certainty", "words"),
    [("sure", "Its start is confirmed"), ("unsure", "A source reports or announces its start")],
)
def test_a_launch_is_called_confirmed_only_when_it_is_certain(client, certainty, words):
    make_change(make_place(stage=None), year=2019, certainty=certainty)
    page = text(client, "/sites/nm/santa-fe/")
    assert [said in page for said in ("Its start is confirmed", words)] == [certainty == "sure", True]


def test_the_nearest_places_are_named_with_their_miles(client):
    make_place()
    make_place(slug="albuquerque", name="Bernalillo", latitude=35.1038, longitude=-106.6015)
    page = text(client, "/sites/nm/santa-fe/")
    assert 'href="/sites/nm/albuquerque/">Bernalillo</a> <span class="meta">52 miles, Operating' in page


def test_a_place_without_a_position_names_those_of_its_state(client):
    make_place(latitude=None, longitude=None)
    make_place(slug="other", name="Other LEAD")
    make_place(slug="albany", name="Albany LEAD", usps="NY")
    page = text(client, "/sites/nm/santa-fe/")
    assert "Other places in New Mexico" in page and "Other LEAD" in page and "Albany LEAD" not in page

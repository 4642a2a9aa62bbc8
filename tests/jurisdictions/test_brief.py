"""The two-page briefs: what they say, on which day, and what they leave out."""

import pytest
from django.utils import timezone

from leadbureau.content.models import BureauDetails, Claim, Study
from sites.jurisdictions.brief_fit import clip, whole_or_none, whole_sentences
from sites.jurisdictions.models import Stage, State, StateMeasure
from tests.jurisdictions.factories import make_change, make_place, make_states

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def make_claim(*, on_home=True, order=10, measure="58% lower odds", **fields):
    study, _ = Study.objects.get_or_create(
        slug="seattle",
        defaults={"title": "Arrests in Seattle", "place": "Seattle", "publish_at": timezone.now()},
    )
    return Claim.objects.create(
        study=study, measure=measure, on_home=on_home, order=order,
        **{
            "sentence": f"It says {measure}.", "compared_with": "Others", "people": "318 people",
            "does_not_show": f"Not all of {measure}.", **fields,
        },
    )  # fmt: skip


def test_a_states_brief_names_its_places_with_stage_day_and_certainty_and_its_laws(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014, month=4)
    make_change(place, stage=Stage.OPERATING, year=2021, dated_by="report", certainty="unsure")
    StateMeasure.objects.create(
        state=place.state, kind="law", title="SB 54", date_label="2025", year=2025,
        body="A bill of the U.S. kind. The outcome is not recorded here.", source_title="Legislature", source_url="https://www.nmlegis.gov/",
    )  # fmt: skip
    page = text(client, "/sites/nm/brief/")
    for words in (
        "LEAD in New Mexico",
        "LEAD Santa Fe</a>",
        "<td>2014</td>",
        "reported in 2021; <i>not certain",
    ):
        assert words in page
    assert "<b>2025:</b> SB 54. A bill of the U.S. kind. The outcome is not recorded here.</li>" in page


def test_a_places_brief_tells_its_stage_its_neighbors_and_its_state(client):
    make_place(public_contact="Health Services Office, 555-0100", website="https://lead.example.org/")
    make_place(slug="albuquerque", name="Bernalillo", latitude=35.1038, longitude=-106.6015)
    page = text(client, "/sites/nm/santa-fe/brief/")
    for words in (
        "<h1 id=\"brief-title\">LEAD Santa Fe</h1>", "Bernalillo</a>", "<b>52 miles</b>", "2 places",
        "Health Services Office, 555-0100<br>lead.example.org",
    ):  # fmt: skip
        assert words in page


def test_a_state_without_lead_says_so_how_to_start_and_who_is_nearest(client):
    make_place()
    page = text(client, "/sites/wy/brief/")
    for words in (
        "has not recorded a place in Wyoming",
        "LEAD starts with a few people",
        "LEAD Santa Fe</a>",
    ):
        assert words in page
    assert "in miles from the middle of Wyoming" in page


def test_the_brief_of_today_leads_to_its_dated_address_and_prints_it(client, settings):
    make_place()
    address = f"/sites/nm/brief/?on={timezone.localdate().isoformat()}"
    page = text(client, "/sites/nm/brief/")
    assert f'href="{address}"' in page and page.count(f"{settings.SITE_URL}{address}") == 2
    assert 'name="robots" content="noindex,follow"' in page


@pytest.mark.parametrize("visibility", ["counted", "hidden"])
def test_a_place_that_is_not_named_has_no_brief_and_is_in_none(client, visibility):
    make_place(visibility=visibility, name="Quiet LEAD", slug="quiet")
    make_place()
    assert client.get("/sites/nm/quiet/brief/").status_code == 404
    for address in ("/sites/nm/brief/", "/sites/nm/santa-fe/brief/", "/sites/wy/brief/"):
        assert "Quiet" not in text(client, address)


def test_the_claims_are_the_first_of_the_home_page_in_the_order_of_staff(client):
    make_states()
    make_claim(measure="Not at home", on_home=False, order=1)
    for order, measure in ((40, "fourth"), (30, "third"), (10, "first"), (20, "second")):
        make_claim(measure=measure, order=order)
    page = text(client, "/sites/wy/brief/")
    places = [
        page.find(f"<b>{measure}</b>") for measure in ("first", "second", "third", "fourth", "Not at home")
    ]
    assert 0 < places[0] < places[1] < places[2] and places[3:] == [-1, -1]
    assert page.count("What this does not show") == 3


def test_the_bureau_is_called_by_what_staff_have_entered(client):
    make_states()
    BureauDetails.objects.create(
        pk=1, phone="206-555-0100", email="help@example.org", address="1 Main\nSeattle"
    )
    page = text(client, "/sites/wy/brief/")
    assert "206-555-0100, help@example.org<br>1 Main, Seattle<br>" in page and "/assistance/" in page


@pytest.mark.parametrize(
    ("typed", "address"), [("NM/brief", "nm/brief"), ("new-mexico/Santa-Fe/brief", "nm/santa-fe/brief")]
)
def test_other_ways_to_write_it_lead_to_its_address(client, typed, address):
    make_place()
    response = client.get(f"/sites/{typed}/")
    assert (response.status_code, response["Location"]) == (301, f"/sites/{address}/")


def test_what_finds_no_room_is_counted(client):
    for number in range(40):
        make_place(name=f"Place {number}", slug=f"place-{number}")
    page = text(client, "/sites/nm/brief/")
    shown = page.count('scope="row"')
    assert 8 < shown < 24 and f"And {40 - shown} more places" in page


@pytest.mark.parametrize("address", ["/sites/nm/brief/", "/sites/nm/santa-fe/brief/", "/sites/wy/brief/"])
def test_a_brief_takes_few_queries(client, address, django_assert_max_num_queries):
    for number in range(60):
        make_place(name=f"Place {number}", slug=f"place-{number}")
    make_place()
    make_claim()
    BureauDetails.objects.create(pk=1)
    text(client, address)
    with django_assert_max_num_queries(10):
        text(client, address)


def make_measures(state, *, count, body):
    for number in range(count):
        StateMeasure.objects.create(
            state=state, kind="law", title=f"Law {number}", date_label=f"{2012 + number}", year=2012 + number,
            body=body, source_title="Legislature", source_url="https://www.nmlegis.gov/",
        )  # fmt: skip


def test_laws_and_money_stand_whole_and_the_older_ones_are_counted(client):
    make_place()
    body = "It is said to have helped many people in the state. " * 11 + "The outcome is not recorded here."
    make_measures(State.objects.get(usps="NM"), count=6, body=body)
    page = text(client, "/sites/nm/brief/")
    shown = page.count(f"{body}</li>")
    assert 0 < shown < 6 and page.count("<b>20") == shown and "…" not in page
    assert f"And {6 - shown} more, with sources" in page and "Law 5" in page and "Law 0" not in page


def test_a_law_too_long_for_the_sheet_stands_by_its_date_and_title_alone(client):
    make_place()
    make_measures(State.objects.get(usps="NM"), count=1, body="It helped a lot. " * 400)
    page = text(client, "/sites/nm/brief/")
    assert "<b>2012:</b> Law 0.</li>" in page and "It helped" not in page


def test_claims_that_do_not_fit_beside_each_other_are_fewer_and_whole(client):
    make_states()
    for order in (1, 2, 3):
        limit = "Nobody was assigned at random in this one city. " * 20 + f"End of {order}."
        make_claim(measure=f"claim {order}", order=order, does_not_show=limit)
    page = text(client, "/sites/wy/brief/")
    shown = page.count("What this does not show")
    assert 0 < shown < 3 and f'brief__claims--{shown}"' in page and "…" not in page
    assert ["End of 1." in page, f"End of {shown}." in page, "End of 3." in page] == [True, True, False]


def test_a_claim_longer_than_the_sheet_is_left_to_the_page_with_its_limits(client):
    make_states()
    make_claim(does_not_show="Nobody was assigned at random. " * 400)
    page = text(client, "/sites/wy/brief/")
    assert "longer than this sheet" in page and "58% lower odds" not in page


def test_a_long_summary_is_left_to_the_page(client):
    place = make_place(summary="It began well. " * 40 + "It has ended.")
    State.objects.filter(pk=place.state_id).update(summary="Laws came early. " * 40 + "None is left.")
    assert "It began well" not in text(client, "/sites/nm/santa-fe/brief/")
    assert "Laws came early" not in text(client, "/sites/nm/brief/")


def test_a_short_summary_stands_whole(client):
    make_place(summary="It began well. It has ended.")
    assert "It began well. It has ended.</p>" in text(client, "/sites/nm/santa-fe/brief/")


def test_texts_are_cut_between_sentences():
    assert whole_sentences("One of the U.S. kind. Two. Three!", 27) == "One of the U.S. kind. Two."
    assert whole_sentences("One is long. Two.", 8) == "One is…"
    assert (whole_or_none("One.  Two.", 9), whole_or_none("One.  Two.", 8)) == ("One. Two.", "")


def test_words_are_cut_at_their_ends():
    assert clip("one two  three", 20) == "one two three"
    assert clip("one two three", 12) == "one two…"
    assert clip("x" * 50, 10) == "xxxxxxxxx…"


def test_every_state_has_a_brief(client):
    make_states()
    for state in State.objects.all():
        assert f"LEAD in {state.in_words}" in text(client, f"/sites/{state.slug}/brief/")

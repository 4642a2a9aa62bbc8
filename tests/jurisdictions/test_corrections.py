""" "Is this wrong?": the links on a place's page, and the form behind them."""

import re

import pytest
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.jurisdictions.correctable import FACTS
from sites.jurisdictions.corrections import MOST_AN_HOUR
from sites.jurisdictions.models import Correction
from tests.contact.factories import guard
from tests.jurisdictions.corrections import an_entry, answers
from tests.jurisdictions.factories import make_change

pytestmark = pytest.mark.django_db

PLACE = "/sites/nm/santa-fe/"
ADDRESS = f"{PLACE}wrong/?field=lead_agency"
STAGE = {
    "stage": "paused", "year": "2025", "month": "6", "day": "", "reporter_name": "", "reporter_email": "",
    "source_title": "Santa Fe Reporter, June 3, 2025", "source_url": "https://example.org/a",
}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def test_every_fact_of_an_entry_can_be_corrected_from_its_page(client):
    an_entry(website="https://lead-santafe.org", county="Santa Fe County", county_fips="35049")
    page = text(client.get(PLACE))
    linked = [name for name in FACTS if f'href="{PLACE}wrong/?field={name}"' in page]
    assert set(FACTS) - set(linked) == {"name", "summary", "position", "note"}
    assert 'Is this wrong?<span class="visually-hidden"> Agency in charge</span>' in page
    assert "Census code 35049" in page and f'href="{PLACE}wrong/"' in page


def test_what_is_not_recorded_is_said_once_with_a_way_to_tell_it(client):
    an_entry()
    page = text(client.get(PLACE))
    missing = page.partition("Not recorded here yet:")[2].partition("</ul>")[0]
    assert missing.count("<li>") == 10
    assert '<span class="visually-hidden">Add: </span>County</a>' in missing
    assert "Note" not in missing and "Agency in charge" not in missing


def test_without_a_field_the_reader_chooses_one_first(client):
    an_entry()
    response = client.get(f"{PLACE}wrong/?field=slug")
    page = text(response)
    assert [name for name in FACTS if f'href="?field={name}"' not in page] == []
    assert '<meta name="robots" content="noindex">' in page and not response.cookies


def test_the_form_shows_what_stands_and_is_filled_with_it(client):
    an_entry()
    page = text(client.get(ADDRESS))
    assert '<div class="wrong__text">City of Santa Fe</div>' in page
    assert 'name="proposed" value="City of Santa Fe"' in page
    assert "Is this wrong? Agency in charge" in page and '<meta name="robots" content="noindex">' in page


def test_a_choice_is_offered_as_one_with_what_stands_chosen(client):
    an_entry(setting="urban")
    page = text(client.get(f"{PLACE}wrong/?field=setting"))
    assert '<option value="urban" selected>Urban</option>' in page and "Not recorded" in page


def test_a_correction_is_kept_with_what_stood_and_staff_are_told(client, settings):
    settings.STAFF_EMAILS = ["staff@example.org"]
    place = an_entry()
    response = client.post(ADDRESS, answers())
    row = Correction.objects.get()
    assert response["Location"] == f"{PLACE}wrong/thanks/{row.number}/"
    assert (row.place, row.field, row.was, row.proposed) == (
        place,
        "lead_agency",
        "City of Santa Fe",
        "The Life Link",
    )
    assert (row.origin, row.sheet, row.is_waiting) == ("visitor", None, True)
    assert list(Letter.objects.values_list("name", "to")) == [("correction_staff", "staff@example.org")]
    thanks = text(client.get(response["Location"]))
    assert row.number in thanks and f'href="{PLACE}"' in thanks


def test_the_receipt_repeats_no_words_of_the_sender(client):
    an_entry()
    words = {"reporter_name": "Buy Pills", "reporter_email": "ana@example.org", "proposed": "Cheap pills"}
    client.post(ADDRESS, answers(**words, reason="Come to our shop"))
    letter = Letter.objects.get(name="correction_receipt")
    assert letter.to == "ana@example.org" and Correction.objects.get().number in letter.subject
    assert not [word for word in ("Pills", "pills", "shop") if word in letter.subject + letter.body]


def test_the_same_as_stands_there_is_no_correction(client):
    an_entry()
    page = text(client.post(ADDRESS, answers(proposed="  City of  Santa Fe ", reason="Because")))
    assert "This is what the entry says already." in page and "Because" in page
    assert not Correction.objects.exists()


def test_a_fact_may_be_taken_away_but_not_the_name(client):
    an_entry()
    client.post(ADDRESS, answers(proposed=""))
    assert Correction.objects.get().proposed == ""
    page = text(client.post(f"{PLACE}wrong/?field=name", answers(proposed="")))
    assert "Write what it should say." in page and Correction.objects.count() == 1


def test_what_is_wrong_in_the_form_comes_back_with_everything_typed(client):
    an_entry()
    words = answers(reason="", reporter_name="Ana", reporter_email="ana", proposed="x" * 251)
    page = text(client.post(ADDRESS, words))
    for said in ("Say how you know", "no e-mail address", "251 characters long; at most 250 fit"):
        assert said in page
    assert 'value="Ana"' in page and "x" * 251 in page and not Correction.objects.exists()


def test_a_stage_is_asked_for_with_its_date_and_source(client):
    an_entry()
    client.post(f"{PLACE}wrong/?field=stage", {**guard(), **STAGE})
    row = Correction.objects.get()
    assert row.proposed == "paused\n2025-06\nSanta Fe Reporter, June 3, 2025\nhttps://example.org/a"
    assert row.reason == "Santa Fe Reporter, June 3, 2025\nhttps://example.org/a"
    assert row.was == "operating\n2014\nSanta Fe Reporter"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stage": ""}, "Answer this question"),
        ({"year": ""}, "Write at least the year."),
        ({"year": "soon"}, "There is no such date."),
        ({"year": "2025", "month": "2", "day": "30"}, "There is no such date."),
        ({"year": "2025", "month": "", "day": "3"}, "There is no such date."),
        ({"year": "2099"}, "Choose a year from 2011 to"),
        ({"source_title": ""}, "Say where it is written"),
        ({"source_url": "javascript:alert(1)"}, "This is not the address of a page."),
        ({"stage": "operating", "year": "2014", "month": ""}, "what the entry says already"),
    ],
)
def test_a_stage_that_cannot_be_is_answered_beside_its_field(client, change, said):
    an_entry()
    page = text(client.post(f"{PLACE}wrong/?field=stage", {**guard(), **STAGE, **change}))
    assert said in page and 'class="error-summary"' in page
    assert not Correction.objects.exists()


def test_a_wrong_date_and_a_missing_source_are_told_together(client):
    an_entry()
    words = {**guard(), **STAGE, "year": "soon", "source_title": ""}
    page = text(client.post(f"{PLACE}wrong/?field=stage", words))
    assert "There is no such date." in page and "Say where it is written" in page


def test_what_looks_like_a_machine_is_kept_aside_without_a_letter(client):
    an_entry()
    client.post(ADDRESS, answers(leave_empty="x", reporter_email="ana@example.org"))
    assert Correction.objects.get().quarantined and not Letter.objects.exists()


def test_a_second_click_keeps_one_correction(client):
    an_entry()
    words = answers()
    assert client.post(ADDRESS, words)["Location"] == client.post(ADDRESS, words)["Location"]
    assert Correction.objects.count() == 1


def test_whoever_sends_too_often_is_told_and_loses_nothing(client):
    an_entry()
    for number in range(40):
        client.post(ADDRESS, answers(proposed=f"Agency {number}"))
    response = client.post(ADDRESS, answers(proposed="Agency 41"))
    assert response.status_code == 429 and 'value="Agency 41"' in text(response)
    assert Correction.objects.count() == 40


def test_a_clerk_may_mend_every_fact_of_an_entry_twice_within_the_hour():
    assert 2 * len(FACTS) <= MOST_AN_HOUR


@pytest.mark.parametrize("fact", ["stage", "launched"])
def test_a_browser_may_bring_back_the_date_that_was_typed(client, fact):
    an_entry()
    form = text(client.get(f"{PLACE}wrong/?field={fact}")).partition('name="year"')
    assert form[1] and not re.search(r'<input[^>]*name="(year|day)"[^>]*autocomplete="off"', "".join(form))


@pytest.mark.parametrize("visibility", ["counted", "hidden"])
def test_a_place_that_is_not_public_has_no_such_page(client, visibility):
    an_entry(visibility=visibility)
    assert [client.get(address).status_code for address in (f"{PLACE}wrong/", ADDRESS)] == [404, 404]
    assert client.post(ADDRESS, answers()).status_code == 404


def test_other_ways_to_write_the_address_lead_to_it(client):
    an_entry()
    response = client.get("/sites/NM/Santa-Fe/wrong/?field=county")
    assert (response.status_code, response["Location"]) == (302, f"{PLACE}wrong/?field=county")


def test_no_thanks_for_a_number_that_is_none(client):
    address = reverse("jurisdictions:wrong_thanks", args=["nm", "santa-fe", "CR-222-222-2"])
    assert client.get(address).status_code == 404


def test_a_stage_to_correct_stands_there_with_its_basis_its_certainty_and_its_source(client):
    place = an_entry()
    make_change(place, stage="launched", year=2014, month=4, certainty="unsure", source_title="Mayor")
    make_change(
        place, stage="operating", year=2021, month=12, day=22, dated_by="report", certainty="unsure",
        source_title="Santa Fe Reporter, 22 December 2021",
    )  # fmt: skip
    told = "Operating, reported on 22 December 2021, not certain"
    source = '<p class="meta">Source: Santa Fe Reporter, 22 December 2021</p>'
    assert f"{told}{source}" in text(client.get(f"{PLACE}wrong/?field=stage"))
    launch = 'April 2014, not certain<p class="meta">Source: Mayor</p>'
    assert launch in text(client.get(f"{PLACE}wrong/?field=launched"))
    assert f'<span class="which__now">{told}</span>' in text(client.get(f"{PLACE}wrong/"))


def test_a_launch_that_is_not_recorded_has_no_source(client):
    an_entry()
    page = text(client.get(f"{PLACE}wrong/?field=launched"))
    assert '<div class="wrong__text"><span class="absent">' in page and "Source:" not in page

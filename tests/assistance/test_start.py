"""The way in: who comes, help for a person in need, the start page."""

import re

import pytest

from leadbureau.content.layout import layout
from leadbureau.content.models import BureauDetails
from sites.assistance.doors import ASKERS, IN_NEED
from sites.assistance.models import Request
from sites.assistance.questions import PAGES
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db
WHO, HELP = "/assistance/who/", "/assistance/help-now/"


def read(client, address: str, **query) -> str:
    return client.get(address, query).content.decode()


@pytest.mark.parametrize("who", IN_NEED)
def test_a_person_in_need_and_a_family_member_come_to_help_and_not_to_a_form(client, who):
    assert client.get(WHO, {"who": who, "go": "on"})["Location"] == HELP


@pytest.mark.parametrize("who", ASKERS)
def test_governments_providers_and_groups_come_to_the_request(client, who):
    assert client.get(WHO, {"who": who, "go": "on"})["Location"] == "/assistance/ask/"


def test_press_and_researchers_come_to_the_contact_form_about_press(client):
    address = client.get(WHO, {"who": "press", "go": "on"})["Location"]
    assert address == "/contact/?about=press"
    assert re.search(r'<option value="press" selected', client.get(address).content.decode())


def test_the_question_is_asked_without_complaint_at_first(client):
    page = read(client, WHO)
    assert "error-summary" not in page and page.count('type="radio"') == 6 and " checked" not in page


@pytest.mark.parametrize(
    "query", [{"go": "on"}, {"who": ""}, {"who": "martian"}, {"who": "<script>", "go": "on"}]
)
def test_without_a_choice_the_page_says_so_with_a_link_to_the_first_answer(client, query):
    page = read(client, WHO, **query)
    assert 'href="#id_who_0"' in page and 'id="id_who_0"' in page
    assert 'id="id_who_error"' in page and "<title>Error:" in page.replace("\n", "")
    assert "<script>" not in page


def test_choosing_stores_nothing_and_sets_no_cookie(client):
    client.get(WHO, {"who": "person", "go": "on"}, follow=True)
    assert not Request.objects.exists() and not client.cookies


def test_help_now_has_the_three_numbers_and_addresses_even_when_staff_deleted_every_page(client):
    page = read(client, HELP)
    assert (
        'href="tel:911"' in page and 'href="tel:988"' in page and 'href="https://findtreatment.gov/"' in page
    )


def test_while_no_program_published_a_contact_the_page_says_so_and_leads_to_the_places(client):
    page = read(client, HELP)
    assert "No program has given us a telephone number" in page and 'href="/sites/"' in page
    assert "<select" not in page


def a_program(*, contact="Office of diversion, 555-010-0123", **fields):
    return make_place(public_contact=contact, **fields)


def test_the_published_contact_of_a_running_program_is_shown_for_the_chosen_state(client):
    a_program(name="LEAD Santa Fe")
    assert "555-010-0123" not in read(client, HELP)
    page = read(client, HELP, state="NM")
    assert "LEAD Santa Fe" in page and "555-010-0123" in page and "Contacts in New Mexico" in page


@pytest.mark.parametrize(
    "fields", [{"stage": "ended"}, {"stage": "exploring"}, {"visibility": "hidden"}, {"contact": ""}]
)
def test_no_contact_is_shown_of_a_place_that_does_not_run_or_is_not_public(client, fields):
    a_program(**fields)
    page = read(client, HELP, state="NM")
    assert "555-010-0123" not in page and "No program has given us" in page


def test_the_start_page_leads_through_the_question_and_has_the_door_for_people_in_need_before_it(client):
    page = read(client, "/assistance/")
    assert 0 < page.index(f'href="{HELP}"') < page.index(f'href="{WHO}"')
    assert 'href="/assistance/paper/"' in page and 'href="/assistance/link/"' in page


def test_the_start_page_names_every_topic_with_who_usually_knows(client):
    page = read(client, "/assistance/")
    for asked in PAGES:
        assert f'<th scope="row">{asked.title}</th><td>{asked.knows}</td>' in page


def test_the_start_page_promises_what_the_details_of_the_bureau_say(client):
    BureauDetails.objects.update_or_create(
        pk=1,
        defaults={"reply_days": 8, "federal_name": "Federal help", "federal_url": "https://example.gov/help"},
    )
    page = read(client, "/assistance/")
    assert "Within 8 working days" in page and 'href="https://example.gov/help"' in page


def test_the_door_for_people_in_need_stands_when_staff_deleted_the_page(client):
    assert layout().details.reply_days  # no row is needed for it
    assert 'id="in-need"' in read(client, "/assistance/")

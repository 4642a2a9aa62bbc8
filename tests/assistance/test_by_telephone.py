from uuid import uuid4

import pytest

from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from tests.assistance.desk import ADD, case
from tests.assistance.factories import ANSWERS, a_request, a_state

pytestmark = pytest.mark.django_db
LEAST = {"contact_name": "Sam Lee", "state": "NM", "place": "Taos County", "phone": "575-010-0199"}


def told(**changes) -> dict:
    a_state()
    return {**LEAST, "came": "telephone", "nonce": str(uuid4()), **changes}


def test_a_request_by_telephone_is_received_at_once_with_whatever_was_said(client, caseworker):
    posted = told()
    for _ in range(2):
        response = client.post(ADD, posted)
    row = Request.objects.get()
    assert response.url == case(row)
    assert (row.status, row.place, row.answers()["phone"]) == ("received", "Taos County", "575-010-0199")
    assert [(event.action, event.words, event.by) for event in row.events.all()] == [
        ("started", "", caseworker),
        ("send", "", caseworker),
        ("note", "It came by telephone.", caseworker),
    ]
    assert not Letter.objects.filter(about=row.reference, opens__startswith="assistance.request").exists()


@pytest.mark.parametrize(
    ("came", "note"),
    [("letter", "It came by letter, fax or e-mail."), ("in_person", "It came in person.")],
)
def test_how_it_came_is_written_down(client, caseworker, came, note):
    client.post(ADD, told(came=came))
    assert Request.objects.get().events.last().words == note


def test_with_an_address_it_gets_its_link_and_receipt_like_any_other(client, caseworker):
    client.post(ADD, told(**{**ANSWERS, "phone": ""}))
    row = Request.objects.get()
    receipt = Letter.objects.get(name="assistance/send")
    assert receipt.to == "dana@example.gov" and "[private link]" in receipt.body
    assert receipt.opens == f"assistance.request:{row.pk}" and row.link_opens()


def test_it_needs_a_way_to_answer_and_keeps_what_was_typed(client, caseworker):
    page = client.post(ADD, told(phone="")).text
    assert "Enter an e-mail address or a telephone number" in page and 'value="Taos County"' in page
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    "same", [{"email": "dana@example.gov", "place": "Taos County"}, {"place": "Rio Arriba County"}]
)
def test_staff_are_told_when_the_same_people_or_county_have_asked_already(client, caseworker, same):
    known = a_request(status="received")
    posted = told(**same)
    page = client.post(ADD, posted).text
    assert "It may be there already" in page and f">{known.reference}</a>" in page
    assert Request.objects.get() == known
    client.post(ADD, {**posted, "is_another": "on"})
    assert Request.objects.count() == 2


def test_the_form_asks_every_question_and_marks_what_is_wrong(client, caseworker):
    page = client.post(ADD, told(contact_name="", email="nobody")).text
    assert page.count('class="errorlist"') >= 2 and "Please mend what is marked below." in page
    assert 'name="problem"' in client.get(ADD).text

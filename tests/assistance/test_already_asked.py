""" "Your county has already asked": told once, without who; and asking to join."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.models import JoinRequest
from sites.assistance.moves import Status
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db
OWNER = {"contact_name": "Chief Orla Quist", "email": "orla@example.gov", "agency": "Española Police"}
WORDS = {
    "name": "Dana Ruiz",
    "email": "dana@example.gov",
    "agency": "Rio Arriba Health",
    "words": "We have two nurses.",
}


def an_earlier_request(**fields):
    return a_request(status=Status.RECEIVED, **{**OWNER, **fields})


def at(request, name, **query):
    return reverse(f"assistance:{name}", args=[request.token()], query=query or None)


def page_address(request, slug):
    return reverse("assistance:ask_page", args=[request.token(), slug])


def text(response) -> str:
    return response.content.decode()


def test_saving_the_place_leads_there_once(client):
    an_earlier_request()
    request = a_request(place=None)
    place = {"place": "Rio Arriba County"}
    first = client.post(page_address(request, "your-place"), place)
    assert first["Location"] == at(request, "already", after="your-place")
    second = client.post(page_address(request, "your-place"), place)
    assert second["Location"] == page_address(request, "where-you-stand")


def test_without_an_earlier_request_the_way_goes_on(client):
    request = a_request(place=None)
    response = client.post(page_address(request, "your-place"), {"place": "Rio Arriba County"})
    assert response["Location"] == page_address(request, "where-you-stand")
    assert client.get(at(request, "already"))["Location"] == at(request, "tasks")
    assert client.get(at(request, "join"))["Location"] == at(request, "already")


def test_it_says_when_and_whether_it_is_open_and_nothing_of_who(client):
    earlier, request = an_earlier_request(), a_request()
    for address in (at(request, "already"), at(request, "join"), at(request, "tasks")):
        page = text(client.get(address))
        assert not any(word in page for word in [*OWNER.values(), earlier.reference, earlier.token()])
    page = text(client.get(at(request, "already", after="your-place")))
    assert re.search(r"A request was sent in \w+ \d{4}\. It is open\.", page)
    assert f'href="{page_address(request, "where-you-stand")}"' in page


def test_a_closed_one_is_called_closed(client):
    a_request(status=Status.DECLINED)
    assert "It is closed." in text(client.get(at(a_request(), "already")))


def test_the_list_of_sections_leads_there_again(client):
    an_earlier_request()
    request = a_request()
    assert f'href="{at(request, "already")}"' in text(client.get(at(request, "tasks")))


def test_the_form_to_join_is_filled_from_ones_own_answers_and_says_what_is_passed_on(client):
    an_earlier_request()
    page = text(client.get(at(a_request(), "join")))
    assert 'value="Dana Ruiz"' in page and 'value="dana@example.gov"' in page
    assert 'value="Rio Arriba County"' in page and "you agree that the owner" in page
    assert 'type="radio"' not in page  # there is one only


def test_asking_to_join_writes_to_the_owner_the_asker_and_staff(client, settings):
    settings.STAFF_EMAILS = ["intake@example.org"]
    earlier, request = an_earlier_request(), a_request()
    Letter.objects.all().delete()
    response = client.post(at(request, "join"), WORDS)
    assert response["Location"] == at(request, "already")
    deliver_due()
    to_owner, to_asker, to_staff = (
        next(one for one in mail.outbox if one.to == [to])
        for to in ("orla@example.gov", "dana@example.gov", "intake@example.org")
    )
    for told in ("Dana Ruiz", "dana@example.gov", "Rio Arriba Health", "We have two nurses."):
        assert told in to_owner.body and told not in to_staff.body
    assert earlier.private_link() in to_owner.body and request.private_link() not in to_owner.body
    assert not any(
        word in to_asker.body for word in [*OWNER.values(), earlier.reference, earlier.private_link()]
    )
    assert len(mail.outbox) == 3


def test_the_earlier_request_keeps_who_asked_in_its_history(client):
    earlier, request = an_earlier_request(), a_request()
    client.post(at(request, "join"), WORDS)
    event = earlier.events.get(action="join_asked")
    assert (event.doer, event.words) == ("site", "Dana Ruiz, Rio Arriba Health")
    row = JoinRequest.objects.get()
    assert (row.request, row.asked_from, row.words) == (earlier, request, "We have two nurses.")


def test_asking_twice_asks_once_and_the_page_says_that_it_was_asked(client):
    an_earlier_request()
    request = a_request()
    responses = [client.post(at(request, "join"), WORDS) for _ in range(2)]
    assert {one["Location"] for one in responses} == {at(request, "already")}
    assert JoinRequest.objects.count() == Letter.objects.filter(name="assistance/join_owner").count() == 1
    page = text(client.get(at(request, "already")))
    assert "You have asked to join this one." in page and at(request, "join") not in page


def test_with_several_one_is_chosen(client):
    an_earlier_request()
    chosen, request = an_earlier_request(email="second@example.gov"), a_request()
    page = text(client.post(at(request, "join"), WORDS))
    assert 'href="#id_which_0"' in page and "Choose which request you want to join" in page
    client.post(at(request, "join"), {**WORDS, "which": chosen.pk})
    assert JoinRequest.objects.get().request == chosen


def test_a_second_click_does_not_ask_the_other_one_of_two(client):
    first, other = an_earlier_request(), an_earlier_request()
    request = a_request()
    for _ in range(2):
        client.post(at(request, "join"), {**WORDS, "which": first.pk})
    assert [row.request for row in JoinRequest.objects.all()] == [first]
    page = text(client.get(at(request, "join")))
    assert f'value="{other.pk}"' in page and 'type="radio"' not in page


def test_several_of_one_month_are_told_apart_by_the_same_numbers_on_both_pages(client):
    [an_earlier_request() for _ in range(2)]
    request = a_request()
    for name in ("already", "join"):
        page = text(client.get(at(request, name)))
        assert "Request 1 was sent in" in page and "Request 2 was sent in" in page


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ({}, "Your county has already asked"),
        ({"place_kind": "state", "place": None}, "Your state has already asked"),
    ],
)
def test_the_page_says_what_the_two_have_in_common(client, answers, title):
    a_request(status=Status.RECEIVED, **answers)
    assert f"<h1>{title}</h1>" in text(client.get(at(a_request(**answers), "already")))


def test_a_request_of_another_county_cannot_be_joined(client):
    an_earlier_request()
    other, request = an_earlier_request(place="Taos County"), a_request()
    an_earlier_request()
    page = text(client.post(at(request, "join"), {**WORDS, "which": other.pk}))
    assert "Choose one of the answers shown" in page and not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"words": "See https://example.com"}, "words"),
        ({"words": "x" * 1001}, "words"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_sent(client, change, field):
    an_earlier_request()
    request = a_request()
    letters = Letter.objects.count()
    page = text(client.post(at(request, "join"), {**WORDS, **change}))
    assert f'id="id_{field}_error"' in page and f'href="#id_{field}"' in page
    assert not JoinRequest.objects.exists() and Letter.objects.count() == letters


def test_an_owner_without_an_address_is_told_by_staff_alone(client, settings):
    settings.STAFF_EMAILS = ["intake@example.org"]
    earlier, request = an_earlier_request(), a_request()
    type(earlier).objects.filter(pk=earlier.pk).update(email="")
    client.post(at(request, "join"), WORDS)
    names = set(Letter.objects.filter(name__contains="join").values_list("name", flat=True))
    assert names == {"assistance/staff_join", "assistance/join_receipt"}


def test_a_machine_can_have_nothing_mailed_to_an_owner(client):
    an_earlier_request()
    request = a_request(suspicion="It has 9 links.")
    client.post(at(request, "join"), WORDS)
    assert JoinRequest.objects.count() == 1
    assert not Letter.objects.filter(name__in=["assistance/join_owner", "assistance/join_receipt"]).exists()


def test_too_many_from_one_network_are_refused_with_the_words_kept(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.already.JOINS", 0)
    an_earlier_request()
    response = client.post(at(a_request(), "join"), WORDS)
    assert response.status_code == 429 and "We have two nurses." in text(response)
    assert not JoinRequest.objects.exists()


def test_looking_changes_nothing(client):
    an_earlier_request()
    request = a_request()
    for address in (at(request, "already"), at(request, "join")):
        assert client.get(address)["Cache-Control"] == "no-store, private"
    assert not JoinRequest.objects.exists()

"""The requester and the Bureau write to each other on the request; mail only says that there is something to read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.models import Message, Request
from sites.assistance.models.exchange import LONGEST, SAME_WITHIN
from sites.assistance.moves import NotAllowed, Status, Turn
from tests.assistance.factories import a_request, staff_member

pytestmark = pytest.mark.django_db
SECRET = "The sheriff wavers."


def address(request, name="message"):
    return reverse(f"assistance:{name}", args=[request.token()])


def write(client, request, words=SECRET, **more):
    return client.post(address(request), {"words": words, **more})


def letters_after(before) -> list:
    return [letter for letter in Letter.objects.order_by("pk") if letter.pk not in before]


def known() -> set:
    return set(Letter.objects.values_list("pk", flat=True))


def test_the_requester_writes_and_staff_are_told_without_the_words(client, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    request = a_request(status=Status.IN_REVIEW)
    before = known()
    response = write(client, request)
    assert response["Location"] == address(request, "status") + "?done=message"
    assert [(one.words, one.by) for one in request.messages.all()] == [(SECRET, None)]
    (notice,) = letters_after(before)
    assert (notice.name, notice.to) == ("assistance/staff_message", "desk@example.org")
    assert (
        SECRET not in notice.subject + notice.body
        and f"/admin/assistance/request/{request.pk}/" in notice.body
    )


def test_staff_write_back_and_the_mail_holds_a_link_and_no_content(mailoutbox):
    request = a_request(status=Status.IN_REVIEW)
    before = known()
    Message.objects.write(request, SECRET, by=staff_member())
    (notice,) = letters_after(before)
    assert (notice.name, notice.to) == ("assistance/message", "dana@example.gov")
    deliver_due()
    mail = next(mail for mail in mailoutbox if mail.subject == notice.subject)
    assert SECRET not in mail.subject + mail.body and request.private_link() in mail.body


def test_in_the_requesters_turn_a_message_is_the_answer_and_hands_back(client, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    page = client.get(address(request, "status")).content.decode()
    assert "Send and hand back" in page and "it is our turn again" in page
    before = known()
    assert write(client, request)["Location"].endswith("?done=answered")
    request.refresh_from_db()
    assert (request.turn, request.messages.count()) == (Turn.BUREAU, 1)
    assert [event.action for event in request.history()][-2:] == ["message", "hand_back"]
    assert [letter.name for letter in letters_after(before)] == [
        "assistance/hand_back",
        "assistance/staff_answered",
    ]


def test_the_button_says_no_more_than_send_when_it_is_the_bureaus_turn(client):
    page = client.get(address(a_request(status=Status.IN_REVIEW), "status")).content.decode()
    assert ">Send</button>" in page and "hand back" not in page


def test_a_message_of_staff_leaves_the_turn_with_the_requester():
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    Message.objects.write(request, SECRET, by=staff_member())
    assert Request.objects.get().turn == Turn.REQUESTER


def test_pressing_twice_writes_once(client):
    request = a_request(status=Status.IN_REVIEW)
    assert write(client, request)["Location"] == write(client, request)["Location"]
    assert (request.messages.count(), request.events.filter(action="message").count()) == (1, 1)


def test_pressing_twice_while_it_hands_back_writes_once_and_hands_back_once(client):
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    write(client, request), write(client, request)
    assert (request.messages.count(), request.events.filter(action="hand_back").count()) == (1, 1)


def test_the_same_words_later_or_from_the_other_side_are_a_message_of_their_own():
    request = a_request(status=Status.IN_REVIEW)
    Message.objects.write(request, "Yes.")
    Message.objects.write(request, "Yes.", by=staff_member())
    Message.objects.write(request, "Yes.", now=timezone.now() + SAME_WITHIN + timedelta(seconds=1))
    assert request.messages.count() == 3


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_message_is_refused_beside_its_field_with_the_words_kept(client, words):
    request = a_request(status=Status.IN_REVIEW)
    page = write(client, request, words).content.decode()
    assert request.messages.count() == 0
    assert 'href="#id_words"' in page and "<title>Error: Your request" in page.replace("\n", "")
    assert words.strip() in page


def test_a_draft_and_what_is_held_back_take_no_message(client):
    for request in (a_request(), a_request(status=Status.RECEIVED, suspicion="It has 9 links.")):
        assert write(client, request)["Location"] == address(request, "status")
        with pytest.raises(NotAllowed):
            Message.objects.write(request, SECRET)
    assert not Message.objects.exists()


def test_a_message_to_a_closed_request_is_kept_and_moves_nothing(client):
    request = a_request(status=Status.DECLINED)
    write(client, request)
    request.refresh_from_db()
    assert (request.status, request.turn, request.messages.count()) == (Status.DECLINED, Turn.NOBODY, 1)


def test_a_message_with_the_number_of_a_person_is_shown_first_and_kept_when_confirmed(client):
    request = a_request(status=Status.IN_REVIEW)
    words = "His SSN is 123-45-6789."
    answer = write(client, request, words)
    page, (passage,) = answer.content.decode(), answer.context["passages"]
    assert request.messages.count() == 0
    assert "123-45-6789" in passage.text and f"<mark>{passage.text}</mark>" in page
    assert 'href="#passages"' in page and words in page
    write(client, request, words, confirm=passage.key)
    assert request.messages.get().words == words


def test_markup_in_a_message_is_shown_as_it_was_written(client):
    request = a_request(status=Status.IN_REVIEW)
    write(client, request, "<script>alert(1)</script>")
    page = client.get(address(request, "status")).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


def test_handing_back_after_a_correction_is_a_button_and_twice_is_once(client):
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    assert client.get(address(request, "hand_back")).status_code == 405
    assert client.post(address(request, "hand_back"))["Location"].endswith("?done=hand_back")
    assert client.post(address(request, "hand_back"))["Location"] == address(request, "status")
    request.refresh_from_db()
    assert (request.turn, request.events.filter(action="hand_back").count()) == (Turn.BUREAU, 1)


def test_who_sends_too_often_is_told_so_and_nothing_is_kept(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.exchange.SENDS", 1)
    request = a_request(status=Status.IN_REVIEW)
    write(client, request, "One."), write(client, request, "Two.")
    assert [one.words for one in request.messages.all()] == ["One."]


def test_what_is_written_is_not_readable_in_the_database(django_db_blocker):
    from django.db import connection

    Message.objects.write(a_request(status=Status.IN_REVIEW), SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM assistance_message")
        assert SECRET not in cursor.fetchone()[0]

"""Withdrawing at any open moment, and taking up again within thirty days; both ask back, and twice is once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.moves import NotAllowed, Status, Turn
from tests.assistance.factories import a_request, staff_member
from tests.assistance.standings import STANDINGS

pytestmark = pytest.mark.django_db
OPEN = ["received", "in_review", "asked", "active", "asked_while_active"]


def address(request, name):
    return reverse(f"assistance:{name}", args=[request.token()])


@pytest.mark.parametrize("standing", OPEN)
def test_at_any_open_moment_it_is_withdrawn_after_a_question_back(client, settings, standing):
    settings.STAFF_EMAILS = ["desk@example.org"]
    request = STANDINGS[standing]()
    assert "Withdraw your request?" in client.get(address(request, "withdraw")).content.decode()
    assert Request.objects.get().is_open
    page = client.post(address(request, "withdraw"), follow=True).content.decode()
    assert "Your request is withdrawn." in page and "You withdrew the request." in page
    request.refresh_from_db()
    assert (request.status, request.turn) == (Status.WITHDRAWN, Turn.NOBODY)
    names = list(Letter.objects.order_by("pk").values_list("name", flat=True))
    assert names[-2:] == ["assistance/withdraw", "assistance/staff_withdrawn"]


def test_the_reason_is_free_and_stands_in_the_history(client):
    request = a_request(status=Status.IN_REVIEW)
    client.post(address(request, "withdraw"), {"reason": "The council waits."})
    event = request.history().last()
    assert event.public_sentence() == "You withdrew the request: “The council waits.”"
    assert event.sentence() == "The requester withdrew the request: “The council waits.”"


def test_the_reason_is_in_no_letter(client, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    client.post(address(a_request(status=Status.IN_REVIEW), "withdraw"), {"reason": "The council waits."})
    assert not [letter for letter in Letter.objects.all() if "council" in letter.body + letter.subject]


def test_withdrawing_twice_is_withdrawing_once(client):
    request = a_request(status=Status.IN_REVIEW)
    client.post(address(request, "withdraw")), client.post(address(request, "withdraw"))
    assert request.events.filter(action="withdraw").count() == 1
    assert Letter.objects.filter(name="assistance/withdraw").count() == 1


@pytest.mark.parametrize("standing", ["drafted", "held", "completed", "declined", "referred", "withdrawn"])
def test_what_is_not_open_is_not_withdrawn(client, standing):
    request = STANDINGS[standing]()
    for answer in (client.get(address(request, "withdraw")), client.post(address(request, "withdraw"))):
        assert answer["Location"] == address(request, "status")
    assert request.events.filter(action="withdraw").count() == (standing == "withdrawn")


def test_taking_up_again_says_what_happens_and_until_when(client):
    request = a_request(status=Status.WITHDRAWN)
    Request.objects.update(closed_at=timezone.now().replace(year=2033, month=5, day=2, hour=20))
    request.refresh_from_db()
    page = client.get(address(request, "resume")).content.decode()
    assert "Take your request up again?" in page and "until Wednesday, 1 June 2033" in page
    assert Request.objects.get().status == Status.WITHDRAWN


def test_it_is_taken_up_again_once_and_staff_are_told(client, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    request = a_request(status=Status.WITHDRAWN)
    assert client.post(address(request, "resume"))["Location"] == address(request, "status") + "?done=resume"
    assert client.post(address(request, "resume"))["Location"] == address(request, "status")
    request.refresh_from_db()
    assert (request.status, request.turn, request.closed_at) == (Status.RECEIVED, Turn.BUREAU, None)
    assert request.events.filter(action="resume").count() == 1
    assert Letter.objects.filter(name__in=["assistance/resume", "assistance/staff_resumed"]).count() == 2


def test_the_last_day_counts_to_its_end_and_the_next_one_does_not():
    request = a_request(status=Status.WITHDRAWN)
    closed = timezone.localtime().replace(year=2033, month=5, day=2, hour=8)
    Request.objects.update(closed_at=closed)
    request.refresh_from_db()
    last = closed + timedelta(days=30)
    assert [request.may_resume(last.replace(hour=23)), request.may_resume(last + timedelta(days=1))] == [
        True,
        False,
    ]
    with pytest.raises(NotAllowed):
        request.resume(now=last + timedelta(days=1))


def test_after_the_last_day_there_is_no_button_and_no_way(client):
    request = STANDINGS["withdrawn_long_ago"]()
    page = client.get(address(request, "status")).content.decode()
    assert address(request, "resume") not in page and "Ask for help anew" in page
    assert client.post(address(request, "resume"))["Location"] == address(request, "status")
    assert Request.objects.get().status == Status.WITHDRAWN


def test_what_staff_recorded_as_withdrawn_is_told_so_and_can_be_taken_up_again():
    request = a_request(status=Status.IN_REVIEW)
    request.withdraw(by=staff_member(), reason="Told on the telephone.")
    assert request.history().last().public_sentence() == (
        "The Bureau recorded that you withdrew the request: “Told on the telephone.”"
    )
    assert request.may("resume", "requester")

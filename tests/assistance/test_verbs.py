"""What holds for every verb beside the table: its letter, its lock, its passages to write, its private link."""

import pytest

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.models.answers import NotComplete
from sites.assistance.models.guarded import HasPassages
from sites.assistance.models.letters import Unfinished
from sites.assistance.moves import Doer, NotAllowed, Status, moves_from
from sites.assistance.questions import PAGE_OF
from tests.assistance.factories import WORDS, a_request, staff_member

pytestmark = pytest.mark.django_db


def test_a_request_in_quarantine_is_released_with_its_receipt():
    request = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert Letter.objects.count() == 0
    request.release(by=staff_member())
    assert [letter.name for letter in request.correspondence()] == ["assistance/send"]
    assert request.moves_for(Doer.STAFF) == moves_from(Status.RECEIVED, request.turn, Doer.STAFF)


def test_a_draft_with_gaps_is_not_sent_and_says_what_is_missing():
    request = a_request(state=None, problem=None)
    with pytest.raises(NotComplete) as refusal:
        request.send()
    assert [one.field_id for one in refusal.value.missing] == ["id_state", "id_problem"]


@pytest.mark.parametrize(("words", "refused"), [("", NotComplete), ("Ask for BK#1234567.", HasPassages)])
def test_what_a_colleague_saved_in_the_last_moment_is_looked_at_before_it_is_sent(words, refused):
    began = Request.objects.prefetch_related("pages").get(pk=a_request().pk)
    assert not began.missing()
    Request.objects.get().edit_page(PAGE_OF["the-problem"], {"problem": words}, doer=Doer.COLLEAGUE)
    with pytest.raises(refused):
        began.send()
    assert Request.objects.get().status == Status.DRAFTED


def test_what_stops_the_clock_is_never_held_back():
    with pytest.raises(TypeError):
        a_request(status=Status.IN_REVIEW).ask_more(by=staff_member(), words=WORDS, held=True)


def test_a_letter_with_a_passage_to_write_does_not_leave_and_nothing_moves():
    request = a_request(status=Status.RECEIVED)
    with pytest.raises(Unfinished):
        request.decline(by=staff_member())
    request.refresh_from_db()
    assert request.status == Status.RECEIVED


def test_a_new_decision_stops_the_letter_of_the_old_one_that_has_not_left():
    request = a_request(status=Status.DECLINED)
    request.reopen(by=staff_member())
    states = dict(
        Letter.objects.filter(name__in=["assistance/decline", "assistance/reopen"]).values_list(
            "name", "state"
        )
    )
    assert states == {"assistance/decline": "voided", "assistance/reopen": "waiting"}


def test_when_the_letter_cannot_be_written_the_request_does_not_move(monkeypatch):
    request = a_request(status=Status.RECEIVED)
    monkeypatch.setattr("leadbureau.mail.letters.post", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        request.start_review(by=staff_member())
    request.refresh_from_db()
    assert (request.status, request.events.filter(action="start_review").count()) == (Status.RECEIVED, 0)


def test_of_two_people_who_take_the_same_step_the_second_is_refused():
    first = a_request(status=Status.RECEIVED)
    second = type(first).objects.get(pk=first.pk)
    first.start_review(by=staff_member(), words=WORDS)
    with pytest.raises(NotAllowed):
        second.start_review(by=staff_member(), words=WORDS)
    assert first.events.filter(action="start_review").count() == 1


def test_no_letter_holds_the_private_link_until_it_leaves(mailoutbox):
    request = a_request(status=Status.RECEIVED)
    assert request.token() not in "".join(letter.body for letter in Letter.objects.all())
    deliver_due()
    assert [request.private_link() in mail.body for mail in mailoutbox if mail.to == [request.email]] == [
        True
    ]


def test_who_answered_every_page_is_not_held_back_for_a_quick_first_one():
    request = a_request(status=Status.RECEIVED, suspicion="Sent 1 seconds after the form was opened.")
    assert request.quarantined_at is None
    assert request.correspondence().filter(name="assistance/send").count() == 1

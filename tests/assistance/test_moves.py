import pytest

from leadbureau.mail.models import Letter
from sites.assistance.models.letters import Unfinished
from sites.assistance.models.request import NotComplete
from sites.assistance.moves import MOVES, Doer, NotAllowed, Status, moves_from
from tests.assistance.factories import WORDS, a_request, staff_member

pytestmark = pytest.mark.django_db


def do(request, verb, doer):
    by = staff_member() if doer == Doer.STAFF else None
    words = {"words": WORDS} if verb != "send" else {}
    getattr(request, verb)(by=by, **words)


@pytest.mark.parametrize("doer", Doer)
@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("status", Status)
def test_every_move_is_taken_where_the_table_allows_it_and_nowhere_else(status, verb, doer):
    request = a_request(status=status)
    events, letters = request.events.count(), Letter.objects.count()
    move = MOVES[verb]
    if status in move.before and doer in move.doers:
        do(request, verb, doer)
        assert request.status == move.after
        assert (request.events.count(), Letter.objects.count()) == (events + 1, letters + 1)
    else:
        with pytest.raises(NotAllowed):
            do(request, verb, doer)
        request.refresh_from_db()
        assert (request.status, request.events.count(), Letter.objects.count()) == (status, events, letters)


@pytest.mark.parametrize("status", Status)
def test_the_buttons_shown_are_the_moves_allowed(status):
    request = a_request(status=status)
    for doer in Doer:
        assert request.moves_for(doer) == moves_from(status, doer)


def test_a_request_in_quarantine_has_no_moves_until_it_is_released():
    request = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert (request.moves_for(Doer.STAFF), Letter.objects.count()) == ([], 0)
    request.release(by=staff_member())
    assert [letter.name for letter in Letter.objects.all()] == ["assistance/send"]
    assert request.moves_for(Doer.STAFF) == moves_from(Status.RECEIVED, Doer.STAFF)


def test_a_draft_with_gaps_is_not_sent_and_says_what_is_missing():
    request = a_request(state=None, problem=None)
    with pytest.raises(NotComplete) as refusal:
        request.send()
    assert [(one.page.slug, one.field_id) for one in refusal.value.missing] == [
        ("your-place", "id_state"),
        ("problem-and-help", "id_problem"),
    ]


def test_a_letter_with_a_passage_to_write_does_not_leave_and_nothing_moves():
    request = a_request(status=Status.RECEIVED)
    with pytest.raises(Unfinished):
        request.decline(by=staff_member())
    request.refresh_from_db()
    assert request.status == Status.RECEIVED


def test_a_new_decision_stops_the_letter_of_the_old_one_that_has_not_left():
    request = a_request(status=Status.DECLINED)
    request.reopen(by=staff_member())
    states = dict(Letter.objects.values_list("name", "state"))
    assert states == {
        "assistance/send": "waiting",
        "assistance/decline": "voided",
        "assistance/reopen": "waiting",
    }


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
    first.start_review(by=staff_member())
    with pytest.raises(NotAllowed):
        second.start_review(by=staff_member())


def test_history_is_only_added_to():
    event = a_request(status=Status.RECEIVED).events.first()
    with pytest.raises(TypeError):
        event.save()


def test_every_event_has_a_sentence_for_staff_and_public_ones_one_for_the_requester():
    request = a_request(status=Status.COMPLETED)
    request.reopen(by=staff_member())
    request.assign(to=staff_member(), by=staff_member())
    request.assign(to=None, by=staff_member())
    request.add_note("Called twice.", by=staff_member())
    request.resend_link(by=staff_member())
    told = [event.sentence() for event in request.history()]
    assert told[-4:] == [
        "cass gave the request to cass.",
        "cass took the request from its owner.",
        "cass noted: Called twice.",
        "cass mailed the private link again.",
    ]
    assert not [event for event in request.history() if event.is_public and "cass" in event.public_sentence()]


def test_no_letter_holds_the_private_link_until_it_leaves(mailoutbox):
    from leadbureau.mail.letters import deliver_due

    request = a_request(status=Status.RECEIVED)
    assert request.token() not in "".join(Letter.objects.values_list("body", flat=True))
    deliver_due()
    assert request.private_link() in mailoutbox[0].body


def test_who_answered_every_page_is_not_held_back_for_a_quick_first_one():
    request = a_request(status=Status.RECEIVED, suspicion="Sent 1 seconds after the form was opened.")
    assert request.quarantined_at is None
    assert Letter.objects.filter(about=request.reference, name="assistance/send").count() == 1

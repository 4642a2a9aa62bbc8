"""The letters about a request: each says the reference, whose turn it is, what comes next, and nothing unfilled."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.template import engines
from django.utils import timezone

from leadbureau.mail import letters
from leadbureau.mail.models import Letter
from leadbureau.mail.models.letter import PAUSES
from leadbureau.mail.reading import as_html, as_text
from sites.assistance.models import Request
from sites.assistance.models.letters import in_words
from sites.assistance.moves import MOVES, RESUMED_WITHIN, Doer, Status, Turn
from tests.assistance.factories import ANSWERS, WORDS, a_request, staff_member
from tests.mail import samples

pytestmark = pytest.mark.django_db

OF_MOVES = [move for move in MOVES.values() if move.has_letter]
TURNS = {
    Turn.BUREAU: "Whose turn it is: ours",
    Turn.REQUESTER: "Whose turn it is: yours",
    Turn.NOBODY: "Whose turn it is: nobody's.",
}
PROMISING = ("send", "start_review", "hand_back", "resume", "reopen")
KINDS = [name for name in samples.names() if name.startswith("assistance/")]
TO_STAFF = [name for name in KINDS if name.startswith("assistance/staff_")]


def sample(name: str):
    return samples.words(name, a_request(status=Status.RECEIVED))


@pytest.mark.parametrize("name", samples.names())
def test_every_letter_of_the_site_reads_without_a_gap_as_text_and_as_a_page(monkeypatch, name):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "[missing: %s]")
    words = sample(name)
    for text in (words.subject, as_text(words.body), as_html(words.subject, words.body)):
        assert re.findall(r"[\[\]{}]|\bNone\b(?! yet)|\(\)|“”", text) == []
    assert "\n\n\n" not in as_text(words.body)


@pytest.mark.parametrize("name", [move.letter for move in OF_MOVES])
def test_a_letter_of_a_move_names_the_request_in_its_subject_and_leads_to_its_page(name):
    request = a_request(status=Status.RECEIVED)
    words = samples.words(name, request)
    assert request.reference in words.subject
    assert f"Reference: {request.reference}" in words.body
    assert f": {request.private_link()}\n" in words.body


@pytest.mark.parametrize("move", OF_MOVES, ids=lambda move: move.verb)
def test_a_letter_says_whose_turn_it_is_as_the_table_has_it(move):
    body = sample(move.letter).body
    told = [turn for turn, words in TURNS.items() if words in body]
    assert told == [move.turn or Turn.BUREAU]  # the review begins in the Bureau's turn and stays there


@pytest.mark.parametrize("move", OF_MOVES, ids=lambda move: move.verb)
def test_a_day_is_promised_only_where_an_answer_is_owed(move):
    body = sample(move.letter).body
    assert ("An answer by: " in body) is (move.verb in PROMISING)


def test_once_help_has_been_agreed_no_letter_promises_an_answer_to_the_request():
    request = a_request(status=Status.ACTIVE, then=["ask_more", "hand_back"])
    assert "An answer by" not in Letter.objects.get(name="assistance/hand_back").body
    assert request.answer_by is None


def test_the_promised_day_of_a_letter_is_that_of_the_request():
    request = a_request(status=Status.RECEIVED)
    receipt = Letter.objects.get(name="assistance/send")
    assert f"An answer by: {in_words(request.answer_by)}" in receipt.body


def test_the_receipt_has_every_question_with_its_answer_in_text_and_on_the_page():
    request = a_request(status=Status.RECEIVED, problem="Jail & court are\n\nwhere people end.")
    letters.deliver_due()
    receipt = next(one for one in mail.outbox if "arrived" in one.body)
    flat = " ".join(receipt.body.split())
    page = receipt.alternatives[0].content
    for _, answered in request.chapters():
        for one in answered:
            assert one.question.label in flat
            assert all(" ".join(line.split()) in flat for line in one.text.splitlines())
    assert "Jail &amp; court are" in page and "where people end." in page


def test_the_letter_with_the_link_fits_a_draft_and_a_request_that_was_sent():
    draft, sent = a_request(), a_request(status=Status.RECEIVED)
    assert "Nobody at the Bureau reads it before you send it" in samples.words("assistance/link", draft).body
    body = samples.words("assistance/link", sent).body
    assert "the request that you sent" in body and "begun" not in body


def test_who_withdraws_is_told_how_long_it_can_be_taken_back():
    assert f"within {RESUMED_WITHIN.days} days" in sample("assistance/withdraw").body


@pytest.mark.parametrize("name", TO_STAFF)
def test_a_notice_to_staff_names_the_request_and_holds_nothing_that_anybody_wrote(name):
    request = a_request(status=Status.RECEIVED, problem="Secret words", phone="505-555-0177")
    words = samples.words(name, request)
    assert request.reference in words.subject and "/admin/" in words.body
    for told in ("Dana", "Lee", "Alma", "example.gov", "Secret", "0177", ANSWERS["role"], "private"):
        assert told not in words.subject + words.body


@pytest.mark.parametrize("name", KINDS)
def test_no_button_of_a_letter_about_a_request_is_without_words(name):
    assert "Open the page</a>" not in as_html(*sample(name))


def test_each_move_writes_one_letter_that_reaches_the_requester_with_the_link():
    request = a_request(
        status=Status.COMPLETED, then=["reopen", "ask_more", "hand_back", "decline", "reopen"]
    )
    written = Letter.objects.filter(name__in=[move.letter for move in OF_MOVES])
    assert sorted(letter.name.partition("/")[2] for letter in written) == sorted(
        ["send", "activate", "complete", "reopen", "ask_more", "hand_back", "decline", "reopen"]
    )
    letters.deliver_due()
    assert all(request.private_link() in one.body for one in mail.outbox if one.to == [request.email])


# A new decision voids what has not left ----------------------------------------------------------------


def declined(request: Request, **options) -> Letter:
    request.decline(by=staff_member(), words=WORDS, **options)
    return Letter.objects.get(name="assistance/decline")


def reopened(request: Request) -> list[tuple[str, str]]:
    """The letters of moves after another decision: kind and state, the older first."""
    request.reopen(by=staff_member(), words=WORDS)
    rows = Letter.objects.filter(name__in=["assistance/decline", "assistance/reopen"]).order_by("pk")
    return [(letter.name.partition("/")[2], letter.state) for letter in rows]


VOIDED = [("decline", "voided"), ("reopen", "waiting")]


def test_a_new_decision_voids_a_letter_that_is_held_back():
    request = a_request(status=Status.RECEIVED)
    declined(request, held=True)
    assert reopened(request) == VOIDED


def test_a_new_decision_voids_a_letter_that_waits():
    request = a_request(status=Status.RECEIVED)
    declined(request)
    assert reopened(request) == VOIDED


def test_a_new_decision_voids_a_letter_that_could_not_be_sent():
    request = a_request(status=Status.RECEIVED)
    letter = declined(request)
    letter.claim()
    letter.mark_missed("no such address", final=True)
    assert reopened(request) == VOIDED


def test_a_letter_in_a_workers_hand_is_not_tried_again_after_a_new_decision():
    request = a_request(status=Status.RECEIVED)
    letter = declined(request)
    letter.claim()
    assert reopened(request) == [("decline", "waiting"), ("reopen", "waiting")]
    letter.mark_missed("timed out")
    assert (
        letters.deliver_due(timezone.now() + sum(PAUSES, timedelta())) == 2
    )  # the receipt and the new letter
    assert not [one for one in mail.outbox if "declined" in one.subject] and letter.state == "voided"


def test_the_receipt_and_what_was_sent_stay_whatever_is_decided():
    request = a_request(status=Status.RECEIVED)
    letters.deliver_due()
    declined(request)
    reopened(request)
    assert Letter.objects.get(name="assistance/send").state == "sent"


def test_a_held_letter_is_not_shown_to_the_requester_before_it_is_released():
    request = a_request(status=Status.RECEIVED)
    letter = declined(request, held=True)
    assert letter not in request.correspondence()
    letter.release(by=staff_member())
    assert letter in request.correspondence()


def test_a_withdrawal_by_the_requester_stops_what_staff_hold_back():
    request = a_request(status=Status.RECEIVED)
    letter = declined(a_request(status=Status.RECEIVED), held=True)
    own = Letter.objects.about(request.reference)
    request.activate(by=staff_member(), words=WORDS, held=True)
    request.withdraw()
    letter.refresh_from_db()
    assert (own.get(name="assistance/activate").state, letter.state) == ("voided", "drafted")
    assert MOVES["withdraw"] not in request.moves_for(Doer.REQUESTER)

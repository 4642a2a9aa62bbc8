from uuid import uuid4

import pytest

from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.moves import Status, Turn
from sites.jurisdictions.models import Jurisdiction
from tests.assistance.desk import case, letter, step
from tests.assistance.factories import ANSWERS, WORDS, a_request, a_state, staff

pytestmark = pytest.mark.django_db


def left(name: str) -> Letter:
    return Letter.objects.get(name=f"assistance/{name}")


def test_looking_at_a_button_presses_it_not(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    before = row.events.count(), Letter.objects.count()
    for verb in ("start-review", "ask-more", "activate", "decline", "refer", "withdraw"):
        assert client.get(step(row, verb)).status_code == 200
    row.refresh_from_db()
    assert (row.status, (row.events.count(), Letter.objects.count())) == (Status.RECEIVED, before)


def test_a_move_sends_its_letter_as_the_caseworker_changed_it(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    asked = letter(client, row, "start_review")
    assert row.reference in asked["subject"] and "Hello Dana Ruiz," in asked["body"]
    client.post(
        step(row, "start_review"), {**asked, "subject": "On it", "body": "We read.\r\n[private link]"}
    )
    row.refresh_from_db()
    sent = left("start_review")
    assert (row.status, sent.subject, sent.body, sent.state) == (
        Status.IN_REVIEW,
        "On it",
        "We read.\n[private link]\n",
        "waiting",
    )


def test_asking_for_more_puts_what_is_needed_into_the_letter_and_hands_the_turn_over(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    client.post(step(row, "ask_more"), letter(client, row, "ask_more", needed="The letter of the chief."))
    row.refresh_from_db()
    assert (row.status, row.turn, row.clock_runs) == (Status.IN_REVIEW, Turn.REQUESTER, False)
    assert "\n\nThe letter of the chief.\n\n" in left("ask_more").body


def test_the_letter_that_accepts_holds_the_plan_and_the_peer_places_and_both_are_kept(
    client, caseworker, site
):
    row = a_request(status=Status.IN_REVIEW)
    form = client.get(step(row, "activate")).context["form"]
    peer = form.fields["peers"].queryset[0]
    client.post(
        step(row, "activate"),
        letter(client, row, "activate", plan="We come in May.\n\nYou invite.", peers=[peer.pk]),
    )
    row.refresh_from_db()
    assert (row.status, row.plan, list(row.peers.all())) == (
        Status.ACTIVE,
        "We come in May.\n\nYou invite.",
        [peer],
    )
    body = left("activate").body
    assert "We come in May.\n\nYou invite." in body and f"{peer}, {peer.state.name}: http" in body
    assert "[" not in body.replace("[private link]", "")


def test_without_peer_places_the_letter_does_not_lead_up_to_any(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    client.post(step(row, "activate"), letter(client, row, "activate", plan="We come in May."))
    body = left("activate").body
    assert "[peers]" not in body and "have done it before" not in body and "We come in May." in body


def test_only_public_places_that_have_lead_are_offered_as_peers(client, caseworker, site):
    row, hidden = a_request(status=Status.IN_REVIEW), Jurisdiction.objects.get(name="Albany LEAD")
    Jurisdiction.objects.filter(pk=hidden.pk).update(visibility="counted")
    form = client.get(step(row, "activate")).context["form"]
    offered = form.fields["peers"].queryset
    assert offered.exists() and hidden not in offered
    assert {place.stage for place in offered} <= {"launched", "operating"}
    assert row.jurisdiction not in offered


def test_a_plan_whose_mark_was_deleted_from_the_letter_is_not_lost_silently(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    asked = letter(client, row, "activate", plan="We come in May.")
    page = client.post(step(row, "activate"), {**asked, "body": "Yes."}).text
    assert "Write [plan] where “The plan” belongs" in page
    client.post(step(row, "activate"), {**asked, "body": "Yes. We come in May."})
    assert left("activate").body == "Yes. We come in May.\n"


def test_a_letter_with_a_gap_comes_back_with_its_words(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    asked = letter(client, row, "activate", plan="We come.")
    page = client.post(step(row, "activate"), {**asked, "body": "[plan] On [which day]?"}).text
    assert "Put your own words in place of [which day]" in page and "[plan] On [which day]?" in page
    row.refresh_from_db()
    assert row.status == Status.IN_REVIEW


def test_declining_asks_why_first_and_writes_reason_and_better_door_into_the_letter(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    first = client.get(step(row, "decline")).text
    assert "Nobody at the Bureau is free in time" in first and 'name="body"' not in first
    asked = letter(client, row, "decline", reason="no_capacity")
    assert "bound for longer than you can wait" in asked["why"]
    client.post(step(row, "decline"), {**asked, "door": "Ask Taos."})
    row.refresh_from_db()
    body = left("decline").body
    assert (row.status, row.decline_reason) == (Status.DECLINED, "no_capacity")
    assert "bound for longer than you can wait" in body and "\n\nAsk Taos.\n\n" in body


def test_nothing_is_declined_without_a_known_reason(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    for reason in ("", "whim"):
        client.post(
            step(row, "decline"), {"reason": reason, "why": "x", "door": "y", "body": "z", "subject": "z"}
        )
    assert Request.objects.get().status == Status.RECEIVED


def test_a_request_is_referred_to_the_federal_offer_or_to_a_peer_place(client, caseworker, site):
    row, other = a_request(status=Status.IN_REVIEW), a_request(status=Status.ACTIVE, email="b@example.gov")
    client.post(step(row, "refer"), letter(client, row, "refer", to="bja_cossup"))
    peer = client.get(step(other, "refer"), {"to": "peer"}).context["form"].fields["peers"].queryset[0]
    client.post(step(other, "refer"), letter(client, other, "refer", to="peer", peers=[peer.pk]))
    for one in (row, other):
        one.refresh_from_db()
    assert [(one.status, one.referred_to) for one in (row, other)] == [
        (Status.REFERRED, "bja_cossup"),
        (Status.REFERRED, "peer"),
    ]
    bodies = {one.about: one.body for one in Letter.objects.filter(name="assistance/refer")}
    assert "COSSUP" in bodies[row.reference] and str(peer) in bodies[other.reference]
    assert list(other.peers.all()) == [peer]


def test_completing_keeps_what_was_done(client, caseworker):
    row = a_request(status=Status.ACTIVE)
    page = client.post(step(row, "complete"), letter(client, row, "complete")).text
    assert "This field is required." in page
    client.post(step(row, "complete"), letter(client, row, "complete", results=["training", "site_visit"]))
    row.refresh_from_db()
    assert (row.status, set(row.results.split())) == (Status.COMPLETED, {"training", "site_visit"})
    assert "People were trained" in client.get(case(row)).text


@pytest.mark.parametrize("status", [Status.DECLINED, Status.COMPLETED, Status.REFERRED, Status.WITHDRAWN])
def test_what_is_closed_is_reopened_with_a_letter(client, caseworker, status):
    row = a_request(status=status)
    client.post(step(row, "reopen"), letter(client, row, "reopen"))
    row.refresh_from_db()
    assert (row.status, row.turn, left("reopen").state) == (Status.IN_REVIEW, Turn.BUREAU, "waiting")


def test_withdrawing_on_their_behalf_is_confirmed_at_once(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    asked = letter(client, row, "withdraw")
    assert "when" not in asked
    client.post(step(row, "withdraw"), asked)
    row.refresh_from_db()
    assert (row.status, left("withdraw").state) == (Status.WITHDRAWN, "waiting")


def test_asking_for_more_is_mailed_at_once_as_it_stops_our_clock(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    asked = letter(client, row, "ask_more", needed="The budget.")
    assert "when" not in asked
    client.post(step(row, "ask_more"), {**asked, "when": "later"})
    assert (Request.objects.get().turn, left("ask_more").state) == (Turn.REQUESTER, "waiting")


def test_a_letter_may_wait_for_a_second_look_while_the_request_moves(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    client.post(step(row, "activate"), letter(client, row, "activate", plan="In May.", when="later"))
    row.refresh_from_db()
    assert (row.status, left("activate").state) == (Status.ACTIVE, "drafted")
    assert "waits for somebody to release it" in client.get(case(row)).text


def test_the_letter_is_shown_as_it_will_leave_before_anything_happens(client, caseworker):
    row = a_request(status=Status.IN_REVIEW)
    asked = letter(client, row, "activate", plan="We come in May.")
    page = client.post(step(row, "activate"), {**asked, "preview": "Show"}).text
    shown = page.partition("The letter as it will leave</h2>")[2].partition("Nothing is sent yet.")[0]
    assert "To: dana@example.gov" in shown and "<p>We come in May.</p>" in shown
    row.refresh_from_db()
    assert row.status == Status.IN_REVIEW


def test_somebody_without_an_address_is_asked_for_no_letter(client, caseworker):
    a_state()
    told = {**ANSWERS, "email": "", "phone": "575-010-0199"}
    row = Request.objects.take_by_phone(told, by=caseworker, nonce=uuid4())
    page = client.get(step(row, "decline"), {"reason": "other"}).text
    assert 'name="body"' not in page and "There is no e-mail address" in page
    client.post(step(row, "decline"), {"reason": "other", "why": "Said by telephone.", "door": "Taos."})
    row.refresh_from_db()
    assert (row.status, Letter.objects.filter(name="assistance/decline").exists()) == (Status.DECLINED, False)


def test_a_double_click_is_one_move_and_no_complaint(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    asked = letter(client, row, "start_review")
    for _ in range(2):
        page = client.post(step(row, "start_review"), asked, follow=True)
    assert page.redirect_chain == [(case(row), 302)] and "cannot be done" not in page.text
    assert Letter.objects.filter(name="assistance/start_review").count() == 1


def test_of_two_caseworkers_the_second_is_told_by_whom_and_loses_no_word(client, caseworker):
    row, mel = a_request(status=Status.IN_REVIEW), staff(username="mel", first_name="Mel", last_name="Ruiz")
    asked = letter(client, row, "activate", plan="My long plan.")
    row.decline(by=mel, words=WORDS)
    response = client.post(step(row, "activate"), asked)
    assert response.status_code == 409
    assert "Mel Ruiz has changed the request meanwhile" in response.text and "My long plan." in response.text
    row.refresh_from_db()
    assert row.status == Status.DECLINED


def test_what_others_did_meanwhile_is_shown_once_before_a_button_works(client, caseworker):
    row, mel = a_request(status=Status.IN_REVIEW), staff(username="mel")
    page = client.get(step(row, "activate"))
    asked = {**letter(client, row, "activate", plan="In May."), "seen": page.context["seen"]}
    row.add_note("They called.", by=mel)
    again = client.post(step(row, "activate"), asked)
    row.refresh_from_db()
    assert row.status == Status.IN_REVIEW
    assert "Private note, mel" in again.text and "In May." in again.text
    client.post(step(row, "activate"), {**asked, "seen": again.context["seen"]})
    row.refresh_from_db()
    assert row.status == Status.ACTIVE


def test_a_button_that_is_not_there_leads_back_to_the_case(client, caseworker):
    a_state()
    row = a_request(status=Status.DECLINED)
    for verb in ("activate", "no-such-thing"):
        assert client.get(step(row, verb)).url == case(row)

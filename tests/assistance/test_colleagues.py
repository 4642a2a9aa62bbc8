"""A section in a colleague's hands: what they see, what they may do, who is told, and how it ends."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.models import Answers, Request, Share
from sites.assistance.models.sharing import MOST_A_DAY, CannotShare, remind_colleagues
from sites.assistance.moves import NotAllowed, Status
from sites.assistance.questions import PAGE_OF, PAGES
from tests.assistance.factories import a_request, posted, staff_member

pytestmark = pytest.mark.django_db
PROBLEM = PAGE_OF["the-problem"]
RAY = {"name": "Ray Ortega", "email": "ray@example.gov", "note": "By Friday, please."}


def share_address(request, slug="the-problem"):
    return reverse("assistance:share", args=[request.token(), slug])


def section(share):
    return reverse("assistance:colleague", args=[share.token()])


def handed(request=None, **changes) -> Share:
    return Share.hand_over(request or a_request(), PROBLEM, **{**RAY, **changes})


def letters(name) -> list[Letter]:
    return list(Letter.objects.filter(name=f"assistance/{name}"))


# Handing over --------------------------------------------------------------------------------------------


def test_a_colleague_gets_a_letter_with_their_own_link_and_who_typed_their_address(client):
    request = a_request()
    client.post(share_address(request), RAY)
    share = Share.objects.get()
    deliver_due()
    letter = next(one for one in mail.outbox if one.to == ["ray@example.gov"])
    assert share.private_link() in letter.body and request.private_link() not in letter.body
    assert "Dana Ruiz typed your e-mail address" in letter.body and "> By Friday, please." in letter.body
    assert request.events.get(action="share").words == "Ray Ortega"


def test_a_second_click_hands_over_once(client):
    request = a_request()
    for _ in range(2):
        assert client.post(share_address(request), RAY).status_code == 302
    assert (Share.objects.count(), len(letters("colleague_ask"))) == (1, 1)


def test_a_section_has_one_colleague_at_a_time_and_may_be_handed_over_again_after():
    request = a_request()
    first = handed(request)
    with pytest.raises(CannotShare), transaction.atomic():
        handed(request, name="Kim Lee")
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(request=request, page=PROBLEM.slug, name="Kim", email="kim@example.gov")
    first.finish()
    assert handed(request, name="Kim Lee").is_current


def test_what_is_wrong_comes_back_with_the_words_and_mails_nobody(client):
    request = a_request()
    wrong = {"name": "Ray", "email": "ray", "note": "See https://example.com " + "long " * 200}
    page = client.post(share_address(request), wrong).content.decode()
    assert 'value="ray"' in page and "See https://example.com" in page and 'href="#id_note"' in page
    assert not Share.objects.exists()


@pytest.mark.parametrize("field", ["name", "note"])
def test_a_web_address_cannot_be_mailed_to_strangers(client, field):
    page = client.post(share_address(a_request()), {**RAY, field: "www.example.com"}).content.decode()
    assert "Leave web addresses out" in page
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"suspicion": "It has 9 links."}, "suspect"),
        ({"agency": "Win at https://example.com"}, "suspect"),
        ({"contact_name": None}, "nobody"),
        ({"email": None}, "nobody"),
        ({"status": Status.IN_REVIEW}, "over"),
    ],
)
def test_a_request_that_may_not_write_to_strangers_does_not(client, made, reason):
    request = a_request(**made)
    with pytest.raises(CannotShare) as refusal:
        handed(request)
    assert refusal.value.reason == reason
    client.post(share_address(request), RAY)
    assert not letters("colleague_ask") and not Share.objects.exists()


def test_who_was_only_quick_on_the_first_page_and_went_on_may_hand_over():
    assert handed(a_request(suspicion="Sent 2 seconds after the form was opened.")).is_current


def test_one_request_writes_few_letters_to_colleagues_a_day():
    request = a_request()
    share = handed(request)
    for _ in range(MOST_A_DAY - 1):
        share.mail_again()
    with pytest.raises(CannotShare):
        share.mail_again()
    assert len(letters("colleague_ask")) == MOST_A_DAY
    Letter.objects.update(created_at=timezone.now() - timedelta(days=2))
    share.mail_again()


def test_one_network_writes_few_letters_to_colleagues_an_hour(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.sharing.HANDED", 1)
    client.post(share_address(a_request()), RAY)
    answer = client.post(share_address(a_request()), RAY)
    assert answer.status_code == 429 and 'value="Ray Ortega"' in answer.content.decode()
    assert Share.objects.count() == 1


def test_the_first_page_is_not_handed_over_as_it_says_where_the_link_is_mailed(client):
    request = a_request()
    assert client.get(share_address(request, "about-you"))["Location"] == reverse(
        "assistance:tasks", args=[request.token()]
    )
    with pytest.raises(CannotShare):
        Share.hand_over(request, PAGES[0], **RAY)


# The colleague's page ------------------------------------------------------------------------------------


def test_a_colleague_sees_that_section_alone_who_asks_and_the_note(client):
    request = a_request(steps="A secret of another section.")
    page = client.get(section(handed(request))).content.decode()
    assert all(question.label in page for question in PROBLEM.questions)
    assert "Dana Ruiz asks for your help" in page and "By Friday, please." in page
    assert "Rio Arriba County" in page and "Jail is where people end." in page
    assert "A secret of another section." not in page and "dana@example.gov" not in page
    assert request.token() not in page and request.reference not in page


def test_a_colleague_saves_whatever_is_missing_and_saves_again(client):
    request = a_request(problem=None)
    share = handed(request)
    page = client.post(
        section(share), {"served": "Few people.", "version": "0"}, follow=True
    ).content.decode()
    assert "Saved. Dana Ruiz sees it too." in page and "Few people." in page
    client.post(section(share), {"problem": "Nights in jail.", "served": "Few people."})
    found = Request.objects.get().answers()
    assert (found["problem"], found["served"]) == ("Nights in jail.", "Few people.")
    assert Share.objects.get().is_current


def test_a_colleague_cannot_change_what_stands_in_another_section(client):
    request = a_request()
    client.post(section(handed(request)), {**posted(4), "email": "thief@example.gov", "stage": "operating"})
    found = Request.objects.get()
    assert (found.email, found.answers()["stage"]) == ("dana@example.gov", "exploring")


def test_having_finished_thanks_tells_the_requester_and_closes_the_page(client):
    request = a_request()
    share = handed(request)
    done = {**posted(4, problem="Nights in jail."), "do": "finish"}
    page = client.post(section(share), done, follow=True).content.decode()
    assert "Thank you. You have finished this section" in page and "hand the section to you again" in page
    letter = letters("colleague_done")[0]
    assert letter.to == "dana@example.gov" and "Ray Ortega has finished" in letter.body
    event = request.events.get(action="share_done")
    assert (event.doer, event.words) == ("colleague", "Ray Ortega")
    client.post(section(share), {**done, "problem": "Changed after."})
    assert Request.objects.get().answers()["problem"] == "Nights in jail."


def test_finishing_twice_is_finishing_once():
    share = handed()
    share.finish()
    Share.objects.get().finish()
    assert (len(letters("colleague_done")), share.request.events.filter(action="share_done").count()) == (
        1,
        1,
    )


def test_a_wrong_answer_holds_the_finishing_up(client):
    share = handed()
    page = client.post(section(share), {**posted(4, problem="w" * 5000), "do": "finish"}).content.decode()
    assert "Shorten this to 4000" in page and "w" * 5000 in page
    assert Share.objects.get().is_current


def test_a_colleague_of_a_sent_request_leaves_it_whole_and_the_change_is_recorded(client):
    request = a_request(status=Status.RECEIVED)
    share = handed(request)
    client.post(section(share), posted(4, problem=""))
    client.post(section(share), posted(4, problem="Nights in jail."))
    assert Request.objects.get().answers()["problem"] == "Nights in jail."
    assert [event.doer for event in request.events.filter(action="edit")] == ["colleague"]


# How it ends ---------------------------------------------------------------------------------------------


def test_taking_back_stops_the_link_and_the_letter_and_keeps_what_was_saved(client):
    request = a_request()
    share = handed(request)
    client.post(section(share), posted(4, problem="Nights in jail."))
    client.post(share_address(request), {"do": "take_back"})
    answer = client.get(section(share))
    assert answer.status_code == 404
    assert "Dana Ruiz has taken it back" in answer.content.decode()
    assert client.post(section(share), posted(4, problem="After.")).status_code == 404
    assert Request.objects.get().answers()["problem"] == "Nights in jail."
    assert letters("colleague_ask")[0].state == Letter.State.VOIDED
    assert request.events.get(action="share_ended").words == "Ray Ortega"


def test_taking_back_twice_is_taking_back_once(client):
    request = a_request()
    share = handed(request)
    for _ in range(2):
        assert client.post(share_address(request), {"do": "take_back"}).status_code == 302
    with pytest.raises(NotAllowed):
        share.take_back()
    assert request.events.filter(action="share_ended").count() == 1


def test_sending_the_request_ends_it_and_the_colleague_reads_that_it_was_sent(client):
    request = a_request()
    share = handed(request)
    request.send()
    answer = client.get(section(share))
    assert answer.status_code == 404 and "has sent the request to the Bureau" in answer.content.decode()
    assert not request.events.filter(action="share_ended").exists()


def test_when_the_bureau_has_begun_the_colleague_loses_no_word(client):
    request = a_request(status=Status.RECEIVED)
    share = handed(request)
    request.start_review(by=staff_member())
    page = client.post(section(share), posted(4, problem="Nights in jail.")).content.decode()
    assert "This was not saved" in page and "Nights in jail." in page
    assert Request.objects.get().answers()["problem"] == "Jail is where people end."


def test_a_draft_that_is_over_opens_for_no_colleague(client):
    request = a_request()
    share = handed(request)
    Request.objects.update(saved_at=timezone.now() - timedelta(days=90))
    assert client.get(section(share)).status_code == 404


def test_a_colleagues_link_opens_nothing_else(client):
    share = handed()
    for name in ("status", "tasks", "check", "files"):
        assert client.get(reverse(f"assistance:{name}", args=[share.token()])).status_code == 404


def test_looking_changes_nothing_and_the_page_keeps_to_itself(client):
    share = handed()
    before = [list(Share.objects.values()), list(Answers.objects.values()), Letter.objects.count()]
    answer = client.get(section(share))
    assert [list(Share.objects.values()), list(Answers.objects.values()), Letter.objects.count()] == before
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store, private")
    assert not client.cookies and share.token() not in re.sub(
        r"<body.*", "", answer.content.decode(), flags=re.S
    )


# Reminding -----------------------------------------------------------------------------------------------


def a_week_later():
    return timezone.now() + timedelta(days=7, minutes=1)


def test_a_colleague_who_saved_nothing_is_reminded_once_after_a_week():
    share = handed()
    assert remind_colleagues() == 0
    assert [remind_colleagues(a_week_later()), remind_colleagues(a_week_later())] == [1, 0]
    letter = letters("colleague_remind")[0]
    assert letter.to == "ray@example.gov" and "our only reminder" in letter.body
    assert share.request.events.get(action="remind").doer == "site"


def test_nobody_is_reminded_who_saved_finished_or_has_it_no_more():
    saved, finished, ended, sent, over = (handed(a_request()) for _ in range(5))
    saved.request.edit_page(PROBLEM, {"problem": "Nights in jail."})
    finished.finish()
    ended.take_back()
    sent.request.send()
    Request.objects.filter(pk=over.request_id).update(saved_at=timezone.now() - timedelta(days=84))
    assert remind_colleagues(a_week_later()) == 0

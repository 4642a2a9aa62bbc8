import pytest
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.assistance.models import Endorsement, Request, Share
from sites.assistance.moves import Status
from sites.assistance.participant_data import unconfirmed
from sites.assistance.questions import PAGES
from tests.assistance.factories import a_request, posted

pytestmark = pytest.mark.django_db


def address(request, name="check"):
    return reverse(f"assistance:{name}", args=[request.token()])


def change(request, name):
    page = next(page for page in PAGES if name in [one.name for one in page.questions])
    return reverse("assistance:ask_page", args=[request.token(), page.slug]) + "?then=check"


def shown(client, request, name="check"):
    return client.get(address(request, name)).content.decode()


def receipts():
    return Letter.objects.filter(name="assistance/send").count()


def test_every_answer_has_a_link_to_its_own_field(client):
    page = shown(client, request := a_request())
    for section in PAGES:
        for question in section.questions:
            link = f"{change(request, question.name)}#{question.field_id}"
            assert link in page or not question.is_asked(request.answers())


def test_what_is_missing_is_told_calmly_first_and_as_errors_after_the_button(client):
    request = a_request(state=None, help=None)
    links = [f"{change(request, 'state')}#id_state", f"{change(request, 'help')}#id_help_0"]
    before, after = shown(client, request), client.post(address(request)).content.decode()
    for page in (before, after):
        assert all(link in page for link in links)
    assert "Still to be answered" in before and "error-summary" not in before
    assert 'role="alert"' in after and "Not sent yet: some answers are missing" in after
    assert Request.objects.get().status == Status.DRAFTED


def test_looking_at_the_check_changes_nothing(client):
    request = a_request(problem="He is BK#1234567.")
    before = list(Request.objects.values())
    for _ in range(3):
        shown(client, request)
    assert list(Request.objects.values()) == before


def test_a_section_with_a_colleague_is_told_and_does_not_hold_up_the_sending(client):
    request = a_request()
    Share.hand_over(request, PAGES[1], name="Lee Park", email="lee@example.gov")
    assert "Lee Park has" in shown(client, request)
    assert client.post(address(request))["Location"] == address(request, "sent")


def test_supporters_and_files_stand_on_the_check_page(client):
    request = a_request()
    Endorsement.ask(request, office="chief", name="Ada Roy", title="Chief", email="roy@example.gov")
    page = shown(client, request)
    assert "Ada Roy" in page and "no answer yet" in page
    assert address(request, "support") in page and address(request, "files") in page


# Sending once --------------------------------------------------------------------------------------------


def test_a_double_click_gives_one_request_and_one_receipt(client):
    request = a_request()
    first, second = client.post(address(request)), client.post(address(request))
    assert first["Location"] == second["Location"] == address(request, "sent")
    assert (receipts(), request.events.filter(action="send").count()) == (1, 1)


def test_the_back_button_leads_from_the_check_to_what_was_sent(client):
    client.post(address(request := a_request()))
    response = client.get(address(request), follow=True)
    assert response.redirect_chain == [(address(request, "sent"), 302)]
    assert request.reference in response.content.decode()


def test_a_retry_after_a_timeout_and_a_second_tab_find_the_request_sent(client):
    request = a_request()
    in_another_tab = Request.objects.get(pk=request.pk)
    in_another_tab.send()
    assert client.post(address(request), follow=True).status_code == 200
    assert receipts() == 1


def test_sending_again_what_was_withdrawn_sends_nothing_and_says_where_it_stands(client):
    request = a_request(status=Status.WITHDRAWN)
    response = client.post(address(request), follow=True)
    assert response.redirect_chain[-1][0] == address(request, "status")
    assert (Request.objects.get().status, receipts()) == (Status.WITHDRAWN, 1)


def test_a_sending_that_fails_half_way_leaves_a_draft_that_can_be_sent(client, monkeypatch):
    request = a_request()
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk"):
        broken.setattr(Request, "tell_staff", lambda *_: (_ for _ in ()).throw(OSError("disk")))
        client.post(address(request))
    assert (Request.objects.get().status, receipts()) == (Status.DRAFTED, 0)
    client.post(address(request))
    assert (Request.objects.get().status, receipts()) == (Status.RECEIVED, 1)


def test_too_many_sendings_keep_what_was_written_and_confirmed(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.checking.SENDS", 0)
    request = a_request()
    response = client.post(address(request))
    assert response.status_code == 429
    assert "Jail is where people end." in response.content.decode()


# After sending -------------------------------------------------------------------------------------------


def test_the_page_after_sending_has_the_reference_the_receipt_the_day_and_the_link(client):
    request = a_request(status=Status.RECEIVED)
    page = shown(client, request, "sent")
    for words in (
        request.reference,
        "dana@example.gov",
        f"answers by {request.answer_by:%A}",
        request.private_link(),
    ):
        assert words in page


def test_before_sending_and_long_after_it_there_is_no_page_that_says_sent(client):
    draft, in_review = a_request(), a_request(status=Status.IN_REVIEW)
    assert client.get(address(draft, "sent"))["Location"] == address(draft)
    assert client.get(address(in_review, "sent"))["Location"] == address(in_review, "status")


# What may be about a participant -------------------------------------------------------------------------


def test_a_passage_is_highlighted_with_why_and_a_way_to_change_it(client):
    request = a_request(problem="Our man <b>Joe</b> is BK#1234567, we think.")
    page = shown(client, request)
    assert "Our man &lt;b&gt;Joe&lt;/b&gt; is <mark>BK#1234567</mark>, we think." in page
    assert "the number of a case, a booking or an arrest" in page
    assert page.count(f"{change(request, 'problem')}#id_problem") == 2


def test_an_unseen_passage_holds_the_sending_up_with_an_error_that_links_to_its_box(client):
    request = a_request(problem="He is BK#1234567.")
    page = client.post(address(request)).content.decode()
    [one] = unconfirmed(request)
    assert f'href="#confirm-{one.key[:12]}"' in page and f'id="confirm-{one.key[:12]}"' in page
    assert Request.objects.get().status == Status.DRAFTED


def test_a_ticked_box_sends(client):
    request = a_request(problem="He is BK#1234567.")
    [one] = unconfirmed(request)
    assert client.post(address(request), {"confirm": one.key})["Location"] == address(request, "sent")
    assert Request.objects.get().confirmed_passages == [one.key]


def test_what_is_missing_and_what_is_to_be_looked_at_are_told_together(client):
    request = a_request(problem="He is BK#1234567.", help=None)
    page = client.post(address(request)).content.decode()
    summary = page.partition('class="error-summary"')[2].partition("</div>")[0]
    assert "#id_help_0" in summary and f"#confirm-{unconfirmed(request)[0].key[:12]}" in summary


def test_a_ticked_box_is_remembered_while_something_else_is_missing(client):
    request = a_request(problem="He is BK#1234567.", help=None)
    client.post(address(request), {"confirm": [one.key for one in unconfirmed(request)]})
    assert unconfirmed(Request.objects.get()) == []


def test_changing_the_answer_takes_the_question_away(client):
    request = a_request(problem="He is BK#1234567.")
    number = next(at for at, page in enumerate(PAGES) if "problem" in [one.name for one in page.questions])
    client.post(change(request, "problem"), posted(number, problem="He is out."))
    assert "<mark>" not in shown(client, request)
    assert client.post(address(request))["Location"] == address(request, "sent")


def test_made_up_keys_confirm_nothing(client):
    request = a_request(problem="He is BK#1234567.")
    client.post(address(request), {"confirm": ["", "x" * 5000, "<script>"]})
    assert (Request.objects.get().status, Request.objects.get().confirmed_passages) == (Status.DRAFTED, [])


def test_what_a_person_must_look_at_first_promises_no_mail_and_no_day(client):
    request = a_request(status="received", suspicion="It has 9 links.")
    page = client.get(reverse("assistance:sent", args=[request.token()])).content.decode()
    assert request.reference in page and "nothing has been mailed yet" in page
    assert "on its way" not in page and "We have mailed" not in page
    assert "answers by" not in page and "you can change your answers" not in page

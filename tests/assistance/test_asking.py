import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from leadbureau.kit import sayable
from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.moves import Status
from sites.assistance.questions import PAGES
from tests.assistance.factories import ANSWERS, a_request, a_state, first_page, posted

pytestmark = pytest.mark.django_db
ASK = "/assistance/ask/"


def page_address(request, slug, then=""):
    return reverse("assistance:ask_page", args=[request.token(), slug]) + then


def test_opening_the_form_stores_nothing(client):
    response = client.get(ASK)
    assert f"Section 1 of {len(PAGES)}" in response.content.decode()
    assert not Request.objects.exists()


def test_the_first_page_makes_a_draft_and_mails_its_private_link(client):
    response = client.post(ASK, first_page())
    request = Request.objects.get()
    assert response["Location"] == reverse("assistance:tasks", args=[request.token()])
    assert (request.status, request.contact_name, request.email) == (
        "drafted",
        "Dana Ruiz",
        "dana@example.gov",
    )
    deliver_due()
    assert mail.outbox[0].to == ["dana@example.gov"]
    assert request.private_link() in mail.outbox[0].body


def test_a_second_click_makes_no_second_request(client):
    form = first_page()
    first, second = client.post(ASK, form), client.post(ASK, form)
    assert first["Location"] == second["Location"]
    assert (Request.objects.count(), Letter.objects.count()) == (1, 1)


def test_going_back_and_changing_the_first_page_changes_the_same_draft(client):
    form = first_page()
    client.post(ASK, form)
    client.post(ASK, {**form, "contact_name": "Dana M. Ruiz"})
    assert Request.objects.get().contact_name == "Dana M. Ruiz"


def test_a_wrong_address_keeps_the_words_and_stores_nothing_yet(client):
    page = client.post(ASK, first_page(email="dana at example")).content.decode()
    assert 'value="dana at example"' in page and 'value="Dana Ruiz"' in page
    assert 'href="#id_email"' in page and "Enter an e-mail address like" in page
    assert not Request.objects.exists()


def test_a_page_is_saved_whatever_is_missing(client):
    request = a_request(state=None, place=None, place_kind=None)
    response = client.post(page_address(request, "your-place"), {"place": "Santa Fe"})
    assert response["Location"] == page_address(request, "where-you-stand")
    assert Request.objects.get().answers()["place"] == "Santa Fe"


def test_the_second_button_saves_and_leads_back_to_the_list(client):
    request = a_request()
    response = client.post(page_address(request, "your-place"), posted(2, place="Taos County", to="list"))
    assert response["Location"] == f"{reverse('assistance:tasks', args=[request.token()])}?saved=your-place"
    assert "Saved: Your place" in client.get(response["Location"]).content.decode()
    assert Request.objects.get().place == "Taos County"


def test_after_the_last_page_comes_the_list(client):
    request = a_request()
    response = client.post(page_address(request, PAGES[-1].slug), posted(len(PAGES) - 1))
    assert response["Location"].startswith(reverse("assistance:tasks", args=[request.token()]))


def test_a_new_address_gets_the_link_and_the_same_address_gets_it_once(client):
    request = a_request(email=None)
    for _ in range(2):
        client.post(page_address(request, "about-you"), posted(0))
    client.post(page_address(request, "about-you"), posted(0, email="dana.ruiz@example.gov"))
    sent = Letter.objects.filter(name="assistance/link").order_by("pk")
    assert [letter.to for letter in sent] == ["dana@example.gov", "dana.ruiz@example.gov"]


def test_on_a_page_with_a_wrong_answer_the_right_ones_are_saved(client):
    request = a_request()
    page = client.post(
        page_address(request, "about-you"), posted(0, role="Sheriff", email="no")
    ).content.decode()
    found = Request.objects.get()
    assert (found.answers()["role"], found.email) == ("Sheriff", "dana@example.gov")
    assert "The other answers on this page have been saved." in page


def test_what_was_saved_stands_in_the_page_again(client):
    request = a_request(stage="developing", steps="Two meetings. 🙂")
    page = client.get(page_address(request, "where-you-stand")).content.decode()
    assert "Two meetings. 🙂" in page
    assert re.search(r'value="developing"[^>]*checked', page)


def test_a_change_from_the_check_page_returns_to_it(client):
    request = a_request()
    response = client.post(
        page_address(request, "your-place", "?then=check"), posted(2, place="Santa Fe County")
    )
    assert response["Location"] == reverse("assistance:check", args=[request.token()])


def test_sending_an_unfinished_request_links_to_each_answer_that_is_missing(client):
    request = a_request(state=None, help=None)
    page = client.post(reverse("assistance:check", args=[request.token()])).content.decode()
    assert f"{page_address(request, 'your-state')}?then=check#id_state" in page
    assert f"{page_address(request, 'help-wanted')}?then=check#id_help_0" in page
    assert Request.objects.get().status == Status.DRAFTED


def test_sending_twice_sends_once_and_shows_the_same_page(client):
    request = a_request()
    check = reverse("assistance:check", args=[request.token()])
    first, second = client.post(check), client.post(check)
    assert first["Location"] == second["Location"] == reverse("assistance:sent", args=[request.token()])
    assert Letter.objects.filter(name="assistance/send").count() == 1
    assert request.events.filter(action="send").count() == 1


def test_the_whole_way_from_the_first_question_to_the_status_page(client):
    a_state()
    client.post(ASK, first_page())
    request = Request.objects.get()
    address = page_address(request, PAGES[1].slug)
    for number in range(1, len(PAGES)):
        address = client.post(address, posted(number))["Location"]
    response = client.post(reverse("assistance:check", args=[request.token()]), follow=True)
    request.refresh_from_db()
    page = response.content.decode()
    assert request.status == Status.RECEIVED
    assert request.reference in page and request.private_link() in page
    status = client.get(urlsplit(request.private_link()).path).content.decode()
    assert request.reference in status and "Jail is where people end." in status


def test_the_reference_can_be_said_over_the_telephone():
    reference = a_request().reference
    assert sayable.normalize(reference.lower().replace("-", " ")) == reference


def test_the_receipt_has_every_question_and_every_answer():
    a_request(status=Status.RECEIVED)
    body = Letter.objects.get(name="assistance/send").body
    for _, answered in Request.objects.get().chapters():
        assert all(one.question.label in body for one in answered)
    assert "Jail is where people end." in body and "New Mexico" in body


def test_staff_are_told_of_a_new_request(settings):
    settings.STAFF_EMAILS = ["intake@example.org"]
    request = a_request(status=Status.RECEIVED)
    letter = Letter.objects.get(name="assistance/staff_new")
    assert letter.to == "intake@example.org"
    assert letter.subject == f"New request {request.reference}: Rio Arriba County"
    assert f"/admin/assistance/request/{request.pk}/change/" in letter.body


def test_what_looks_like_spam_is_kept_in_quarantine_and_nothing_is_mailed(client, settings):
    settings.STAFF_EMAILS = ["intake@example.org"]
    response = client.post(ASK, first_page(leave_empty="I am a machine"))
    request = Request.objects.get()
    for page in PAGES[1:]:
        request.save_page(
            page,
            {
                one.name: ANSWERS[one.name]
                for one in page.questions
                if one.name in ANSWERS and one.name != "state"
            },
        )
    request.save_page(PAGES[1], {"state": a_state().usps})
    response = client.post(reverse("assistance:check", args=[request.token()]), follow=True)
    assert "Your request has been sent" in response.content.decode()
    assert list(Request.objects.quarantined()) == [request]
    assert not Letter.objects.exists()


def test_too_many_starts_from_one_network_are_refused_with_the_words_kept(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.asking.STARTS", 1)
    client.post(ASK, first_page())
    response = client.post(ASK, first_page(contact_name="Somebody Else"))
    assert response.status_code == 429
    assert 'value="Somebody Else"' in response.content.decode()
    assert Request.objects.count() == 1


def test_too_many_sendings_are_refused_with_a_page_and_nothing_is_lost(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.checking.SENDS", 0)
    request = a_request()
    response = client.post(reverse("assistance:check", args=[request.token()]))
    assert response.status_code == 429
    assert "Jail is where people end." in response.content.decode()


def test_a_form_that_was_open_too_long_says_so_and_keeps_the_words(client):
    page = client.post(ASK, first_page(opened="nonsense")).content.decode()
    assert "open for more than a day" in page and 'value="Dana Ruiz"' in page


@pytest.mark.parametrize("state", ["ZZ", "<script>", "NM'--"])
def test_a_state_that_does_not_exist_is_an_error_beside_the_question(client, state):
    request = a_request()
    page = client.post(page_address(request, "your-state"), posted(1, state=state)).content.decode()
    assert 'id="id_state_error"' in page and "<script>" not in page.replace("<script type", "")
    assert Request.objects.get().state_id == "NM"


def test_an_answer_that_is_too_long_is_kept_in_the_page_and_not_cut(client):
    request = a_request()
    words = "word " * 1000
    page = client.post(page_address(request, "the-problem"), posted(4, problem=words)).content.decode()
    assert words.strip() in page and "Shorten this to 4000 characters or fewer" in page


def test_the_paper_has_every_question_with_its_reason(client):
    a_state()
    page = client.get("/assistance/paper/").content.decode()
    from django.utils.html import escape

    for asked in PAGES:
        for question in asked.questions:
            assert escape(question.label) in page and escape(question.why) in page
            assert all(escape(words) in page for _, words in question.choices if question.options)

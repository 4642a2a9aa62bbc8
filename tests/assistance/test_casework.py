import pytest
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.assistance.casework import VERBS
from sites.assistance.models import Request
from sites.assistance.moves import Doer, Status
from sites.assistance.questions import PAGES
from sites.assistance.waiting import waiting
from tests.assistance.factories import ANSWERS, a_request, a_state, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/assistance/request/"


@pytest.fixture
def caseworker(client):
    user = staff()
    client.force_login(user)
    return user


def case(request):
    return reverse("admin:assistance_request_change", args=[request.pk])


def step(request, verb):
    return reverse("admin:assistance_request_do", args=[request.pk, verb])


def shown(client, **query) -> list:
    return list(client.get(LIST, query).context["cl"].queryset)


def test_the_queue_opens_on_what_is_open_with_the_oldest_promise_first(client, caseworker):
    a_request(), a_request(status=Status.DECLINED)
    a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    young, old = a_request(status=Status.RECEIVED), a_request(status=Status.IN_REVIEW)
    Request.objects.filter(pk=old.pk).update(answer_by="2026-01-02")
    assert shown(client) == [old, young]
    assert shown(client, stands="late") == [old]


def test_drafts_closed_and_held_back_requests_are_found_on_purpose(client, caseworker):
    draft, closed = a_request(), a_request(status=Status.DECLINED)
    held = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert [shown(client, stands=kind) for kind in ("drafts", "closed", "quarantine")] == [
        [draft],
        [closed],
        [held],
    ]


@pytest.mark.parametrize("word", ["Rio Arriba", "New Mexico", "dana@example.gov", "Dana"])
def test_a_request_is_found_by_its_words(client, caseworker, word):
    request = a_request(status=Status.RECEIVED)
    assert shown(client, q=word) == [request]


@pytest.mark.parametrize("status", Status)
def test_a_case_has_buttons_for_exactly_the_moves_that_are_allowed(client, caseworker, status):
    request = a_request(status=status)
    page = client.get(case(request)).content.decode()
    allowed = {move.verb.replace("_", "-") for move in request.moves_for(Doer.STAFF)} - {"send"}
    for verb in VERBS:
        there = f'href="{step(request, verb.name)}"' in page
        if verb.name in ("assign", "note", "link", "release"):
            continue
        assert there == (verb.name in allowed), verb.name
        assert not there or verb.label in page


def test_a_case_shows_every_answer_made_from_the_questions(client, caseworker):
    page = client.get(case(a_request(status=Status.RECEIVED))).content.decode()
    for asked in PAGES:
        assert all(question.label in page for question in asked.questions)
    assert "Jail is where people end." in page and "Health, behavioral health or human services" in page


def test_the_answers_of_a_draft_are_not_shown_to_staff(client, caseworker):
    page = client.get(case(a_request())).content.decode()
    assert "Jail is where people end." not in page


def test_no_page_for_staff_shows_the_private_link(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    letter = reverse("admin:mail_letter_change", args=[Letter.objects.get().pk])
    for address in (LIST, case(request), step(request, "start-review"), letter):
        assert request.token() not in client.get(address).content.decode()


def test_a_move_asks_with_the_letter_prefilled_and_sends_the_words_as_changed(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    page = client.get(step(request, "activate")).content.decode()
    assert f"We can help: your request {request.reference}" in page
    client.post(step(request, "activate"), {"subject": "Yes", "body": "We come in May. [private link]"})
    request.refresh_from_db()
    assert request.status == Status.ACTIVE
    assert Letter.objects.get(name="assistance/activate").body == "We come in May. [private link]\n"


def test_a_letter_with_a_gap_comes_back_with_its_words(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    words = {"subject": "No", "body": "Sorry. [Write the reason here.] Bye."}
    page = client.post(step(request, "decline"), words).content.decode()
    assert "Put your own words in place of [Write the reason here.]" in page
    request.refresh_from_db()
    assert request.status == Status.RECEIVED


def test_a_second_press_of_a_button_changes_nothing_more(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    words = {"subject": "On it", "body": "We read."}
    client.post(step(request, "start-review"), words)
    page = client.post(step(request, "start-review"), words, follow=True).content.decode()
    assert "cannot be done any more" in page
    assert Letter.objects.filter(name="assistance/start_review").count() == 1


def test_looking_at_a_move_does_not_take_it(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    client.get(step(request, "start-review"))
    assert Request.objects.get().status == Status.RECEIVED


def test_a_case_is_given_to_a_colleague_and_noted_on(client, caseworker):
    request, colleague = a_request(status=Status.RECEIVED), staff(username="mel")
    client.post(step(request, "assign"), {"to": colleague.pk})
    client.post(step(request, "note"), {"text": "Called at noon."})
    page = client.get(case(request)).content.decode()
    assert Request.objects.get().owner == colleague
    assert "cass gave the request to mel." in page and "cass noted: Called at noon." in page


def test_a_request_taken_by_telephone_is_received_at_once_with_whatever_was_said(client, caseworker):
    a_state()
    told = {"contact_name": "Sam Lee", "state": "NM", "place": "Taos", "phone": "575-010-0199"}
    nonce = "6d0f9a2e-6f4c-4f0e-9a55-3f6f6a3b9c11"
    for _ in range(2):
        client.post(f"{LIST}add/", {**told, "nonce": nonce})
    request = Request.objects.get()
    assert (request.status, request.place, request.answers()["phone"]) == ("received", "Taos", "575-010-0199")
    assert [event.sentence() for event in request.history()] == [
        "cass began the request.",
        "cass sent the request.",
    ]
    assert not Letter.objects.exists()


def test_a_telephone_request_with_an_address_gets_its_receipt(client, caseworker):
    a_state()
    client.post(f"{LIST}add/", {**ANSWERS, "nonce": "6d0f9a2e-6f4c-4f0e-9a55-3f6f6a3b9c12"})
    assert Letter.objects.get().name == "assistance/send"


def test_a_telephone_request_needs_a_way_to_answer(client, caseworker):
    a_state()
    told = {
        "contact_name": "Sam Lee",
        "state": "NM",
        "place": "Taos",
        "nonce": "6d0f9a2e-6f4c-4f0e-9a55-3f6f6a3b9c13",
    }
    page = client.post(f"{LIST}add/", told).content.decode()
    assert "Enter an e-mail address or a telephone number" in page and 'value="Taos"' in page
    assert not Request.objects.exists()


def test_a_move_for_somebody_without_an_address_asks_for_no_letter(client, caseworker):
    a_state()
    client.post(
        f"{LIST}add/",
        {"contact_name": "Sam", "state": "NM", "place": "Taos", "phone": "575-010-0199"}
        | {"nonce": "6d0f9a2e-6f4c-4f0e-9a55-3f6f6a3b9c14"},
    )
    request = Request.objects.get()
    assert 'name="body"' not in client.get(step(request, "decline")).content.decode()
    client.post(step(request, "decline"))
    assert Request.objects.get().status == Status.DECLINED


def test_staff_without_the_permission_see_no_buttons_and_take_no_moves(client):
    from django.contrib.auth.models import Permission

    user = staff(username="eve", superuser=False)
    user.user_permissions.add(Permission.objects.get(codename="view_request"))
    client.force_login(user)
    request = a_request(status=Status.RECEIVED)
    assert "What you can do" not in client.get(case(request)).content.decode()
    assert client.post(step(request, "start-review"), {"subject": "a", "body": "b"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_deleting_a_request_takes_its_letters_along(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    client.post(reverse("admin:assistance_request_delete", args=[request.pk]), {"post": "yes"})
    assert (Request.objects.count(), Letter.objects.count()) == (0, 0)


def test_the_first_page_tells_what_waits(caseworker):
    a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    late = a_request(status=Status.IN_REVIEW)
    a_request(status=Status.RECEIVED)
    Request.objects.filter(pk=late.pk).update(answer_by="2026-01-02")
    assert [(line.count, line.label, line.urgent) for line in waiting(caseworker)] == [
        (1, "answer to a request is late", True),
        (1, "new request for help", False),
        (1, "request is in quarantine", False),
    ]


def test_the_list_asks_the_same_number_of_questions_for_many_requests(
    client, caseworker, django_assert_max_num_queries
):
    for _ in range(8):
        a_request(status=Status.RECEIVED)
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_the_first_page_shows_whoever_answers_for_a_request_that_it_is_theirs():
    cass, other = staff(), staff(username="other")
    row = a_request(status=Status.RECEIVED)
    row.assign(to=cass, by=cass)
    line = "open request that you answer for"
    assert line in [found.label for found in waiting(cass)]
    assert line not in [found.label for found in waiting(other)]


def test_a_chosen_status_is_shown_though_the_queue_opens_on_what_is_open(client, caseworker):
    closed, draft = a_request(status=Status.DECLINED), a_request()
    assert shown(client, status__exact="declined") == [closed]
    assert shown(client, status__exact="drafted") == [draft]


def test_the_stages_of_the_queue_are_named_as_people_chose_them(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    assert shown(client, stage=row.stage) == [row]
    assert 'href="?stage="' not in client.get(LIST).text

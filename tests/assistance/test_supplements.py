"""After the review has begun: what is added or corrected is kept with its date, as a difference that staff see."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.assistance.exchange_verbs import ADDITION, ANSWERED, MESSAGE
from sites.assistance.models import Request, Supplement
from sites.assistance.models.answers import ChangedMeanwhile
from sites.assistance.models.exchange import NothingToAdd
from sites.assistance.moves import NotAllowed, Status, Turn
from sites.assistance.questions import PAGE_OF
from tests.assistance.factories import a_request, posted, staff_member

pytestmark = pytest.mark.django_db
ABOUT = PAGE_OF["about-you"]


def address(request, page="about-you"):
    return reverse("assistance:supplement_page", args=[request.token(), page])


def status_of(request):
    return reverse("assistance:status", args=[request.token()])


def add(client, request, **changes):
    version = request.version_of(ABOUT)
    return client.post(address(request), {"version": version, **posted(0, **changes)})


def in_review(**answers) -> Request:
    return a_request(status=Status.IN_REVIEW, **answers)


def test_the_section_opens_with_its_present_answers_and_looking_changes_nothing(client):
    request = in_review()
    before = list(Request.objects.values())
    page = client.get(address(request)).content.decode()
    assert 'value="Dana Ruiz"' in page and 'value="dana@example.gov"' in page
    assert list(Request.objects.values()) == before


def test_a_correction_changes_the_answer_and_keeps_what_stood_there(client, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    request = in_review()
    version = request.version_of(ABOUT)
    assert add(client, request, role="County manager", explain="Promoted.")["Location"] == (
        status_of(request) + "?done=supplement"
    )
    request = Request.objects.get()
    supplement = request.supplements.get()
    assert supplement.changes == {"role": ["Health director", "County manager"]}
    assert (supplement.words, supplement.by) == ("Promoted.", None)
    assert (request.answers()["role"], request.version_of(ABOUT)) == ("County manager", version + 1)
    assert request.history().last().action == "supplement"
    notice = Letter.objects.get(name="assistance/staff_supplement")
    assert "manager" not in notice.subject + notice.body and "Promoted" not in notice.body


def test_pressing_twice_adds_once(client):
    request = in_review()
    version = request.version_of(ABOUT)
    data = {"version": version, **posted(0, role="County manager")}
    first, second = client.post(address(request), data), client.post(address(request), data)
    assert first["Location"] == second["Location"]
    assert (request.supplements.count(), request.events.filter(action="supplement").count()) == (1, 1)


def test_nothing_changed_and_nothing_said_is_an_error_and_keeps_nothing(client):
    request = in_review()
    page = add(client, request).content.decode()
    assert "Nothing is different yet" in page and "<title>Error:" in page.replace("\n", "")
    assert (request.supplements.count(), request.events.filter(action="supplement").count()) == (0, 0)
    with pytest.raises(NothingToAdd):
        Supplement.objects.append(request)


def test_what_must_be_answered_cannot_be_taken_away(client):
    request = in_review()
    page = add(client, request, contact_name="").content.decode()
    assert "Enter your name" in page and 'href="#id_contact_name"' in page
    assert Request.objects.get().answers()["contact_name"] == "Dana Ruiz"


def test_a_word_of_explanation_alone_is_enough(client):
    request = in_review()
    add(client, request, explain="Call in the morning.")
    assert [(one.changes, one.words) for one in request.supplements.all()] == [({}, "Call in the morning.")]


def test_something_is_added_in_words_only(client):
    request = in_review()
    place = reverse("assistance:supplement", args=[request.token()])
    assert "Write what you want to add" in client.post(place, {"words": " "}).content.decode()
    client.post(place, {"words": "The sheriff agrees."}), client.post(place, {"words": "The sheriff agrees."})
    assert [(one.changes, one.words) for one in request.supplements.all()] == [({}, "The sheriff agrees.")]


def two_on_one_section(client, request):
    """The first has saved another role; gives what the second posts, and the page that answers."""
    opened = request.version_of(ABOUT)
    add(client, request, role="County manager")
    typed = {"version": opened, **posted(0, phone="505 555 0100", explain="Call me.")}
    return typed, client.post(address(request), typed)


def test_of_two_people_on_one_section_the_second_sees_both_versions_and_nothing_is_kept(client):
    request = in_review()
    _, answer = two_on_one_section(client, request)
    page = answer.content.decode()
    assert answer.status_code == 409 and "County manager" in page and "Health director" in page
    assert not Request.objects.get().answers().get("phone") and request.supplements.count() == 1
    with pytest.raises(ChangedMeanwhile):
        Supplement.objects.append(request, page=ABOUT, values={"role": "Analyst"}, version=0)


def test_the_second_chooses_and_loses_nothing_of_what_was_typed(client):
    request = in_review()
    typed, answer = two_on_one_section(client, request)
    both = answer.context["both"]
    carried: dict = {}
    for name, value in both.carried:
        carried.setdefault(name, []).append(value)
    data = {**carried, "version": both.version, "choose_role": "theirs", "choose_phone": "mine"}
    assert client.post(address(request), data)["Location"].endswith("?done=supplement")
    told, last = Request.objects.get().answers(), request.supplements.last()
    assert (told["role"], told["phone"], last.words) == ("County manager", typed["phone"], "Call me.")
    assert set(last.changes) == {"phone"}


def test_when_it_is_closed_meanwhile_what_was_typed_is_shown_to_be_copied(client):
    request = in_review()
    request.withdraw()
    answer = add(client, request, role="County manager", explain="Promoted.")
    page = answer.content.decode()
    assert answer.status_code == 409 and "County manager" in page and "Promoted." in page
    words = reverse("assistance:supplement", args=[request.token()])
    assert "The sheriff agrees." in client.post(words, {"words": "The sheriff agrees."}).content.decode()
    assert request.supplements.count() == 0


def test_a_new_address_keeps_the_link_and_is_told_to_the_old_and_the_new_one(client):
    request = in_review()
    token = request.token()
    add(client, request, email="new@example.gov", contact_name="Lee Ortiz")
    request = Request.objects.get()
    assert (request.token(), request.email, request.link_mailed_to) == (
        token,
        "new@example.gov",
        "new@example.gov",
    )
    assert list(Request.objects.of_email("NEW@example.gov")) == [request]
    told = {
        letter.to: letter for letter in Letter.objects.filter(name__startswith="assistance/changed_address")
    }
    assert set(told) == {"dana@example.gov", "new@example.gov"}
    assert "[private link]" in told["new@example.gov"].body
    old = told["dana@example.gov"].body
    assert not [word for word in ("[private link]", "Lee", "new@example.gov") if word in old]


def test_the_number_of_a_person_is_shown_first_and_kept_when_confirmed(client):
    request = in_review()
    words = "SSN 123-45-6789 is his."
    answer = add(client, request, role="Analyst", explain=words)
    (passage,) = answer.context["passages"]
    assert request.supplements.count() == 0 and f"<mark>{passage.text}</mark>" in answer.content.decode()
    add(client, request, role="Analyst", explain=words, confirm=passage.key)
    assert request.supplements.get().words == words


@pytest.mark.parametrize("status", [Status.DRAFTED, Status.RECEIVED, Status.COMPLETED, Status.WITHDRAWN])
def test_before_the_review_and_after_the_end_nothing_is_added(client, status):
    request = a_request(status=status)
    for place in (reverse("assistance:supplement", args=[request.token()]), address(request)):
        assert (
            client.get(place)["Location"] == client.post(place, posted(0))["Location"] == status_of(request)
        )
    with pytest.raises(NotAllowed):
        Supplement.objects.append(request, words="New.")


def test_a_section_that_does_not_exist_leads_to_where_the_request_stands(client):
    request = in_review()
    assert client.get(address(request, "no-such-section"))["Location"] == status_of(request)


@pytest.mark.parametrize("page", PAGE_OF)
def test_every_section_opens_and_goes_back_unchanged_only_with_a_word(client, page):
    request = in_review()
    form = client.get(address(request, page)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    client.post(address(request, page), {**data, "explain": "All is right."})
    assert [(one.changes, one.words) for one in request.supplements.all()] == [({}, "All is right.")]


def test_staff_and_the_requester_see_the_difference_word_by_word(client):
    request = in_review()
    add(client, request, role="County manager")
    for page in (
        client.get(status_of(request)).content.decode(),
        render_to_string("assistance/admin/supplements.html", {"original": request}),
    ):
        assert "<del>Health director</del> → <ins>County manager</ins>" in page


def test_staff_write_down_what_was_said_and_record_an_answer():
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    by = staff_member()
    assert ADDITION.may(request) and ANSWERED.may(request) and MESSAGE.may(request)
    ADDITION.act(request, by=by, words="The chief agrees.")
    ANSWERED.act(request, by=by, words="The prosecutor too.")
    request.refresh_from_db()
    assert [(one.words, one.by) for one in request.supplements.all()] == [
        ("The chief agrees.", by),
        ("The prosecutor too.", by),
    ]
    assert (request.turn, request.history().last().doer) == (Turn.BUREAU, "staff")
    assert not ANSWERED.may(request)


def test_when_the_answer_cannot_be_recorded_its_words_are_not_kept_either():
    request = in_review()
    with pytest.raises(NotAllowed):
        ANSWERED.act(request, by=staff_member(), words="Yes.")
    assert request.supplements.count() == 0


def test_staff_cannot_write_to_somebody_who_would_not_learn_of_it():
    request = a_request(email=None, phone="505 555 0100")
    request.send(by=staff_member(), demand=False)
    assert not MESSAGE.may(request)


def test_who_adds_something_in_their_own_turn_is_told_that_it_is_still_theirs(client):
    request = a_request(status="in_review", then=["ask_more"])
    address = reverse("assistance:supplement", args=[request.token()])
    page = client.post(address, {"words": "The sheriff agrees."}, follow=True).content.decode()
    assert "It is still your turn." in page
    assert page.index("still-your-turn") < page.index(
        'action="' + reverse("assistance:hand_back", args=[request.token()])
    )


def test_who_adds_something_in_our_turn_is_not_asked_to_hand_back(client):
    request = a_request(status="in_review")
    address = reverse("assistance:supplement", args=[request.token()])
    page = client.post(address, {"words": "The sheriff agrees."}, follow=True).content.decode()
    assert "Added. The Bureau has been told" in page and "still your turn" not in page

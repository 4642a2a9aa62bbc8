"""Two people on one page: the second sees both versions, and nothing is overwritten or lost unseen."""

import re
from html import unescape

import pytest
from django.urls import reverse

from sites.assistance.models import Request, Share
from sites.assistance.models.answers import ChangedMeanwhile, NotComplete
from sites.assistance.moves import Doer, NotAllowed, Status
from sites.assistance.questions import PAGE_OF
from tests.assistance.factories import a_request, first_page, posted

pytestmark = pytest.mark.django_db
PROBLEM = PAGE_OF["the-problem"]


def address(request, slug="the-problem"):
    return reverse("assistance:ask_page", args=[request.token(), slug])


def opened(client, where) -> dict:
    """What a browser that opened a page would post if nothing was changed: all fields as they stand."""
    page = client.get(where).content.decode()
    fields = dict(re.findall(r'<textarea name="([^"]*)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL))
    return {**{name: unescape(text) for name, text in fields.items()}, "version": version_in(page)}


def version_in(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page)[1]


def hidden_in(page: str) -> dict:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: [unescape(value) for key, value in found if key == name] for name, _ in found}


@pytest.fixture
def clash(client):
    """Two browsers open a page, the first saves; what the second gets when it saves other words."""
    request = a_request()
    first, second = opened(client, address(request)), opened(client, address(request))
    client.post(address(request), {**first, "problem": "Nights in jail."})
    answer = client.post(address(request), {**second, "problem": "Days in court.", "served": "Few people."})
    return request, answer


def told(request):
    return Request.objects.get(pk=request.pk).answers()


def test_the_second_of_two_browsers_sees_both_versions_and_nothing_is_overwritten(clash):
    request, answer = clash
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nights in jail." in page and "Days in court." in page and "Few people." in page
    assert told(request)["problem"] == "Nights in jail."
    assert not re.search(r'type="radio"[^>]*checked', page)


def test_the_choice_is_made_question_by_question(client, clash):
    request, answer = clash
    chosen = {"choose_problem": "theirs", "choose_served": "mine"}
    response = client.post(address(request), {**hidden_in(answer.content.decode()), **chosen})
    assert response.status_code == 302
    assert (told(request)["problem"], told(request)["served"]) == ("Nights in jail.", "Few people.")


@pytest.mark.parametrize(("keep", "kept"), [("mine", "Days in court."), ("theirs", "Nights in jail.")])
def test_one_button_keeps_all_of_one_version(client, clash, keep, kept):
    request, answer = clash
    client.post(address(request), {**hidden_in(answer.content.decode()), "keep": keep})
    assert told(request)["problem"] == kept


def test_what_was_not_chosen_is_asked_again_with_everything_still_there(client, clash):
    request, answer = clash
    again = client.post(address(request), {**hidden_in(answer.content.decode()), "choose_served": "mine"})
    page = again.content.decode()
    assert again.status_code == 409 and 'href="#choose_problem_theirs"' in page
    assert "Days in court." in page and "Nights in jail." in page
    assert re.search(r'name="choose_served" value="mine" checked', page)


def test_a_third_save_during_the_choice_is_noticed_too(client, clash):
    request, answer = clash
    request.edit_page(PROBLEM, {"problem": "A third word."})
    again = client.post(address(request), {**hidden_in(answer.content.decode()), "keep": "mine"})
    assert again.status_code == 409 and "A third word." in again.content.decode()
    assert told(request)["problem"] == "A third word."


def test_a_wrong_answer_typed_beside_a_clash_is_not_lost(client):
    request = a_request()
    version = version_in(client.get(address(request, "about-you")).content.decode())
    request.edit_page(PAGE_OF["about-you"], {"role": "Sheriff"})
    mine = posted(0, role="Analyst", email="no address", version=version)
    answer = client.post(address(request, "about-you"), mine)
    page = client.post(
        address(request, "about-you"), {**hidden_in(answer.content.decode()), "keep": "mine"}
    ).content.decode()
    assert 'value="no address"' in page and told(request)["role"] == "Analyst"


def test_the_first_page_sent_again_by_the_back_button_overwrites_nothing_that_came_after(client):
    form = first_page()
    client.post("/assistance/ask/", form)
    request = Request.objects.get()
    request.edit_page(PAGE_OF["about-you"], {"role": "Sheriff"})
    answer = client.post("/assistance/ask/", {**form, "role": "Analyst"})
    page = answer.content.decode()
    assert (answer.status_code, told(request)["role"]) == (409, "Sheriff")
    assert (
        answer["Cache-Control"] == "no-store, private" and f'action="{address(request, "about-you")}"' in page
    )
    client.post(address(request, "about-you"), {**hidden_in(page), "keep": "mine"})
    assert told(request)["role"] == "Analyst"


def test_two_who_save_the_same_words_do_not_clash(client):
    request = a_request()
    form = {**opened(client, address(request)), "problem": "Nights in jail."}
    assert [client.post(address(request), form).status_code for _ in range(2)] == [302, 302]


def test_saving_without_a_change_disturbs_nobody(client):
    request = a_request()
    second = opened(client, address(request))
    client.post(address(request), opened(client, address(request)))
    assert client.post(address(request), {**second, "problem": "Days in court."}).status_code == 302


def test_a_page_that_came_back_with_an_error_can_be_mended_and_saved(client):
    request = a_request()
    start = {**opened(client, address(request)), "problem": "long " * 1000, "served": "Few people."}
    page = client.post(address(request), start).content.decode()
    mended = {**start, "problem": "Short.", "version": version_in(page)}
    assert client.post(address(request), mended).status_code == 302
    assert (told(request)["problem"], told(request)["served"]) == ("Short.", "Few people.")


def test_the_requester_and_a_colleague_do_not_overwrite_each_other(client):
    request = a_request()
    share = Share.hand_over(request, PROBLEM, name="Ray Ortega", email="ray@example.gov")
    theirs = reverse("assistance:colleague", args=[share.token()])
    form = opened(client, theirs)
    client.post(address(request), {**opened(client, address(request)), "problem": "Nights in jail."})
    answer = client.post(theirs, {**form, "problem": "Days in court.", "do": "finish"})
    assert answer.status_code == 409 and "Nights in jail." in answer.content.decode()
    client.post(theirs, {**hidden_in(answer.content.decode()), "keep": "mine"})
    share.refresh_from_db()
    assert (told(request)["problem"], share.done_at is None) == ("Days in court.", False)


def test_long_answers_show_what_is_different(client):
    request = a_request(problem="Jail is where people end. " * 5)
    version = request.version_of(PROBLEM)
    request.edit_page(PROBLEM, {"problem": "Jail is where people end. " * 5 + "Always."})
    mine = posted(4, problem="Jail is where people end. " * 5 + "Mostly.", version=version)
    page = client.post(address(request), mine).content.decode()
    assert "<del>Always.</del>" in page and "<ins>Mostly.</ins>" in page


def test_a_sent_request_stays_whole_and_remembers_each_change_once(client):
    request = a_request(status=Status.RECEIVED)
    form = opened(client, address(request))
    empty = client.post(address(request), {**form, "problem": ""})
    assert "Tell us what problem you want to solve" in empty.content.decode()
    for words in ("Nights in jail.", "Nights in jail."):
        client.post(address(request), {**form, "problem": words})
    assert told(request)["problem"] == "Nights in jail."
    assert request.events.filter(action="edit", doer=Doer.REQUESTER).count() == 1


def test_the_model_itself_refuses_what_would_leave_a_sent_request_incomplete():
    request = a_request(status=Status.RECEIVED)
    with pytest.raises(NotComplete):
        request.edit_page(PROBLEM, {"problem": ""})
    assert told(request)["problem"] == "Jail is where people end."
    assert not request.events.filter(action="edit").exists()


def test_the_model_itself_keeps_nothing_when_a_page_changed_meanwhile():
    request = a_request()
    request.edit_page(PROBLEM, {"problem": "New."})
    with pytest.raises(ChangedMeanwhile) as change:
        request.edit_page(PROBLEM, {"problem": "Mine.", "served": "Few."}, version=1)
    assert change.value.theirs == {"problem": "New.", "served": None}
    assert "served" not in {name for name, value in told(request).items() if value}


@pytest.mark.parametrize("status", [one for one in Status if one not in (Status.DRAFTED, Status.RECEIVED)])
def test_when_the_bureau_has_begun_the_page_shows_what_was_typed_and_where_it_can_go(client, status):
    request = a_request(status=status)
    answer = client.post(address(request), posted(4, problem="Too late."))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Too late." in page
    assert (reverse("assistance:supplement", args=[request.token()]) in page) == request.may(
        "supplement", Doer.REQUESTER
    )
    assert told(request)["problem"] == "Jail is where people end."
    with pytest.raises(NotAllowed):
        request.edit_page(PROBLEM, {"problem": "Too late."})


def test_what_may_be_about_a_participant_is_looked_at_before_a_sent_request_takes_it(client):
    request = a_request(status=Status.RECEIVED)
    form = {**opened(client, address(request)), "problem": "His number is 123-45-6789."}
    page = client.post(address(request), form).content.decode()
    assert told(request)["problem"] == "Jail is where people end."
    key = re.search(r'name="confirm" value="([^"]*)"', page)[1]
    client.post(address(request), {**form, "confirm": key})
    assert told(request)["problem"] == "His number is 123-45-6789."


def test_words_typed_under_a_link_that_stopped_meanwhile_are_shown_to_be_copied(client):
    request = a_request()
    old = address(request)
    request.replace_link()
    answer = client.post(old, posted(4, problem="Nights in jail."))
    page = answer.content.decode()
    assert answer.status_code == 404 and "This was not saved" in page and "Nights in jail." in page

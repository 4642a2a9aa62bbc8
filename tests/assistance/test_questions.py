"""The rules of the answers: what is asked of whom, what is refused, and what is demanded before sending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sites.assistance.forms import PhoneForm, form_for
from sites.assistance.models import Answers, Request
from sites.assistance.questions import PAGE_OF, PAGES, QUESTION_OF, pages_after, pages_before
from tests.assistance.factories import ANSWERS, a_request, a_state

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def form(slug: str, answers: dict, *, known: dict | None = None, demand: bool = False):
    made = form_for(PAGE_OF[slug])(answers, known=known or {}, demand=demand)
    made.is_valid()
    return made


def wrong(slug: str, answers: dict, **how) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in form(slug, answers, **how).errors.items()}


def test_no_question_stands_twice_and_each_has_its_words():
    names = [question.name for page in PAGES for question in page.questions]
    assert len(names) == len(set(names)) == len(QUESTION_OF)
    for page in PAGES:
        assert page.title and page.intro and page.knows
        for question in page.questions:
            assert (
                question.label
                and question.why
                and all(words for _, words in question.choices if question.options)
            )


def test_every_question_that_can_be_demanded_says_in_its_own_words_that_it_is_missing():
    a_state()
    for page in PAGES:
        for question in page.questions:
            if question.required or question.required_when:
                message = form_for(page)().fields[question.name].error_messages["required"]
                assert message != "Answer this question", question.name


def test_the_pages_follow_one_another():
    assert pages_before("about-you") == () and pages_after("timing-and-money") == ()
    assert [page.slug for page in (*pages_before("your-place"), *pages_after("your-place"))] == [
        page.slug for page in PAGES if page.slug != "your-place"
    ]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("city", ["place", "county", "population"]),
        ("tribal", ["place", "county", "population"]),
        ("region", ["place", "county", "population"]),
        ("county", ["place", "population"]),
        ("state", ["population"]),
        ("", ["place", "county", "population"]),
    ],
)
def test_nothing_is_asked_that_the_kind_of_place_has_answered(kind, asked):
    known = {"place_kind": kind, "state": "NM"}
    assert list(form("your-place", {}, known=known).fields) == asked


def test_a_request_for_a_whole_state_is_complete_without_the_name_of_a_place():
    request = a_request(place_kind="state", place=None)
    assert request.missing() == [] and request.place == "New Mexico"
    asked = [one.question.name for _, answered in request.chapters() for one in answered]
    assert "place" not in asked and "county" not in asked and "population" in asked


def test_the_counties_of_the_chosen_state_are_offered_by_name():
    offered = dict(
        form("your-place", {}, known={"state": "NM", "place_kind": "city"}).fields["county"].choices
    )
    assert offered["35039"] == "Rio Arriba County" and len(offered) == 34  # 33 and the line that invites


@pytest.mark.parametrize(
    ("county", "known", "message"),
    [
        ("48001", {"state": "NM"}, "This county is not in New Mexico. Choose one that is, or leave it open"),
        ("99999", {"state": "NM"}, "Choose one of the answers shown"),
        ("Rio", {}, "We know no county of this name in a state that is not chosen yet."),
    ],
)
def test_a_county_that_does_not_fit_the_state_is_refused(county, known, message):
    [said] = wrong("your-place", {"county": county}, known=known)["county"]
    assert said.startswith(message)


def test_a_county_of_an_old_choice_of_state_has_to_be_mended_before_sending():
    request = a_request(place_kind="city", county="48001")
    assert [(one.page.slug, one.field_id) for one in request.missing()] == [("your-place", "id_county")]


@pytest.mark.parametrize(("days", "is_wrong"), [(-1, True), (0, False), (1, False)])
def test_a_day_that_has_passed_is_refused(days, is_wrong):
    day = (TODAY() + timedelta(days=days)).isoformat()
    assert ("needed_by" in wrong("timing-and-money", {"needed_by": day})) is is_wrong


def test_a_day_that_passed_since_it_was_saved_may_stay_until_the_request_is_sent():
    day = (TODAY() - timedelta(days=1)).isoformat()
    answers = {"needed_by": day, "timing": "later", "money": ["none"], "federal_grant": "no"}
    assert wrong("timing-and-money", answers, known=answers) == {}
    assert list(wrong("timing-and-money", answers, known=answers, demand=True)) == ["needed_by"]


@pytest.mark.parametrize("day", ["2027-02-30", "soon", "31/31/2027"])
def test_a_day_that_does_not_exist_is_refused_in_our_words(day):
    assert wrong("timing-and-money", {"needed_by": day}) == {
        "needed_by": ["Enter a day that exists, or leave it empty"]
    }


@pytest.mark.parametrize("phone", ["555-010-0123", "(505) 555 0100 ext. 12", "+1 505 555 0100"])
def test_a_telephone_number_may_be_written_as_people_write_it(phone):
    assert wrong("about-you", {"phone": phone}) == {}


@pytest.mark.parametrize("phone", ["12345", "call me", "555-010-0123 after five"])
def test_what_is_no_telephone_number_is_refused(phone):
    assert list(wrong("about-you", {"phone": phone})) == ["phone"]


def test_the_second_address_is_another_one():
    answers = {"email": "Dana@example.gov", "second_email": "dana@EXAMPLE.gov"}
    assert list(wrong("about-you", answers)) == ["second_email"]
    assert wrong("about-you", {**answers, "second_email": "ed@example.gov"}) == {}


@pytest.mark.parametrize("grant", ["no", "unsure"])
def test_an_award_without_a_grant_is_explained_and_the_other_answers_are_kept(grant):
    found = form("timing-and-money", {"federal_grant": grant, "award": "15PBJA-21"})
    assert list(found.errors) == ["award"] and found.good_answers()["federal_grant"] == grant


@pytest.mark.parametrize(
    ("grant", "demanded"), [("yes", True), ("applied", False), ("no", False), ("", False)]
)
def test_an_award_is_demanded_only_of_who_holds_a_grant(grant, demanded):
    answers = {"timing": "later", "money": ["federal"], "federal_grant": grant}
    assert ("award" in wrong("timing-and-money", answers, demand=True)) is demanded


def test_who_wants_training_says_for_whom_before_sending_and_not_before():
    assert wrong("help-wanted", {"help": ["training"]}) == {}
    [message] = wrong("help-wanted", {"help": ["training"]}, demand=True)["training_roles"]
    assert message == "Choose who should be trained, or take “Training” away"


@pytest.mark.parametrize(("slug", "name"), [("where-you-stand", "partners"), ("timing-and-money", "money")])
def test_none_goes_with_no_other_answer(slug, name):
    other = QUESTION_OF[name].options[0]
    assert name in wrong(slug, {name: [other, "none"]})
    assert name not in wrong(slug, {name: ["none"]})


@pytest.mark.parametrize(
    ("name", "value"), [("stage", "launching"), ("place_kind", "village"), ("help", ["retired"])]
)
def test_an_answer_of_an_older_form_is_still_shown(name, value):
    request = a_request(**{name: value})
    shown = {one.question.name: one.text for _, answered in request.chapters() for one in answered}
    assert shown[name] == (value if isinstance(value, str) else value[0])


def test_an_old_draft_keeps_the_answers_that_stood_on_another_page():
    request = a_request()
    request.pages.all().delete()
    Answers.objects.create(
        request=request, page="problem-and-help", values={"problem": "Old words.", "help": ["peer"]}
    )
    assert (request.answers()["problem"], request.answers()["help"]) == ("Old words.", ["peer"])
    request.save_page(PAGE_OF["the-problem"], {"problem": "New words."})
    assert (request.answers()["problem"], request.answers()["help"]) == ("New words.", ["peer"])


def test_staff_type_a_county_in_words_beside_its_state():
    a_state()
    typed = {**ANSWERS, "place_kind": "city", "place": "Chimayó", "county": "rio arriba", "nonce": "0" * 32}
    found = PhoneForm(typed)
    assert found.is_valid() and found.good_answers()["county"] == "35039"


def test_staff_need_no_name_of_a_place_for_a_whole_state():
    a_state()
    found = PhoneForm({**ANSWERS, "place_kind": "state", "place": "", "nonce": "0" * 32})
    assert found.is_valid()
    assert not PhoneForm({**ANSWERS, "place": "", "nonce": "0" * 32}).is_valid()


def test_the_names_of_the_states_places_are_offered_beside_the_line(client):
    request = a_request()
    page = client.get(f"/assistance/ask/{request.token()}/your-place/").content.decode()
    assert 'list="id_place_names"' in page and '<option value="Rio Arriba County">' in page
    assert Request.objects.count() == 1

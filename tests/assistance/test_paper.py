"""The request on paper is made from the same list as the form."""

import pytest
from django.utils.html import escape

from leadbureau.content.models import BureauDetails
from sites.assistance.questions import PAGES, Kind
from tests.assistance.factories import a_state

pytestmark = pytest.mark.django_db
QUESTIONS = [question for page in PAGES for question in page.questions]


@pytest.fixture
def paper(client, db) -> str:
    a_state()
    return client.get("/assistance/paper/").content.decode()


def test_every_page_of_the_form_is_a_section_with_who_usually_knows(paper):
    for asked in PAGES:
        assert f'id="paper-{asked.slug}"' in paper
        assert escape(asked.title) in paper and escape(asked.intro) in paper and escape(asked.knows) in paper


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_stands_there_with_its_reason_and_when_it_matters(paper, question):
    for words in (question.label, question.hint, question.why, question.when):
        assert escape(words) in paper


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one.options], ids=lambda question: question.name
)
def test_every_answer_to_choose_from_stands_there(paper, question):
    for _, words in question.choices:
        assert f"<li>{escape(words)}</li>" in paper


def test_every_question_without_answers_to_choose_from_has_room_for_one(paper):
    room = sum(not question.options for question in QUESTIONS)
    assert paper.count('class="paper__room') == room + 1  # and one for files and support


def test_only_what_is_never_demanded_is_called_optional(paper):
    optional = [one for one in QUESTIONS if not one.required and not one.when]
    assert paper.count("(optional)") == len(optional)


def test_states_are_written_by_hand_and_not_all_printed(paper):
    assert "New Mexico" not in paper
    assert any(question.kind is Kind.STATE for question in QUESTIONS)


def test_it_says_where_to_send_it_by_the_details_of_the_bureau(client):
    BureauDetails.objects.update_or_create(
        pk=1, defaults={"address": "1 Main Street\nSpringfield", "email": "help@example.org", "reply_days": 6}
    )
    page = client.get("/assistance/paper/").content.decode()
    assert "1 Main Street<br>Springfield" in page and "help@example.org" in page and "6 working days" in page


def test_without_an_address_it_says_how_else_to_reach_us(paper):
    assert "No postal address is published yet" in paper

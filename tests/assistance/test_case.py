import pytest
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.assistance.casework import VERBS, next_step
from sites.assistance.models import JoinRequest, Message, Request, Tombstone
from sites.assistance.moves import Doer, Status
from sites.assistance.questions import PAGES
from tests.assistance.desk import LIST, case, step
from tests.assistance.factories import WORDS, a_request, staff

pytestmark = pytest.mark.django_db
# Buttons that are a move of the table, by the name of the move.
MOVES_WITH_BUTTON = (
    *(
        "start_review",
        "ask_more",
        "hand_back",
        "activate",
        "decline",
        "refer",
        "complete",
        "withdraw",
        "reopen",
    ),
    *("supplement", "message"),
)
ASKED = [(Status.IN_REVIEW, ["ask_more"]), (Status.ACTIVE, ["ask_more"])]


@pytest.mark.parametrize(("status", "then"), [*((status, []) for status in Status), *ASKED])
def test_a_case_has_buttons_for_exactly_the_moves_that_the_table_allows(client, caseworker, status, then):
    row = a_request(status=status, then=then)
    page = client.get(case(row)).text
    there = {verb for verb in MOVES_WITH_BUTTON if f'href="{step(row, verb)}"' in page}
    assert there == {verb for verb in MOVES_WITH_BUTTON if row.may(verb, Doer.STAFF)}
    assert all(f'href="{step(row, verb.name)}"' not in page for verb in VERBS if not verb.may(row))


@pytest.mark.parametrize(
    ("status", "then", "button"),
    [
        (Status.DRAFTED, [], None),
        (Status.RECEIVED, [], "start-review"),
        (Status.IN_REVIEW, [], "activate"),
        (Status.IN_REVIEW, ["ask_more"], None),
        (Status.IN_REVIEW, ["ask_more", "hand_back"], "activate"),
        (Status.ACTIVE, [], "next-action"),
        (Status.COMPLETED, [], None),
        (Status.DECLINED, [], None),
        (Status.REFERRED, [], None),
        (Status.WITHDRAWN, [], None),
    ],
)
def test_the_next_step_fits_where_the_request_stands(status, then, button):
    verb, why = next_step(a_request(status=status, then=then))
    assert (verb and verb.name, why.endswith(".")) == (button, True)


def test_what_is_held_back_leads_to_letting_it_in_and_says_why_it_is_held(client, caseworker):
    row = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    page = client.get(case(row)).text
    assert "It has 9 links." in page and f'href="{step(row, "release")}"' in page
    assert f'href="{step(row, "activate")}"' not in page
    client.post(step(row, "release"))
    row.refresh_from_db()
    assert (row.quarantined_at, Letter.objects.get().name) == (None, "assistance/send")


def test_a_case_shows_every_question_with_its_answer_or_that_it_was_left_open(client, caseworker):
    page = client.get(case(a_request(status=Status.RECEIVED))).content.decode()
    questions = [question for asked in PAGES for question in asked.asked({"place_kind": "county"})]
    assert [one.name for one in questions if one.label.replace("'", "&#x27;") not in page] == []
    assert "Jail is where people end." in page and "Health, behavioral health or human services" in page


def test_the_answers_of_a_draft_are_not_shown_to_staff(client, caseworker):
    assert "Jail is where people end." not in client.get(case(a_request())).text


def test_what_looks_like_data_about_a_participant_is_marked_and_still_escaped(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    row.save_page(PAGES[4], {"problem": "<b>He</b> has the SSN 123-45-6789."})
    page = client.get(case(row)).text
    assert "&lt;b&gt;He&lt;/b&gt; has the" in page
    assert "123-45-6789</mark>" in page and "1 passage." in page


def test_no_page_for_staff_shows_the_private_link(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    letter = f"/admin/mail/letter/{Letter.objects.get().pk}/change/"
    seen = f"{LIST}{row.pk}/as-they-see-it/"
    for address in (LIST, case(row), step(row, "start-review"), letter, seen):
        assert row.token() not in client.get(address).text, address


def test_a_case_names_other_requests_of_the_place_and_of_the_county_also_deleted_ones(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    same_place = a_request(status=Status.DECLINED, email="a@example.gov")
    same_county = a_request(
        status=Status.WITHDRAWN, place_kind="city", place="Espanola", email="b@example.gov"
    )
    elsewhere = a_request(status=Status.RECEIVED, place="Taos County")
    Request.objects.filter(pk=same_county.pk).update(county_fips=row.county_fips)
    Tombstone.objects.create(
        reference="TA-222-333-4", state_id="NM", county_fips=row.county_fips, sent_on="2023-01-05",
        closed_on="2023-02-05", outcome="declined", purged_on="2024-08-05",
    )  # fmt: skip
    page = client.get(case(row)).text
    assert all(f">{other.reference}</a>" in page for other in (same_place, same_county))
    assert "TA-222-333-4: declined Feb 5, 2023" in page and elsewhere.reference not in page


def test_a_case_shows_who_asked_to_join_it(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    JoinRequest.objects.create(
        request=row, name="Sam Lee", email="sam@example.gov", words="We want the same."
    )
    page = client.get(case(row)).text
    assert "Sam Lee, sam@example.gov" in page and "We want the same." in page


def test_notes_stand_apart_and_the_timeline_names_who_did_what(client, caseworker):
    row, mel = a_request(status=Status.IN_REVIEW), staff(username="mel")
    client.post(step(row, "assign"), {"to": mel.pk})
    client.post(step(row, "note"), {"text": "Called at noon."})
    page = client.get(case(row)).text
    assert Request.objects.get().owner == mel
    assert "Called at noon." in page and "cass gave the request to mel." in page


def test_the_next_action_is_planned_with_its_day_and_taken_away_when_saved_empty(client, caseworker):
    row, today = a_request(status=Status.ACTIVE), timezone.localdate()
    client.post(step(row, "next-action"), {"action": "Call the chief", "on": today.isoformat()})
    row.refresh_from_db()
    assert (row.next_action, row.next_action_on) == ("Call the chief", today)
    assert "Call the chief (due)" in client.get(case(row)).text
    client.post(step(row, "next-action"), {"action": "", "on": ""})
    row.refresh_from_db()
    assert (row.next_action, row.next_action_on) == ("", None)


@pytest.mark.parametrize(
    ("posted", "complaint"),
    [
        ({"action": "Call", "on": ""}, "Say on which day"),
        ({"action": "", "on": "2999-01-01"}, "Say what is to be done"),
        ({"action": "Call", "on": "2020-01-01"}, "Choose today or a day to come"),
    ],
)
def test_half_a_next_action_is_not_saved(client, caseworker, posted, complaint):
    row = a_request(status=Status.ACTIVE)
    assert complaint in client.post(step(row, "next-action"), posted).text
    assert Request.objects.get().next_action_on is None


def test_the_place_in_the_directory_is_chosen_and_written_down(client, caseworker, site):
    from sites.jurisdictions.models import Jurisdiction

    row, place = a_request(status=Status.RECEIVED, place="Taos County"), Jurisdiction.objects.public()[0]
    client.post(step(row, "place"), {"place": place.pk})
    row.refresh_from_db()
    assert (row.jurisdiction, row.events.last().action) == (place, "place")
    assert f'href="/admin/jurisdictions/jurisdiction/{place.pk}/change/"' in client.get(case(row)).text


def test_staff_see_the_request_as_its_requester_does_without_private_notes(client, caseworker):
    row = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    row.add_note("Only for us.", by=caseworker)
    page = client.get(f"{LIST}{row.pk}/as-they-see-it/").text
    assert "Jail is where people end." in page and "About your request" in page
    assert "Only for us." not in page
    assert client.post(f"{LIST}{row.pk}/as-they-see-it/").status_code == 405


@pytest.mark.parametrize(("button", "action"), [("new-link", "link_renewed"), ("no-link", "link_revoked")])
def test_a_private_link_is_replaced_or_taken_back(client, caseworker, button, action):
    row = a_request(status=Status.RECEIVED)
    before = row.token_digest
    client.post(step(row, button))
    row.refresh_from_db()
    assert row.events.last().action == action
    assert (row.token_digest != before, row.link_opens()) == (button == "new-link", button == "new-link")


def test_deleting_a_request_takes_its_letters_along(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert (Request.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_long_case_asks_no_more_of_the_database_than_a_short_one(
    client, caseworker, django_assert_max_num_queries
):
    row = a_request(status=Status.IN_REVIEW)
    for number in range(20):
        row.add_note(f"Note {number}", by=caseworker)
    client.get(case(row))
    with django_assert_max_num_queries(45):
        client.get(case(row))


def test_a_letter_that_is_held_back_is_the_next_step_before_anything_else(client, caseworker):
    request = a_request(status=Status.IN_REVIEW)
    request.decline(by=caseworker, words=WORDS, held=True)
    verb, why = next_step(request)
    assert verb is None and "has not left" in why
    Letter.objects.held().get().release(by=caseworker)
    assert next_step(request) == (None, "It is closed. Nothing is to be done.")


def test_a_draft_shows_staff_nothing_of_what_its_writer_wrote(client, caseworker):
    draft = a_request()
    pages = [client.get(case(draft)).content.decode(), client.get(f"{LIST}?stands=drafts").content.decode()]
    for page in pages:
        assert draft.reference in page
        assert not [word for word in ("Dana", "example.gov", "Health director", "Rio Arriba") if word in page]


def test_a_decision_whose_letter_was_stopped_leaves_somebody_to_be_told(client, caseworker):
    request = a_request(status=Status.IN_REVIEW)
    request.decline(by=caseworker, words=WORDS, held=True)
    Letter.objects.held().get().void(by=caseworker)
    assert "have not been told" in next_step(Request.objects.get())[1]
    Message.objects.write(request, "Here is why.", by=caseworker)
    assert next_step(Request.objects.get()) == (None, "It is closed. Nothing is to be done.")


def test_who_opens_a_letter_about_a_request_is_written_down(client, caseworker):
    request = a_request(status=Status.RECEIVED)
    letter = Letter.objects.get(name="assistance/send")
    client.get(reverse("admin:mail_letter_change", args=[letter.pk]))
    assert [(one.by, one.what) for one in request.accesses.all()] == [(caseworker, "case")]

"""What came of the help: asked once at each time, answered by a private link, proposed to the directory."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from leadbureau.content.wording import say
from leadbureau.mail import letters
from leadbureau.mail.models import Letter
from sites.assistance.models import Event, Outcome, Request
from sites.assistance.moves import Status
from sites.assistance.outcomes import TooLate, answer, ask_outcomes, may_answer
from sites.jurisdictions.models import Correction, StageChange
from tests.assistance.factories import a_request, staff_member
from tests.assistance.histories import at, completed, take
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db
DONE = date(2026, 1, 5)
TOLD = {"stage": "operating", "helped": "yes", "words": "The training helped."}


def later(days: int):
    return at(DONE + timedelta(days=days), hour=11)


def asked(found: Request) -> list[int]:
    return list(found.outcomes.values_list("after", flat=True))


def letters_to(found: Request):
    return Letter.objects.filter(about=found.reference, name="assistance/outcome_ask")


def an_outcome(place=None, **answers) -> Outcome:
    """Asked 30 days after the request was completed, not answered."""
    found = completed(DONE, **answers)
    if place:
        Request.objects.filter(pk=found.pk).update(jurisdiction=place)
    assert ask_outcomes(later(30)) == 1
    return found.outcomes.get()


def page(outcome: Outcome) -> str:
    return reverse("assistance:outcome", args=[outcome.request.token(), outcome.after])


# Asking -------------------------------------------------------------------------------------------


def test_a_completed_request_is_asked_after_30_and_after_180_days_once_each():
    found = completed(DONE)
    counts = [ask_outcomes(later(days)) for days in (29, 30, 30, 31, 179, 180, 181, 500)]
    assert counts == [0, 1, 0, 0, 0, 1, 0, 0]
    assert asked(found) == [30, 180] and letters_to(found).count() == 2


def test_when_both_are_due_only_the_later_one_is_asked():
    found = completed(DONE)
    assert [ask_outcomes(later(days)) for days in (200, 201, 300)] == [1, 0, 0]
    assert asked(found) == [180]


def test_two_letters_never_come_close_together():
    found = completed(DONE)
    assert [ask_outcomes(later(days)) for days in (175, 180, 190)] == [1, 0, 0]
    assert ask_outcomes(later(206)) == 1
    assert asked(found) == [30, 180]


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN])
def test_only_what_was_completed_is_asked(status):
    found = a_request(status=status)
    Request.objects.filter(pk=found.pk, closed_at__isnull=False).update(closed_at=later(-10))
    assert ask_outcomes(later(400)) == 0


def test_what_was_opened_again_is_not_asked():
    found = completed(DONE)
    take(found, "reopen", DONE + timedelta(days=3))
    assert ask_outcomes(later(30)) == 0 and asked(found) == []


def test_without_an_address_nobody_is_asked():
    found = completed(DONE, email=None, phone="505-555-0100")
    assert ask_outcomes(later(30)) == 0 and asked(found) == []


def test_the_letter_leads_straight_to_the_questions_and_keeps_no_link(mailoutbox):
    outcome = an_outcome()
    letter = letters_to(outcome.request).get()
    assert "[private link]outcome/30/" in letter.body and outcome.request.token() not in letter.body
    letters.deliver_due()
    [mail] = [mail for mail in mailoutbox if mail.subject == letter.subject]
    assert page(outcome) in mail.body and "[private link]" not in mail.body
    [(html, _)] = mail.alternatives
    assert f'{page(outcome)}"' in html and "[private link]" not in html


def test_the_letter_after_half_a_year_says_so():
    found = completed(DONE)
    ask_outcomes(later(181))
    letter = letters_to(found).get()
    assert letter.subject.startswith("Half a year later") and "outcome/180/" in letter.body


def test_a_link_that_staff_took_back_stays_closed():
    found = completed(DONE)
    found.take_back_link(by=staff_member())
    assert ask_outcomes(later(30)) == 0 and asked(found) == []


def test_a_link_that_is_over_is_replaced_before_it_is_mailed(client):
    found = completed(DONE)
    Request.objects.filter(pk=found.pk).update(link_used_at=later(-100))
    old = found.token()
    ask_outcomes()
    outcome = Outcome.objects.get()
    assert outcome.request.token() != old and client.get(page(outcome)).status_code == 200


def test_the_letter_on_the_requests_own_page_tells_no_address(client):
    outcome = an_outcome()
    told = client.get(reverse("assistance:status", args=[outcome.request.token()])).content.decode()
    assert f"Answer the two questions: {say('assistance.status.this_page')}<" in told
    assert "[private link]" not in told
    assert f'href="{page(outcome)}"' in told


# Answering ----------------------------------------------------------------------------------------


def test_the_two_questions_are_answered_once_and_thanked_for(client):
    outcome = an_outcome()
    assert "What came of it?" in client.get(page(outcome)).content.decode()
    for _ in range(2):
        assert client.post(page(outcome), TOLD).url == page(outcome)
    outcome.refresh_from_db()
    assert (outcome.stage, outcome.helped, outcome.words) == ("operating", "yes", "The training helped.")
    assert outcome.request.events.filter(action=Event.Action.OUTCOME).count() == 1
    thanks = client.get(page(outcome)).content.decode()
    assert (
        "Thank you" in thanks
        and "It has started and is running" in thanks
        and "The training helped." in thanks
    )


def test_looking_changes_nothing(client):
    outcome = an_outcome()
    client.get(page(outcome))
    client.head(page(outcome))
    outcome.refresh_from_db()
    assert outcome.answered_at is None and not Event.objects.filter(action="outcome").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"stage": ""}, "Choose where LEAD stands in your place now"),
        ({"helped": ""}, "Choose whether our help made a difference"),
        ({"helped": "very"}, "id_helped"),
        ({"stage": "certified"}, "id_stage"),
        ({"words": "x" * 2001}, "Shorten this to 2,000 characters"),
    ],
)
def test_what_cannot_be_is_complained_of_and_nothing_is_kept(client, change, error):
    outcome = an_outcome()
    told = client.post(page(outcome), {**TOLD, **change}).content.decode()
    assert "field--wrong" in told and "error-summary" in told and error in told
    assert "<title>Error" in told
    outcome.refresh_from_db()
    assert outcome.answered_at is None


def test_a_passage_that_looks_like_a_participants_data_is_looked_at_first(client):
    outcome = an_outcome()
    words = "One of them, SSN 219-09-9999, is doing well."
    told = client.post(page(outcome), {**TOLD, "words": words})
    assert "219-09-9999" in told.content.decode() and "passages" in told.content.decode()
    [passage] = told.context["passages"]
    client.post(page(outcome), {**TOLD, "words": words, "confirm": passage.key})
    outcome.refresh_from_db()
    assert outcome.words == words


def test_answers_can_be_changed_for_30_days_after_the_first(client):
    outcome = an_outcome()
    client.post(page(outcome), TOLD)
    form = client.get(f"{page(outcome)}?change=1").content.decode()
    assert "The training helped." in form and "checked" in form
    client.post(page(outcome), {**TOLD, "helped": "partly"})
    outcome.refresh_from_db()
    assert outcome.helped == "partly" and outcome.request.events.filter(action="outcome").count() == 2


def test_after_30_days_answers_stay_as_they_are(client):
    outcome = an_outcome()
    answer(outcome, helped="no", stage="", now=later(40))
    outcome.refresh_from_db()
    assert may_answer(outcome, later(70)) and not may_answer(outcome, later(71))
    with pytest.raises(TooLate):
        answer(outcome, helped="yes", stage="", now=later(71))
    Outcome.objects.update(answered_at=later(40) - timedelta(days=300))
    client.post(page(outcome), TOLD)
    outcome.refresh_from_db()
    assert outcome.helped == "no"
    shown = client.get(f"{page(outcome)}?change=1").content.decode()
    assert "The answers could be changed until" in shown and "<form method" not in shown.split("<main")[1]


def test_what_was_not_asked_has_a_friendly_page(client):
    found = completed(DONE)
    for after in (30, 31):
        answer_page = client.get(reverse("assistance:outcome", args=[found.token(), after]))
        assert answer_page.status_code == 404
        assert "There is nothing to answer here" in answer_page.content.decode()
    assert client.post(reverse("assistance:outcome", args=[found.token(), 30]), TOLD).status_code == 404
    assert not Outcome.objects.exists()


def test_staff_are_told_that_there_is_an_answer_and_not_what_it_says(settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    answer(an_outcome(), helped="no", stage="", words="It was too late for us.", now=later(40))
    letter = Letter.objects.get(name="assistance/staff_outcome")
    assert letter.to == "desk@example.org" and "too late" not in letter.body


# The directory ------------------------------------------------------------------------------------


def test_another_stage_than_the_directorys_is_proposed_for_it():
    place = make_place(stage="developing")
    answer(an_outcome(place), helped="yes", stage="operating", now=later(40))
    [row] = Correction.objects.waiting()
    assert (row.place, row.field, row.origin) == (place, "stage", "jurisdiction")
    assert row.proposed_in_words == "Operating, on 14 February 2026"
    assert "30 days after request TA-" in row.reason
    assert row.reporter_email == "" == row.reporter_name
    row.accept(by=staff_member(), despite=row.warning)
    assert StageChange.objects.filter(jurisdiction=place, stage="operating", year=2026, month=2).exists()


@pytest.mark.parametrize(("directory", "told"), [("operating", "operating"), ("developing", "")])
def test_what_the_directory_says_already_or_nobody_told_is_not_proposed(directory, told):
    answer(an_outcome(make_place(stage=directory)), helped="yes", stage=told, now=later(40))
    assert not Correction.objects.exists()


def test_without_a_place_in_the_directory_nothing_is_proposed():
    answer(an_outcome(), helped="yes", stage="operating", now=later(40))
    assert not Correction.objects.exists()


def test_a_changed_answer_changes_what_it_proposed():
    outcome = an_outcome(make_place(stage="developing"))
    answer(outcome, helped="yes", stage="operating", now=later(40))
    first = Correction.objects.get()
    answer(outcome, helped="yes", stage="paused", now=later(41))
    row = Correction.objects.get()
    assert row.pk == first.pk and row.proposed_in_words.startswith("Paused")
    answer(outcome, helped="yes", stage="", now=later(42))
    assert not Correction.objects.exists()


def test_what_staff_have_decided_stays_when_the_answer_is_changed():
    outcome = an_outcome(make_place(stage="developing"))
    answer(outcome, helped="yes", stage="operating", now=later(40))
    Correction.objects.get().decline(by=staff_member())
    answer(outcome, helped="yes", stage="paused", now=later(41))
    assert [(row.outcome, row.proposed.split("\n")[0]) for row in Correction.objects.order_by("pk")] == [
        ("declined", "operating"),
        ("", "paused"),
    ]


def test_the_second_answer_does_not_propose_again_what_waits():
    outcome = an_outcome(make_place(stage="developing"))
    answer(outcome, helped="yes", stage="operating", now=later(40))
    ask_outcomes(later(180))
    answer(outcome.request.outcomes.get(after=180), helped="yes", stage="operating", now=later(185))
    assert Correction.objects.count() == 1

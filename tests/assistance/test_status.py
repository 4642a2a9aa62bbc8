"""The request's own page: whose turn it is and since when, how far the promise is, and all that has happened."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from leadbureau.content.wording import say
from leadbureau.mail.models import Letter
from sites.assistance.models import Message, Request, Supplement
from sites.assistance.moves import Status
from sites.assistance.standing import standing_of
from sites.jurisdictions.models import Jurisdiction
from tests.assistance.factories import WORDS, a_request, staff_member
from tests.assistance.standings import STANDINGS

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("America/Los_Angeles")
# How a decision leaves the request, and its verb.
HELD_BACK = {"active": "activate", "completed": "complete", "declined": "decline", "referred": "refer"}


def at(day: int, hour: int = 10, month: int = 5) -> datetime:
    """A moment of May 2033: the 2nd is a Monday, the 30th is Memorial Day."""
    return datetime(2033, month, day, hour, tzinfo=HERE)


def sent(day: int, **kwargs) -> Request:
    request = a_request(**kwargs)
    request.send(now=at(day))
    return request


def page_of(client, request, query="") -> str:
    return client.get(reverse("assistance:status", args=[request.token()]) + query).content.decode()


def held_back(standing: str) -> Request:
    """A request with a decision whose letter waits for a second look."""
    request = a_request(status=Status.ACTIVE if standing == "completed" else Status.IN_REVIEW)
    getattr(request, HELD_BACK[standing])(by=staff_member(), words=WORDS, held=True)
    return request


def told(request, day: int, **kwargs) -> tuple:
    found = standing_of(request, at(day, **kwargs))
    return found.heading, found.since, found.count, found.more


def test_on_the_day_of_arrival_the_count_has_not_begun():
    assert told(sent(2), 2) == (
        "It is our turn",
        "With the Bureau since 2 May 2033",
        "Our 5 working days begin with Tuesday, 3 May 2033.",
        "You will have an answer by Monday, 9 May 2033.",
    )


def test_what_comes_on_a_friday_begins_on_monday_and_on_a_weekend_still_does():
    friday = sent(6)
    begins = "Our 5 working days begin with Monday, 9 May 2033."
    assert [told(friday, day)[2] for day in (6, 7, 8)] == [begins] * 3
    assert told(friday, 9)[2] == "Working day 1 of 5"


def test_each_working_day_is_counted_and_no_weekend_or_holiday():
    request = sent(26)  # a Thursday; Friday, then a weekend, then Memorial Day
    assert [told(request, day)[2] for day in (27, 28, 29, 30, 31)] == ["Working day 1 of 5"] * 4 + [
        "Working day 2 of 5"
    ]
    assert told(request, 27)[3] == "You will have an answer by Friday, 3 June 2033."


def test_being_late_is_said_with_the_number_of_days():
    request = sent(2)
    promised = "We promised an answer by Monday, 9 May 2033 and are"
    assert told(request, 9)[2] == "Working day 5 of 5"
    assert told(request, 10)[2] == f"{promised} 1 working day late. We are sorry."
    assert told(request, 12)[2] == f"{promised} 3 working days late. We are sorry."
    assert standing_of(request, at(12)).is_late


def test_on_the_weekend_after_the_promised_day_it_is_late_by_no_working_day_yet():
    request = sent(6)  # promised by Friday the 13th
    assert told(request, 14)[2] == (
        "We promised an answer by Friday, 13 May 2033, and you have none yet. We are sorry."
    )


def test_with_the_requester_the_count_stands_where_it_stopped():
    request = sent(2)
    request.ask_more(by=staff_member(), words=WORDS, now=at(4))
    assert told(request, 20) == (
        "It is your turn",
        "With you since 4 May 2033",
        "Our count stopped at day 2 of 5.",
        "It goes on when you hand back, and does not begin anew.",
    )


def test_handed_back_the_count_goes_on_from_there():
    request = sent(2)
    request.ask_more(by=staff_member(), words=WORDS, now=at(4))
    request.hand_back(now=at(20))
    assert told(request, 23)[:3] == (
        "It is our turn",
        "With the Bureau since 20 May 2033",
        "Working day 3 of 5",
    )


def test_late_and_then_handed_over_stays_said():
    request = sent(2)
    request.ask_more(by=staff_member(), words=WORDS, now=at(12))
    assert told(request, 16)[2] == "Our count stopped at day 8. We had promised 5, and are sorry."


def test_the_days_are_drawn_one_by_one():
    request = sent(2)
    assert standing_of(request, at(4)).days == [True, True, False, False, False]
    Request.objects.update(promised_days=30)
    assert standing_of(Request.objects.get(), at(4)).days == []


def test_one_promised_day_is_not_told_in_the_plural():
    request = sent(2)
    Request.objects.update(promised_days=1, answer_by="2033-05-03")
    assert told(Request.objects.get(pk=request.pk), 2)[2] == "Our one working day is Tuesday, 3 May 2033."


@pytest.mark.parametrize(
    "standing", ["active", "asked_while_active", "completed", "withdrawn", "held", "drafted"]
)
def test_where_no_answer_is_owed_none_is_counted(standing):
    found = standing_of(STANDINGS[standing]())
    assert (found.count, found.more, found.days, found.is_late) == ("", "", [], False)


def test_what_is_held_back_reads_as_received_and_promises_no_day(client):
    request = STANDINGS["held"]()
    page = page_of(client, request)
    assert "Received" in page and "It is our turn" in page
    assert "You will have an answer by" not in page and "quarantine" not in page.lower()


def test_what_was_asked_stands_on_the_page_until_it_is_answered(client):
    request = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    assert "What we asked you" in page_of(client, request)
    request.hand_back()
    assert "What we asked you" not in page_of(client, request)


@pytest.mark.parametrize("standing", HELD_BACK)
def test_while_the_letter_of_a_decision_is_held_the_page_says_that_we_are_writing(client, standing):
    request = held_back(standing)
    page = page_of(client, request)
    assert say(f"assistance.status.{standing}.next_coming") in page and "Here is our answer." not in page
    Letter.objects.get(name=f"assistance/{HELD_BACK[standing]}").release(by=staff_member())
    page = page_of(client, request)
    assert say(f"assistance.status.{standing}.next") in page and "Here is our answer." in page


def test_the_plan_and_the_peers_are_told_with_the_letter_not_before(client, site):
    request, peer = a_request(status=Status.IN_REVIEW), Jurisdiction.objects.public().first()
    request.activate(by=staff_member(), words=WORDS, held=True, plan="We come in May.", peers=[peer])
    for told in (False, True):
        page = page_of(client, request)
        assert [words in page for words in ("We come in May.", peer.get_absolute_url())] == [told, told]
        Letter.objects.held().update(state="waiting", next_try_at=at(2))


@pytest.mark.parametrize("standing", HELD_BACK)
def test_a_decision_that_is_taken_back_before_its_letter_left_is_never_mailed(client, standing):
    request = held_back(standing)
    request.withdraw() if request.is_open else request.reopen(by=staff_member(), words=WORDS)
    page = page_of(client, request)
    assert Letter.objects.get(name=f"assistance/{HELD_BACK[standing]}").state == "voided"
    assert "We are writing you" not in page


@pytest.mark.parametrize("verb", ["decline", "refer"])
def test_a_letter_that_staff_stopped_is_not_announced(client, verb):
    request = a_request(status=Status.IN_REVIEW)
    getattr(request, verb)(by=staff_member(), words=WORDS, held=True)
    Letter.objects.held().get().void(by=staff_member())
    page = page_of(client, request)
    assert "by telephone or by post" in page and "We are writing you" not in page


def test_who_has_no_address_was_asked_by_telephone(client):
    request = a_request(email=None, phone="505 555 0100")
    request.send(by=staff_member(), demand=False)
    request.ask_more(by=staff_member(), words=WORDS)
    assert "We told you by telephone or by post what we need." in page_of(client, request)


def test_the_plan_and_public_places_are_shown_when_it_is_taken_up(client, site):
    from sites.jurisdictions.models import Jurisdiction

    named, hidden = Jurisdiction.objects.public()[0], Jurisdiction.objects.public()[1]
    hidden.visibility = Jurisdiction.Visibility.COUNTED
    hidden.save()
    request = a_request(status=Status.RECEIVED)
    request.activate(by=staff_member(), words=WORDS, plan="A call in May.", peers=[named, hidden])
    page = page_of(client, request)
    assert "A call in May." in page and f'href="{named.get_absolute_url()}"' in page
    assert hidden.get_absolute_url() not in page


def test_every_public_event_stands_with_its_date_and_who_did_it(client):
    request = a_request(status=Status.IN_REVIEW)
    request.add_note("Rather difficult on the phone.", by=staff_member())
    Message.objects.write(request, "When?")
    page = page_of(client, request)
    said = [event.public_sentence() for event in request.history() if event.is_public]
    assert said == [
        "You began the request.",
        "You sent the request.",
        "The Bureau began to read your request.",
        "You wrote to the Bureau.",
    ]
    assert all(sentence in page for sentence in said) and "difficult" not in page


def test_the_notice_of_a_message_is_not_among_the_letters(client):
    request = a_request(status=Status.IN_REVIEW)
    Message.objects.write(request, "We will call on Thursday.", by=staff_member())
    page = page_of(client, request)
    assert "We will call on Thursday." in page
    assert Letter.objects.get(name="assistance/message").subject not in page


def test_what_was_just_done_is_said_and_nothing_that_an_address_makes_up(client):
    request = a_request(status=Status.IN_REVIEW)
    assert "Your message is with the Bureau." in page_of(client, request, "?done=message")
    assert 'role="status"' not in page_of(client, request, "?done=<b>paid</b>")


def test_the_page_asks_the_database_as_often_however_much_was_written(client, django_assert_max_num_queries):
    request = a_request(status=Status.IN_REVIEW)
    for number in range(5):
        Message.objects.write(request, f"Message {number}", by=staff_member())
        Supplement.objects.append(request, words=f"Addition {number}", by=staff_member())
    address = reverse("assistance:status", args=[request.token()])
    client.get(address)
    with django_assert_max_num_queries(14):
        assert "Addition 4" in client.get(address).content.decode()


@pytest.mark.parametrize("standing", STANDINGS)
def test_nothing_of_staffs_own_is_on_the_page(client, standing):
    request = STANDINGS[standing]()
    page = page_of(client, request)
    assert "cass" not in page and "In review" not in page and page.count("<h1") == 1

"""Letters that wait for a second look, and letters that shall not leave after all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from leadbureau.mail import letters
from leadbureau.mail.letters import Words, post
from leadbureau.mail.models import Letter, NotAllowed
from leadbureau.mail.models.letter import LEASE
from leadbureau.mail.waiting import a_working_day_before
from tests.mail.factories import a_letter

pytestmark = pytest.mark.django_db
WORDS = Words("Our answer", "We can help.\n")


@pytest.fixture
def cass():
    return get_user_model().objects.create_user("cass")


def a_held_letter(**fields):
    return post(WORDS, name="test", to="dana@example.gov", about="CO-234-567-8", held=True, **fields)


def stood(state: str) -> Letter:
    """A letter in a state, as the verbs and the worker leave it."""
    letter = a_held_letter() if state == "drafted" else a_letter()
    if state in ("sent", "failed"):
        letter.claim()
    if state == "sent":
        letter.mark_sent()
    if state == "failed":
        letter.mark_missed("no such address", final=True)
    if state == "voided":
        letter.void()
    return letter


def test_a_held_letter_does_not_leave_by_itself():
    a_held_letter()
    assert (letters.deliver_due(timezone.now() + timedelta(days=9)), mail.outbox) == (0, [])


def test_a_released_letter_leaves_and_says_who_released_it(cass):
    letter = a_held_letter()
    letter.release(by=cass)
    assert letters.deliver_due() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.handled_by) == ("sent", cass)


def test_a_held_letter_gets_other_words_and_stays_held(cass):
    letter = a_held_letter()
    letter.rewrite(Words("Another\nsubject", "Other words. \r\n\r\n\r\n\r\nMore."), by=cass)
    assert (letter.subject, letter.body) == ("Another subject", "Other words.\n\nMore.\n")
    assert (letter.state, letter.handled_by) == ("drafted", cass)


@pytest.mark.parametrize("state", ["waiting", "sent", "failed", "voided"])
def test_what_is_not_held_back_is_neither_released_nor_rewritten(cass, state):
    letter = stood(state)
    for act in (lambda: letter.release(by=cass), lambda: letter.rewrite(WORDS, by=cass)):
        with pytest.raises(NotAllowed, match="cannot be done any more"):
            act()
    assert (letter.state, letter.subject) == (state, "Your request")


def test_a_letter_that_somebody_else_released_is_not_rewritten(cass):
    letter = a_held_letter()
    Letter.objects.get(pk=letter.pk).release(by=cass)
    with pytest.raises(NotAllowed, match="about to be sent"):
        letter.rewrite(Words("Late", "Too late."), by=cass)
    assert letter.body == "We can help.\n"


@pytest.mark.parametrize(
    ("state", "after"), [("drafted", "voided"), ("waiting", "voided"), ("failed", "voided"), ("sent", "sent")]
)
def test_all_that_has_not_left_is_stopped_at_once(state, after):
    letter = stood(state)
    count = Letter.objects.about(letter.about).void()
    letter.refresh_from_db()
    assert (letter.state, count) == (after, int(after == "voided"))


def test_a_letter_in_a_workers_hand_is_stopped_when_that_try_fails():
    letter = a_letter()
    letter.claim()
    assert Letter.objects.about(letter.about).void() == 0
    letter.mark_missed("timed out")
    assert (letter.state, letter.next_try_at, letter.taken_at) == ("voided", None, None)


def test_a_letter_in_a_workers_hand_counts_as_sent_when_the_server_took_it():
    letter = a_letter()
    letter.claim()
    Letter.objects.about(letter.about).void()
    letter.mark_sent()
    assert letter.state == "sent"


def test_a_letter_that_was_stopped_in_the_hand_of_a_worker_that_died_never_leaves():
    letter, now = a_letter(), timezone.now()
    letter.claim(now)
    Letter.objects.about(letter.about).void(now)
    later = now + LEASE + timedelta(seconds=1)
    assert (letters.deliver_due(later), mail.outbox) == (0, [])
    letter.refresh_from_db()
    assert letter.state == "voided"


def test_who_stops_a_letter_in_a_workers_hand_is_told_what_will_happen(cass):
    letter = a_letter()
    letter.claim()
    with pytest.raises(NotAllowed, match="If that fails, it is not tried again"):
        letter.void(by=cass)


SEATTLE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (datetime(2026, 12, 2, 10, tzinfo=SEATTLE), datetime(2026, 12, 1, 10, tzinfo=SEATTLE)),
        (datetime(2026, 12, 7, 9, tzinfo=SEATTLE), datetime(2026, 12, 4, 9, tzinfo=SEATTLE)),  # a Monday
        (datetime(2026, 11, 27, 9, tzinfo=SEATTLE), datetime(2026, 11, 25, 9, tzinfo=SEATTLE)),  # a holiday
    ],
)
def test_a_working_day_before_skips_weekends_and_holidays(now, before):
    assert a_working_day_before(now) == before

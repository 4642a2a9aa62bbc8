from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from leadbureau.mail import letters
from leadbureau.mail.models import Letter, NotAllowed
from leadbureau.mail.models.letter import LEASE, PAUSES
from tests.mail.factories import a_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_is_down(monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no mail server here")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


def test_a_due_letter_is_sent_once():
    letter = a_letter()
    assert (letters.deliver_due(), letters.deliver_due()) == (1, 0)
    letter.refresh_from_db()
    assert (letter.state, len(mail.outbox)) == ("sent", 1)
    assert letter.sent_at is not None


def test_two_workers_that_read_the_same_letter_do_not_both_send_it():
    first = a_letter()
    second = Letter.objects.get(pk=first.pk)
    assert (first.claim(), second.claim()) == (True, False)


def test_a_worker_that_died_in_the_middle_gives_the_letter_back():
    letter, now = a_letter(), timezone.now()
    letter.claim(now)
    assert letters.deliver_due(now + LEASE - timedelta(seconds=1)) == 0
    assert letters.deliver_due(now + LEASE + timedelta(seconds=1)) == 1


def test_the_second_sending_after_a_crash_carries_the_same_message_id():
    letter = a_letter()
    letters.deliver_due()
    Letter.objects.filter(pk=letter.pk).update(state="waiting", sent_at=None, next_try_at=timezone.now())
    letters.deliver_due()
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_while_mail_is_down_a_letter_waits_with_growing_pauses_and_then_shows_as_failed(mail_is_down):
    letter, now, waits = a_letter(), timezone.now(), []
    for _ in PAUSES:
        letters.deliver_due(now)
        letter.refresh_from_db()
        waits.append(letter.next_try_at - now)
        now = letter.next_try_at
    letters.deliver_due(now)
    letter.refresh_from_db()
    assert tuple(waits) == PAUSES
    assert (letter.state, letter.last_error) == (
        "failed",
        "The mail server could not be reached. ConnectionRefusedError: no mail server here",
    )


def test_one_bad_letter_does_not_hold_up_the_others(monkeypatch):
    a_letter(body="[broken]", to="a@example.gov")
    a_letter(to="b@example.gov")
    monkeypatch.setitem(letters._fillings, "[broken]", lambda letter: 1 / 0)
    assert letters.deliver_due() == 1
    assert [message.to for message in mail.outbox] == [["b@example.gov"]]


def test_a_failed_letter_can_be_tried_again():
    letter = a_letter()
    Letter.objects.update(state="failed", next_try_at=None, last_error="down", attempts=6)
    letter.refresh_from_db()
    letter.retry()
    assert letters.deliver_due() == 1


def test_a_voided_letter_is_never_sent():
    a_letter().void()
    assert (letters.deliver_due(), mail.outbox) == (0, [])


def test_a_letter_that_has_left_or_is_leaving_cannot_be_voided():
    sent, leaving = a_letter(), a_letter()
    sent.claim()
    sent.mark_sent()
    leaving.claim()
    for letter in (sent, leaving):
        with pytest.raises(NotAllowed):
            letter.void()


def test_only_a_failed_letter_can_be_retried():
    with pytest.raises(NotAllowed):
        a_letter().retry()


def test_a_subject_cannot_smuggle_headers():
    letter = a_letter(subject="Help\r\nBcc: everyone@example.org\x00")
    letters.deliver_due()
    assert letter.subject == "Help Bcc: everyone@example.org"
    assert mail.outbox[0].message()["Bcc"] is None


@pytest.mark.parametrize(
    "to",
    ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org\r\n", "a@example.org, b@example.org"],
)
def test_a_letter_needs_one_real_address(to):
    with pytest.raises(ValidationError):
        a_letter(to=to)


def test_marks_are_filled_on_the_way_out_only(monkeypatch):
    monkeypatch.setitem(letters._fillings, "[secret]", lambda letter: "https://example.org/s3cret")
    letter = a_letter(body="Open [secret].")
    letters.deliver_due()
    letter.refresh_from_db()
    assert (letter.body, mail.outbox[0].body) == ("Open [secret].\n", "Open https://example.org/s3cret.\n")


def test_a_letter_of_a_change_that_was_undone_is_never_written():
    with pytest.raises(RuntimeError), transaction.atomic():
        a_letter()
        raise RuntimeError
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"state": "sent"}, {"state": "waiting", "next_try_at": None}, {"state": "failed", "next_try_at": None}],
)
def test_the_database_refuses_a_letter_whose_dates_do_not_fit_its_state(fields):
    letter = a_letter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**fields)

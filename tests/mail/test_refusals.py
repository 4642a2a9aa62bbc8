"""What a mail server's refusal means for the letter."""

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from leadbureau.mail import letters, refusals
from leadbureau.mail.models.letter import PAUSES
from tests.mail.factories import a_letter


def refused(code: int, words: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"dana@example.gov": (code, words.encode())})


@pytest.fixture
def server_says(monkeypatch):
    """Every try ends with this error."""

    def says(error: Exception):
        def send(*args, **kwargs):
            raise error

        monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    return says


@pytest.mark.parametrize(
    "error",
    [
        refused(550, "5.1.1 User unknown"),
        refused(550, "5.1.2 Bad destination system address"),
        refused(550, "5.2.1 The mailbox is disabled"),
        refused(550, "No such user here"),
        refused(553, "Mailbox name not allowed"),
    ],
)
def test_an_address_that_does_not_exist_is_final(error):
    assert refusals.is_final(error) is True
    assert refusals.reason(error).startswith("The recipient's mail server says that there is no such address")


@pytest.mark.parametrize(
    "error",
    [
        refused(450, "4.2.1 Try again later, greylisted"),
        refused(452, "4.2.2 Mailbox full"),
        refused(552, "5.2.2 Mailbox full"),
        refused(554, "5.7.1 Relay access denied"),
        refused(550, "5.7.26 This mail is unauthenticated"),
        smtplib.SMTPSenderRefused(550, b"5.1.8 Sender unknown", "no-reply@example.org"),
        smtplib.SMTPDataError(554, b"5.7.1 Message refused"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Wrong password"),
        ConnectionRefusedError("no mail server here"),
        socket.gaierror("Name or service not known"),
        ZeroDivisionError(),
    ],
)
def test_whatever_may_be_mended_within_a_day_is_tried_again(error):
    assert refusals.is_final(error) is False


@pytest.mark.django_db
def test_a_letter_to_an_address_that_does_not_exist_fails_at_once_and_says_why(server_says):
    server_says(refused(550, "5.1.1 User unknown"))
    letter = a_letter()
    letters.deliver_due()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", 1)
    assert "no such address: 550 5.1.1 User unknown" in letter.last_error


@pytest.mark.django_db
def test_a_full_mailbox_is_tried_again(server_says):
    server_says(refused(452, "4.2.2 Mailbox full"))
    letter, now = a_letter(), timezone.now()
    letters.deliver_due(now)
    letter.refresh_from_db()
    assert (letter.state, letter.next_try_at) == ("waiting", now + PAUSES[0])


def test_the_pauses_grow_and_make_a_day_in_sum():
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(hours=23) <= sum(PAUSES, timedelta()) <= timedelta(hours=25)


@pytest.mark.django_db
def test_while_the_server_is_down_the_other_letters_lose_no_try(server_says):
    server_says(smtplib.SMTPServerDisconnected("gone"))
    first, second = a_letter(), a_letter()
    letters.deliver_due()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)


@pytest.mark.django_db
def test_a_refused_recipient_does_not_hold_up_the_others(monkeypatch):
    real = mail.EmailMessage.send

    def send(message, *args, **kwargs):
        if message.to == ["gone@example.gov"]:
            raise refused(550, "5.1.1 User unknown")
        return real(message, *args, **kwargs)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    a_letter(to="gone@example.gov")
    a_letter(to="dana@example.gov")
    assert letters.deliver_due() == 1
    assert [message.to for message in mail.outbox] == [["dana@example.gov"]]


@pytest.mark.django_db
def test_the_log_names_the_letter_and_the_kind_of_error_and_nobody(server_says, caplog):
    server_says(refused(550, "5.1.1 <dana@example.gov> unknown"))
    letter = a_letter()
    letters.deliver_due()
    assert [record.getMessage() for record in caplog.records] == [
        f"Letter {letter.key} was not sent: SMTPRecipientsRefused"
    ]

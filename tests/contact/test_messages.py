from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau import purging
from leadbureau.mail import contact_waiting
from leadbureau.mail.models import ContactMessage, Letter, NotAllowed
from tests.contact.factories import a_colleague, a_message

pytestmark = pytest.mark.django_db


def test_an_answer_notes_who_and_when_and_only_once():
    message, casey = a_message(), a_colleague()
    now = timezone.now()
    message.answer(by=casey, now=now)
    message.refresh_from_db()
    assert (message.answered_by, message.answered_at, message.is_waiting) == (casey, now, False)
    with pytest.raises(NotAllowed, match="casey has already answered"):
        message.answer(by=a_colleague(name="lee"))


def test_a_message_in_quarantine_is_let_in_before_it_is_answered():
    message = a_message(suspicion="It has 9 links.")
    assert not Letter.objects.exists()
    with pytest.raises(NotAllowed, match="quarantine"):
        message.answer(by=a_colleague())
    message.release(by=a_colleague())
    assert list(ContactMessage.objects.waiting()) == [message]
    assert Letter.objects.get().to == "ana@example.org"
    with pytest.raises(NotAllowed, match="not in quarantine"):
        message.release(by=a_colleague())


def test_an_answer_can_be_taken_back():
    message = a_message()
    with pytest.raises(NotAllowed):
        message.reopen(by=a_colleague())
    message.answer(by=a_colleague())
    message.reopen(by=a_colleague())
    assert message.is_waiting


def test_the_database_keeps_who_and_when_together():
    message = a_message()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactMessage.objects.filter(pk=message.pk).update(answered_at=timezone.now())


def test_a_receipt_repeats_nothing_that_a_stranger_wrote():
    a_message(words="Buy pills at spam.example", organization="spam.example")
    letter = Letter.objects.get()
    assert "spam.example" not in letter.subject + letter.body


def test_messages_are_deleted_after_two_years_and_suspects_after_thirty_days():
    now = timezone.now()
    kept, old, suspect, old_suspect = (
        a_message(),
        a_message(),
        a_message(suspicion="x"),
        a_message(suspicion="x"),
    )
    for message, days in ((kept, 700), (old, 731), (suspect, 29), (old_suspect, 31)):
        ContactMessage.objects.filter(pk=message.pk).update(received_at=now - timedelta(days=days))
    assert purging.chores(now) == 2
    assert set(ContactMessage.objects.all()) == {kept, suspect}
    assert purging.chores() == 0


def test_what_waits_is_told_on_the_first_page_and_is_urgent_when_a_promise_is_broken():
    message, casey = a_message(), a_colleague()
    a_message(suspicion="x")
    assert [(line.count, line.label, line.urgent) for line in contact_waiting.waiting(casey)] == [
        (1, "message needs an answer", False),
        (1, "message is in quarantine", False),
    ]
    ContactMessage.objects.filter(pk=message.pk).update(received_at=timezone.now() - timedelta(days=8))
    assert contact_waiting.waiting(casey)[0].urgent


def test_staff_answer_from_the_queue(client):
    message, casey = a_message(), a_colleague()
    client.force_login(casey)
    queue = client.get(reverse("admin:mail_contactmessage_changelist"), {"stands": "waiting", "q": "ana"})
    assert message.number in queue.content.decode()
    change = reverse("admin:mail_contactmessage_change", args=[message.pk])
    assert "Mark as answered" in client.get(change).content.decode()
    url = reverse("admin:mail_contactmessage_do", args=[message.pk, "answer"])
    client.get(url)
    assert ContactMessage.objects.waiting().exists()
    client.post(url)
    assert not ContactMessage.objects.waiting().exists()
    assert "somebody has changed" in client.post(url, follow=True).content.decode()


def test_who_may_not_change_messages_sees_no_button_and_does_nothing(client):
    message = a_message()
    reader = a_colleague(name="reader")
    reader.is_superuser = False
    reader.save()
    client.force_login(reader)
    url = reverse("admin:mail_contactmessage_do", args=[message.pk, "answer"])
    assert client.post(url).status_code == 403
    assert ContactMessage.objects.waiting().exists()

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone

from leadbureau.kit import spam


class Note(spam.SpamGuard):
    words = forms.CharField()


def sent(**changes):
    data = {
        "opened": spam.opening_time(seconds_ago=60),
        "nonce": str(uuid4()),
        "leave_empty": "",
        "words": "Hello",
    }
    return Note({**data, **changes})


def test_an_honest_message_passes_without_suspicion():
    form = sent()
    assert form.is_valid()
    assert form.suspicion == ""


def test_a_message_of_a_machine_is_valid_but_suspect():
    suspects = [
        sent(leave_empty="http://spam.example"),
        sent(opened=spam.opening_time()),
        sent(words="https://a.example www.b.example http://c.example [url=d]"),
    ]
    assert all(form.is_valid() for form in suspects)
    assert [form.suspicion for form in suspects] == [
        "The field that people do not see was filled in.",
        "Sent 0 seconds after the form was opened.",
        "It has 4 links.",
    ]


def test_a_few_links_are_no_spam():
    form = sent(words="https://a.example and www.b.example")
    assert form.is_valid()
    assert form.suspicion == ""


def test_a_form_open_too_long_keeps_its_words_and_can_be_sent_again_at_once():
    form = sent(opened=spam.opening_time(seconds_ago=spam.LONGEST_OPEN + 5))
    assert form.non_field_errors() == [Note.opened_too_long]
    assert form["words"].value() == "Hello"
    again = Note({name: form[name].value() for name in form.fields})
    assert again.is_valid()
    assert again.suspicion == ""


def test_a_time_or_nonce_that_was_tampered_with_is_an_ordinary_error():
    changes = [{name: value} for name in ("opened", "nonce") for value in ("nonsense", "", "\x00", "[1]")]
    for form in [sent(**change) for change in changes]:
        assert form.errors == {"__all__": [Note.opened_too_long]}


def test_an_unreadable_honeypot_is_a_filled_one():
    form = sent(leave_empty="\x00")
    assert form.is_valid()
    assert form.suspicion


def test_a_time_to_come_is_suspect(monkeypatch):
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(spam.timezone, "now", lambda: later)
    token = spam.opening_time()
    monkeypatch.undo()
    form = sent(opened=token)
    assert form.is_valid()
    assert form.suspicion


def test_the_same_words_twice_are_one_message_and_other_words_another():
    nonce = str(uuid4())
    first, second, other = sent(nonce=nonce), sent(nonce=nonce), sent(nonce=nonce, words="Something else")
    assert all(form.is_valid() for form in (first, second, other))
    assert first.once == second.once
    assert first.once != other.once
    assert sent().is_valid()

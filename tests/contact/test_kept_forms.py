"""What holds for every form that is kept as a row: the contact form and the request to be listed."""

from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client

from leadbureau.kit.spam import LONGEST_OPEN, opening_time
from leadbureau.mail.kept_form import MOST_AN_HOUR
from leadbureau.mail.models import ContactMessage, Letter
from partners.models import ListingRequest
from tests.contact.factories import message_fields
from tests.partners.factories import a_kind, request_fields

pytestmark = pytest.mark.django_db


@dataclass
class Kept:
    url: str
    model: type
    fields: dict
    long: str  # the field with many words
    name: str  # the field that greets

    def send(self, client, **changes):
        return client.post(self.url, {**self.fields, **changes})


@pytest.fixture(params=["contact", "join"])
def kept(request, db):
    if request.param == "contact":
        return Kept("/contact/", ContactMessage, message_fields(), "words", "name")
    fields = request_fields(kind=a_kind())
    return Kept("/partners/join/", ListingRequest, fields, "why", "contact_name")


def page_of(response) -> str:
    return response.content.decode()


def test_what_is_sent_is_kept_thanked_for_receipted_and_told_to_staff(client, kept, settings):
    settings.STAFF_EMAILS = ["desk@example.org"]
    response = kept.send(client)
    row = kept.model.objects.get()
    assert response.status_code == 302
    assert row.number in page_of(client.get(response.url))
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["ana@example.org", "desk@example.org"]
    assert all(row.number in letter.subject for letter in Letter.objects.all())
    assert mail.outbox == []  # the worker delivers; the page does not wait for a mail server


def test_a_second_click_keeps_nothing_twice_and_reads_the_same_thanks(client, kept):
    first, second = kept.send(client), kept.send(client)
    assert first.url == second.url
    assert kept.model.objects.count() == 1
    assert Letter.objects.to_address("ana@example.org").count() == 1


def test_going_back_and_writing_something_else_is_a_second_row(client, kept):
    kept.send(client)
    kept.send(client, **{kept.long: "I forgot to say something."})
    assert kept.model.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"leave_empty": "spam"}, "The field that people do not see"),
        ({"opened": ""}, ""),
    ],
)
def test_what_looks_like_spam_is_kept_in_quarantine_with_the_same_thanks(client, kept, changes, reason):
    changes = changes if reason else {"opened": opening_time()}
    response = kept.send(client, **changes)
    assert response.status_code == 302
    assert kept.model.objects.quarantined().get().suspicion.startswith(reason or "Sent")
    assert not Letter.objects.exists()


def test_nothing_filled_in_is_an_error_beside_each_field_and_in_the_summary(client, kept):
    hidden = {name: kept.fields[name] for name in ("opened", "nonce", "leave_empty")}
    response = client.post(kept.url, hidden)
    page = page_of(response)
    assert "There is a problem" in page
    assert page.count('class="field__error"') == page.count('<li><a href="#id_') >= 4
    assert "<title>Error:" in page
    assert not kept.model.objects.exists()


def test_words_are_kept_when_something_is_wrong(client, kept):
    page = page_of(kept.send(client, email="no address", **{kept.long: "My long <b>words</b> 🦉"}))
    assert "My long &lt;b&gt;words&lt;/b&gt; 🦉" in page
    assert "This is no e-mail address" in page
    assert 'value="Ana Example"' in page


def test_a_form_open_for_more_than_a_day_keeps_its_words_and_can_be_sent_at_once(client, kept):
    response = kept.send(client, opened=opening_time(seconds_ago=LONGEST_OPEN + 60))
    assert "open for more than a day" in page_of(response)
    assert 'value="Ana Example"' in page_of(response)
    fresh = response.context["form"]
    kept.send(client, opened=fresh["opened"].value(), nonce=fresh["nonce"].value())
    assert not kept.model.objects.get().quarantined


def test_who_sends_too_often_keeps_the_words_and_reads_why(client, kept):
    for number in range(MOST_AN_HOUR):
        kept.send(client, **{kept.long: f"Words number {number}"})
    response = kept.send(client, **{kept.long: "My words of today"})
    assert response.status_code == 429
    assert "very often" in page_of(response)
    assert "My words of today" in page_of(response)
    assert kept.model.objects.count() == MOST_AN_HOUR


@pytest.mark.parametrize(
    "words", ["🦉" * 900, "<script>alert(1)</script>", "‮right to left", "%s %(x)s {0} {x}"]
)
def test_strange_words_are_kept_as_they_are(client, kept, words):
    assert kept.send(client, **{kept.long: words, kept.name: words[:60]}).status_code == 302
    assert getattr(kept.model.objects.get(), kept.long) == words
    assert not kept.model.objects.get().quarantined


def test_ten_thousand_characters_are_too_many_and_come_back_whole(client, kept):
    page = page_of(kept.send(client, **{kept.long: "x" * 10_000}))
    assert "This is 10000 characters long; at most" in page
    assert "x" * 10_000 in page


@pytest.mark.parametrize("field", ["nonce", "opened", "leave_empty", "email", "long", "name"])
def test_a_nul_never_breaks_anything(client, kept, field):
    name = {"long": kept.long, "name": kept.name}.get(field, field)
    response = kept.send(client, **{name: "a\x00b"})
    assert response.status_code in (200, 302)
    assert not kept.model.objects.trusted().exists()


@pytest.mark.parametrize("number", ["owl", "CM-222-222-2", "PR-222-222-2", "x" * 500])
def test_a_thank_you_page_of_a_number_that_cannot_be_is_not_found(client, kept, number):
    first = kept.send(client).url
    assert client.get(first.replace(kept.model.objects.get().number, number)).status_code == 404


def test_a_reader_gets_a_cookie_only_with_the_form_that_needs_it(client, kept):
    assert set(client.get(kept.url).cookies) == {"csrftoken"}


def test_without_its_token_a_form_is_refused(kept):
    assert kept.send(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_form_is_never_kept_by_a_cache(client, kept):
    assert "no-store" in client.get(kept.url)["Cache-Control"]

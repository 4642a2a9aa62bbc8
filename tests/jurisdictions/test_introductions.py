from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau import purging
from leadbureau.mail.models import Letter, NotAllowed
from sites.jurisdictions import waiting
from sites.jurisdictions.models import Introduction, PrivateContact, Stage
from tests.contact.factories import a_colleague, guard
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db
ADDRESS = "/sites/nm/santa-fe/introduction/"
SAID = {
    "words": "How did you begin?",
    "name": "Ana Example",
    "organization": "Example County Health",
    "where": "Example County, KS",
    "email": "ana@example.org",
}


def an_introduction(*, suspicion="", place=None, **fields) -> Introduction:
    place = place or make_place(slug=f"place-{uuid4().hex[:8]}")
    return Introduction.keep(once=uuid4(), suspicion=suspicion, place=place, **{**SAID, **fields})


def test_a_request_is_kept_once_and_thanked_for(client, settings):
    settings.STAFF_EMAILS = ["staff@example.org"]
    place, form = make_place(), {**guard(), **SAID}
    first, second = client.post(ADDRESS, form), client.post(ADDRESS, form)
    kept = Introduction.objects.get()
    assert {name: getattr(kept, name) for name in SAID} == SAID and kept.place == place
    assert first.url == second.url == f"{ADDRESS}thanks/{kept.number}/"
    assert kept.number in client.get(first.url).content.decode()
    assert set(Letter.objects.values_list("name", "to")) == {
        ("introduction_receipt", "ana@example.org"),
        ("introduction_staff", "staff@example.org"),
    }


def test_no_letter_repeats_what_a_stranger_wrote(settings):
    settings.STAFF_EMAILS = ["staff@example.org"]
    an_introduction(words="Buy pills", organization="spam.example", where="spam.example")
    for letter in Letter.objects.all():
        assert "spam.example" not in letter.subject + letter.body and "pills" not in letter.body


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_missing(client):
    make_place()
    page = client.post(ADDRESS, {**guard(), **SAID, "email": "ana", "where": ""}).content.decode()
    assert "How did you begin?" in page and 'value="Example County Health"' in page
    assert "This is no e-mail address." in page and "Write where you work." in page
    assert not Introduction.objects.exists()


def test_what_looks_like_a_machine_waits_in_quarantine(client):
    make_place()
    client.post(ADDRESS, {**guard(leave_empty="x"), **SAID})
    assert Introduction.objects.get().quarantined and not Letter.objects.exists()


def test_who_sends_too_often_is_held_back_and_loses_nothing(client):
    make_place()
    answers = [client.post(ADDRESS, {**guard(), **SAID}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "How did you begin?" in answers[-1].content.decode()


@pytest.mark.parametrize("visibility", ["hidden", "counted"])
def test_nobody_is_introduced_to_a_place_that_visitors_may_not_see(client, visibility):
    make_place(visibility=visibility, ground="")
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {**guard(), **SAID}).status_code == 404
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("stage", [Stage.EXPLORING, Stage.PAUSED, Stage.ENDED, None])
def test_at_other_stages_the_page_says_why_and_keeps_nothing(client, stage):
    make_place(stage=stage)
    page = client.get(ADDRESS).content.decode()
    assert "places that develop or run LEAD now" in page and "<textarea" not in page
    assert client.post(ADDRESS, {**guard(), **SAID}).status_code == 200
    assert not Introduction.objects.exists()


def test_the_page_shows_nothing_of_the_private_contact(client):
    place = make_place()
    PrivateContact.objects.create(
        place=place, name="Cora Private", email="cora@example.gov", phone="555-0100"
    )
    page = client.get(ADDRESS).content.decode()
    assert not [word for word in ("Cora", "cora@", "555-0100") if word in page]


def test_an_address_in_other_letters_leads_to_the_right_one(client):
    make_place()
    assert client.get("/sites/NM/Santa-Fe/introduction/").url == ADDRESS
    assert client.get(f"{ADDRESS}thanks/TK-222-222-2/").status_code == 404


def test_an_answer_notes_who_and_when_once_and_can_be_taken_back():
    row, casey, now = an_introduction(), a_colleague(), timezone.now()
    with pytest.raises(NotAllowed):
        row.reopen(by=casey)
    row.answer(by=casey, now=now)
    row.refresh_from_db()
    assert (row.answered_by, row.answered_at, row.is_waiting) == (casey, now, False)
    with pytest.raises(NotAllowed, match="casey has already answered"):
        row.answer(by=a_colleague(name="lee"))
    row.reopen(by=casey)
    assert list(Introduction.objects.waiting()) == [row]


def test_what_is_in_quarantine_is_let_in_before_it_is_answered():
    row = an_introduction(suspicion="It has 9 links.")
    with pytest.raises(NotAllowed, match="quarantine"):
        row.answer(by=a_colleague())
    row.release(by=a_colleague())
    assert list(Introduction.objects.waiting()) == [row]
    assert Letter.objects.get().to == "ana@example.org"


def test_the_database_keeps_who_and_when_together():
    row = an_introduction()
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=row.pk).update(answered_at=timezone.now())


def test_requests_are_deleted_with_their_letters_after_two_years_and_suspects_after_thirty_days():
    now = timezone.now()
    ages = {700: "", 731: "", 29: "x", 31: "x"}
    rows = {days: an_introduction(suspicion=suspicion) for days, suspicion in ages.items()}
    for days, row in rows.items():
        Introduction.objects.filter(pk=row.pk).update(received_at=now - timedelta(days=days))
    assert purging.chores(now) == 2
    assert set(Introduction.objects.all()) == {rows[700], rows[29]}
    assert [letter.about for letter in Letter.objects.all()] == [rows[700].number]


def test_what_waits_is_told_on_the_first_page_and_is_urgent_when_a_promise_is_broken(site):
    row, casey = an_introduction(), a_colleague()
    an_introduction(suspicion="x")
    assert [(line.count, line.label, line.urgent) for line in waiting.introductions(casey)] == [
        (1, "person asks for an introduction", False),
        (1, "request for an introduction is in quarantine", False),
    ]
    Introduction.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(days=9))
    assert waiting.introductions(casey)[0].urgent


def test_staff_see_whom_to_ask_and_mark_it_as_answered(client):
    row = an_introduction()
    client.force_login(a_colleague())
    change = reverse("admin:jurisdictions_introduction_change", args=[row.pk])
    assert "No private contact is recorded" in client.get(change).content.decode()
    PrivateContact.objects.create(place=row.place, name="Cora Private", email="cora@example.gov")
    assert "Cora Private, cora@example.gov" in client.get(change).content.decode()
    client.post(reverse("admin:jurisdictions_introduction_do", args=[row.pk, "answer"]))
    row.refresh_from_db()
    assert row.answered_by == a_colleague()
    assert "Answered by casey" in client.get(change).content.decode()
    waiting_list = reverse("admin:jurisdictions_introduction_changelist") + "?stands=waiting"
    assert row.number not in client.get(waiting_list).content.decode()

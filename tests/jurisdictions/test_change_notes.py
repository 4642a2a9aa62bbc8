"""The public notes of what was corrected in an entry."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from sites.jurisdictions.models import ChangeNote
from tests.contact.factories import a_colleague
from tests.jurisdictions.corrections import a_correction, an_entry

pytestmark = pytest.mark.django_db

PLACE = "/sites/nm/santa-fe/"


def page(client) -> str:
    return client.get(PLACE).content.decode()


def a_note(place, **fields) -> ChangeNote:
    defaults = {"field": "lead_agency", "was": "A", "now": "B", "on": date(2026, 5, 3), "because": "visitor"}
    return ChangeNote.objects.create(place=place, **{**defaults, **fields})


def test_an_entry_without_corrections_has_no_list_of_them(client):
    an_entry()
    assert "Corrections to this entry" not in page(client)


def test_an_accepted_correction_is_told_under_the_entry_without_the_reporter(client):
    a_correction(reporter_name="Ana Example").accept(by=a_colleague(), on=date(2026, 5, 3))
    notes = page(client).partition("Corrections to this entry")[2]
    for words in ("Agency in charge", "3 May 2026", "City of Santa Fe", "The Life Link"):
        assert words in notes
    assert "A reader reported it." in notes and "Ana" not in notes and "ana@" not in notes


def test_a_note_reads_in_labels_and_says_what_the_jurisdiction_said(client):
    place = an_entry()
    a_note(place, field="setting", was="", now="mixed", because="jurisdiction")
    notes = page(client).partition("Corrections to this entry")[2]
    assert "Not recorded" in notes and "Urban and rural" in notes
    assert "The jurisdiction said so." in notes


def test_the_ten_newest_are_shown_the_newest_first(client):
    place = an_entry()
    for number in range(12):
        a_note(place, now=f"Agency {number:02}", on=date(2026, 5, 1) + timedelta(days=number))
    notes = page(client).partition("Corrections to this entry")[2]
    shown = [number for number in range(12) if f"Agency {number:02}" in notes]
    assert shown == list(range(2, 12)) and notes.index("Agency 11") < notes.index("Agency 10")


def test_nobody_but_a_superuser_rewrites_what_the_public_has_read(client):
    note = a_note(an_entry())
    editor = get_user_model().objects.create(username="editor", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="jurisdictions"))
    client.force_login(editor)
    address = f"/admin/jurisdictions/changenote/{note.pk}/"
    assert client.get(f"{address}change/").status_code == 200
    assert client.post(f"{address}change/", {"now": "C"}).status_code == 403
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/jurisdictions/changenote/add/").status_code == 403
    assert ChangeNote.objects.get().now == "B"

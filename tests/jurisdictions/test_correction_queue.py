"""What staff do with corrections: the verbs, the queue in the admin, the sheet, and what is forgotten."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter, NotAllowed
from leadbureau.purging import chores
from sites.jurisdictions.correction_waiting import waiting
from sites.jurisdictions.models import ChangeNote, Correction, Jurisdiction
from sites.jurisdictions.models.corrections import Moved
from tests.contact.factories import a_colleague
from tests.jurisdictions.corrections import a_correction, a_sheet, an_entry

pytestmark = pytest.mark.django_db

LIST = "/admin/jurisdictions/correction/"


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("name", flat=True))


def agency() -> str:
    return Jurisdiction.objects.get().lead_agency


def do(client, row, verb, **data):
    return client.post(f"{LIST}{row.pk}/do/{verb}/", data)


@pytest.fixture
def staff(client):
    client.force_login(a_colleague())
    return client


def test_accepting_changes_the_entry_and_tells_the_reporter():
    row = a_correction()
    row.accept(by=a_colleague(), answer="Well spotted.")
    place = Jurisdiction.objects.get()
    assert (place.lead_agency, place.checked_on) == ("The Life Link", timezone.localdate())
    assert (row.outcome, row.decided_by, row.answer) == ("accepted", a_colleague(), "Well spotted.")
    letter = Letter.objects.get(name="correction_accepted")
    assert all(words in letter.body for words in ("The Life Link", "Well spotted.", "/sites/nm/santa-fe/"))


def test_declining_leaves_the_entry_and_says_why():
    row = a_correction()
    row.decline(by=a_colleague(), answer="Their website says otherwise.")
    assert (agency(), row.outcome) == ("City of Santa Fe", "declined")
    assert "Their website says otherwise." in Letter.objects.get(name="correction_declined").body
    assert not ChangeNote.objects.exists()


def test_without_an_address_nobody_is_written_to():
    a_correction(reporter_email="").accept(by=a_colleague())
    assert (agency(), letters()) == ("The Life Link", [])


def test_an_accepted_stage_is_a_change_in_the_history_with_its_source():
    row = a_correction(field="stage", proposed="paused\n2025-06\nThe New Mexican\nhttps://example.org/a")
    row.accept(by=a_colleague())
    change = Jurisdiction.objects.get().change_on()
    assert (change.stage, change.when_in_words(), change.certainty) == ("paused", "June 2025", "unsure")
    assert (change.source_title, change.source_url) == ("The New Mexican", "https://example.org/a")
    assert change.note == "Reported by a reader and checked by the Bureau."
    assert Jurisdiction.objects.get().changes.count() == 2


def test_an_entry_that_has_changed_meanwhile_is_not_overwritten_unseen():
    row = a_correction()
    Jurisdiction.objects.update(lead_agency="County of Santa Fe")
    with pytest.raises(Moved, match="has changed since"):
        row.accept(by=a_colleague())
    assert agency() == "County of Santa Fe" and Correction.objects.get().is_waiting
    row.accept(by=a_colleague(), instead_of="County of Santa Fe")
    assert agency() == "The Life Link" and ChangeNote.objects.get().was == "County of Santa Fe"


def test_an_entry_that_says_so_already_is_only_marked_as_checked():
    row = a_correction()
    Jurisdiction.objects.update(lead_agency="The Life Link")
    row.accept(by=a_colleague())
    assert row.outcome == "accepted" and not ChangeNote.objects.exists()
    assert Jurisdiction.objects.get().checked_on == timezone.localdate()


def test_what_would_break_the_entry_is_refused_and_stays_open():
    row = a_correction(field="position", proposed="47.6062, -122.3321")
    with pytest.raises(NotAllowed, match="not in or near New Mexico"):
        row.accept(by=a_colleague())
    assert Correction.objects.get().is_waiting and Jurisdiction.objects.get().latitude == 35.6567


def test_two_who_decide_at_once_send_one_letter():
    row = a_correction()
    same = Correction.objects.get()
    row.accept(by=a_colleague())
    with pytest.raises(NotAllowed, match="casey has already decided: accepted"):
        same.decline(by=a_colleague(name="lee"))
    assert letters() == ["correction_receipt", "correction_accepted"]


def test_what_is_in_quarantine_is_let_in_before_it_is_decided():
    row = a_correction(suspicion="It has 9 links.")
    with pytest.raises(NotAllowed, match="quarantine"):
        row.accept(by=a_colleague())
    row.release(by=a_colleague())
    assert row.is_waiting and letters() == ["correction_receipt"]


def test_the_database_refuses_half_a_decision():
    a_correction()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(outcome="accepted")


def test_the_list_shows_what_stands_and_what_is_proposed_with_a_button_for_each_answer(staff):
    row = a_correction()
    page = staff.get(LIST).content.decode()
    assert "<del>City of Santa Fe</del> → <ins>The Life Link</ins>" in page
    assert "It is on their website." in page and "Ana Example" in page
    for verb in ("accept", "decline"):
        assert f'formaction="{LIST}{row.pk}/do/{verb}/"' in page
    assert 'Accept<span class="visually-hidden"> (Agency in charge of LEAD Santa Fe)</span>' in page


@pytest.mark.parametrize(
    ("verb", "outcome", "now"),
    [("accept", "accepted", "The Life Link"), ("decline", "declined", "City of Santa Fe")],
)
def test_one_press_in_the_list_is_enough_and_leads_back_to_it(staff, verb, outcome, now):
    row = a_correction()
    response = do(staff, row, verb, back="stands=waiting")
    assert response["Location"] == f"{LIST}?stands=waiting"
    assert (Correction.objects.get().outcome, agency()) == (outcome, now)


def test_looking_at_a_verb_changes_nothing(staff):
    row = a_correction()
    pages = [staff.get(f"{LIST}{row.pk}/do/{verb}/").content.decode() for verb in ("accept", "decline")]
    assert all("City of Santa Fe" in page and "The Life Link" in page for page in pages)
    assert Correction.objects.get().is_waiting


def test_one_press_on_an_entry_that_has_changed_shows_the_three_and_asks_again(staff):
    row = a_correction()
    Jurisdiction.objects.update(lead_agency="County of Santa Fe")
    page = do(staff, row, "accept", back="").content.decode()
    for words in ("City of Santa Fe", "County of Santa Fe", "The Life Link", "has changed since"):
        assert words in page
    assert Correction.objects.get().is_waiting
    do(staff, row, "accept", instead_of="County of Santa Fe", answer="")
    assert agency() == "The Life Link"


def test_a_text_of_several_lines_survives_the_browser_when_it_was_seen(staff):
    row = a_correction(field="local_partners", proposed="Police")
    Jurisdiction.objects.update(local_partners="Police\nSheriff")
    do(staff, row, "accept", instead_of="Police\r\nSheriff", answer="")
    assert Jurisdiction.objects.get().local_partners == "Police"


def test_the_page_of_a_correction_takes_a_reason(staff):
    row = a_correction()
    page = staff.get(f"{LIST}{row.pk}/change/").content.decode()
    assert 'name="answer"' in page and f'formaction="{LIST}{row.pk}/do/decline/"' in page
    do(staff, row, "decline", answer="Not so.", instead_of="City of Santa Fe")
    assert Correction.objects.get().answer == "Not so."


def test_only_those_who_may_change_corrections_see_buttons_and_use_them(client):
    row = a_correction()
    reader = get_user_model().objects.create(username="reader", is_staff=True)
    client.force_login(reader)
    assert do(client, row, "accept").status_code == 403
    assert client.get(LIST).status_code == 403 and Correction.objects.get().is_waiting


def test_what_was_sent_together_is_accepted_field_by_field(staff):
    agency_row, offers_row = a_sheet(an_entry(), lead_agency="The Life Link", offers="Legal help")
    address = reverse("admin:jurisdictions_correction_sheet", args=[agency_row.sheet])
    page = staff.get(address).content.decode()
    assert "City of Santa Fe" in page and "Legal help" in page
    data = {f"decision-{agency_row.pk}": "accept", f"seen-{agency_row.pk}": "City of Santa Fe"}
    data |= {f"decision-{offers_row.pk}": "later", f"seen-{offers_row.pk}": "", "answer": "We will ask."}
    staff.post(address, data)
    assert (agency(), letters()) == ("The Life Link", [])
    staff.post(address, {**data, f"decision-{offers_row.pk}": "decline"})
    letter = Letter.objects.get()
    assert "- Agency in charge: changed." in letter.body
    assert "- What it offers: left as it was. We will ask." in letter.body
    assert "Declined by casey" in staff.get(address).content.decode()


def test_a_sheet_does_what_it_can_and_says_what_it_could_not(staff):
    agency_row, kind_row = a_sheet(an_entry(), lead_agency="The Life Link", kind="county")
    Jurisdiction.objects.update(lead_agency="Somebody else")
    address = reverse("admin:jurisdictions_correction_sheet", args=[agency_row.sheet])
    data = {f"decision-{row.pk}": "accept" for row in (agency_row, kind_row)}
    data |= {f"seen-{agency_row.pk}": "City of Santa Fe", f"seen-{kind_row.pk}": "city"}
    page = staff.post(address, data, follow=True).content.decode()
    assert "Agency in charge: The entry has changed since this was reported." in page
    assert (agency(), Jurisdiction.objects.get().kind) == ("Somebody else", "county")


def test_a_sheet_that_does_not_exist_is_not_found(staff):
    address = reverse("admin:jurisdictions_correction_sheet", args=["6f3f0f4e-7c1e-5a44-9f5e-2a1d1c0b7e11"])
    assert staff.get(address).status_code == 404


def test_the_first_page_tells_of_corrections_and_of_old_ones_urgently():
    row = a_correction()
    line = waiting(a_colleague())[0]
    assert (line.label, line.count, line.urgent) == ("correction to look at", 1, False)
    Correction.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(days=14))
    assert waiting(a_colleague())[0].urgent
    row.decline(by=a_colleague())
    assert waiting(a_colleague()) == []


def test_two_years_after_the_decision_nobody_knows_who_said_so():
    row = a_correction()
    row.accept(by=a_colleague())
    assert chores() == 0
    assert chores(timezone.now() + timedelta(days=731)) == 1
    row.refresh_from_db()
    assert (row.reporter_name, row.reporter_email, letters()) == ("", "", [])
    assert row.proposed == "The Life Link" and chores(timezone.now() + timedelta(days=731)) == 0


def test_quarantine_ends_after_thirty_days():
    a_correction(suspicion="It has 9 links.")
    assert chores(timezone.now() + timedelta(days=29)) == 0
    assert chores(timezone.now() + timedelta(days=31)) == 1
    assert not Correction.objects.exists()

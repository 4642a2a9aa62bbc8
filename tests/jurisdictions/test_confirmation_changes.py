"""A place changes its entry through its link: which facts count as changed, one sheet, one letter to staff."""

import pytest
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.jurisdictions.correctable import ALL_FACTS
from sites.jurisdictions.models import ChangeNote, Confirmation, Correction, Jurisdiction
from tests.jurisdictions.confirming import a_link, address, sheet, yes
from tests.jurisdictions.corrections import an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(settings):
    settings.STAFF_EMAILS = ["staff@example.org"]


def send(client, link, **changes):
    return client.post(address(link, "confirm_change"), sheet(client, link, **changes), follow=True)


def proposals() -> dict[str, str]:
    return dict(Correction.objects.order_by("pk").values_list("field", "proposed"))


def test_the_form_is_filled_with_everything_that_stands_there(client):
    link = a_link(place=an_entry(setting="urban", local_partners="Police\nDefender"))
    form = client.get(address(link, "confirm_change")).context["form"]
    assert set(form.parts) == set(ALL_FACTS)
    assert form["setting"].value() == "urban" and form["visibility"].value() == "named"
    assert form["local_partners"].value() == "Police\nDefender"
    assert (form["stage-stage"].value(), form["position"].value()) == ("operating", "35.6567, -105.9821")


def test_each_changed_fact_becomes_a_correction_and_the_rest_none(client):
    link = a_link(place=an_entry(local_partners="Police\nDefender"))
    page = send(client, link, lead_agency="The Life Link", setting="mixed").content.decode()
    assert "Thank you: your changes have arrived" in page and "The Life Link" in page
    assert proposals() == {"setting": "mixed", "lead_agency": "The Life Link"}
    rows = list(Correction.objects.all())
    assert {row.origin for row in rows} == {"jurisdiction"} and len({row.sheet for row in rows}) == 1
    assert {(row.reporter_name, row.reporter_email) for row in rows} == {("Dana Ruiz", "dana@example.gov")}
    assert Jurisdiction.objects.get().lead_agency == "City of Santa Fe"


def test_staff_get_one_letter_and_the_receipt_goes_to_the_known_address(client):
    link = a_link()
    send(client, link, lead_agency="The Life Link", setting="mixed", said_by="Someone New")
    staff = Letter.objects.get(name="confirmation_staff")
    first = Correction.objects.order_by("pk").first()
    assert staff.to == "staff@example.org" and f"/sheet/{first.sheet}/" in staff.body
    receipt = Letter.objects.get(name="confirmation_receipt")
    assert (receipt.to, receipt.about) == ("dana@example.gov", first.number)
    assert "Someone New" in receipt.body and "before: City of Santa Fe\n  now: The Life Link" in receipt.body
    assert not Letter.objects.filter(name__startswith="correction_").exists()


def test_the_rest_is_confirmed_only_by_its_own_box(client):
    link = a_link()
    send(client, link, setting="mixed")
    assert not Confirmation.objects.exists()
    send(client, link, setting="rural", rest_is_right="on")
    assert Confirmation.objects.get().said_by == "Dana Ruiz"
    assert "Everything else was confirmed" in Letter.objects.filter(name="confirmation_receipt").first().body


def test_the_form_sent_as_it_was_with_the_box_confirms_the_entry(client):
    page = send(client, a_link(), rest_is_right="on").content.decode()
    assert "Thank you: the entry is confirmed" in page
    assert (Confirmation.objects.count(), Correction.objects.count()) == (1, 0)


def test_the_same_sheet_sent_twice_is_kept_once_and_told_once(client):
    link = a_link()
    filled = sheet(client, link, lead_agency="The Life Link", setting="mixed")
    for _ in range(2):
        client.post(address(link, "confirm_change"), filled)
    assert Correction.objects.count() == 2
    assert Letter.objects.exclude(name="confirmation_request").count() == 2


def test_other_words_from_the_same_opened_form_are_a_second_sheet(client):
    link = a_link()
    filled = sheet(client, link, lead_agency="The Life Link")
    client.post(address(link, "confirm_change"), filled)
    client.post(address(link, "confirm_change"), filled | {"lead_agency": "The County"})
    assert sorted(Correction.objects.values_list("proposed", flat=True)) == ["The County", "The Life Link"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Name of the effort: something must stand here."),
        ({"website": "not an address"}, "This is not the address of a page"),
        ({"position": "north"}, "Write latitude and longitude"),
        ({"stage-stage": "paused"}, "Write at least the year"),
        ({"launched-year": "1999"}, "2011"),
        ({"launched-year": "2019", "launched-month": "2", "launched-day": "31"}, "There is no such date"),
        ({"lead_agency": "x" * 251}, "250"),
        ({"setting": "mixed", "said_by": ""}, "Write your name"),
        ({"reason": "We moved."}, "Nothing is changed, so these words would get lost"),
        ({}, "Nothing is changed yet"),
    ],
)
def test_a_slip_is_told_and_nothing_is_kept(client, changes, message):
    link = a_link()
    page = send(client, link, **changes)
    assert page.status_code == 200 and page.context["form"].errors
    assert message in page.content.decode()
    assert not Correction.objects.exists() and not Confirmation.objects.exists()


def test_what_was_typed_stays_beside_a_slip(client):
    page = send(client, a_link(), summary="The second city.", website="nowhere at all").content.decode()
    assert "The second city." in page and 'value="nowhere at all"' in page


def test_a_stage_needs_its_date_and_has_the_place_as_its_source(client):
    link = a_link()
    send(client, link, **{"stage-stage": "paused", "stage-year": "2026", "stage-month": "3"})
    stage, when, source = proposals()["stage"].splitlines()
    assert (stage, when) == ("paused", "2026-03") and source.startswith("The jurisdiction itself, ")


def test_a_start_is_told_by_its_date_alone(client):
    send(client, a_link(), **{"launched-year": "2014", "launched-month": "4", "launched-day": "17"})
    assert proposals()["launched"].startswith("launched\n2014-04-17\nThe jurisdiction itself")


def test_an_old_text_that_breaks_a_rule_of_today_is_no_hurdle(client):
    link = a_link(place=an_entry(website="ftp://old.example.org/"))
    send(client, link, setting="mixed")
    assert proposals() == {"setting": "mixed"}


def test_what_staff_changed_while_the_page_was_open_is_not_taken_back(client):
    link = a_link()
    filled = sheet(client, link, setting="mixed")
    Jurisdiction.objects.update(lead_agency="The Life Link")
    client.post(address(link, "confirm_change"), filled)
    assert proposals() == {"setting": "mixed"}


def test_a_page_whose_hidden_words_were_tampered_with_is_compared_with_what_stands(client):
    link = a_link()
    client.post(address(link, "confirm_change"), sheet(client, link, setting="mixed", shown="x", nonce="y"))
    assert proposals() == {"setting": "mixed"}


def test_what_waits_is_shown_on_both_pages(client):
    link = a_link()
    send(client, link, lead_agency="The Life Link")
    for name in ("confirm", "confirm_change"):
        page = client.get(address(link, name)).content.decode()
        assert "You have sent these changes" in page and "Agency in charge: The Life Link" in page


def test_to_be_named_is_consent_with_name_and_day_and_leaves_no_public_note(client, admin_user):
    link = a_link(place=an_entry(visibility="counted", ground=""))
    send(client, link, visibility="named")
    row = Correction.objects.get()
    assert row.proposed_in_words.startswith("Everything: its name")
    row.accept(by=admin_user)
    place = Jurisdiction.objects.get()
    assert (place.visibility, place.ground, place.consent_by) == ("named", "consent", "Dana Ruiz")
    assert (place.consent_on, place.consent_how) == (timezone.localdate(), "Through its private link")
    assert not ChangeNote.objects.exists()


@pytest.mark.parametrize("wish", ["counted", "hidden"])
def test_to_be_named_no_longer_takes_the_consent_back(client, admin_user, wish):
    consent = {"consent_by": "Dana", "consent_on": timezone.localdate(), "consent_how": "By e-mail"}
    link = a_link(place=an_entry(ground="consent", **consent))
    send(client, link, visibility=wish)
    Correction.objects.get().accept(by=admin_user)
    place = Jurisdiction.objects.get()
    assert (place.visibility, place.ground, place.consent_by, place.consent_on) == (wish, "", "", None)
    assert "/sites/nm/santa-fe/" not in Letter.objects.get(name="correction_sheet").body


def test_visitors_are_not_asked_what_the_public_may_see(client):
    an_entry()
    page = client.get("/sites/nm/santa-fe/wrong/?field=visibility").content.decode()
    assert "What the public sees" not in page and 'field=visibility"' not in page


def test_a_mark_of_ours_in_what_was_typed_fills_no_private_link_into_a_letter(client, mailoutbox):
    from leadbureau.mail.letters import deliver_due

    send(client, a_link(), lead_agency="[link to the entry] [private link]")
    deliver_due()
    [receipt] = [mail for mail in mailoutbox if "[private link]" in mail.body]
    assert "[link to the entry] [private link]" in receipt.body and receipt.body.count("/confirm/") == 0


def test_an_entry_is_not_confirmed_while_changes_wait_that_the_place_asked_for(client, django_user_model):
    link = a_link()
    send(client, link, setting="rural", rest_is_right="on")
    place = link.place
    place.refresh_from_db()
    assert place.confirmed_on is None and Confirmation.objects.count() == 1
    client.post(address(link), yes())
    place.refresh_from_db()
    assert place.confirmed_on is None
    Correction.objects.get().accept(by=django_user_model.objects.create_user("staff"))
    place.refresh_from_db()
    assert place.confirmed_on == Confirmation.objects.latest("on").on


def test_a_declined_change_leaves_the_entry_unconfirmed(client, django_user_model):
    link = a_link()
    send(client, link, setting="rural", rest_is_right="on")
    Correction.objects.get().decline(by=django_user_model.objects.create_user("staff"), answer="No source.")
    link.place.refresh_from_db()
    assert link.place.confirmed_on is None

"""The private pages of a place: what they show, what confirms, and what changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.jurisdictions.models import (
    Confirmation,
    ConfirmationLink,
    Correction,
    Jurisdiction,
    PrivateContact,
)
from tests.jurisdictions.confirming import a_link, address, yes
from tests.jurisdictions.corrections import an_entry

pytestmark = pytest.mark.django_db
PAGES = ("confirm", "confirm_change", "confirm_done", "confirm_changed")


def everything() -> list:
    models = (Jurisdiction, ConfirmationLink, Confirmation, Correction, Letter)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_page_shows_the_whole_entry_and_the_two_ways(client):
    link = a_link(place=an_entry(hosts_visits="yes", local_partners="Police\nDefender"))
    page = client.get(address(link)).content.decode()
    for words in (
        "City of Santa Fe",
        "Yes, it welcomes visitors",
        "Police<br>Defender",
        "Everything: its name",
    ):
        assert words in page
    assert "Everything is still correct" in page and address(link, "confirm_change") in page


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", PAGES)
def test_looking_changes_nothing_however_often(client, name, method):
    link = a_link()
    link.place.confirm(link=link, said_by="Dana Ruiz")
    where, before = address(link, name), everything()
    for _ in range(3):
        assert getattr(client, method)(where).status_code in (200, 302)
    assert everything() == before


@pytest.mark.parametrize(
    "sent", [{}, {"speaks": "on"}, {"said_by": "Robot"}, {"said_by": " ", "speaks": "on"}]
)
@pytest.mark.parametrize("name", ["confirm", "confirm_change"])
def test_a_mail_scanner_that_presses_the_buttons_changes_nothing(client, name, sent):
    link = a_link()
    where, before = address(link, name), everything()
    response = client.post(where, sent)
    assert response.status_code == 200 and response.context["form"].errors
    assert everything() == before


def test_an_empty_form_with_a_name_empties_no_entry(client):
    link = a_link()
    before = everything()
    response = client.post(address(link, "confirm_change"), yes())
    assert "Nothing is changed yet" in response.content.decode()
    assert everything() == before


def test_one_press_confirms_the_entry_and_disturbs_nobody(client, settings):
    settings.STAFF_EMAILS = ["staff@example.org"]
    link = a_link()
    letters = Letter.objects.count()
    page = client.post(address(link), yes(said_by=" Dana  Ruiz "), follow=True).content.decode()
    assert "Thank you: the entry is confirmed" in page and "Confirmed by the jurisdiction, " in page
    row = Confirmation.objects.get()
    assert (row.place, row.on, row.link, row.said_by) == (link.place, timezone.localdate(), link, "Dana Ruiz")
    place = Jurisdiction.objects.get()
    assert place.confirmed_on == place.checked_on == timezone.localdate()
    assert Letter.objects.count() == letters


def test_confirmed_twice_on_one_day_is_confirmed_once(client):
    link = a_link()
    for _ in range(2):
        assert client.post(address(link), yes()).status_code == 302
    assert Confirmation.objects.count() == 1


def test_a_link_serves_any_number_of_times_until_ninety_days_are_over(client):
    link = a_link()
    where = address(link)
    for _ in range(3):
        assert client.get(where).status_code == 200
    for days, status in ((89, 200), (90, 404)):
        ConfirmationLink.objects.update(made_at=timezone.now() - timedelta(days=days))
        assert client.get(where).status_code == status


def test_a_revoked_link_opens_nothing_and_says_how_to_get_another(client, admin_user):
    link = a_link()
    where = address(link)
    link.revoke(by=admin_user)
    for name in ("", "change/", "done/", "changed/"):
        response = client.get(where + name)
        page = response.content.decode()
        assert response.status_code == 404 and 'href="/contact/"' in page and "LEAD Santa Fe" not in page
    assert client.post(where, yes()).status_code == 404
    assert not Confirmation.objects.exists()


def test_a_link_is_over_when_somebody_else_answers_for_the_entry(client):
    link = a_link()
    where = address(link)
    PrivateContact.objects.update(email="new@example.gov")
    assert client.get(where).status_code == 404
    PrivateContact.objects.all().delete()
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("token", ["x", "nm", "-" * 43, "a" * 900])
def test_an_unknown_link_is_a_clear_page_and_no_error(client, token):
    response = client.get(f"/sites/confirm/{token}/")
    assert response.status_code == 404
    assert "This private link does not work" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_private_pages_are_kept_by_nobody(client, name):
    response = client.get(address(a_link(), name))
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not client.cookies


def test_the_address_stands_neither_in_the_head_nor_in_the_database(client):
    link = a_link()
    where = address(link)
    token = where.split("/")[3]
    assert token not in client.get(where).content.decode().partition("</head>")[0]
    assert token not in str(everything())


def test_private_pages_can_be_sent_without_any_cookie():
    link = a_link()
    assert Client(enforce_csrf_checks=True).post(address(link), yes()).status_code == 302


def test_the_private_contact_is_on_none_of_the_pages(client):
    link = a_link(email="secret@example.gov", name="Secret Person", phone="505-555-0199", role="Secret role")
    link.place.confirm(link=link, said_by="Somebody Else")
    link.correct({"setting": "mixed"}, once=uuid4(), said_by="Somebody Else", rest_is_right=False)
    for name in PAGES:
        page = client.get(address(link, name)).content.decode().lower()
        assert "secret" not in page and "0199" not in page and "somebody else" not in page


def test_a_counted_place_sees_its_entry_here_and_nobody_elsewhere(client):
    link = a_link(place=an_entry(visibility="counted", name="Quiet LEAD"))
    assert "Only a number" in client.get(address(link)).content.decode()
    page = client.post(address(link), yes(), follow=True).content.decode()
    assert "Your entry has no public page" in page and "/sites/nm/santa-fe/" not in page
    for public in ("/sites/", "/sites/nm/", "/sites/directory.csv", "/sites/changes.csv"):
        assert "Quiet LEAD" not in client.get(public).content.decode()


def test_who_presses_too_often_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr("sites.jurisdictions.confirmation.MOST_AN_HOUR", 1)
    link = a_link()
    client.post(address(link), yes())
    response = client.post(address(link), yes(said_by="Second Sender"))
    assert response.status_code == 429 and "Second Sender" in response.content.decode()
    assert Confirmation.objects.count() == 1

"""By whose word an entry is right, and how long that counts."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leadbureau.mail.models import NotAllowed
from sites.jurisdictions.dates import months_before
from sites.jurisdictions.models import Confirmation, Jurisdiction
from sites.jurisdictions.stamp import directory_stamp
from tests.jurisdictions.confirming import a_contact, a_link
from tests.jurisdictions.corrections import an_entry
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 5, 6), 13, date(2025, 4, 6)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day, months, earlier):
    assert months_before(day, months) == earlier


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2026, 5, 6), "fresh", "Confirmed by the jurisdiction, May 2026"),
        (date(2027, 6, 5), "fresh", "Confirmed by the jurisdiction, May 2026"),
        (date(2027, 6, 6), "lapsed", "Not confirmed since May 2026"),
        (date(2031, 1, 1), "lapsed", "Not confirmed since May 2026"),
    ],
)
def test_a_confirmation_counts_for_thirteen_months(today, state, words):
    place = make_place(confirmed_on=date(2026, 5, 6))
    assert (place.confirmation_state(today), place.confirmation_in_words(today)) == (state, words)
    assert Jurisdiction.objects.confirmed(today).exists() is (state == "fresh")
    assert Jurisdiction.objects.lapsed(today).exists() is (state == "lapsed")


def test_a_place_that_never_confirmed_says_so_on_its_page_and_nothing_in_lists(client):
    place = make_place()
    assert place.confirmation_state() == "never"
    assert not Jurisdiction.objects.confirmed().exists() and not Jurisdiction.objects.lapsed().exists()
    assert "Not yet confirmed by the jurisdiction" in client.get("/sites/nm/santa-fe/").content.decode()
    for address in ("/sites/", "/sites/nm/"):
        assert "onfirmed by the jurisdiction" not in client.get(address).content.decode()


def test_page_list_and_state_say_by_whose_word_an_entry_is_right(client):
    make_place(confirmed_on=timezone.localdate())
    words = Jurisdiction.objects.get().confirmation_in_words()
    for address in ("/sites/", "/sites/nm/", "/sites/nm/santa-fe/"):
        assert words in client.get(address).content.decode()


def test_an_entry_that_the_place_checked_is_not_said_to_be_compared_with_its_source(client):
    make_place(confirmed_on=date(2026, 5, 6), checked_on=date(2026, 5, 6))
    assert "6 May 2026, by the jurisdiction itself." in client.get("/sites/nm/santa-fe/").content.decode()
    Jurisdiction.objects.update(checked_on=date(2026, 5, 7))
    assert "7 May 2026, against the source." in client.get("/sites/nm/santa-fe/").content.decode()


def test_the_brief_says_as_of_its_day_when_a_confirmation_is_too_old(client):
    make_place(confirmed_on=date(2024, 5, 6))
    page = client.get("/sites/nm/santa-fe/brief/?on=2026-05-06").content.decode()
    assert "Not confirmed since May 2024" in page


def test_staff_record_what_somebody_said_by_telephone(admin_user):
    place = an_entry()
    before = directory_stamp().tag
    assert place.confirm(by=admin_user, said_by="Dana Ruiz, program manager", how="By telephone") is True
    row = Confirmation.objects.get()
    assert (row.by, row.said_by, row.how) == (admin_user, "Dana Ruiz, program manager", "By telephone")
    assert place.confirmed_on == place.checked_on == timezone.localdate()
    assert directory_stamp().tag != before


def test_an_older_confirmation_that_is_recorded_late_does_not_take_the_newer_one_back(admin_user):
    place = an_entry(confirmed_on=date(2026, 5, 6), checked_on=date(2026, 5, 7))
    place.confirm(by=admin_user, said_by="Dana", how="By e-mail", on=date(2026, 1, 2))
    place.refresh_from_db()
    assert (place.confirmed_on, place.checked_on) == (date(2026, 5, 6), date(2026, 5, 7))


@pytest.mark.parametrize("told", [{}, {"said_by": "Dana"}, {"how": "By telephone"}])
def test_a_confirmation_needs_a_link_or_who_and_how(admin_user, told):
    place = an_entry()
    with pytest.raises(NotAllowed):
        place.confirm(by=admin_user, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(place=place, on=date(2026, 5, 6), by=admin_user, **told)
    assert not Confirmation.objects.exists()


def test_nobody_confirms_tomorrow(admin_user):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        an_entry().confirm(by=admin_user, said_by="Dana", how="By telephone", on=tomorrow)


PLACE = "/admin/jurisdictions/jurisdiction/"
LINKS = "/admin/jurisdictions/confirmationlink/"


def test_staff_send_letters_to_chosen_places_and_read_who_could_not_be_written_to(admin_client, mailoutbox):
    place, other = a_contact().place, make_place(name="Nobody There", slug="nobody")
    data = {"action": "send_letters", "_selected_action": [place.pk, other.pk]}
    page = admin_client.post(PLACE, data, follow=True).content.decode()
    assert "Letters on their way: 1." in page and "Nobody There has no private contact" in page
    assert place.confirmation_links.get().made_by.username == "admin"


def test_the_buttons_of_a_place_send_a_letter_and_record_a_call(admin_client):
    place = a_contact().place
    page = admin_client.get(f"{PLACE}{place.pk}/change/").content.decode()
    assert "Send the yearly letter now" in page and "Record a confirmation" in page
    assert admin_client.post(f"{PLACE}{place.pk}/do/invite/").status_code == 302
    call = {"said_by": "Dana Ruiz", "how": "By telephone", "on": "2026-05-06"}
    admin_client.post(f"{PLACE}{place.pk}/do/confirm/", call)
    place.refresh_from_db()
    assert (place.confirmation_links.count(), place.confirmed_on) == (1, date(2026, 5, 6))


def test_a_place_without_a_contact_has_no_button_for_a_letter(admin_client):
    page = admin_client.get(f"{PLACE}{make_place().pk}/change/").content.decode()
    assert "Send the yearly letter now" not in page and "Record a confirmation" in page


def test_the_list_of_letters_says_where_each_stands_and_revokes_and_shows_no_key(admin_client):
    link = a_link()
    for query in ("", "?link=good", "?link=unanswered"):
        assert "No answer yet." in admin_client.get(f"{LINKS}{query}").content.decode()
    shown = admin_client.get(f"{LINKS}{link.pk}/change/").content.decode()
    assert "Revoke the link" in shown
    assert link.digest not in shown and link.seed not in shown and "/sites/confirm/" not in shown
    admin_client.post(f"{LINKS}{link.pk}/do/revoke/")
    assert "Revoked by admin" in admin_client.get(f"{LINKS}?link=revoked").content.decode()


def test_the_list_of_letters_tells_an_answer(admin_client):
    link = a_link()
    link.place.confirm(link=link, said_by="Dana Ruiz")
    assert "Answered on " in admin_client.get(LINKS).content.decode()
    page = admin_client.get("/admin/jurisdictions/confirmation/").content.decode()
    assert "Dana Ruiz" in page and "Through its private link" in page

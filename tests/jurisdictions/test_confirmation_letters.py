"""The yearly letter: to whom it goes, how often, what it holds, and when its link is forgotten."""

from datetime import timedelta

import pytest

from leadbureau import purging
from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter, NotAllowed
from sites.jurisdictions.chores import chores
from sites.jurisdictions.models import Confirmation, ConfirmationLink, Jurisdiction, PrivateContact
from tests.jurisdictions.confirming import DAY, NOON, a_contact, a_link, address, mailed_link, sheet
from tests.jurisdictions.corrections import an_entry

pytestmark = pytest.mark.django_db


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("name", flat=True))


def test_the_letter_in_the_list_holds_a_mark_and_on_its_way_the_link(client, mailoutbox):
    link = a_link()
    letter = Letter.objects.get()
    assert "[link to the entry]" in letter.body and "/confirm/" not in letter.body
    where = mailed_link(mailoutbox)
    assert mailoutbox[0].to == ["dana@example.gov"] and where == link.address()
    assert client.get("/" + where.split("/", 3)[3]).status_code == 200


def test_a_place_without_a_contact_and_a_hidden_one_are_not_written_to():
    with pytest.raises(NotAllowed):
        ConfirmationLink.invite(place=an_entry())
    with pytest.raises(NotAllowed):
        a_link(place=an_entry(slug="hidden", visibility="hidden"))
    assert not ConfirmationLink.objects.exists() and not Letter.objects.exists()


def test_a_second_click_sends_no_second_letter_but_a_revoked_one_may_be_sent_anew_at_once(admin_user):
    link = a_link(now=NOON)
    with pytest.raises(NotAllowed):
        ConfirmationLink.invite(place=link.place, now=NOON + timedelta(minutes=59))
    link.revoke(by=admin_user, now=NOON)
    ConfirmationLink.invite(place=link.place, now=NOON + timedelta(minutes=1))
    assert letters() == ["confirmation_request"] * 2


def test_a_link_given_out_under_an_older_key_still_opens_and_is_mailed_again_unchanged(client, settings):
    link = a_link()
    where = link.address()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret-key" * 3
    assert ConfirmationLink.objects.get().address() == where
    settings.SECRET_KEY_FALLBACKS = []
    assert ConfirmationLink.objects.get().address() != where
    assert client.get(address(ConfirmationLink.objects.get())).status_code == 200


def test_revoking_stops_the_letter_that_has_not_left(admin_user, mailoutbox):
    link = a_link()
    link.revoke(by=admin_user)
    assert deliver_due() == 0 and not mailoutbox
    assert (link.revoked_by, link.is_good()) == (admin_user, False)
    with pytest.raises(NotAllowed):
        link.revoke(by=admin_user)


def test_a_letter_whose_link_is_over_does_not_leave(mailoutbox):
    a_link()
    PrivateContact.objects.update(email="new@example.gov")
    assert deliver_due() == 0 and not mailoutbox
    assert "The link of this letter is over" in Letter.objects.get().last_error


def test_a_year_of_a_place_that_never_answers_is_one_letter_and_one_reminder():
    a_contact()
    for day in range(365):
        chores(NOON + day * DAY)
    assert letters() == ["confirmation_request", "confirmation_reminder"]
    link = ConfirmationLink.objects.get()
    assert (link.made_at, link.reminded_at) == (NOON, NOON + 30 * DAY)
    chores(NOON + 365 * DAY)
    assert letters()[2:] == ["confirmation_request"]


def test_who_confirms_is_not_reminded_and_is_asked_again_when_both_times_are_over():
    place = a_contact().place
    chores(NOON)
    place.confirm(link=ConfirmationLink.objects.get(), said_by="Dana", on=(NOON + 20 * DAY).date())
    for day in range(365):
        chores(NOON + day * DAY)
    assert letters() == ["confirmation_request"]
    chores(NOON + 366 * DAY)
    assert letters() == ["confirmation_request"] * 2


def test_who_sends_changes_is_not_reminded(client):
    link = a_link()
    client.post(address(link, "confirm_change"), sheet(client, link, setting="mixed"))
    chores(link.made_at + 31 * DAY)
    assert "confirmation_reminder" not in letters()


@pytest.mark.parametrize(
    ("months_ago", "is_due"),
    [(None, True), ("2025-06-06", True), ("2025-06-07", False), ("2026-05-01", False)],
)
def test_a_place_is_asked_when_its_confirmation_is_eleven_months_old(months_ago, is_due):
    place = a_contact(place=an_entry(confirmed_on=months_ago)).place
    assert place.is_due_for_letter(NOON) is is_due
    assert list(Jurisdiction.objects.due_for_letter(NOON)) == [place] * is_due


@pytest.mark.parametrize("visibility", ["named", "counted", "hidden"])
def test_letters_go_to_named_and_counted_places_only(visibility):
    a_contact(place=an_entry(visibility=visibility))
    chores(NOON)
    assert letters() == ["confirmation_request"] * (visibility != "hidden")


def test_a_contact_is_written_to_a_day_after_it_was_entered_and_not_before():
    a_contact(entered=NOON)
    chores(NOON + timedelta(hours=23))
    assert letters() == []
    chores(NOON + DAY)
    assert letters() == ["confirmation_request"]


def test_only_the_newest_of_two_letters_is_reminded_of(admin_user):
    place = a_contact().place
    ConfirmationLink.invite(place=place, now=NOON)
    newer = ConfirmationLink.invite(place=place, by=admin_user, now=NOON + 20 * DAY)
    for day in range(80):
        chores(NOON + day * DAY)
    assert list(ConfirmationLink.objects.exclude(reminded_at=None)) == [newer]


def test_the_reminder_brings_the_same_link(mailoutbox):
    link = a_link()
    first = mailed_link(mailoutbox)
    link.remind()
    assert mailed_link(mailoutbox) == first
    with pytest.raises(NotAllowed):
        link.remind()


def test_links_are_forgotten_a_year_after_they_ended_with_their_letters_but_not_what_they_brought():
    link = a_link(now=NOON)
    link.place.confirm(link=link, said_by="Dana", on=NOON.date())
    PrivateContact.objects.all().delete()
    purging.chores(NOON + (90 + 365) * DAY)
    assert ConfirmationLink.objects.exists() and Letter.objects.exists()
    purging.chores(NOON + (90 + 366) * DAY)
    assert not ConfirmationLink.objects.exists() and not Letter.objects.exists()
    assert Confirmation.objects.get().said_by == "Dana"


def test_a_revoked_link_is_forgotten_a_year_after_that(admin_user):
    link = a_link(now=NOON)
    link.revoke(by=admin_user, now=NOON + DAY)
    PrivateContact.objects.all().delete()
    purging.chores(NOON + 366 * DAY)
    assert ConfirmationLink.objects.exists()
    purging.chores(NOON + 367 * DAY)
    assert not ConfirmationLink.objects.exists()


def test_who_confirmed_through_a_link_is_forgotten_after_two_years_and_the_day_is_not(admin_user):
    link = a_link(now=NOON)
    link.place.confirm(link=link, said_by="Dana", on=NOON.date())
    PrivateContact.objects.all().delete()
    purging.chores(NOON + 730 * DAY)
    assert Confirmation.objects.get().said_by == "Dana"
    purging.chores(NOON + 731 * DAY)
    assert (Confirmation.objects.get().said_by, Confirmation.objects.get().on) == ("", NOON.date())

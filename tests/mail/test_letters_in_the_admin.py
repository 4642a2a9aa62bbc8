from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.guards import visible_to
from leadbureau.mail.letters import Words, post
from leadbureau.mail.models import Letter
from leadbureau.mail.waiting import letters as waiting
from tests.mail.factories import a_letter

pytestmark = pytest.mark.django_db


def staff(*codenames):
    user = get_user_model().objects.create_user("cass", "cass@example.org", "a long password", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=codenames, content_type__app_label="mail")
    )
    return user


def a_failed_letter():
    letter = a_letter()
    Letter.objects.update(
        state="failed", next_try_at=None, last_error="ConnectionRefusedError: down", attempts=6
    )
    return letter


def test_a_failed_letter_is_tried_again_with_a_button(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = a_failed_letter()
    assert (
        "Try to send it again now"
        in client.get(reverse("admin:mail_letter_change", args=[letter.pk])).content.decode()
    )
    client.post(reverse("admin:mail_letter_do", args=[letter.pk, "retry"]))
    letter.refresh_from_db()
    assert letter.state == "waiting"


def test_a_button_pressed_too_late_says_so_and_changes_nothing(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = a_letter()
    letter.claim()
    letter.mark_sent()
    page = client.post(
        reverse("admin:mail_letter_do", args=[letter.pk, "void"]), follow=True
    ).content.decode()
    letter.refresh_from_db()
    assert "cannot be done any more" in page and letter.state == "sent"


def test_who_may_only_look_has_no_buttons_and_no_verbs(client):
    client.force_login(staff("view_letter"))
    letter = a_failed_letter()
    assert (
        "Try to send"
        not in client.get(reverse("admin:mail_letter_change", args=[letter.pk])).content.decode()
    )
    assert client.post(reverse("admin:mail_letter_do", args=[letter.pk, "retry"])).status_code == 403


def test_many_letters_are_stopped_at_once(client):
    client.force_login(staff("view_letter", "change_letter"))
    chosen = [a_letter().pk, a_letter().pk]
    client.post(
        reverse("admin:mail_letter_changelist"),
        {"action": "void_letters", "_selected_action": chosen},
        follow=True,
    )
    assert set(Letter.objects.values_list("state", flat=True)) == {"voided"}


def test_nobody_rewrites_or_deletes_a_letter(client):
    client.force_login(staff("view_letter", "change_letter", "delete_letter", "add_letter"))
    letter = a_letter()
    client.post(reverse("admin:mail_letter_change", args=[letter.pk]), {"subject": "Other"})
    assert client.get(reverse("admin:mail_letter_delete", args=[letter.pk])).status_code == 403
    assert client.get(reverse("admin:mail_letter_add")).status_code == 403
    assert Letter.objects.get().subject == "Your request"


def test_a_letter_is_found_by_its_reference_or_by_a_whole_address(client):
    client.force_login(staff("view_letter"))
    wanted = a_letter(to="Dana@example.gov", about="CO-234-567-8")
    a_letter(to="lee@example.gov", about="CO-999-999-9")
    for term, found in (("CO-234", [wanted]), ("dana@EXAMPLE.gov", [wanted]), ("dana@", []), ("Dana", [])):
        page = client.get(reverse("admin:mail_letter_changelist"), {"q": term})
        assert list(page.context["cl"].queryset) == found, term


def test_a_held_letter_is_changed_and_released_with_buttons(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    page = client.get(reverse("admin:mail_letter_change", args=[letter.pk])).content.decode()
    assert "Release: it leaves now" in page and "Change the words" in page
    words = {"subject": "Our answer", "body": "We can help you."}
    client.post(reverse("admin:mail_letter_do", args=[letter.pk, "rewrite"]), words)
    release = reverse("admin:mail_letter_do", args=[letter.pk, "release"])
    client.post(release, {"seen": client.get(release).context["form"]["seen"].value()})
    letter.refresh_from_db()
    assert (letter.state, letter.body, letter.handled_by.username) == (
        "waiting",
        "We can help you.\n",
        "cass",
    )


def test_the_letter_is_read_once_more_before_it_is_released(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    page = client.get(reverse("admin:mail_letter_do", args=[letter.pk, "release"])).content.decode()
    assert "We can help." in page and "dana@example.gov" in page
    letter.refresh_from_db()
    assert letter.state == "drafted"


@pytest.mark.parametrize("verb", ["release", "rewrite"])
def test_a_letter_that_somebody_changed_meanwhile_is_neither_released_nor_overwritten(client, verb):
    client.force_login(staff("view_letter", "change_letter"))
    letter = post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    do = reverse("admin:mail_letter_do", args=[letter.pk, verb])
    read = client.get(do).context["form"].initial
    letter.rewrite(Words("Our answer", "We cannot help."), by=None)
    page = client.post(do, read)
    assert "Somebody else changed this letter" in page.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.body) == ("drafted", "We cannot help.\n")


def test_a_gap_is_not_left_in_a_held_letter(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    address = reverse("admin:mail_letter_do", args=[letter.pk, "rewrite"])
    page = client.post(address, {"subject": "Our answer", "body": "[reason] See [private link]"})
    assert page.context["form"].errors["body"] == [
        "Put your own words in place of [reason], then press the button again."
    ]
    letter.refresh_from_db()
    assert letter.body == "We can help.\n"


def test_letters_about_guarded_things_are_shown_only_to_holders_of_the_permission(client):
    guarded = a_letter(about="TA-234-567-8")
    user = staff("view_letter", "change_letter")
    client.force_login(user)
    change, do = (
        reverse("admin:mail_letter_change", args=[guarded.pk]),
        reverse("admin:mail_letter_do", args=[guarded.pk, "void"]),
    )
    assert list(visible_to(user)) == [] and letters_that_wait(user) == []
    assert (client.get(change).status_code, client.post(do).status_code) == (302, 403)
    user.user_permissions.add(Permission.objects.get(codename="see_personal"))
    assert list(visible_to(get_user_model().objects.get(pk=user.pk))) == [guarded]
    assert client.get(change).status_code == 200


def letters_that_wait(user):
    return waiting(user, timezone.now() + timedelta(days=9))


def test_held_letters_are_told_on_the_first_page_and_urgently_after_a_working_day():
    user = staff("view_letter")
    post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    now = timezone.now()
    told = [
        [(line.label, line.urgent) for line in waiting(user, on)] for on in (now, now + timedelta(days=6))
    ]
    assert told == [
        [("letter waits for a second look", False)],
        [("unsent letter is older than a working day", True)],
    ]


def test_a_letter_that_was_released_just_now_is_not_called_late():
    user = staff("view_letter")
    letter = post(Words("Our answer", "We can help."), name="test", to="dana@example.gov", held=True)
    later = timezone.now() + timedelta(days=6)
    letter.release(by=user, now=later)
    assert waiting(user, later + timedelta(minutes=59)) == []


def test_neither_the_name_of_a_letter_nor_the_log_of_staff_tells_who_gets_it(client):
    client.force_login(staff("view_letter", "change_letter"))
    letter = a_letter(subject="Dana Ruiz asks for your part", name="assistance/colleague_ask")
    client.post(reverse("admin:mail_letter_do", args=[letter.pk, "void"]))
    assert str(letter) == "CO-234-567-8: colleague ask"
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [str(letter)]


def test_failed_letters_and_letters_that_wait_too_long_are_told_on_the_first_page():
    user = staff("view_letter")
    assert waiting(user) == []
    a_failed_letter()
    a_letter()
    Letter.objects.filter(state="waiting").update(created_at=timezone.now() - timedelta(hours=2))
    assert [(line.label, line.count, line.urgent) for line in waiting(user)] == [
        ("letter could not be sent", 1, True),
        ("letter waits for more than an hour", 1, True),
    ]

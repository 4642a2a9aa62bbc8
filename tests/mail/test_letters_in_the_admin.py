from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter
from leadbureau.mail.waiting import waiting
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

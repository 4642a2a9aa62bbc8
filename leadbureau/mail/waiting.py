"""Letters and messages that ask for staff, for the admin's first page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from leadbureau.kit.waiting import Waiting
from leadbureau.mail import contact_waiting
from leadbureau.mail.models import Letter

# A letter that waits longer means that mail is down, or that no worker runs.
LONG = timedelta(hours=1)


def waiting(user) -> list[Waiting]:
    return [*letters(user), *contact_waiting.waiting(user)]


def letters(user) -> list[Waiting]:
    if not user.has_perm("mail.view_letter"):
        return []
    address = reverse("admin:mail_letter_changelist")
    failed = Letter.objects.failed().count()
    late = Letter.objects.waiting().filter(created_at__lt=timezone.now() - LONG).count()
    lines = [
        Waiting(
            label="letter could not be sent" if failed == 1 else "letters could not be sent",
            count=failed,
            url=f"{address}?state__exact=failed",
            urgent=True,
        ),
        Waiting(
            label="letter waits for more than an hour" if late == 1 else "letters wait for more than an hour",
            count=late,
            url=f"{address}?state__exact=waiting",
            urgent=True,
        ),
    ]
    return [line for line in lines if line.count]

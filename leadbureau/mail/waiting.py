"""Letters and messages that ask for staff, for the admin's first page."""

from django.urls import reverse

from leadbureau.kit.waiting import Waiting
from leadbureau.mail import contact_waiting
from leadbureau.mail.models import Letter


def waiting(user) -> list[Waiting]:
    return [*letters(user), *contact_waiting.waiting(user)]


def letters(user) -> list[Waiting]:
    if not user.has_perm("mail.view_letter"):
        return []
    count = Letter.objects.failed().count()
    if not count:
        return []
    label = "letter could not be sent" if count == 1 else "letters could not be sent"
    url = reverse("admin:mail_letter_changelist") + "?state__exact=failed"
    return [Waiting(label=label, count=count, url=url, urgent=True)]

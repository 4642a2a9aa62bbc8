"""Messages that need an answer, for the admin's first page."""

from datetime import timedelta
from math import ceil

from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit.waiting import Waiting
from leadbureau.mail.models import ContactMessage


def waiting(user) -> list[Waiting]:
    if not user.has_perm("mail.view_contactmessage"):
        return []
    # Five working days are a calendar week; a holiday makes the reminder come a day early: no harm.
    promised = timedelta(days=ceil(layout().details.reply_days * 7 / 5))
    messages = ContactMessage.objects.waiting()
    count, overdue = messages.count(), messages.overdue(timezone.now() - promised).exists()
    held = ContactMessage.objects.quarantined().count()
    address = reverse("admin:mail_contactmessage_changelist")
    lines = [
        Waiting(
            label="message needs an answer" if count == 1 else "messages need an answer",
            count=count,
            url=f"{address}?stands=waiting",
            urgent=overdue,
        ),
        Waiting(
            label="message is in quarantine" if held == 1 else "messages are in quarantine",
            count=held,
            url=f"{address}?stands=quarantine",
        ),
    ]
    return [line for line in lines if line.count]

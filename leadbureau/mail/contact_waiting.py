"""Messages that need an answer, for the admin's first page."""

from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit import working_days
from leadbureau.kit.waiting import Waiting
from leadbureau.mail.models import ContactMessage


def waiting(user) -> list[Waiting]:
    if not user.has_perm("mail.view_contactmessage"):
        return []
    messages = ContactMessage.objects.waiting()
    count = messages.count()
    held = ContactMessage.objects.quarantined().count()
    address = reverse("admin:mail_contactmessage_changelist")
    lines = [
        Waiting(
            label="message needs an answer" if count == 1 else "messages need an answer",
            count=count,
            url=f"{address}?stands=waiting",
            urgent=_one_is_overdue(messages),
        ),
        Waiting(
            label="message is in quarantine" if held == 1 else "messages are in quarantine",
            count=held,
            url=f"{address}?stands=quarantine",
        ),
    ]
    return [line for line in lines if line.count]


def _one_is_overdue(messages) -> bool:
    """Whether the promised working days are over for the message that waits longest."""
    oldest = messages.order_by("received_at").values_list("received_at", flat=True).first()
    if oldest is None:
        return False
    return working_days.add(timezone.localdate(oldest), layout().details.reply_days) < timezone.localdate()

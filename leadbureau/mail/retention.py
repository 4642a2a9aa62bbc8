"""What is deleted of the messages of the contact page, by the rules of leadbureau/retention.toml."""

from datetime import datetime

from leadbureau.kit.retention import Purge, kept
from leadbureau.mail.models import ContactMessage


def _old(now: datetime) -> list[ContactMessage]:
    return list(ContactMessage.objects.trusted().filter(received_at__lt=now - kept("contact.messages")))


def _held(now: datetime) -> list[ContactMessage]:
    return list(ContactMessage.objects.quarantined().filter(received_at__lt=now - kept("contact.quarantine")))


def _delete(rows) -> int:
    return ContactMessage.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


PURGES = (Purge("contact.messages", _old, _delete), Purge("contact.quarantine", _held, _delete))

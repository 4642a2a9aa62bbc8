"""What is deleted or forgotten of what people say about places, by the rules of leadbureau/retention.toml."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leadbureau.kit.retention import Purge, kept
from leadbureau.mail.models import Letter
from sites.jurisdictions.models import Confirmation, ConfirmationLink, Correction, Introduction


def _reporters(now: datetime) -> list[Correction]:
    over = Correction.objects.filter(decided_at__lt=now - kept("places.reporters"))
    return list(over.exclude(reporter_name="", reporter_email=""))


def _forget_reporters(rows) -> int:
    """Nobody needs to know any more who said so; the letters to them go as well."""
    numbers = [row.number for row in rows]
    with transaction.atomic():
        Letter.objects.filter(about__in=numbers).delete()
        named = Correction.objects.filter(number__in=numbers)
        return named.update(reporter_name="", reporter_email="")


def _held_corrections(now: datetime) -> list[Correction]:
    return list(Correction.objects.quarantined().filter(received_at__lt=now - kept("places.quarantine")))


def _held_introductions(now: datetime) -> list[Introduction]:
    return list(Introduction.objects.quarantined().filter(received_at__lt=now - kept("places.quarantine")))


def _introductions(now: datetime) -> list[Introduction]:
    return list(Introduction.objects.trusted().filter(received_at__lt=now - kept("places.introductions")))


def _delete_received(rows) -> int:
    """With their letters."""
    with transaction.atomic():
        Letter.objects.filter(about__in=[row.number for row in rows]).delete()
        return type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()[0]


def _links(now: datetime) -> list[ConfirmationLink]:
    return list(ConfirmationLink.objects.ended(now - kept("places.confirmation_links")))


def _delete_links(rows) -> int:
    """With their letters. The confirmations stay."""
    with transaction.atomic():
        Letter.objects.filter(about__in=[link.reference for link in rows]).delete()
        ConfirmationLink.objects.filter(pk__in=[link.pk for link in rows]).delete()
    return len(rows)


def _confirmed_by(now: datetime) -> list[Confirmation]:
    old = Confirmation.objects.filter(on__lt=timezone.localdate(now) - kept("places.confirmers"), by=None)
    return list(old.exclude(said_by=""))


def _forget_confirmers(rows) -> int:
    """Nobody needs to know any more who gave it; the day stays."""
    return Confirmation.objects.filter(pk__in=[row.pk for row in rows]).update(said_by="")


PURGES = (
    Purge("places.reporters", _reporters, _forget_reporters),
    Purge("places.quarantine", _held_corrections, _delete_received),
    Purge("places.quarantine", _held_introductions, _delete_received),
    Purge("places.introductions", _introductions, _delete_received),
    Purge("places.confirmation_links", _links, _delete_links),
    Purge("places.confirmers", _confirmed_by, _forget_confirmers),
)

"""What is deleted of requests to be listed, by the rules of leadbureau/retention.toml."""

from datetime import datetime
from functools import partial

from django.db import transaction

from leadbureau.kit.retention import Purge, kept
from partners.models import ListingRequest


def _held(now: datetime) -> list[ListingRequest]:
    return list(
        ListingRequest.objects.quarantined().filter(received_at__lt=now - kept("partners.quarantine"))
    )


def _declined(now: datetime) -> list[ListingRequest]:
    over = now - kept("partners.declined")
    return list(ListingRequest.objects.filter(state=ListingRequest.State.DECLINED, decided_at__lt=over))


def _of_deleted_partners(now: datetime) -> list[ListingRequest]:
    """Of a partner that staff have deleted: nobody needs to know any more who asked."""
    return list(ListingRequest.objects.filter(state=ListingRequest.State.ACCEPTED, partner=None))


def _delete(rows) -> int:
    """The row first: a file without a row can be removed again, a row without its file cannot be read."""
    for row in rows:
        logo = row.logo
        with transaction.atomic():
            row.delete()
            if logo:
                transaction.on_commit(partial(logo.delete, save=False))
    return len(rows)


PURGES = (
    Purge("partners.quarantine", _held, _delete),
    Purge("partners.declined", _declined, _delete),
    Purge("partners.accepted", _of_deleted_partners, _delete),
)

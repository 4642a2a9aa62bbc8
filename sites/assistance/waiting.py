"""Requests that ask for staff, for the admin's first page."""

from django.urls import reverse

from leadbureau.kit.waiting import Waiting
from sites.assistance.models import Request
from sites.assistance.moves import Status


def waiting(user) -> list[Waiting]:
    if not user.has_perm("assistance.view_request"):
        return []
    address = reverse("admin:assistance_request_changelist")
    received = Request.objects.open().filter(status=Status.RECEIVED)
    lines = [
        _line(
            Request.objects.overdue(),
            "answer to a request is late",
            "answers to requests are late",
            f"{address}?stands=late",
            True,
        ),
        _line(received, "new request for help", "new requests for help", f"{address}?status__exact=received"),
        _line(
            Request.objects.open().filter(owner=user),
            "open request that you answer for",
            "open requests that you answer for",
            f"{address}?owner__id__exact={user.pk}",
        ),
        _line(
            Request.objects.quarantined().sent(),
            "request is in quarantine",
            "requests are in quarantine",
            f"{address}?stands=quarantine",
        ),
    ]
    return [line for line in lines if line.count]


def _line(rows, one: str, many: str, url: str, urgent: bool = False) -> Waiting:
    count = rows.count()
    return Waiting(label=one if count == 1 else many, count=count, url=url, urgent=urgent)

"""Requests that ask for staff, for the admin's first page: what is late or due comes first."""

from django.urls import reverse

from leadbureau.kit.waiting import Waiting
from sites.assistance.models import Attachment, Request
from sites.assistance.moves import Status
from sites.assistance.queue_filters import NextActionFilter, StandsFilter


def waiting(user) -> list[Waiting]:
    """Each line leads to the queue with the filter that shows its rows."""
    if not user.has_perm("assistance.view_request"):
        return []
    new = Request.objects.open().filter(status=Status.RECEIVED)
    mine = Request.objects.open().filter(owner=user)
    due = NextActionFilter.due(mine)
    lines = [
        _line(
            _kind("late"), "answer to a request is late", "answers to requests are late", "stands=late", True
        ),
        _line(
            _kind("soon"),
            "answer to a request is due by tomorrow",
            "answers to requests are due by tomorrow",
            "stands=soon",
            True,
        ),
        _line(new, "new request for help", "new requests for help", "status=received"),
        _line(
            _kind("answered"),
            "request is answered and back with us",
            "requests are answered and back with us",
            "stands=answered",
        ),
        _line(due, "next action of yours is due", "next actions of yours are due", "owner=me&next=due"),
        _line(mine, "open request that you answer for", "open requests that you answer for", "owner=me"),
        _line(
            _kind("quarantine"), "request is in quarantine", "requests are in quarantine", "stands=quarantine"
        ),
    ]
    return [line for line in [*lines, *_files(user)] if line.count]


def _files(user) -> list[Waiting]:
    """Files that need somebody; each line leads to the case of the oldest."""
    if not user.has_perm("assistance.see_personal"):
        return []
    stuck, held = "for the virus scanner: is it running?", "held back by the virus scanner"
    lines = []
    for rows, one, many in (
        (Attachment.objects.stuck(), f"file waits {stuck}", f"files wait {stuck}"),
        (Attachment.objects.held_back(), f"file was {held}", f"files were {held}"),
    ):
        found = list(rows.order_by("added_at"))
        if found:
            url = reverse("admin:assistance_request_change", args=[found[0].request_id])
            label = one if len(found) == 1 else many
            lines.append(Waiting(label=label, count=len(found), url=url, urgent=True))
    return lines


def _kind(name: str):
    """The rows of a filter of the queue, so that the number is that of the list behind it."""
    return StandsFilter.kinds[name][1](Request.objects.all())


def _line(rows, one: str, many: str, query: str, urgent: bool = False) -> Waiting:
    count = rows.count()
    address = f"{reverse('admin:assistance_request_changelist')}?{query}"
    return Waiting(label=one if count == 1 else many, count=count, url=address, urgent=urgent)

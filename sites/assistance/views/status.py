"""One's own request by its private link: where it stands, whose turn it is, what can be done."""

from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit import working_days
from leadbureau.mail.models import Letter
from sites.assistance.forms import LINK_MARK
from sites.assistance.models import Request
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.private import by_private_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@by_private_link
def status(http, found: Request, token: str):
    """Where the request stands, in the requester's words. Looking changes nothing, however often."""
    words = {part: say(f"assistance.status.{found.status}.{part}") for part in ("title", "turn", "next")}
    context = {
        "found": found,
        "title": say("assistance.status.title"),
        "words": words,
        "days": _days(found),
        "letters": _letters(found),
        "continue_at": _where_to_go_on(found, token) if found.is_draft else "",
        "may_withdraw": _may_withdraw(found),
    }
    return render(http, "assistance/status.html", context)


def _days(found: Request) -> dict | None:
    """How far the promised answer is: the working day that it is now, of how many; None when none is owed."""
    left = found.days_left()
    if left is None or found.sent_at is None or found.answer_by is None:
        return None
    total = working_days.between(timezone.localdate(found.sent_at), found.answer_by)
    return {"now": total - left, "total": total, "late": found.is_overdue()}


def _letters(found: Request) -> list[dict]:
    """The letters as the requester reads them here; the private link is the page that he is on."""
    link = say("assistance.status.this_page")
    return [
        {"subject": letter.subject, "how": _how(letter), "body": letter.body.replace(LINK_MARK, link)}
        for letter in found.correspondence()
    ]


def _how(letter: Letter) -> str:
    if letter.state == Letter.State.SENT:
        return say(
            "assistance.status.letter_sent", date=date_format(timezone.localtime(letter.sent_at), "j F Y")
        )
    return say(f"assistance.status.letter_{letter.state}")


def _where_to_go_on(found: Request, token: str) -> str:
    """The first page that lacks something, or the page that shows all answers."""
    missing = found.missing()
    if missing:
        return reverse("assistance:ask_page", args=[token, missing[0].page.slug])
    return reverse("assistance:check", args=[token])


def _may_withdraw(found: Request) -> bool:
    return any(move.verb == "withdraw" for move in found.moves_for(Doer.REQUESTER))


@GET_OR_POST
@by_private_link
def withdraw(http, found: Request, token: str):
    if http.method == "POST":
        with suppress(NotAllowed):  # withdrawn or closed already: the status page says which
            found.withdraw()
        return redirect("assistance:status", token)
    if not any(move.verb == "withdraw" for move in found.moves_for(Doer.REQUESTER)):
        return redirect("assistance:status", token)
    return render(
        http, "assistance/withdraw.html", {"found": found, "title": say("assistance.withdraw.title")}
    )

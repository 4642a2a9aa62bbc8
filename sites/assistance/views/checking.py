"""The check of all answers, and sending: once, however often the button is pressed."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from leadbureau.kit.retention import kept
from sites.assistance.models import Request
from sites.assistance.models.answers import NotComplete
from sites.assistance.models.guarded import HasPassages
from sites.assistance.models.letters import in_words
from sites.assistance.moves import NotAllowed, Status
from sites.assistance.participant_data import unconfirmed
from sites.assistance.private import by_private_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SENDS, HOUR = 30, 3600  # how often one network may send a request within an hour


@GET_OR_POST
@by_private_link
def check(http, found: Request, token: str):
    """All answers, what is missing or to be looked at, and the button that sends. Sending twice is sending once."""
    if not found.is_draft:
        return redirect("assistance:sent", token)
    if http.method != "POST":
        return _page(http, found, missing=found.missing(), passages=unconfirmed(found))
    found.confirm_passages(http.POST.getlist("confirm"))
    if too_many(http, "assistance-send", limit=SENDS, seconds=HOUR):
        return _page(http, found, passages=unconfirmed(found), too_many=True, status=429)
    try:
        found.send()
    except NotComplete as incomplete:
        return _page(http, found, missing=incomplete.missing, passages=unconfirmed(found), refused=True)
    except HasPassages as unseen:
        return _page(http, found, passages=unseen.passages, refused=True)
    except NotAllowed:  # the second of two clicks: the first has sent it
        pass
    return redirect("assistance:sent", token)


def _page(http, found: Request, *, missing=(), passages=(), refused=False, too_many=False, status=200):
    """`refused`: the button was pressed, and what stands in the way is told as errors, not as a notice."""
    context = {
        "found": found,
        "title": say("assistance.check.title"),
        "missing": missing,
        "passages": passages,
        "refused": refused,
        "too_many": too_many,
        "shares": found.shares.current(),
        "days_kept": kept("assistance.drafts").days,
    }
    return render(http, "assistance/check.html", context, status=status)


@require_safe
@by_private_link
def sent(http, found: Request, token: str):
    """What the sender reads at once. When the request has moved on, or was withdrawn, its own page says so."""
    if found.is_draft:
        return redirect("assistance:check", token)
    if found.status != Status.RECEIVED:
        return redirect("assistance:status", token)
    title = say("assistance.sent.title")
    context = {"found": found, "title": title, "answer_by": in_words(found.answer_by)}
    return render(http, "assistance/sent.html", context)

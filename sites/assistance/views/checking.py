"""The check of all answers, and sending: once, however often the button is pressed."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from leadbureau.kit.retention import kept
from sites.assistance.models import Request
from sites.assistance.models.letters import in_words
from sites.assistance.models.request import NotComplete
from sites.assistance.moves import NotAllowed
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGES

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SENDS, HOUR = 30, 3600  # how often one network may send a request within an hour


@GET_OR_POST
@by_private_link
def check(http, found: Request, token: str):
    """All answers, what is missing, and the button that sends. Sending twice is sending once."""
    if not found.is_draft:
        return redirect("assistance:sent", token)
    context = {
        "found": found,
        "title": say("assistance.check.title"),
        "missing": [],
        "last": PAGES[-1],
        "days_kept": kept("assistance.drafts").days,
    }
    code = 200
    if http.method == "POST":
        if too_many(http, "assistance-send", limit=SENDS, seconds=HOUR):
            context["too_many"], code = True, 429
        else:
            try:
                found.send()
                return redirect("assistance:sent", token)
            except NotAllowed:  # the second of two clicks: the first has sent it
                return redirect("assistance:sent", token)
            except NotComplete as incomplete:
                context["missing"] = incomplete.missing
    return render(http, "assistance/check.html", context, status=code)


@require_safe
@by_private_link
def sent(http, found: Request, token: str):
    if found.is_draft:
        return redirect("assistance:check", token)
    title = say("assistance.sent.title")
    context = {"found": found, "title": title, "answer_by": in_words(found.answer_by)}
    return render(http, "assistance/sent.html", context)

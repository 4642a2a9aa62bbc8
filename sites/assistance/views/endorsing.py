"""Support by name: the page where it is asked for, and the page of whoever is asked."""

from contextlib import suppress

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from leadbureau.kit.retention import kept
from sites.assistance.endorse_forms import AskForm, SupportForm
from sites.assistance.models import Endorsement, Request
from sites.assistance.models.answers import Answered
from sites.assistance.models.endorsement import NOT_SHOWN, CannotAsk, why_not
from sites.assistance.moves import Doer, NotAllowed, Status
from sites.assistance.participant_data import BLACK, Passage, unconfirmed
from sites.assistance.private import by_endorsers_link, by_private_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
ASKS, HOUR = 30, 3600  # how often one network may have such a letter written within an hour
DONE = ("asked", "again", "ended")  # what the page of support tells after a press


# The requester's side -------------------------------------------------------------------------------------


@GET_OR_POST
@by_private_link
def support(http, found: Request, token: str):
    """Who supports the request and who is asked, with a form to ask somebody else."""
    form = AskForm(http.POST if http.method == "POST" else None, own=found.email)
    if not form.is_valid():
        return _support_page(http, found, form)
    if too_many(http, "assistance-endorse", limit=ASKS, seconds=HOUR):
        form.add_error(None, say("forms.too_many"))
        return _support_page(http, found, form, status=429)
    try:
        Endorsement.ask(found, **form.cleaned_data)
    except CannotAsk as refusal:
        form.add_error(None, say(f"assistance.support.cannot.{refusal.reason}"))
        return _support_page(http, found, form)
    return _told(token, "asked")


def _support_page(http, found: Request, form: AskForm, *, reason: str = "", status: int = 200):
    done = http.GET.get("done", "")
    reason = reason or why_not(found)
    context = {
        "found": found,
        "title": say("assistance.support.heading"),
        "form": form,
        "done": say(f"assistance.support.done.{done}") if done in DONE else "",
        "may_ask": reason != "over",
        "hindrance": say(f"assistance.support.cannot.{reason}") if reason else "",
        "may_edit": found.may("edit", Doer.REQUESTER),
    }
    return render(http, "assistance/support.html", context, status=status)


def _told(token: str, done: str):
    answer = redirect("assistance:support", token)
    answer["Location"] += f"?done={done}"
    return answer


@require_POST
@by_private_link
def support_again(http, found: Request, token: str, pk: int):
    """The letter with the link once more."""
    asked = _asked(found, pk)
    if asked is None:
        return redirect("assistance:support", token)
    try:
        if too_many(http, "assistance-endorse", limit=ASKS, seconds=HOUR):
            raise CannotAsk("too_often")
        asked.mail_again()
    except CannotAsk as refusal:
        return _support_page(http, found, AskForm(), reason=refusal.reason, status=429)
    except NotAllowed:  # answered meanwhile: the list says so
        return redirect("assistance:support", token)
    return _told(token, "again")


@GET_OR_POST
@by_private_link
def support_end(http, found: Request, token: str, pk: int):
    """Asks back before somebody is no longer asked: their link opens nothing afterwards."""
    asked = _asked(found, pk)
    if asked is None or not found.may("ask_endorsement", Doer.REQUESTER):
        return redirect("assistance:support", token)
    if http.method == "POST":
        asked.end()
        return _told(token, "ended")
    context = {"found": found, "asked": asked, "title": say("assistance.support.end.title", name=asked.name)}
    return render(http, "assistance/support_end.html", context)


def _asked(found: Request, pk: int) -> Endorsement | None:
    return found.endorsements.shown().filter(pk=pk).first()


# The endorser's side --------------------------------------------------------------------------------------


@GET_OR_POST
@by_endorsers_link
def endorse(http, asked: Endorsement, token: str):
    """The request to read, and the button that supports it. Pressing twice is pressing once."""
    # The sentence may be left out, so a form that comes empty is a whole one.
    form = SupportForm(http.POST if http.method == "POST" else None)
    if form.is_valid():
        return _answered(asked, token, form.cleaned_data["sentence"])
    if not asked.is_open:
        return _over(http, asked)
    request = asked.request
    context = {
        "asked": asked,
        "request_of": request,
        "form": form,
        "passages": form.passages,
        "title": say("assistance.endorse.given_title" if asked.is_given else "assistance.endorse.title"),
        "chapters": _to_read(request),
        "days_kept": kept("assistance.links").days,
    }
    return render(http, "assistance/endorse.html", context)


def _answered(asked: Endorsement, token: str, sentence: str):
    with suppress(NotAllowed):  # closed meanwhile: the page says so
        asked.support(sentence)
    return redirect("assistance:endorse", token)


@require_POST
@by_endorsers_link
def endorse_back(http, asked: Endorsement, token: str):
    """They take their support back; they may give it again."""
    with suppress(NotAllowed):  # closed meanwhile: the page says so
        asked.take_back()
    return redirect("assistance:endorse", token)


def _over(http, asked: Endorsement):
    """The request was withdrawn or is closed: nothing of it is shown any more."""
    kind = "withdrawn" if asked.request.status == Status.WITHDRAWN else "closed"
    context = {
        "asked": asked,
        "request_of": asked.request,
        "title": say(f"assistance.endorse.{kind}.title"),
        "text": say(f"assistance.endorse.{kind}.text", reference=asked.request.reference),
    }
    return render(http, "assistance/endorse_over.html", context)


def _to_read(request: Request) -> list[tuple]:
    """What was answered, but not how to reach whoever asks; what may tell who a participant is stands under a bar."""
    unseen = unconfirmed(request)
    chapters = [
        (page, [_barred(one, unseen) for one in answered if one.text and one.question.name not in NOT_SHOWN])
        for page, answered in request.chapters()
    ]
    return [(page, answered) for page, answered in chapters if answered]


def _barred(one: Answered, unseen: list[Passage]) -> Answered:
    text = one.text
    for passage in unseen:
        if passage.question == one.question:
            text = text.replace(passage.text, BLACK)
    return Answered(one.question, text)

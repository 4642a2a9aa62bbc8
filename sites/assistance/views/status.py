"""One's own request by its private link: where it stands, whose turn it is, what can be done."""

import re
from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.mail.models import Letter
from sites.assistance.exchange_forms import MessageForm, WithdrawForm
from sites.assistance.forms import LINK_MARK
from sites.assistance.models import Request
from sites.assistance.models.letters import in_words, promised_in_words
from sites.assistance.moves import RESUMED_WITHIN, Doer, NotAllowed
from sites.assistance.private import by_private_link
from sites.assistance.standing import ASKED, agreed, buttons_of, letter_of_turn, standing_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# What the page can say has just been done, by the word after ?done=.
DONE = ("message", "answered", "hand_back", "supplement", "withdraw", "resume")
MARKED = re.compile(re.escape(LINK_MARK) + r"[\w/]*")
NOT_LISTED = ("assistance/message",)  # only says that there is a message, which stands on the page itself


@require_safe
@by_private_link
def status(http, found: Request, token: str):
    """Where the request stands, in the requester's words. Looking changes nothing, however often."""
    return status_page(http, found, token, MessageForm())


def status_page(http, found: Request, token: str, form: MessageForm, **more):
    """The page, with the message as far as it was written, and what its writer must look at (`passages`)."""
    standing = standing_of(found)
    done = http.GET.get("done", "")
    context = {
        "found": found,
        "title": say("assistance.status.title"),
        "standing": standing,
        "buttons": buttons_of(found, token),
        "done": say(f"assistance.done.{done}") if done in DONE else "",
        "letters": _letters(found),
        "added": list(found.supplements.all()),
        "asked": _what_was_asked(found) if standing.name == ASKED else None,
        "form": form,
        "may_write": found.may("message", Doer.REQUESTER),
        "hands_back": found.may("hand_back", Doer.REQUESTER),
        "may_remove": found.may("remove_file", Doer.REQUESTER),
        **agreed(found),
        **more,
    }
    return render(http, "assistance/status.html", context)


def done(token: str, what: str):
    """Back to the page, which says what has just been done."""
    return redirect(f"{reverse('assistance:status', args=[token])}?done={what}")


def _letters(found: Request) -> list[dict]:
    """The letters as the requester reads them here; the private link is the page that he is on."""
    return [
        {"subject": letter.subject, "how": _how(letter), "body": _body(letter)}
        for letter in found.correspondence().exclude(name__in=NOT_LISTED)
    ]


def _how(letter: Letter) -> str:
    if letter.state == Letter.State.SENT:
        return say(
            "assistance.status.letter_sent", date=date_format(timezone.localtime(letter.sent_at), "j F Y")
        )
    return say(f"assistance.status.letter_{letter.state}")


def _body(letter: Letter) -> str:
    """What follows the mark in an address leads to a page under this one."""
    return MARKED.sub(say("assistance.status.this_page"), letter.body)


def _what_was_asked(found: Request) -> dict:
    """The letter by which the Bureau handed over the turn, or why there is none to read."""
    if letter := letter_of_turn(found, "ask_more"):
        return {"body": _body(letter)}
    return {"missing": say("assistance.status.asked.by_telephone")}


@GET_OR_POST
@by_private_link
def withdraw(http, found: Request, token: str):
    """GET asks back, POST withdraws. Twice is once."""
    if not found.may("withdraw", Doer.REQUESTER):
        return redirect("assistance:status", token)
    form = WithdrawForm(http.POST if http.method == "POST" else None)
    if http.method == "POST" and form.is_valid():
        with suppress(
            NotAllowed
        ):  # the other of two clicks was first, or staff closed it: the page says which
            found.withdraw(reason=form.cleaned_data["reason"])
            return done(token, "withdraw")
        return redirect("assistance:status", token)
    days = RESUMED_WITHIN.days
    context = {"found": found, "title": say("assistance.withdraw.title"), "form": form, "days": days}
    return render(http, "assistance/withdraw.html", context)


@GET_OR_POST
@by_private_link
def resume(http, found: Request, token: str):
    """GET says what happens and until when, POST takes the withdrawal back. Twice is once."""
    if not found.may("resume", Doer.REQUESTER):
        return redirect("assistance:status", token)
    if http.method == "POST":
        with suppress(NotAllowed):
            found.resume()
            return done(token, "resume")
        return redirect("assistance:status", token)
    context = {
        "found": found,
        "title": say("assistance.resume.title"),
        "last_day": in_words(found.resumable_until),
        "promised": promised_in_words(found.promised_after("resume")),
    }
    return render(http, "assistance/resume.html", context)

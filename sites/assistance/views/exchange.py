"""Messages to the Bureau on the request, and handing the turn back."""

from contextlib import suppress

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from sites.assistance.exchange_forms import MessageForm
from sites.assistance.models import Message, Request
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.participant_data import Passage, passages_in
from sites.assistance.private import by_private_link
from sites.assistance.views.status import done, status_page

SENDS, HOUR = 30, 3600  # how often one network may send something within an hour


@require_POST
@by_private_link
def message(http, found: Request, token: str):
    """Write to the Bureau; in one's own turn this hands the turn back."""
    if not found.may("message", Doer.REQUESTER):
        return redirect("assistance:status", token)
    form = MessageForm(http.POST)
    if not form.is_valid() or sent_too_often(http, form):
        return status_page(http, found, token, form)
    words = form.cleaned_data["words"]
    if passages := to_confirm(http, found, passages_in(words)):
        return status_page(http, found, token, form, passages=passages)
    answers = found.may("hand_back", Doer.REQUESTER)
    with suppress(NotAllowed):
        Message.objects.write(found, words)
        return done(token, "answered" if answers else "message")
    return redirect("assistance:status", token)


@require_POST
@by_private_link
def hand_back(http, found: Request, token: str):
    """What was asked for has been given. Twice is once."""
    with suppress(NotAllowed):
        found.hand_back()
        return done(token, "hand_back")
    return redirect("assistance:status", token)


def sent_too_often(http, form) -> bool:
    """Whether this network has sent too often; the form then says so."""
    if not too_many(http, "assistance-exchange", limit=SENDS, seconds=HOUR):
        return False
    form.add_error(None, say("forms.too_many"))
    return True


def to_confirm(http, found: Request, passages: list[Passage]) -> list[Passage]:
    """The passages that nobody has looked at and confirmed yet, here or before sending."""
    confirmed = [*http.POST.getlist("confirm"), *found.confirmed_passages]
    return [one for one in passages if one.key not in confirmed]

"""What the requester sends after the request itself: messages, additions and corrections, the turn."""

from contextlib import suppress

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from sites.assistance.exchange_forms import MessageForm, SupplementForm, WordsForm, supplement_form
from sites.assistance.models import Message, Request, Supplement
from sites.assistance.models.answers import ChangedMeanwhile
from sites.assistance.models.exchange import NothingToAdd
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.participant_data import SIGNED_BY_HAND, Passage, passages_in
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGE_OF, PAGES, QUESTION_OF, Kind, Page
from sites.assistance.views.status import done, status_page

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SENDS, HOUR = 30, 3600  # how often one network may send something within an hour


@require_POST
@by_private_link
def message(http, found: Request, token: str):
    """Write to the Bureau; in one's own turn this hands the turn back."""
    if not found.may("message", Doer.REQUESTER):
        return redirect("assistance:status", token)
    form = MessageForm(http.POST)
    if not form.is_valid() or _too_many(http, form):
        return status_page(http, found, token, form)
    words = form.cleaned_data["words"]
    if to_confirm := _to_confirm(http, found, passages_in(words)):
        return status_page(http, found, token, form, passages=to_confirm)
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


@GET_OR_POST
@by_private_link
def supplement(http, found: Request, token: str):
    """Choose the section to add to or correct, or write a few words."""
    if not found.may("supplement", Doer.REQUESTER):
        return redirect("assistance:status", token)
    if http.method != "POST":
        return _sections(http, found, WordsForm())
    form = WordsForm(http.POST)
    if not form.is_valid() or _too_many(http, form):
        return _sections(http, found, form)
    words = form.cleaned_data["words"]
    if to_confirm := _to_confirm(http, found, passages_in(words)):
        return _sections(http, found, form, passages=to_confirm)
    with suppress(NotAllowed):
        Supplement.objects.append(found, words=words)
        return done(token, "supplement")
    return redirect("assistance:status", token)


def _sections(http, found: Request, form: WordsForm, **more):
    title = say("assistance.supplement.title")
    context = {"found": found, "form": form, "pages": PAGES, "title": title, **more}
    return render(http, "assistance/supplement.html", context)


@GET_OR_POST
@by_private_link
def supplement_page(http, found: Request, token: str, page: str):
    """One section with its present answers, to add to or correct."""
    if page not in PAGE_OF or not found.may("supplement", Doer.REQUESTER):
        return redirect("assistance:status", token)
    chosen, known = PAGE_OF[page], found.answers()
    kind = supplement_form(chosen)
    if http.method != "POST":
        form = kind(initial={**known, "version": found.version_of(chosen)}, known=known)
        return _section(http, found, chosen, form)
    form = kind(http.POST, known=known)
    if not form.is_valid() or _too_many(http, form):
        return _section(http, found, chosen, form)
    if to_confirm := _to_confirm(http, found, _passages(found, chosen, form)):
        return _section(http, found, chosen, form, passages=to_confirm)
    return _append(http, found, token, chosen, form)


def _append(http, found: Request, token: str, page: Page, form: SupplementForm):
    told = form.cleaned_data
    try:
        Supplement.objects.append(
            found, page=page, values=form.good_answers(), words=told["explain"], version=told["version"]
        )
    except NotAllowed:
        return redirect("assistance:status", token)
    except NothingToAdd:
        form.add_error(None, say("assistance.supplement.nothing"))
        return _section(http, found, page, form)
    except ChangedMeanwhile as change:
        form.begin_with(change.version)
        theirs = [(QUESTION_OF[name], value) for name, value in change.theirs.items()]
        now = [(question.label, question.shown(value)) for question, value in theirs]
        return _section(http, found, page, form, theirs=now)
    return done(token, "supplement")


def _section(http, found: Request, page: Page, form: SupplementForm, **more):
    context = {"found": found, "asked": page, "form": form, "title": page.title, **more}
    return render(http, "assistance/supplement_page.html", context)


def _too_many(http, form) -> bool:
    """Whether this network has sent too often; the form then says so."""
    if not too_many(http, "assistance-exchange", limit=SENDS, seconds=HOUR):
        return False
    form.add_error(None, say("forms.too_many"))
    return True


def _passages(found: Request, page: Page, form: SupplementForm) -> list[Passage]:
    """What may be personal data about a participant, in what is new."""
    known, told = found.answers(), form.good_answers()
    looked_at = [
        question
        for question in page.questions
        if question.kind in (Kind.LINE, Kind.TEXT) and question.name not in SIGNED_BY_HAND
    ]
    texts = [
        (one, told.get(one.name) or "") for one in looked_at if told.get(one.name) != known.get(one.name)
    ]
    in_answers = [passage for question, text in texts for passage in passages_in(text, question, page)]
    return [*in_answers, *passages_in(form.cleaned_data["explain"])]


def _to_confirm(http, found: Request, passages: list[Passage]) -> list[Passage]:
    """The passages that nobody has looked at and confirmed yet, here or before sending."""
    confirmed = [*http.POST.getlist("confirm"), *found.confirmed_passages]
    return [one for one in passages if one.key not in confirmed]

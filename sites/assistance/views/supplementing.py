"""Adding to a request, or correcting it, once the Bureau works with it."""

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leadbureau.content.wording import say
from sites.assistance.exchange_forms import SupplementForm, WordsForm, supplement_form
from sites.assistance.models import Request, Supplement
from sites.assistance.models.answers import ChangedMeanwhile
from sites.assistance.models.exchange import NothingToAdd
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.participant_data import SIGNED_BY_HAND, Passage, passages_in
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGE_OF, PAGES, Kind, Page
from sites.assistance.two_versions import TwoVersions, Undecided, decided
from sites.assistance.typed import typed_in_words
from sites.assistance.views.exchange import sent_too_often, to_confirm
from sites.assistance.views.status import done

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@by_private_link
def supplement(http, found: Request, token: str):
    """Choose the section to add to or correct, or write a few words."""
    if not found.may("supplement", Doer.REQUESTER):
        return _too_late(http, found, token)
    if http.method != "POST":
        return _sections(http, found, WordsForm())
    form = WordsForm(http.POST)
    if not form.is_valid() or sent_too_often(http, form):
        return _sections(http, found, form)
    words = form.cleaned_data["words"]
    if passages := to_confirm(http, found, passages_in(words)):
        return _sections(http, found, form, passages=passages)
    try:
        Supplement.objects.append(found, words=words)
    except NotAllowed:
        return _too_late(http, found, token)
    return done(token, "supplement")


def _sections(http, found: Request, form: WordsForm, **more):
    title = say("assistance.supplement.title")
    context = {"found": found, "form": form, "pages": PAGES, "title": title, **more}
    return render(http, "assistance/supplement.html", context)


@GET_OR_POST
@by_private_link
def supplement_page(http, found: Request, token: str, page: str):
    """One section with its present answers, to add to or correct."""
    if page not in PAGE_OF:
        return redirect("assistance:status", token)
    chosen = PAGE_OF[page]
    if not found.may("supplement", Doer.REQUESTER):
        return _too_late(http, found, token, chosen)
    if http.method == "POST":
        return _save(http, found, token, chosen)
    version = found.version_of(chosen)  # first: a save between the two reads is noticed later
    known = found.answers()
    form = supplement_form(chosen)(initial={**known, "version": version}, known=known)
    return _section(http, found, chosen, form)


def _save(http, found: Request, token: str, page: Page):
    """Keep what was posted. Two versions of an answer are shown, and the choice between them comes back here."""
    stored = found.answers()
    try:
        typed = decided(page, http.POST, stored)
    except Undecided as undecided:
        form = supplement_form(page)(http.POST, known=stored)
        form.is_valid()
        version, names = found.version_of(page), undecided.names
        return _both(
            http, found, page, TwoVersions(page, http.POST, form.good_answers(), stored, names, version)
        )
    form = supplement_form(page)(typed, known=stored)
    if not form.is_valid() or sent_too_often(http, form):
        return _section(http, found, page, form)
    if passages := to_confirm(http, found, _passages(page, form, stored)):
        return _section(http, found, page, form, passages=passages)
    return _append(http, found, token, page, form, typed)


def _append(http, found: Request, token: str, page: Page, form: SupplementForm, typed: QueryDict):
    good, words, version = form.good_answers(), form.cleaned_data["explain"], form.cleaned_data["version"]
    try:
        Supplement.objects.append(found, page=page, values=good, words=words, version=version)
    except NotAllowed:
        return _too_late(http, found, token, page)
    except NothingToAdd:
        form.add_error(None, say("assistance.supplement.nothing"))
        return _section(http, found, page, form)
    except ChangedMeanwhile as changed:
        now = {**found.answers(), **changed.theirs}
        both = TwoVersions(page, typed, good, now, changed.theirs, changed.version)
        both.is_late = False
        return _both(http, found, page, both)
    return done(token, "supplement")


def _section(http, found: Request, page: Page, form: SupplementForm, **more):
    context = {"found": found, "asked": page, "form": form, "title": page.title, **more}
    return render(http, "assistance/supplement_page.html", context)


def _both(http, found: Request, page: Page, both: TwoVersions):
    """Somebody else saved the section meanwhile: both versions, to choose from. 409, as nothing was kept."""
    both.carried += [
        (name, value) for name in ("explain", "confirm") for value in http.POST.getlist(name) if value
    ]
    context = {"title": say("assistance.conflict.title"), "asked": page, "both": both, "found": found}
    return render(http, "assistance/conflict.html", context, status=409)


def _too_late(http, found: Request, token: str, page: Page | None = None):
    """Nothing can be added as the request stands. What was typed is shown, so that it can be copied."""
    typed = typed_in_words(http.POST, page.questions if page else (), found.answers())
    for name, key in (("words", "supplement.words"), ("explain", "explain")):
        if words := http.POST.get(name, "").strip():
            typed.append((say(f"assistance.{key}.label"), words))
    if not typed:
        return redirect("assistance:status", token)
    title = say("assistance.supplement.too_late")
    context = {"found": found, "asked": page, "typed": typed, "may_add": False, "title": title}
    return render(http, "assistance/too_late.html", context, status=409)


def _passages(page: Page, form: SupplementForm, known: dict) -> list[Passage]:
    """What may be personal data about a participant, in what is new."""
    told = form.good_answers()
    looked_at = [
        question
        for question in page.questions
        if question.kind in (Kind.LINE, Kind.TEXT) and question.name not in SIGNED_BY_HAND
    ]
    news = [(one, told.get(one.name) or "") for one in looked_at if told.get(one.name) != known.get(one.name)]
    in_answers = [passage for question, text in news for passage in passages_in(text, question, page)]
    return [*in_answers, *passages_in(form.cleaned_data["explain"])]

"""Saving a posted page, for whoever asks and for a colleague: the same rules, the same two versions."""

from dataclasses import dataclass

from django.http import QueryDict

from sites.assistance.forms import AnswersForm, form_for
from sites.assistance.models import Request
from sites.assistance.models.answers import ChangedMeanwhile, NotComplete
from sites.assistance.moves import Doer
from sites.assistance.questions import Page
from sites.assistance.two_versions import TwoVersions, Undecided, decided


@dataclass
class Saved:
    """What became of a posted page. `form` holds all that was typed, with its errors."""

    form: AnswersForm
    version: int  # what the form has to carry when it is shown again
    both: TwoVersions | None = None  # somebody saved meanwhile: nothing was kept, both versions are at hand
    is_kept: bool = False  # the answers that keep their rule are stored

    @property
    def is_right(self) -> bool:
        return self.is_kept and not self.form.errors


def opened_form(found: Request, page: Page) -> Saved:
    """A page as it stands. The version is read first: a save between the two reads is noticed later."""
    version = found.version_of(page)
    known = found.answers()
    return Saved(form_for(page)(initial=known, known=known), version)


def save_posted(found: Request, page: Page, posted: QueryDict, doer: Doer) -> Saved:
    """Keep what is right of a posted page. Raises NotAllowed when the answers cannot be changed any more."""
    stored = found.answers()
    try:
        typed = decided(page, posted, stored)
    except Undecided as undecided:
        version = found.version_of(page)
        form = _checked(found, page, posted, stored)
        both = TwoVersions(page, posted, form.good_answers(), stored, undecided.names, version)
        return Saved(form, version, both)
    form = _checked(found, page, typed, stored)
    began_with = _version(posted)
    try:
        version = found.edit_page(page, form.good_answers(), version=began_with, doer=doer)
    except ChangedMeanwhile as changed:
        now = {**stored, **changed.theirs}
        both = TwoVersions(page, typed, form.good_answers(), now, changed.theirs, changed.version)
        both.is_late = False
        return Saved(form, changed.version, both)
    except NotComplete:  # what is missing stands in the form's own errors
        return Saved(form, began_with or 0)
    return Saved(form, version, is_kept=True)


def typed_in_words(found: Request, page: Page, posted: QueryDict) -> list[tuple[str, str]]:
    """What was typed and differs from what is stored, with its question: for a page that can save nothing."""
    stored = found.answers()
    good = _checked(found, page, posted, stored).good_answers()
    words = [
        (question, question.shown(good.get(question.name)) or "\n".join(posted.getlist(question.name)))
        for question in page.questions
    ]
    return [
        (question.label, text)
        for question, text in words
        if text.strip() and text != question.shown(stored.get(question.name))
    ]


def _checked(found: Request, page: Page, typed: QueryDict, stored: dict) -> AnswersForm:
    form = form_for(page)(typed, demand=not found.is_draft, known=stored)
    form.is_valid()
    return form


def _version(posted: QueryDict) -> int | None:
    """The version that a form began with; None when it carries none."""
    text = posted.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

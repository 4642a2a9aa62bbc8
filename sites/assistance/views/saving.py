"""Saving a posted page, for whoever asks and for a colleague: the same rules, the same two versions."""

from dataclasses import dataclass

from django.http import QueryDict

from sites.assistance.forms import AnswersForm, form_for
from sites.assistance.models import Request
from sites.assistance.models.answers import ChangedMeanwhile, NotComplete
from sites.assistance.moves import Doer
from sites.assistance.participant_data import SIGNED_BY_HAND, Passage, passages_in
from sites.assistance.questions import Kind, Page
from sites.assistance.two_versions import TwoVersions, Undecided, decided


@dataclass
class Saved:
    """What became of a posted page. `form` holds all that was typed, with its errors."""

    form: AnswersForm
    version: int  # what the form has to carry when it is shown again
    both: TwoVersions | None = None  # somebody saved meanwhile: nothing was kept, both versions are at hand
    passages: tuple[Passage, ...] = ()  # nothing was kept until somebody has looked at these
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
    confirmed = posted.getlist("confirm")
    if passages := _to_confirm(found, page, form, confirmed):
        return Saved(form, began_with or 0, passages=passages)
    try:
        version = found.edit_page(page, form.good_answers(), version=began_with, doer=doer)
    except ChangedMeanwhile as changed:
        now = {**stored, **changed.theirs}
        both = TwoVersions(page, typed, form.good_answers(), now, changed.theirs, changed.version)
        both.is_late = False
        return Saved(form, changed.version, both)
    except NotComplete:  # what is missing stands in the form's own errors
        return Saved(form, began_with or 0)
    if confirmed:
        found.confirm_passages(confirmed)
    return Saved(form, version, is_kept=True)


def _checked(found: Request, page: Page, typed: QueryDict, stored: dict) -> AnswersForm:
    form = form_for(page)(typed, demand=not found.is_draft, known=stored)
    form.is_valid()
    return form


def _to_confirm(found: Request, page: Page, form: AnswersForm, confirmed: list[str]) -> tuple[Passage, ...]:
    """What may be about a participant and nobody has looked at. A draft is looked at before it is sent."""
    if found.is_draft:
        return ()
    known, good = {*confirmed, *found.confirmed_passages}, form.good_answers()
    return tuple(
        passage
        for question in page.questions
        if question.kind in (Kind.LINE, Kind.TEXT) and question.name not in SIGNED_BY_HAND
        for passage in passages_in(good.get(question.name) or "", question, page)
        if passage.key not in known
    )


def _version(posted: QueryDict) -> int | None:
    """The version that a form began with; None when it carries none."""
    text = posted.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

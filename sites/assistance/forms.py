"""The pages of a request as forms, made from the list of questions."""

import re
from datetime import date
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils import timezone

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.kit.spam import SpamGuard
from sites.assistance.answer_fields import CountyInWords, field_for
from sites.assistance.places import county_named
from sites.assistance.questions import PAGES, Kind, Known, Page, Question
from sites.jurisdictions.counties import counties
from sites.jurisdictions.place_names import STATES

LINK_MARK = "[private link]"  # in letters; filled in on the way out, so that no list of letters holds it
GAP = re.compile(r"\[[^\[\]]+\]")


class AnswersForm(WordedForm):
    """One page. It saves whatever is there; with `demand=True` it also complains of what is missing.

    known: the stored answers of the whole request, where there is one. They decide which counties and
    places are offered, and which questions are left out.
    """

    area = "assistance"
    questions: tuple[Question, ...] = ()

    def __init__(self, *args, demand: bool = False, known: Known | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.demand = demand
        self.known = known if known is not None else self.initial
        self.questions = tuple(question for question in self.questions if question.is_asked(self.known))
        for question in self.questions:
            self.fields[question.name] = field_for(question, self.known)
            self.fields[question.name].required = demand and question.required
        self.word_fields()

    def clean(self):
        """The rules between answers. Those that are broken lose the later of the two."""
        cleaned = super().clean() or self.cleaned_data
        self._read_county(cleaned)
        for question in self.questions:
            if question.kind is Kind.DAY:
                self._look_at_the_day(question, cleaned.get(question.name))
            if self.demand and self._lacks(question, cleaned):
                self.add_error(question.name, self.fields[question.name].error_messages["required"])
        if cleaned.get("award") and cleaned.get("federal_grant") in ("no", "unsure"):
            self.add_error("award", say("assistance.award.without_grant"))
        if self._same_address(cleaned):
            self.add_error("second_email", say("assistance.second_email.same"))
        return cleaned

    def _lacks(self, question: Question, cleaned: dict) -> bool:
        """Whether an answer that another one calls for is missing, and nothing worse is said of it."""
        wanted = question.is_required(cleaned) and not question.required
        return wanted and question.name not in self.errors and not cleaned.get(question.name)

    def _read_county(self, cleaned: dict) -> None:
        """A county that was typed while its state was not known yet, as its five digits."""
        typed, usps = cleaned.get("county"), cleaned.get("state") or self.known.get("state")
        if not typed or not isinstance(self.fields["county"], CountyInWords):
            return
        found = typed if typed in counties() else county_named(usps, typed) if usps else ""
        if found:
            cleaned["county"] = found
        else:
            state = STATES.get(usps or "", say("assistance.state.none"))
            self.add_error("county", say("assistance.county.unknown", state=state))

    def _look_at_the_day(self, question: Question, day: date | None) -> None:
        """A day to come. One that was to come when it was stored may stay, until the request is sent."""
        if day is None or day >= timezone.localdate():
            return
        if self.demand or question.stored(day) != self.known.get(question.name):
            self.add_error(question.name, say(f"assistance.{question.name}.past"))

    def _same_address(self, cleaned: dict) -> bool:
        second = (cleaned.get("second_email") or "").lower()
        return bool(second) and second == (cleaned.get("email") or "").lower()

    @property
    def helper(self) -> FormHelper:
        """The fields only: the page has the buttons. What a private link opens needs no CSRF token."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = not isinstance(self, SpamGuard)
        return helper

    def buttons(self) -> list:
        return []

    def layout(self) -> Layout:
        """The warning against personal data stands before the first free answer."""
        layout = super().layout()
        texts = [question.name for question in self.questions if question.is_text]
        if texts:
            warning = HTML('{% include "assistance/warning.html" %}')
            layout.fields.insert(layout.fields.index(texts[0]), warning)
        return layout

    def good_answers(self) -> dict:
        """The answers that keep their rule, as they are stored; asked after is_valid()."""
        return {
            question.name: question.stored(self.cleaned_data[question.name])
            for question in self.questions
            if question.name in self.cleaned_data
        }


class FirstPageForm(SpamGuard, AnswersForm):
    """The first page makes the request, so the guard against machines stands here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opened_too_long = say("forms.opened_too_long")


def form_for(page: Page, *, first: bool = False) -> type[AnswersForm]:
    """The form class of a page; `first` when no request is stored yet."""
    base = FirstPageForm if first else AnswersForm
    return type("PageForm", (base,), {"questions": page.questions})


class PhoneForm(AnswersForm):
    """All questions on one page, for a request that staff take by telephone or letter.

    Only what is needed to know who asks is demanded: the caller has hung up already.
    """

    questions = tuple(question for page in PAGES for question in page.questions)
    least = ("contact_name", "state", "place")

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)  # two clicks make one request

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.least:
            self.fields[name].required = True

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("place_kind") == "state":  # the state is the place
            self.errors.pop("place", None)
        if not cleaned.get("email") and not cleaned.get("phone") and "email" not in self.errors:
            self.add_error("email", say("assistance.phone_form.no_way_back"))
        return cleaned


class LetterForm(forms.Form):
    """The words of a letter, prefilled, for the caseworker to change before they leave."""

    subject = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    body = forms.CharField(
        label="Letter",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"}),
        help_text="Change what you like. [private link] becomes the requester's own link on the way out.",
    )

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if gap := gap_in(body):
            raise forms.ValidationError(f"Put your own words in place of {gap}, then press the button again.")
        return body


def gap_in(body: str) -> str | None:
    """The first passage in square brackets that somebody still has to write, or None."""
    return next((gap for gap in GAP.findall(body) if gap != LINK_MARK), None)

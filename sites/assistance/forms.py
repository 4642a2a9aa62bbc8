"""The pages of a request as forms, made from the list of questions."""

import re
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.kit.spam import SpamGuard
from sites.assistance.questions import PAGES, Page, Question

LINK_MARK = "[private link]"  # in letters; filled in on the way out, so that no list of letters holds it
GAP = re.compile(r"\[[^\[\]]+\]")


class AnswersForm(WordedForm):
    """One page. It saves whatever is there; with `demand=True` it also complains of what is missing."""

    area = "assistance"
    questions: tuple[Question, ...] = ()

    def __init__(self, *args, demand: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[question.name] = question.field()
            self.fields[question.name].required = demand and question.required
        self.word_fields()

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

"""The pages of a request as forms, made from the list of questions."""

from django import forms

from leadbureau.content.wording import say
from leadbureau.content.worded_form import WordedForm
from leadbureau.kit.spam import SpamGuard
from sites.assistance.questions import PAGES, Page, Question


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

    subject = forms.CharField(max_length=200)
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 16}), label="Letter", max_length=20000)

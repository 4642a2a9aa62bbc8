"""Forms of the requester's page after sending: a message, an addition or correction, a withdrawal."""

from datetime import date

from django import forms

from leadbureau.content.worded_form import WordedForm
from sites.assistance.forms import AnswersForm
from sites.assistance.models.exchange import LONGEST
from sites.assistance.questions import Page, Question

LONGEST_REASON = 1000  # characters


def _text(longest: int, rows: int, *, required: bool) -> forms.CharField:
    """A free text without maxlength in the browser, which would cut what is pasted without a word."""
    field = forms.CharField(
        max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )
    field.widget.attrs.pop("maxlength", None)
    return field


class _OnPrivatePage(WordedForm):
    """The fields only: the page has the buttons, and what a private link opens needs no CSRF token."""

    @property
    def helper(self):
        helper = super().helper
        helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, False
        return helper

    def buttons(self) -> list:
        return []


class MessageForm(_OnPrivatePage):
    area = "assistance.message"

    words = _text(LONGEST, 5, required=True)


class WordsForm(_OnPrivatePage):
    """An addition in words only."""

    area = "assistance.supplement"

    words = _text(LONGEST, 6, required=True)


class WithdrawForm(_OnPrivatePage):
    area = "assistance.withdraw"

    reason = _text(LONGEST_REASON, 3, required=False)


class SupplementForm(AnswersForm):
    """The questions of a section with their present answers, all that must be answered demanded, and a word
    of explanation. `version` says which answers the form began with."""

    explain = _text(LONGEST, 4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, demand=True, **kwargs)
        self.order_fields([*(question.name for question in self.questions), "explain", "version"])

    @property
    def helper(self):
        """The errors stand at the top of the page."""
        helper = super().helper
        helper.form_show_errors = False
        return helper

    def _look_at_the_day(self, question: Question, day: date | None) -> None:
        """A day that was to come when it was answered may have passed: it need not be mended now."""
        if question.stored(day) != self.known.get(question.name):
            super()._look_at_the_day(question, day)


def supplement_form(page: Page) -> type[SupplementForm]:
    return type("SupplementPageForm", (SupplementForm,), {"questions": page.questions})

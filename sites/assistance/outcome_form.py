"""The two questions about what came of the help."""

from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from sites.assistance.models import Outcome
from sites.assistance.outcomes import SAME, STAGES

LONGEST = 2000  # characters


def stage_choices() -> list[tuple[str, str]]:
    return [(stage, say(f"assistance.outcome.stage.{stage}")) for stage in (*STAGES, SAME)]


def helped_choices() -> list[tuple[str, str]]:
    return [(value, say(f"assistance.outcome.helped.{value}")) for value in Outcome.Helped.values]


class OutcomeForm(WordedForm):
    area = "assistance.outcome"

    stage = forms.ChoiceField(choices=stage_choices, widget=forms.RadioSelect)
    helped = forms.ChoiceField(choices=helped_choices, widget=forms.RadioSelect)
    words = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Browsers cut what is pasted without a word; our own message says how much is too much.
        self.fields["words"].widget.attrs.pop("maxlength", None)

    @property
    def helper(self):
        """The fields only: the page has the button and the errors. A private link needs no CSRF token."""
        helper = super().helper
        helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, False
        return helper

    def buttons(self) -> list:
        return []

    @property
    def answers(self) -> dict:
        """As outcomes.answer takes them; after is_valid() only."""
        told = self.cleaned_data
        stage = "" if told["stage"] == SAME else told["stage"]
        return {"stage": stage, "helped": told["helped"], "words": told["words"].replace("\r\n", "\n")}

    @staticmethod
    def initial_of(outcome: Outcome) -> dict:
        """What was answered before."""
        if not outcome.answered_at:
            return {}
        return {"stage": outcome.stage or SAME, "helped": outcome.helped, "words": outcome.words}

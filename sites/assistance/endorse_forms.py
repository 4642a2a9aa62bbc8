"""What is asked of whoever asks for support, and of whoever gives it."""

from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from sites.assistance.models import Endorsement
from sites.assistance.participant_data import Passage, passages_in


class _PrivateForm(WordedForm):
    """The fields only, without a CSRF token: a private link opens the page, and the page has the buttons."""

    @property
    def helper(self):
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def buttons(self) -> list:
        return []


class AskForm(_PrivateForm):
    """Who is asked for support. `own`: the address of whoever asks, who cannot support it too."""

    area = "assistance.support"

    office = forms.ChoiceField(
        choices=lambda: [(one, say(f"assistance.support.office.{one}")) for one in Endorsement.Office.values],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(max_length=200)
    title = forms.CharField(max_length=200)
    email = forms.EmailField(
        max_length=254, widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"})
    )

    def __init__(self, *args, own: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.own = own
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # browsers cut what is pasted without a word

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.lower() == self.own.lower():
            raise forms.ValidationError(say("assistance.support.email.own"))
        return email


class SupportForm(_PrivateForm):
    """The one sentence that may go with support; what tells who a participant is has to be looked at."""

    area = "assistance.endorse"

    sentence = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].widget.attrs.pop("maxlength", None)
        self.passages: list[Passage] = []

    def clean_sentence(self) -> str:
        sentence = self.cleaned_data["sentence"]
        confirmed = self.data.getlist("confirm") if hasattr(self.data, "getlist") else []
        self.passages = [one for one in passages_in(sentence) if one.key not in confirmed]
        if self.passages:
            raise forms.ValidationError(say("assistance.endorse.sentence.participant"))
        return sentence

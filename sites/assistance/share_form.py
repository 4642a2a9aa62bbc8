"""The form by which a section is handed to a colleague."""

from crispy_forms.helper import FormHelper
from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.kit.spam import LINK

LONGEST_NOTE = 500  # characters: a line or two for somebody one knows


class ShareForm(WordedForm):
    """Who gets it. No web address in what a stranger could have us mail to anybody."""

    area = "assistance.share"

    name = forms.CharField(max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        max_length=254, widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"})
    )
    note = forms.CharField(
        required=False, max_length=LONGEST_NOTE, strip=True, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Browsers cut what is pasted without a word; our own message says how much is too much.
        self.fields["note"].widget.attrs.pop("maxlength", None)

    @property
    def helper(self) -> FormHelper:
        """The page has the form element; no CSRF token, so no cookie: its view is exempt, and says why."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def clean_name(self) -> str:
        return self._plain("name")

    def clean_note(self) -> str:
        return self._plain("note")

    def _plain(self, name: str) -> str:
        text = self.cleaned_data[name]
        if LINK.search(text):
            raise forms.ValidationError(say("assistance.share.no_addresses"))
        return text

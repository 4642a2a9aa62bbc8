"""The form for a private link that was lost."""

from crispy_forms.helper import FormHelper
from django import forms

from leadbureau.content.worded_form import WordedForm


class LostLinkForm(WordedForm):
    area = "assistance.lost_link"

    email = forms.EmailField(
        max_length=254, widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
    )
    # Never a complaint: whoever mistypes it gets the letters all the same.
    reference = forms.CharField(
        required=False, max_length=100, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )

    @property
    def helper(self) -> FormHelper:
        """The page has the form element; no CSRF token, so no cookie: its view is exempt, and says why."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

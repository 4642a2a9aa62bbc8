"""The form for a private link that was lost."""

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

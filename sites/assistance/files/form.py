"""The form that takes a file."""

from crispy_forms.helper import FormHelper
from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from sites.assistance.files import types
from sites.assistance.models import Attachment


class FileForm(WordedForm):
    """One file at a time: a slow line then loses one file at worst, and each is complained of by itself."""

    area = "assistance.files"

    file = forms.FileField(widget=forms.FileInput({"accept": types.ACCEPTED}), allow_empty_file=True)
    purpose = forms.ChoiceField(widget=forms.RadioSelect, initial=Attachment.Purpose.DOCUMENT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        purpose: forms.ChoiceField = self.fields["purpose"]  # type: ignore[assignment]
        purpose.choices = [(one.value, say(f"assistance.files.purpose.{one}")) for one in Attachment.Purpose]
        self.fields["file"].help_text = types.what_is_taken()

    @property
    def helper(self) -> FormHelper:
        """What a private link opens needs no CSRF token. The page shows the summary of errors at its top."""
        helper = super().helper
        helper.disable_csrf, helper.form_show_errors = True, False
        return helper

    def ask_again(self) -> None:
        """Whatever was wrong, the browser has let go of the file: say so beside it, if nothing is said yet."""
        if not self.errors.get("file"):
            self.add_error("file", say("forms.file_again"))

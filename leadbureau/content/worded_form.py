"""Forms whose every word staff can edit: labels, hints and complaints come from the wordings."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from leadbureau.content.wording import defaults, say
from leadbureau.kit.spam import GUARD_FIELDS, SpamGuard, guard


class WordedForm(forms.Form):
    """A form that asks with the words of an area: `area = "contact"` reads contact.<field>.label.

    contact.<field>.hint and contact.<field>.required are used when a wordings file has them, and
    contact.button is the text of the button. Fields with a label of their own keep it.
    """

    area = ""
    label_suffix = ""
    use_required_attribute = False  # our own messages say more than the browser's, and stay on the page

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None and not field.widget.is_hidden:
                self._word(field, f"{self.area}.{name}")

    def _word(self, field: forms.Field, key: str) -> None:
        known = defaults()
        field.label = say(f"{key}.label")
        if not field.help_text and f"{key}.hint" in known:
            field.help_text = say(f"{key}.hint")
        if f"{key}.required" in known:
            field.error_messages["required"] = say(f"{key}.required")

    @property
    def helper(self) -> FormHelper:
        """How {% crispy form %} shows it: all fields in order, then one button."""
        helper = FormHelper()
        helper.layout = self.layout()
        helper.include_media = False
        helper.add_input(Submit("", say(f"{self.area}.button")))
        return helper

    def layout(self) -> Layout:
        """The fields in order, and the spam guard's, when the form has one, out of sight."""
        names = [name for name in self.fields if name not in GUARD_FIELDS]
        return Layout(*names, guard()) if isinstance(self, SpamGuard) else Layout(*names)

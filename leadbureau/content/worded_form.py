"""Forms whose every word staff can edit: labels, hints and complaints come from the wordings."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from leadbureau.content.wording import defaults, say
from leadbureau.kit.spam import GUARD_FIELDS, SpamGuard, guard


class Complaint(str):
    """Words of staff beside a field. Django fills them with the % operator: a lone % must not break it."""

    def __mod__(self, values) -> str:
        return str(self)


class WordedForm(forms.Form):
    """A form that asks with the words of an area: `area = "contact"` reads contact.<field>.label.

    contact.<field>.hint, and contact.<field>.<code> for Django's error codes (required, invalid, …), are used
    when a wordings file has them; else forms.<code>. contact.button is the text of the button. Words that
    the form gives a field itself stand.
    """

    area = ""
    label_suffix = ""
    use_required_attribute = False  # our own messages say more than the browser's, and stay on the page

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.word_fields()

    def word_fields(self) -> None:
        """Give every field without a label its words; again, in forms that add fields after their start."""
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                self._word(field, f"{self.area}.{name}")

    def _word(self, field: forms.Field, key: str) -> None:
        known = defaults()
        if field.label is None:
            field.label = say(f"{key}.label")
            if not field.help_text and f"{key}.hint" in known:
                field.help_text = say(f"{key}.hint")
        standard = _standard_messages(field)
        for code in {*field.error_messages, "invalid", "max_length"}:
            if field.error_messages.get(code) is not standard.get(code):
                continue  # the form has words of its own for this
            if f"{key}.{code}" in known:
                field.error_messages[code] = Complaint(say(f"{key}.{code}"))
            elif f"forms.{code}" in known:
                limit = getattr(field, "max_length", None)
                field.error_messages[code] = Complaint(say(f"forms.{code}", limit=limit))

    @property
    def helper(self) -> FormHelper:
        """How {% crispy form %} shows it: all fields in order, then one button."""
        helper = FormHelper()
        helper.layout = self.layout()
        helper.include_media = False
        helper.inputs = self.buttons()
        return helper

    def buttons(self) -> list[Submit]:
        """What stands under the fields; none when the page has the buttons itself."""
        return [Submit("", say(f"{self.area}.button"))]

    def layout(self) -> Layout:
        """The fields in order, and the spam guard's, when the form has one, out of sight."""
        names = [name for name in self.fields if name not in GUARD_FIELDS]
        return Layout(*names, guard()) if isinstance(self, SpamGuard) else Layout(*names)


def _standard_messages(field: forms.Field) -> dict:
    """What Django itself would say, to tell it from words that a form gave a field."""
    found: dict = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found

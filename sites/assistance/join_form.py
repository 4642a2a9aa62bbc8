"""The form by which somebody asks to join an earlier request of the same county."""

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.kit.spam import LINK

LONGEST_WORDS = 1000  # characters


def when_asked(earlier) -> str:
    """What one learns of an earlier request: the month in which it was sent, and whether it is open."""
    month = date_format(timezone.localdate(earlier.sent_at), "F Y")
    return say(f"assistance.already.{'open' if earlier.is_open else 'closed'}", month=month)


class JoinForm(WordedForm):
    """Prefilled from one's own answers. No web address in what is mailed to somebody who did not ask for it."""

    area = "assistance.join"

    which = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        max_length=254, widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
    )
    agency = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput({"autocomplete": "organization"})
    )
    words = forms.CharField(
        required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, earlier: list, own, **kwargs):
        answers = own.answers()
        initial = {name: answers.get(key, "") for name, key in _FROM_ANSWERS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.earlier = {str(one.pk): one for one in earlier}
        self.fields["which"].choices = [(key, when_asked(one)) for key, one in self.earlier.items()]  # type: ignore[attr-defined]
        if len(earlier) == 1:
            del self.fields["which"]
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # browsers cut what is pasted without a word

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in ("name", "agency", "words"):
            if LINK.search(cleaned.get(name) or ""):
                self.add_error(name, say("assistance.join.no_addresses"))
        return cleaned

    def chosen(self):
        """The earlier request, and the words for it; asked after is_valid()."""
        values = dict(self.cleaned_data)
        key = values.pop("which", None) or next(iter(self.earlier))
        return self.earlier[key], values

    @property
    def helper(self):
        """The fields only: the page has the button. What a private link opens needs no CSRF token."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def buttons(self) -> list:
        return []


_FROM_ANSWERS = {"name": "contact_name", "email": "email", "agency": "agency"}

"""The form by which somebody asks to join an earlier request of the same county."""

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.kit.spam import LINK

LONGEST_WORDS = 1000  # characters


def when_asked(earlier: list) -> list[str]:
    """What one learns of each: the month in which it was sent, and whether it is open. Several are numbered."""
    several = ".several" if len(earlier) > 1 else ""
    return [
        say(
            f"assistance.already.{'open' if one.is_open else 'closed'}{several}",
            month=date_format(timezone.localdate(one.sent_at), "F Y"),
            number=number,
        )
        for number, one in enumerate(earlier, start=1)
    ]


class JoinForm(WordedForm):
    """Prefilled from one's own answers. No web address in what is mailed to somebody who did not ask for it.

    earlier: all requests that can be joined; asked: the keys of those that were asked already. They are not
    offered any more, but a second click on the same form still means the same request.
    """

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

    def __init__(self, *args, earlier: list, asked: set[int], own, **kwargs):
        answers = own.answers()
        initial = {name: answers.get(key, "") for name, key in _FROM_ANSWERS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.earlier = {str(one.pk): one for one in earlier}
        offered = [
            (str(one.pk), words)
            for one, words in zip(earlier, when_asked(earlier), strict=True)
            if one.pk not in asked
        ]
        which = self.fields["which"]
        which.choices = offered  # type: ignore[attr-defined]
        which.valid_value = lambda value: str(value) in self.earlier  # type: ignore[attr-defined]
        if len(offered) == 1:
            which.widget, which.initial, which.required = forms.HiddenInput(), offered[0][0], False
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
        key = values.pop("which") or self.fields["which"].initial
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

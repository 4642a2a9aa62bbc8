"""The form field of each kind of question. Required is nothing here: a form that demands says so itself."""

import re
from collections.abc import Callable, Iterable
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from leadbureau.content.wording import say
from sites.assistance import places
from sites.assistance.questions import Kind, Known, Question
from sites.jurisdictions.counties import counties, of_state
from sites.jurisdictions.place_names import STATES

PHONE = re.compile(r"^(?=(?:\D*\d){7})[\d\s()+./,-]*(?:(?:x|ext)\.?\s*\d{1,6})?$", re.IGNORECASE)


def field_for(question: Question, known: Known) -> forms.Field:
    """known: the answers of other pages; the counties to choose from hang on the state."""
    field = _FIELDS[question.kind](question, known)
    field.required = False
    # Whether its label goes without "(optional)".
    field.expected = bool(question.required or question.required_when or question.asked_when)  # type: ignore[attr-defined]
    if question.when:
        field.help_text = " ".join(f"{part}." for part in (question.when, question.hint) if part).rstrip(".")
    # Browsers cut what is pasted without a word; our own message says how much is too much.
    field.widget.attrs.pop("maxlength", None)
    if question.asked_when and question.kind is Kind.LINE:
        field.widget.attrs["placeholder"] = " "  # so that the style sheet knows whether it is empty
    if question.autocomplete:
        field.widget.attrs["autocomplete"] = question.autocomplete
    return field


class Suggesting(forms.TextInput):
    """A line with names to choose from: the browser's own list, complete without a script."""

    def __init__(self, names: Iterable[str], attrs=None):
        super().__init__(attrs)
        self.names = names

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{(attrs or {}).get('id', name)}_names"
        line = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', line, list_id, options)


class Several(forms.MultipleChoiceField):
    """Boxes, some of which contradict all others, like "none yet"."""

    def __init__(self, *, alone: tuple[str, ...], **kwargs):
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.alone = alone

    def validate(self, value):
        super().validate(value)
        lonely = next((one for one in value if one in self.alone), None)
        if lonely and len(value) > 1:
            words = dict(self.choices)[lonely]  # type: ignore[arg-type]
            raise ValidationError(say("assistance.alone", alone=words), code="alone")


class CountyOfState(forms.ChoiceField):
    """A choice among the counties of one state."""

    def __init__(self, usps: str):
        self.usps = usps
        choices = [(county.fips, county.full_name) for county in of_state(usps)]
        super().__init__(choices=[("", say("assistance.county.choose")), *choices])

    def validate(self, value):
        if value in counties() and counties()[value].usps != self.usps:
            raise ValidationError(say("assistance.county.elsewhere", state=STATES[self.usps]))
        super().validate(value)


class CountyInWords(forms.CharField):
    """While the state is not known: its code or its name, which the form reads when it knows the state."""


def _line(question: Question, known: Known) -> forms.Field:
    return forms.CharField(max_length=question.longest)


def _place(question: Question, known: Known) -> forms.Field:
    names = places.suggestions(known.get("state") or "", known.get("place_kind") or "")
    return forms.CharField(max_length=question.longest, widget=Suggesting(names))


def _text(question: Question, known: Known) -> forms.Field:
    return forms.CharField(max_length=question.longest, widget=forms.Textarea(attrs={"rows": 6}))


def _email(question: Question, known: Known) -> forms.Field:
    widget = forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"})
    return forms.EmailField(max_length=question.longest, widget=widget)


def _phone(question: Question, known: Known) -> forms.Field:
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
    return forms.RegexField(PHONE, max_length=question.longest, strip=True, widget=widget)


def _one(question: Question, known: Known) -> forms.Field:
    return forms.ChoiceField(choices=_later(question), widget=forms.RadioSelect)


def _many(question: Question, known: Known) -> forms.Field:
    return Several(choices=_later(question), alone=question.alone)


def _state(question: Question, known: Known) -> forms.Field:
    return forms.ChoiceField(choices=lambda: [("", say("assistance.state.choose")), *question.choices])


def _county(question: Question, known: Known) -> forms.Field:
    usps = known.get("state")
    return CountyOfState(usps) if usps in STATES else CountyInWords(max_length=question.longest)


def _day(question: Question, known: Known) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _later(question: Question) -> Callable[[], list[tuple[str, str]]]:
    """Choices read when the form is made: staff may have changed their words since the start."""
    return partial(getattr, question, "choices")


_FIELDS: dict[Kind, Callable[[Question, Known], forms.Field]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.STATE: _state,
    Kind.COUNTY: _county,
    Kind.PLACE: _place,
    Kind.DAY: _day,
}

"""The fields of a form by which a fact of an entry is corrected, and how their answers become one text."""

from calendar import month_name
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from leadbureau.content.wording import say
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.stage_claims import Claim

if TYPE_CHECKING:
    from sites.jurisdictions.correctable import Fact

ROWS = 5
LONGEST_SOURCE, LONGEST_ADDRESS = 200, 500  # characters, as StageChange has them


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]  # Django's own takes ftp too


def plain(text: str) -> str:
    """Without spaces at the ends, with one kind of line end; how texts are kept and compared."""
    lines = (" ".join(line.split()) for line in str(text or "").splitlines())
    return "\n".join(lines).strip()


def line(fact: "Fact", text: str, longest: int) -> forms.Field:
    return forms.CharField(max_length=longest, initial=text, **_words(fact))


def lines(fact: "Fact", text: str, longest: int) -> forms.Field:
    box = forms.Textarea({"rows": ROWS})
    return forms.CharField(max_length=longest, initial=text, widget=box, **_words(fact))


def address(fact: "Fact", text: str, longest: int) -> forms.Field:
    widget = forms.URLInput({"inputmode": "url"})
    messages = {"invalid": say("sites.correction.error.address")}
    return WebAddressField(
        max_length=longest,
        initial=text,
        assume_scheme="https",
        widget=widget,
        error_messages=messages,
        **_words(fact),
    )


def choice(fact: "Fact", text: str, choices: list[tuple[str, str]]) -> forms.Field:
    nothing = say("sites.correction.choose") if fact.is_required else say("sites.fact.none")
    return forms.ChoiceField(choices=[("", nothing), *choices], initial=text, **_words(fact))


def date_and_source(when: PartialDate | None) -> dict[str, forms.Field]:
    """As exact as it is known: the year must be given, the month and the day may."""
    months = [("", say("sites.correction.month.none")), *((str(n), month_name[n]) for n in range(1, 13))]
    number = {"inputmode": "numeric"}
    return {
        "year": forms.CharField(
            label=say("sites.correction.year"),
            max_length=4,
            initial=when.year if when else "",
            widget=forms.TextInput(number),
            error_messages={"required": say("sites.correction.error.no_date")},
        ),
        "month": forms.ChoiceField(
            label=say("sites.correction.month"),
            choices=months,
            required=False,
            initial=(when.month or "") if when else "",
        ),
        "day": forms.CharField(
            label=say("sites.correction.day"),
            max_length=2,
            required=False,
            initial=(when.day or "") if when else "",
            widget=forms.TextInput(number),
        ),
        "source_title": forms.CharField(
            label=say("sites.correction.source"),
            help_text=say("sites.correction.source.hint"),
            max_length=LONGEST_SOURCE,
            error_messages={"required": say("sites.correction.error.no_source")},
        ),
        "source_url": WebAddressField(
            label=say("sites.correction.source_url"),
            max_length=LONGEST_ADDRESS,
            required=False,
            assume_scheme="https",
            widget=forms.URLInput({"inputmode": "url"}),
            error_messages={"invalid": say("sites.correction.error.address")},
        ),
    }


def claim_text(stage: str, answers: dict) -> str:
    """The answers to `date_and_source` as the text of a claim. Raises ValidationError for no date."""
    parts = [answers.get(name) or "" for name in ("year", "month", "day")]
    if not all(part == "" or (part.isascii() and part.isdecimal()) for part in parts):
        raise ValidationError(say("sites.correction.error.date"))
    year, month, day = (int(part) if part else None for part in parts)
    try:
        when = PartialDate(year, month, day) if year else None
    except ValueError as error:
        raise ValidationError(say("sites.correction.error.date")) from error
    return Claim(stage, when, plain(answers.get("source_title", "")), answers.get("source_url", "")).text


def _words(fact: "Fact") -> dict:
    """The label and the hint of a fact, and whether it may be empty."""
    return {"label": fact.label, "help_text": fact.hint, "required": fact.is_required}

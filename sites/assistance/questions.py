"""What a request asks. This list is the one definition: the form, the paper, the check page, the receipt
and the admin are all made from it, so that none can drift from another.

The words of a question are wordings: assistance.<name>.label, .hint, .why, .required, and .<option> for
each of its options.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import partial

from django import forms
from django.utils.dateformat import format as date_format
from django.utils.dateparse import parse_date

from leadbureau.content.wording import defaults, say
from sites.jurisdictions.models import State

LONG = 4000  # characters of a free answer: about a page and a half
PHONE = re.compile(r"^(?=(?:\D*\d){7})[\d\s()+./,-]*(?:(?:x|ext)\.?\s*\d{1,6})?$", re.IGNORECASE)


class Kind(Enum):
    LINE = auto()
    TEXT = auto()
    EMAIL = auto()
    PHONE = auto()
    ONE = auto()
    MANY = auto()
    STATE = auto()
    DAY = auto()


@dataclass(frozen=True)
class Question:
    name: str
    kind: Kind
    required: bool = False  # demanded before sending; any page may be saved without it
    options: tuple[str, ...] = ()
    longest: int = 200
    autocomplete: str = ""
    fact: str = ""  # the column of Request that holds a copy, for lists and letters

    @property
    def label(self) -> str:
        return say(f"assistance.{self.name}.label")

    @property
    def hint(self) -> str:
        key = f"assistance.{self.name}.hint"
        return say(key) if key in defaults() else ""

    @property
    def why(self) -> str:
        return say(f"assistance.{self.name}.why")

    @property
    def field_id(self) -> str:
        """The id of the control in the form page, or of the first of several, for links to it."""
        several = self.kind in (Kind.ONE, Kind.MANY)
        return f"id_{self.name}_0" if several else f"id_{self.name}"

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Values and their words, as they stand now; the states come from the directory."""
        if self.kind is Kind.STATE:
            return list(State.objects.values_list("usps", "name"))
        return [(value, say(f"assistance.{self.name}.{value}")) for value in self.options]

    def field(self) -> forms.Field:
        """The form field; required only where a form demands completeness."""
        field = _FIELDS[self.kind](self)
        field.required = False
        field.expected = self.required  # type: ignore[attr-defined]
        # Browsers cut what is pasted without a word; our own message says how much is too much.
        field.widget.attrs.pop("maxlength", None)
        if self.autocomplete:
            field.widget.attrs["autocomplete"] = self.autocomplete
        return field

    def shown(self, value) -> str:
        """A stored answer in words; several on lines of their own. "" for none."""
        if not value:
            return ""
        if self.kind in (Kind.ONE, Kind.MANY, Kind.STATE):
            words = dict(self.choices)
            return "\n".join(words.get(one, one) for one in ([value] if isinstance(value, str) else value))
        if self.kind is Kind.DAY:
            day = parse_date(value)
            return date_format(day, "j F Y") if day else value
        return value

    @staticmethod
    def stored(value):
        """A cleaned value as JSON holds it."""
        return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Page:
    slug: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        return say(f"assistance.page.{self.slug}.title")

    @property
    def intro(self) -> str:
        return say(f"assistance.page.{self.slug}.intro")

    @property
    def has_free_text(self) -> bool:
        """Whether the page warns against writing about single participants."""
        return any(question.is_text for question in self.questions)


PAGES = (
    Page(
        "about-you",
        (
            Question("contact_name", Kind.LINE, required=True, autocomplete="name", fact="contact_name"),
            Question("role", Kind.LINE, required=True, autocomplete="organization-title"),
            Question("agency", Kind.LINE, required=True, autocomplete="organization", fact="agency"),
            Question(
                "sector",
                Kind.ONE,
                required=True,
                fact="sector",
                options=(
                    *("law_enforcement", "prosecutor", "defender", "health", "executive", "legislative"),
                    *("courts", "tribal", "provider", "community", "university", "other"),
                ),
            ),
            Question("email", Kind.EMAIL, required=True, longest=254, autocomplete="email", fact="email"),
            Question("phone", Kind.PHONE, longest=40, autocomplete="tel"),
        ),
    ),
    Page(
        "your-place",
        (
            Question(
                "place_kind",
                Kind.ONE,
                required=True,
                options=("city", "county", "tribal", "state", "region"),
                fact="place_kind",
            ),
            Question("state", Kind.STATE, required=True, fact="state_id"),
            Question("place", Kind.LINE, required=True, fact="place"),
            Question(
                "population",
                Kind.ONE,
                options=("under_10k", "10k_50k", "50k_250k", "250k_1m", "over_1m", "unsure"),
                fact="population",
            ),
        ),
    ),
    Page(
        "where-you-stand",
        (
            Question(
                "stage",
                Kind.ONE,
                required=True,
                options=("exploring", "developing", "operating"),
                fact="stage",
            ),
            Question(
                "partners",
                Kind.MANY,
                options=(
                    *("law_enforcement", "prosecutor", "defender", "health", "case_management", "elected"),
                    *("community", "lived_experience", "business", "none"),
                ),
            ),
            Question("steps", Kind.TEXT, longest=LONG),
        ),
    ),
    Page(
        "problem-and-help",
        (
            Question("problem", Kind.TEXT, required=True, longest=LONG),
            Question("served", Kind.TEXT, longest=LONG),
            Question(
                "help",
                Kind.MANY,
                required=True,
                fact="help",
                options=(
                    *("presentation", "site_visit", "design", "training", "peer", "evaluation"),
                    *("assessment", "expansion", "unsure"),
                ),
            ),
            Question("help_details", Kind.TEXT, longest=LONG),
        ),
    ),
    Page(
        "timing-and-money",
        (
            Question(
                "timing", Kind.ONE, required=True, options=("no_date", "three_months", "half_year", "later")
            ),
            Question("needed_by", Kind.DAY),
            Question(
                "money",
                Kind.MANY,
                required=True,
                options=("own", "state", "federal", "foundation", "settlement", "none", "unsure"),
            ),
            Question("federal_grant", Kind.ONE, required=True, options=("yes", "applied", "no", "unsure")),
            Question("award", Kind.LINE),
            Question("anything_else", Kind.TEXT, longest=LONG),
        ),
    ),
)
PAGE_OF = {page.slug: page for page in PAGES}
QUESTION_OF = {question.name: question for page in PAGES for question in page.questions}


def pages_after(slug: str) -> tuple[Page, ...]:
    """The pages that follow one."""
    return PAGES[[page.slug for page in PAGES].index(slug) + 1 :]


def pages_before(slug: str) -> tuple[Page, ...]:
    return PAGES[: [page.slug for page in PAGES].index(slug)]


def _line(question: Question) -> forms.Field:
    return forms.CharField(max_length=question.longest)


def _text(question: Question) -> forms.Field:
    return forms.CharField(max_length=question.longest, widget=forms.Textarea(attrs={"rows": 6}))


def _email(question: Question) -> forms.Field:
    widget = forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"})
    return forms.EmailField(max_length=question.longest, widget=widget)


def _phone(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
    return forms.RegexField(PHONE, max_length=question.longest, strip=True, widget=widget)


def _one(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=_later(question), widget=forms.RadioSelect)


def _many(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(choices=_later(question), widget=forms.CheckboxSelectMultiple)


def _state(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=lambda: [("", say("assistance.state.choose")), *question.choices])


def _day(question: Question) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _later(question: Question) -> Callable[[], list[tuple[str, str]]]:
    """Choices read when the form is made: staff may have changed their words since the start."""
    return partial(getattr, question, "choices")


_FIELDS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.STATE: _state,
    Kind.DAY: _day,
}

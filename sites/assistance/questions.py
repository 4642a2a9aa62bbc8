"""What a request asks. This list is the one definition: the form, the paper, the check page, the receipt
and the admin are all made from it, so that none can drift from another.

The words of a question are wordings: assistance.<name>.label, .hint, .why, .required, .when, and .<option>
for each of its options. Those of a page: assistance.page.<slug>.title, .intro, and .knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.dateparse import parse_date

from leadbureau.content.wording import defaults, say
from sites.jurisdictions.counties import counties
from sites.jurisdictions.models import State

LONG = 4000  # characters of a free answer: about a page and a half
Known = Mapping[str, Any]  # answers by the name of their question, as they are stored


class Kind(Enum):
    LINE = auto()
    TEXT = auto()
    EMAIL = auto()
    PHONE = auto()
    ONE = auto()
    MANY = auto()
    STATE = auto()
    COUNTY = auto()  # stored as the county's five digits
    PLACE = auto()  # a line, with names of the state's places to choose from
    DAY = auto()


@dataclass(frozen=True)
class When:
    """An answer to another question, on which it hangs whether this one is asked or demanded."""

    question: str
    values: tuple[str, ...]

    def is_so(self, known: Known) -> bool:
        given = known.get(self.question) or ()
        return bool({given} & set(self.values) if isinstance(given, str) else set(given) & set(self.values))


@dataclass(frozen=True)
class Question:
    name: str
    kind: Kind
    required: bool = False  # demanded before sending; any page may be saved without it
    required_when: When | None = None  # demanded before sending only then; hangs on a question of its page
    asked_when: When | None = (
        None  # matters only then: beside the question on paper, and in the look of the form
    )
    not_asked_when: When | None = None  # left out then; hangs on a question of an earlier page
    options: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()  # of the options: those that go with no other
    longest: int = 200
    autocomplete: str = ""
    fact: str = ""  # the column of Request that holds a copy, for lists and letters

    @property
    def label(self) -> str:
        return say(f"assistance.{self.name}.label")

    @property
    def hint(self) -> str:
        return self._word("hint")

    @property
    def why(self) -> str:
        return say(f"assistance.{self.name}.why")

    @property
    def when(self) -> str:
        """In words, when it matters; "" for always."""
        return self._word("when")

    def _word(self, part: str) -> str:
        key = f"assistance.{self.name}.{part}"
        return say(key) if key in defaults() else ""

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

    def is_asked(self, known: Known) -> bool:
        """Whether it is a question for who answered so. What is not known yet leaves nothing out."""
        return self.not_asked_when is None or not self.not_asked_when.is_so(known)

    def is_required(self, known: Known) -> bool:
        return self.required or bool(self.required_when and self.required_when.is_so(known))

    def shown(self, value) -> str:
        """A stored answer in words; several on lines of their own. "" for none."""
        if not value:
            return ""
        if self.kind in (Kind.ONE, Kind.MANY, Kind.STATE):
            words = dict(self.choices)
            return "\n".join(words.get(one, one) for one in ([value] if isinstance(value, str) else value))
        if self.kind is Kind.COUNTY:
            return counties()[value].full_name if value in counties() else value
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
    def knows(self) -> str:
        """Who usually knows the answers."""
        return say(f"assistance.page.{self.slug}.knows")

    @property
    def has_free_text(self) -> bool:
        """Whether the page warns against writing about single participants."""
        return any(question.is_text for question in self.questions)

    def asked(self, known: Known) -> tuple[Question, ...]:
        """Its questions for who answered so on other pages."""
        return tuple(question for question in self.questions if question.is_asked(known))


WHOLE_STATE = When("place_kind", ("state",))
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
            Question("best_time", Kind.LINE),
            Question("second_name", Kind.LINE),
            Question("second_email", Kind.EMAIL, longest=254),
        ),
    ),
    Page(
        "your-state",
        (
            Question(
                "place_kind",
                Kind.ONE,
                required=True,
                options=("city", "county", "tribal", "state", "region"),
                fact="place_kind",
            ),
            Question("state", Kind.STATE, required=True, fact="state_id"),
        ),
    ),
    Page(
        "your-place",
        (
            Question("place", Kind.PLACE, required=True, fact="place", not_asked_when=WHOLE_STATE),
            # The name of a county says which one it is: nothing is asked twice.
            Question("county", Kind.COUNTY, not_asked_when=When("place_kind", ("state", "county"))),
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
                options=("exploring", "developing", "operating", "paused"),
                fact="stage",
            ),
            Question(
                "partners",
                Kind.MANY,
                options=(
                    *("law_enforcement", "prosecutor", "defender", "health", "case_management", "elected"),
                    *("courts", "community", "lived_experience", "business", "none"),
                ),
                alone=("none",),
            ),
            Question("steps", Kind.TEXT, longest=LONG),
        ),
    ),
    Page(
        "the-problem",
        (
            Question("problem", Kind.TEXT, required=True, longest=LONG),
            Question("served", Kind.TEXT, longest=LONG),
        ),
    ),
    Page(
        "help-wanted",
        (
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
            Question(
                "training_roles",
                Kind.MANY,
                required_when=When("help", ("training",)),
                asked_when=When("help", ("training",)),
                options=(
                    *("officers", "supervisors", "prosecutors", "defenders", "case_managers"),
                    *("project_managers", "leaders", "community", "other"),
                ),
            ),
            Question("peer_place", Kind.LINE, asked_when=When("help", ("peer",))),
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
                alone=("none", "unsure"),
            ),
            Question("federal_grant", Kind.ONE, required=True, options=("yes", "applied", "no", "unsure")),
            Question(
                "award",
                Kind.LINE,
                required_when=When("federal_grant", ("yes",)),
                asked_when=When("federal_grant", ("yes", "applied")),
            ),
            Question("anything_else", Kind.TEXT, longest=LONG),
        ),
    ),
)
PAGE_OF = {page.slug: page for page in PAGES}
QUESTION_OF = {question.name: question for page in PAGES for question in page.questions}
PAGE_WITH = {question.name: page.slug for page in PAGES for question in page.questions}


def pages_after(slug: str) -> tuple[Page, ...]:
    """The pages that follow one."""
    return PAGES[[page.slug for page in PAGES].index(slug) + 1 :]


def pages_before(slug: str) -> tuple[Page, ...]:
    return PAGES[: [page.slug for page in PAGES].index(slug)]

"""The ways to narrow the directory, each with the number of places that it would leave: fields and links alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.forms import BoundField

from leadbureau.content.wording import say
from sites.jurisdictions.directory import Directory
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.forms import TRAIT_VALUES, DirectoryForm
from sites.jurisdictions.index import TRAITS, UNKNOWN
from sites.jurisdictions.models import Stage

BAR = 30  # units: the height of the bar of the year with the most places


@dataclass(frozen=True)
class Choice:
    """One value. Its address asks for it as well as for all the rest; when it is chosen, for all but it."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with all its values, the empty ones too: a form may ask for what nothing answers."""

    name: str
    label: str
    choices: list[Choice]
    field: BoundField

    @cached_property
    def links(self) -> list[Choice]:
        """Those that lead to something, and the one that is chosen."""
        return [choice for choice in self.choices if choice.count or choice.chosen]


@dataclass(frozen=True)
class Year:
    """A year with how many places were known at its end; `top` and `high` are its bar in a field of BAR."""

    year: int
    count: int
    address: str
    chosen: bool
    high: float

    @property
    def top(self) -> float:
        return round(BAR - self.high, 1)


def facets(directory: Directory, form: DirectoryForm) -> list[Facet]:
    """State, stage, and the traits of a place."""
    filters, states = directory.filters, directory.index.states
    of_state = [
        Choice(
            state.slug, state.name, directory.by_state[state.pk],
            filters.query(state=None if state == filters.state else state), state == filters.state,
        )
        for state in states
    ]  # fmt: skip
    by_stage = {**directory.by_stage, UNKNOWN: directory.without_stage}
    of_stage = _choices(filters, "stage", Stage.values, by_stage)
    if by_stage[UNKNOWN] or filters.stage == UNKNOWN:
        of_stage += _choices(filters, "stage", [UNKNOWN], by_stage)
    traits = [
        (name, _choices(filters, name, TRAIT_VALUES[name], directory.by_trait(name))) for name in TRAITS
    ]
    return [
        Facet(name, say(f"sites.finder.{name}"), choices, form[name])
        for name, choices in [("state", of_state), ("stage", of_stage), *traits]
    ]


def years(directory: Directory) -> list[Year]:
    """Every year since LEAD began, the earliest first."""
    filters, counts = directory.filters, directory.by_year
    most, last = max(counts.values()) or 1, max(counts)
    asked = filters.year or last
    return [
        Year(
            year,
            count,
            filters.query(year=None if year == last else year),
            year == asked,
            round(BAR * count / most, 1),
        )
        for year, count in counts.items()
    ]


def active(filters: Filters) -> list[tuple[str, str, str]]:
    """The filters in use: name, words, and the address without it."""
    return [(name, _in_use(name, filters), filters.without(name)) for name in filters.active()]


def count_in_words(directory: Directory) -> str:
    """ "41 places in 20 states and territories, end of 2017"."""
    total, states, year = directory.total, directory.states_shown, directory.filters.year
    many = "many" if directory.has_territories else "many_states"
    form = "none" if not total else "one" if total == 1 else "one_state" if states == 1 else many
    count = say(f"sites.count.{form}", count=f"{total:,}", states=states)
    return say("sites.count.asof", count=count, year=year) if year else count


def value_in_words(name: str, value: str) -> str:
    """A value of a stage or a trait as visitors read it."""
    if name in ("stage", "kind"):
        return say(f"sites.{name}.{value}")
    if value == UNKNOWN:
        return say("sites.finder.unknown")
    if name == "visits":
        return say(f"sites.finder.visits.{value}")
    return say(f"sites.fact.{TRAITS[name]}.{value}")


def _choices(filters: Filters, name: str, values: Iterable[str], counts) -> list[Choice]:
    chosen = getattr(filters, name)
    return [
        Choice(
            value,
            value_in_words(name, value),
            counts[value],
            filters.query(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value in values
    ]


def _in_use(name: str, filters: Filters) -> str:
    value = getattr(filters, name)
    if name == "stage" or name in TRAITS:
        value = value_in_words(name, value)
    if name in TRAITS and name != "kind":
        return say("sites.finder.in_use", filter=say(f"sites.finder.{name}"), value=value)
    if name == "near":
        value = value.label
    return say(f"sites.active.{name}", value=value)

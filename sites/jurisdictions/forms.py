"""The filters of the directory as a plain GET form: what a reader may ask, and what is wrong with it."""

from django import forms
from django.utils import timezone

from leadbureau.content.wording import say
from leadbureau.kit.search_text import LONGEST_QUERY
from sites.jurisdictions.filters import Filters, Sort
from sites.jurisdictions.index import UNKNOWN
from sites.jurisdictions.models import Stage, State, traits
from sites.jurisdictions.models.changes import FIRST_YEAR
from sites.jurisdictions.near import NoPoint, Point, find

# The values of each trait in the order in which they are offered. Kind is always recorded.
TRAIT_VALUES: dict[str, list[str]] = {
    "kind": traits.Kind.values,
    "setting": [*traits.Setting.values, UNKNOWN],
    "population": [*traits.PopulationBand.values, UNKNOWN],
    "agency": [*traits.AgencyKind.values, UNKNOWN],
    "visits": [*traits.HostsVisits.values, UNKNOWN],
}


class DirectoryForm(forms.Form):
    """Reads the query string. A part that is wrong gets its own message; the others count all the same.

    states: all states, read once for the page.
    """

    q = forms.CharField(required=False)
    near = forms.CharField(required=False)
    state = forms.CharField(required=False)
    stage = forms.CharField(required=False)
    kind = forms.CharField(required=False)
    setting = forms.CharField(required=False)
    population = forms.CharField(required=False)
    agency = forms.CharField(required=False)
    visits = forms.CharField(required=False)
    certified = forms.CharField(required=False)
    year = forms.CharField(required=False)
    sort = forms.CharField(required=False)

    def __init__(self, data, *, states: list[State], **kwargs):
        super().__init__(data, **kwargs)
        self.states = states
        self.near_points: list[Point] = []
        self.near_states: list[State] = []
        self.near_is_meant = True  # they are guesses at a name that is not known

    @property
    def filters(self) -> Filters:
        """What is valid of the question; nothing is asked by a part that is wrong."""
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "q"}
        return Filters(words=self.cleaned_data.get("q", ""), **given)

    def clean_q(self) -> str:
        words = " ".join(self.cleaned_data["q"].split())
        if len(words) > LONGEST_QUERY:
            raise forms.ValidationError(say("sites.error.words", most=LONGEST_QUERY))
        return words

    def clean_near(self) -> Point | None:
        """The one point that is meant; else `near_points` are those to choose from."""
        typed = self.cleaned_data["near"]
        if not typed:
            return None
        try:
            found = find(typed)
        except NoPoint as error:
            self.near_points = error.meant
            self.near_states = [state for state in self.states if state.name == error.values.get("state")]
            raise forms.ValidationError(str(error)) from error
        if len(found) > 1:
            self.near_points, self.near_is_meant = found, False
            raise forms.ValidationError(say("sites.near.which", typed=typed))
        return found[0]

    def clean_state(self) -> State | None:
        typed = self.cleaned_data["state"].strip().casefold()
        if not typed:
            return None
        for state in self.states:
            if typed in (state.slug, state.name.casefold()):
                return state
        raise forms.ValidationError(say("sites.error.state"))

    def clean_stage(self) -> str:
        return self._one_of("stage", [*Stage.values, UNKNOWN], say("sites.error.stage"))

    def clean_kind(self) -> str:
        return self._one_of("kind", TRAIT_VALUES["kind"], say("sites.error.kind"))

    def clean_setting(self) -> str:
        return self._trait("setting")

    def clean_population(self) -> str:
        return self._trait("population")

    def clean_agency(self) -> str:
        return self._trait("agency")

    def clean_visits(self) -> str:
        return self._trait("visits")

    def clean_certified(self) -> bool:
        return self.cleaned_data["certified"] == "yes"

    def clean_sort(self) -> str:
        """An order that we do not know is no error: the list has one anyway."""
        typed = self.cleaned_data["sort"]
        return typed if typed in Sort.values else ""

    def clean_year(self) -> int | None:
        """The end of a year; the present year has not ended, so it asks for the latest that is known."""
        typed = self.cleaned_data["year"].strip()
        if not typed:
            return None
        last = timezone.localdate().year
        year = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) == 4 else 0
        if not FIRST_YEAR <= year <= last:
            raise forms.ValidationError(say("sites.error.year", first=FIRST_YEAR, last=last))
        return year if year < last else None

    def _trait(self, name: str) -> str:
        return self._one_of(name, TRAIT_VALUES[name], say("sites.finder.error.choice"))

    def _one_of(self, name: str, known: list[str], wrong: str) -> str:
        typed = self.cleaned_data[name].strip().lower()
        if typed and typed not in known:
            raise forms.ValidationError(wrong)
        return typed

"""The directory: which places a reader asks for, how many of each there are, in which order."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import F

from leadbureau.content.wording import say
from sites.jurisdictions.by_distance import ByDistance
from sites.jurisdictions.filters import Filters, Sort
from sites.jurisdictions.index import TRAITS, UNKNOWN, Entry, Index, directory_index
from sites.jurisdictions.models import Jurisdiction, Stage, State

PER_PAGE = 50
WITHIN = 100  # miles that count as near

ORDERS: dict[str, list] = {
    Sort.STATE: ["state__name", "name", "pk"],
    Sort.NAME: ["name", "pk"],
    Sort.LAUNCH: [F("launch_year").asc(nulls_last=True), "name", "pk"],
    Sort.DISTANCE: [F("nearness").asc(nulls_last=True), "name", "pk"],
}


def asked_of_database(filters: Filters):
    """The same question put to the tables: for the files, and to prove the index right."""
    found = Jurisdiction.objects.public().matching(filters.words).with_certified(filters.on)
    found = found.as_of(filters.on) if filters.on else found.staged()
    if filters.certified:
        found = found.filter(certified=True)
    if filters.state:
        found = found.in_state(filters.state)
    if filters.stage:
        found = found.filter(stage=None if filters.stage == UNKNOWN else filters.stage)
    for name, field in TRAITS.items():
        if value := getattr(filters, name):
            found = found.filter(**{field: "" if value == UNKNOWN else value})
    return found


class Directory:
    """The public places that answer a question, found in the index; their rows are read page by page."""

    def __init__(self, filters: Filters, index: Index | None = None):
        self.filters = filters
        self.index = index or directory_index()
        self.picture = self.index.pictures[filters.year]

    def ordered(self):
        """The places from the database, with what a row of a file shows."""
        found, near = asked_of_database(self.filters), self.filters.near
        if near:
            found = found.with_nearness(near.latitude, near.longitude)
        return found.with_history().defer("search_text").order_by(*ORDERS[Sort(self.filters.order)])

    @cached_property
    def _parts(self) -> dict[str, int]:
        """The set that each part of the question leaves, by its name; `year` holds what was known then."""
        asked, index = self.filters, self.index
        parts = {"year": self.picture.known, "words": index.with_words(asked.words)}
        if asked.state:
            parts["state"] = index.by_state.get(asked.state.pk, 0)
        if asked.certified:
            parts["certified"] = self.picture.certified
        if asked.stage:
            parts["stage"] = self.picture.by_stage.get(asked.stage, 0)
        for name, sets in index.traits.items():
            if value := getattr(asked, name):
                parts[name] = sets.get(value, 0)
        return parts

    def _without(self, *names: str) -> int:
        """The set that answers the question as if some of its parts were not asked."""
        found = self.index.everything
        for name, part in self._parts.items():
            if name not in names:
                found &= part
        return found

    @cached_property
    def found(self) -> int:
        """The set that answers the whole question."""
        return self._without()

    @property
    def total(self) -> int:
        return self.found.bit_count()

    @cached_property
    def by_state(self) -> Counter:
        """Places by the key of their state, as if no state were chosen."""
        return _counted(self.index.by_state, self._without("state"))

    @cached_property
    def by_state_shown(self) -> Counter:
        """Places by the key of their state, of those that answer the whole question."""
        return _counted(self.index.by_state, self.found)

    @cached_property
    def by_stage(self) -> dict[str, int]:
        """Places by stage, as if none were chosen, in the order of the stages."""
        counts = _counted(self.picture.by_stage, self._without("stage"))
        return {stage: counts[stage] for stage in Stage.values}

    @cached_property
    def without_stage(self) -> int:
        """Places of which no stage is recorded, as if no stage were chosen."""
        return (self.picture.by_stage.get(UNKNOWN, 0) & self._without("stage")).bit_count()

    @cached_property
    def certified(self) -> int:
        """Certified places, as if it were not asked whether they are."""
        return (self.picture.certified & self._without("certified")).bit_count()

    def by_trait(self, name: str) -> Counter:
        """Places by the values of a trait, the unknown ones too, as if that trait were not asked for."""
        return _counted(self.index.traits[name], self._without(name))

    @cached_property
    def by_year(self) -> dict[int, int]:
        """Places by year, as they were at the end of it, as if no year were chosen."""
        asked = self.filters
        rest = self._without("year", "stage", "certified")
        counts = {}
        for year, picture in self.index.pictures.items():
            found = rest & picture.known
            if asked.stage:
                found &= picture.by_stage.get(asked.stage, 0)
            if asked.certified:
                found &= picture.certified
            if year:
                counts[year] = found.bit_count()
        return counts

    def stages_of(self, places: int) -> dict[str | None, int]:
        """How many of a set are at each stage; None for those of which none is recorded."""
        counts = _counted(self.picture.by_stage, places)
        return {None if stage == UNKNOWN else stage: count for stage, count in counts.items()}

    @property
    def states_shown(self) -> int:
        """In how many states and territories the places are."""
        return sum(1 for count in self.by_state_shown.values() if count)

    @property
    def has_territories(self) -> bool:
        """Whether any of them is in a territory: "states" alone would be wrong then."""
        territories = [state.pk for state in self.index.states if state.kind == State.Kind.TERRITORY]
        return any(self.by_state_shown[state] for state in territories)

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The numbers of the entries found, in the order asked for."""
        index, order = self.index, self.filters.order
        if order == Sort.DISTANCE:
            return self._by_distance
        if order == Sort.LAUNCH:
            return index.in_order_of_launch(self.found, self.filters.year)
        if order == Sort.NAME:
            return index.in_order_of_names(self.found)
        return index.in_default_order(self.found)

    @cached_property
    def _by_distance(self) -> ByDistance:
        near = self.filters.near
        if near is None:
            raise ValueError("There is no point to measure from.")
        return self.index.by_distance(self.found, near.latitude, near.longitude)

    def count_within(self, distance: float) -> int | None:
        """How many of the places are within so many miles of the point asked for; None without one."""
        return self._by_distance.count_within(distance) if self.filters.near else None

    def entries(self) -> Iterator[Entry]:
        """The places found, for the map, with stage and certificate as of the year asked for."""
        return map(self.entry, self.index.in_default_order(self.found))

    def nearest(self, count: int) -> list[Entry]:
        """The nearest places to the point asked for, as entries."""
        return [self.entry(number) for number in self._by_distance[:count]]

    @cached_property
    def entry(self) -> Callable[[int], Entry]:
        """Gives an entry by its number, with stage and certificate as of the year asked for."""
        return self.index.as_of(self.filters.year)

    def page(self, typed: str):
        """The page of the list that was typed, and whether there is one of that number; else the nearest."""
        paginator = Paginator(self.numbers, PER_PAGE)
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0 if typed else 1
        page = paginator.get_page(max(1, min(number, paginator.num_pages)))
        return page, number == page.number

    def rows(self, page) -> list[Jurisdiction]:
        """The places of a page: `current` and `started` (or None), `certified`, and `distance` in words.

        Two queries. One that was taken from the public since the index was built falls out.
        """
        on, near = self.filters.on, self.filters.near
        wanted = {self.index.entries[number].pk: self.entry(number) for number in page.object_list}
        public = Jurisdiction.objects.public().with_history().defer("search_text")
        read = {place.pk: place for place in public.filter(pk__in=wanted)}
        rows = [read[pk] for pk in wanted if pk in read]
        for place in rows:
            place.current, place.started = place.change_on(on), place.launch(on)
            place.certified = wanted[place.pk].certified
            place.distance = (
                distance_in_words(place.miles_from(near.latitude, near.longitude)) if near else ""
            )
        return rows


def _counted(sets: dict, within: int) -> Counter:
    """How many of a set there are for each value."""
    return Counter({value: count for value, found in sets.items() if (count := (found & within).bit_count())})


def distance_in_words(miles: float | None) -> str:
    """Whole miles, since positions are of towns and not of doors; nothing when the distance is not known."""
    if miles is None:
        return ""
    return say("sites.mile.one") if miles < 1.5 else say("sites.miles", miles=f"{miles:,.0f}")

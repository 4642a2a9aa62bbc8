"""The public directory in memory, so that a question to ten thousand places costs little more than to few.

Built once a process for each state of the directory (stamp.py) by four queries, from public() alone. Sets of
places are integers: bit n stands for the n-th entry, so that "and" is one operation and a count is bit_count().
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, Value, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from leadbureau.kit.search_text import words_of
from sites.jurisdictions.by_distance import ByDistance, on_the_globe
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.models.changes import FIRST_YEAR
from sites.jurisdictions.stamp import Stamp, directory_stamp

UNKNOWN = "unknown"  # the value of a trait, or the stage, that is not recorded
TRAITS = {
    "kind": "kind",
    "setting": "setting",
    "population": "population",
    "agency": "lead_agency_kind",
    "visits": "hosts_visits",
}  # the name of a filter, and the field that it reads
LATEST = None  # the picture that holds what is known last, beside those of years

_held: dict[str, "Index"] = {}  # one, by the tag of its stamp
_building = threading.Lock()


class Entry(NamedTuple):
    """A public place, as light as a row can be."""

    pk: int
    identifier: UUID
    name: str
    slug: str
    kind: str
    state_id: int
    usps: str
    locality: str
    county: str
    county_fips: str
    latitude: float | None
    longitude: float | None
    setting: str
    population: str
    lead_agency_kind: str
    hosts_visits: str
    search_text: str
    also_in: tuple[int, ...] = ()
    stage: str | None = None
    launch_year: int | None = None
    certified: bool = False


_COLUMNS = tuple("state__usps" if name == "usps" else name for name in Entry._fields[:-4])


@dataclass(frozen=True)
class Picture:
    """The directory on a day: the stage of each entry, and the sets that follow from it."""

    stages: Sequence[str | None]
    known: int
    by_stage: dict[str, int]
    certified: int


class Index:
    """All public places in their default order, and the sets by which they are found."""

    def __init__(self, tag: str):
        self.tag = tag
        self.states: list[State] = list(State.objects.defer("search_text"))
        rows, self.by_name = _rows()
        self.everything = (1 << len(rows)) - 1
        place_of = {row.pk: number for number, row in enumerate(rows)}
        self.pictures, self._launches = _pictures(place_of)
        self.entries = self._finished(rows)
        self.traits = {
            name: sets_by(getattr(row, field) or UNKNOWN for row in rows) for name, field in TRAITS.items()
        }
        self.by_state = sets_by_many((row.state_id, *row.also_in) for row in rows)
        self._texts = [row.search_text for row in rows]
        self._points = [
            None
            if row.latitude is None or row.longitude is None
            else on_the_globe(row.latitude, row.longitude)
            for row in rows
        ]
        self._by_launch: dict[int | None, list[int]] = {}

    def _finished(self, rows: list[Entry]) -> list[Entry]:
        """The entries with what the latest picture says of them."""
        latest = self.pictures[LATEST]
        certified = flags(latest.certified, len(rows))
        return [
            row._replace(stage=stage, launch_year=launch and launch[1], certified=star)
            for row, stage, launch, star in zip(rows, latest.stages, self._launches, certified, strict=True)
        ]

    def as_of(self, year: int | None) -> Callable[[int], Entry]:
        """What gives an entry by its number, as it was at the end of a year; None for the latest."""
        if year is None:
            return self.entries.__getitem__
        picture, until = self.pictures[year], date(year, 12, 31)
        certified = flags(picture.certified, len(self.entries))

        def entry(number: int) -> Entry:
            launch = self._launches[number]
            return self.entries[number]._replace(
                stage=picture.stages[number],
                launch_year=launch[1] if launch and launch[0] <= until else None,
                certified=certified[number],
            )

        return entry

    def with_words(self, query: str) -> int:
        """Those of which every word of the query begins a word: the rule of search_text.matches()."""
        words = [f" {word}" for word in words_of(query)]
        if not words:
            return self.everything
        first, *more = words
        found = [first in text for text in self._texts]
        for word in more:
            found = [yes and word in text for yes, text in zip(found, self._texts, strict=True)]
        return set_of(found)

    def in_default_order(self, found: int) -> Sequence[int]:
        """The numbers of the entries of a set: by state, then by name."""
        return self._sorted(range(len(self.entries)), found)

    def in_order_of_names(self, found: int) -> Sequence[int]:
        return self._sorted(self.by_name, found)

    def in_order_of_launch(self, found: int, year: int | None) -> Sequence[int]:
        """The year of the first start as far as it was known by then; unknown ones last, then by name."""
        if year not in self._by_launch:
            until = date(year, 12, 31) if year else date.max
            years = [launch[1] if launch and launch[0] <= until else 9999 for launch in self._launches]
            self._by_launch[year] = sorted(self.by_name, key=years.__getitem__)
        return self._sorted(self._by_launch[year], found)

    def by_distance(self, found: int, latitude: float, longitude: float) -> ByDistance:
        """The numbers of the entries of a set, the nearest to a point first, those without a position last."""
        point = on_the_globe(latitude, longitude)
        numbers, points = self.in_order_of_names(found), self._points
        there = [where for number in numbers if (where := points[number])]
        if len(there) == len(numbers):
            return ByDistance(list(numbers), there, point)
        placed = [number for number in numbers if points[number]]
        return ByDistance(placed, there, point, [number for number in numbers if not points[number]])

    def _sorted(self, order: Sequence[int], found: int) -> Sequence[int]:
        if found == self.everything:
            return order
        within = flags(found, len(self.entries))
        return [number for number in order if within[number]]


def directory_index(stamp: Stamp | None = None) -> Index:
    """The index of the directory as it is now; built when the stamp moved, while other threads wait."""
    stamp = stamp or directory_stamp()
    if stamp.tag not in _held:
        with _building:
            if stamp.tag not in _held:
                built = Index(stamp.tag)
                _held.clear()
                _held[stamp.tag] = built
                return built
    found = _held.get(stamp.tag)
    return found or Index(stamp.tag)  # another thread has just put a newer one in its place


def set_of(belongs: Iterable[bool]) -> int:
    """A set from one yes or no an entry."""
    digits = "".join(["1" if yes else "0" for yes in belongs])
    return int(digits[::-1] or "0", 2)


def flags(found: int, size: int) -> list[bool]:
    """One yes or no an entry from a set."""
    return [digit == "1" for digit in f"{found:0{size}b}"[::-1]] if size else []


def sets_by(values: Iterable[Hashable]) -> dict[Any, int]:
    """The set of entries for each value; one value an entry."""
    return sets_by_many((value,) for value in values)


def sets_by_many(values: Iterable[Iterable[Hashable]]) -> dict[Any, int]:
    """The set of entries for each value; any number of values an entry."""
    rows = list(values)
    room = len(rows) // 8 + 1
    found: dict[Any, bytearray] = defaultdict(lambda: bytearray(room))
    for number, several in enumerate(rows):
        for value in several:
            found[value][number >> 3] |= 1 << (number & 7)
    return {value: int.from_bytes(bits, "little") for value, bits in found.items()}


def _rows() -> tuple[list[Entry], list[int]]:
    """The entries by state and name, and their numbers by name: in the orders of the database."""
    by_name = Window(RowNumber(), order_by=[F("name").asc(), F("pk").asc()])
    found = (
        Jurisdiction.objects.public()
        .annotate(rank=by_name)
        .order_by("state__name", "name", "pk", "also_in__name")
        .values_list(*_COLUMNS, "rank", "also_in")
    )
    rows, ranks = [], []
    for _, several in groupby(found, key=lambda row: row[0]):  # a row for each other state it reaches into
        first, *more = several
        also_in = tuple(row[-1] for row in (first, *more) if row[-1])
        rows.append(Entry._make((*first[:-2], also_in, None, None, False)))
        ranks.append(first[-2])
    return rows, sorted(range(len(rows)), key=ranks.__getitem__)


Launch = tuple[date, int]  # the day by which a start is put in order, and its year


def _pictures(place_of: dict[int, int]) -> tuple[dict[int | None, Picture], list[Launch | None]]:
    """The latest picture and one for the end of each year, and the first start of each place.

    The rules are those of JurisdictionQuerySet.staged() and as_of().
    """
    years = range(FIRST_YEAR, timezone.localdate().year + 1)
    stages: dict[int | None, list[str | None]] = {year: [None] * len(place_of) for year in (LATEST, *years)}
    launches: list[Launch | None] = [None] * len(place_of)
    changes = (
        StageChange.objects.of_public_places()
        .order_by("sort_on", "pk")
        .values_list("jurisdiction_id", "sort_on", "stage", "year", "dated_by")
    )
    for place, sort_on, stage, year, dated_by in changes:
        number = place_of.get(place)
        if number is None:
            continue
        stages[LATEST][number] = stage
        for then in range(max(sort_on.year, FIRST_YEAR), years.stop):
            stages[then][number] = stage
        starts = stage == Stage.LAUNCHED and dated_by == StageChange.DatedBy.EVENT and year
        if starts and launches[number] is None:
            launches[number] = (sort_on, year)
    certified = _certified(years, place_of)
    return {year: _picture(of_year, certified[year], year) for year, of_year in stages.items()}, launches


def _picture(stages: list[str | None], certified: int, year: int | None) -> Picture:
    by_stage = sets_by(stage or UNKNOWN for stage in stages)
    everything = (1 << len(stages)) - 1
    # Of a day in the past, a place of which nothing was known yet is no part of the picture.
    known = everything & ~by_stage.pop(UNKNOWN, 0) if year else everything
    return Picture(stages, known, by_stage, certified & known)


def _certified(years: range, place_of: dict[int, int]) -> dict[int | None, int]:
    """Who holds a certificate that is valid today, and at the end of each year: one query."""
    certificates: Any = Jurisdiction._meta.get_field("certificates").related_model
    days = {"": None, **{str(year): date(year, 12, 31) for year in years}}
    first, *more = (
        certificates.objects.valid(on=on)
        .order_by()
        .annotate(day=Value(name, CharField()))
        .values_list("day", "jurisdiction_id")
        for name, on in days.items()
    )
    holders = defaultdict(set)
    for day, place in first.union(*more, all=True):
        if place in place_of:
            holders[day].add(place_of[place])
    return {int(name) if name else LATEST: sum(1 << number for number in holders[name]) for name in days}

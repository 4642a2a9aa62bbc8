"""The directory: which places a reader asks for, how many of each there are, in which order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, F
from django.utils.functional import cached_property

from leadbureau.content.wording import say
from sites.jurisdictions.distance import nearness_of
from sites.jurisdictions.models import Jurisdiction, Stage, State
from sites.jurisdictions.zips import Zip

PER_PAGE = 25
WITHIN = 100  # miles that count as near


class Sort(models.TextChoices):
    STATE = "state", "State"
    NAME = "name", "Name"
    LAUNCH = "launch", "Launch year"
    DISTANCE = "distance", "Distance"


ORDERS: dict[str, list] = {
    Sort.STATE: ["state__name", "name", "pk"],
    Sort.NAME: ["name", "pk"],
    Sort.LAUNCH: [F("launch_year").asc(nulls_last=True), "name", "pk"],
    Sort.DISTANCE: [F("nearness").asc(nulls_last=True), "name", "pk"],
}


@dataclass(frozen=True)
class Filters:
    """What a reader asks for; the same for the page, the map and the open data."""

    words: str = ""
    near: Zip | None = None
    state: State | None = None
    stage: str = ""
    kind: str = ""
    year: int | None = None
    certified: bool = False
    sort: str = ""

    @property
    def on(self) -> date | None:
        """The day of the picture: the end of the year asked for; None is the latest that is known."""
        return date(self.year, 12, 31) if self.year else None

    @property
    def order(self) -> str:
        """The chosen order, or the one that suits the question. Distance needs a point to measure from."""
        if self.sort and (self.near or self.sort != Sort.DISTANCE):
            return self.sort
        return Sort.DISTANCE if self.near else Sort.STATE

    def orders(self) -> list[Sort]:
        """The orders that one may choose from."""
        return [order for order in Sort if self.near or order != Sort.DISTANCE]

    def parameters(self) -> dict[str, str]:
        """The question as it stands in an address."""
        asked = {
            "q": self.words,
            "near": self.near.code if self.near else "",
            "state": self.state.slug if self.state else "",
            "stage": self.stage,
            "kind": self.kind,
            "year": str(self.year or ""),
            "certified": "yes" if self.certified else "",
            "sort": self.sort,
        }
        return {name: value for name, value in asked.items() if value}

    def query(self, **changes) -> str:
        """The address of the question with some of its parts changed: "?state=nm", or "." for none."""
        asked = replace(self, **changes).parameters()
        return f"?{urlencode(asked)}" if asked else "."

    def download_query(self) -> str:
        """The question for the files, which stand at another address."""
        asked = self.parameters()
        return f"?{urlencode(asked)}" if asked else ""

    def active(self) -> Iterator[str]:
        """The names of the filters that narrow the list; an order narrows nothing."""
        for name in ("words", "near", "state", "stage", "kind", "year", "certified"):
            if getattr(self, name):
                yield name

    def without(self, name: str) -> str:
        """The address of the question without one of its filters."""
        return self.query(**{name: type(self).__dataclass_fields__[name].default})


class Directory:
    """The public places that answer a question. Four queries, however many places there are."""

    def __init__(self, filters: Filters):
        self.filters = filters

    def counted(self):
        """All places that answer every part but state, stage and kind, by which they can be counted."""
        asked = self.filters
        places = Jurisdiction.objects.public().matching(asked.words).with_certified(asked.on)
        places = places.as_of(asked.on) if asked.on else places.staged()
        return places.filter(certified=True) if asked.certified else places

    def places(self):
        """The places that answer the whole question, in no order yet."""
        asked, found = self.filters, self.counted()
        for field in ("state", "stage", "kind"):
            if getattr(asked, field):
                found = found.filter(**{field: getattr(asked, field)})
        return found

    def ordered(self):
        """The places with what a row of the list or of a file shows."""
        found, near = self.places(), self.filters.near
        if near:
            found = found.with_nearness(near.latitude, near.longitude)
        return found.with_history().defer("search_text").order_by(*ORDERS[Sort(self.filters.order)])

    @cached_property
    def _counts(self) -> list[tuple[int, str, str, int]]:
        """(state, stage, kind, places): the one query behind the total and every count beside a filter."""
        rows = self.counted().order_by().values_list("state_id", "stage", "kind").annotate(Count("pk"))
        return [(state, stage, kind, count) for state, stage, kind, count in rows]

    def _count_by(self, column: int, **asked: bool) -> Counter:
        """Places by one of the columns of _counts, narrowed by the filters that are asked for."""
        found: Counter = Counter()
        wanted = self.filters
        for row in self._counts:
            state, stage, kind, count = row
            fits = (
                (not asked.get("state") or not wanted.state or state == wanted.state.pk)
                and (not asked.get("stage") or not wanted.stage or stage == wanted.stage)
                and (not asked.get("kind") or not wanted.kind or kind == wanted.kind)
            )
            if fits:
                found[row[column]] += count
        return found

    @cached_property
    def by_state(self) -> Counter:
        """Places by the key of their state, as if no state were chosen."""
        return self._count_by(0, stage=True, kind=True)

    @cached_property
    def by_stage(self) -> dict[str, int]:
        """Places by stage, as if none were chosen, in the order of the stages."""
        counts = self._count_by(1, state=True, kind=True)
        return {stage: counts[stage] for stage in Stage.values}

    @cached_property
    def by_kind(self) -> Counter:
        return self._count_by(2, state=True, stage=True)

    @cached_property
    def by_state_shown(self) -> Counter:
        """Places by the key of their state, of those that answer the whole question."""
        return self._count_by(0, state=True, stage=True, kind=True)

    def count_within(self, distance: float) -> int | None:
        """How many of the places are within so many miles of the ZIP code; None when none was given."""
        near = self.filters.near
        if not near:
            return None
        places = self.places().with_nearness(near.latitude, near.longitude)
        return places.filter(nearness__lte=nearness_of(distance)).count()

    @property
    def states_shown(self) -> int:
        """In how many states and territories the places are."""
        return sum(1 for count in self.by_state_shown.values() if count)

    @property
    def total(self) -> int:
        return self.by_state_shown.total()

    def page(self, typed: str):
        """The page of the list that was typed, and whether there is one of that number; else the nearest."""
        paginator = CountedPaginator(self.ordered(), PER_PAGE, total=self.total)
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0 if typed else 1
        page = paginator.get_page(max(1, min(number, paginator.num_pages)))
        return page, number == page.number

    def rows(self, page) -> list[Jurisdiction]:
        """The places of a page, each with `current` and `started` (or None), and `distance` in words."""
        on, near = self.filters.on, self.filters.near
        rows = list(page.object_list)
        for place in rows:
            place.current, place.started = place.change_on(on), place.launch(on)
            place.distance = (
                distance_in_words(place.miles_from(near.latitude, near.longitude)) if near else ""
            )
        return rows


def distance_in_words(miles: float | None) -> str:
    """Whole miles, since positions are of towns and not of doors; nothing when the distance is not known."""
    if miles is None:
        return ""
    return say("sites.mile.one") if miles < 1.5 else say("sites.miles", miles=f"{miles:,.0f}")


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are, since the counts beside the filters know it."""

    def __init__(self, *args, total: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__["count"] = total

"""What a reader asks of the directory, and how the question stands in an address."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db import models

from sites.jurisdictions.models import State
from sites.jurisdictions.near import Point


class Sort(models.TextChoices):
    STATE = "state", "State"
    NAME = "name", "Name"
    LAUNCH = "launch", "Launch year"
    DISTANCE = "distance", "Distance"


@dataclass(frozen=True)
class Filters:
    """The same question for the page, the map and the open data.

    near: a point to measure distances from.
    """

    words: str = ""
    near: Point | None = None
    state: State | None = None
    stage: str = ""
    certified: bool = False
    kind: str = ""
    setting: str = ""
    population: str = ""
    agency: str = ""
    visits: str = ""
    year: int | None = None
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
            "near": self.near.address if self.near else "",
            "state": self.state.slug if self.state else "",
            "stage": self.stage,
            "certified": "yes" if self.certified else "",
            "kind": self.kind,
            "setting": self.setting,
            "population": self.population,
            "agency": self.agency,
            "visits": self.visits,
            "year": str(self.year or ""),
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
        for name in self.__dataclass_fields__:
            if name != "sort" and getattr(self, name):
                yield name

    def without(self, name: str) -> str:
        """The address of the question without one of its filters."""
        return self.query(**{name: type(self).__dataclass_fields__[name].default})

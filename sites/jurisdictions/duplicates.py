"""Entries that may tell of the same place twice: a warning for staff, never a refusal."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from leadbureau.kit.search_text import fold
from sites.jurisdictions.models import Jurisdiction

ALIKE = 0.8  # share of letters in the same order, from which two names are taken for one
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # L.E.A.D.
# What names of efforts have in common, which therefore tells nothing.
COMMON_WORDS = frozenset(
    [
        "and",
        "assisted",
        "borough",
        "city",
        "county",
        "deflection",
        "diversion",
        "enforcement",
        "initiative",
        "law",
        "lead",
        "of",
        "parish",
        "pilot",
        "program",
        "project",
        "the",
        "town",
    ]
)


@dataclass(frozen=True)
class Likeness:
    """What of a place is compared: the words of its name that tell, where it is, its counties, its Census code."""

    pk: int | None
    name: str
    words: str
    counties: frozenset[str]
    geoid: str
    where: str  # kind and locality; empty without a locality

    @classmethod
    def of(cls, place: Jurisdiction) -> "Likeness":
        return cls._read(place.pk, place.name, place.locality, place.county_fips, place.geoid, place.kind)

    @classmethod
    def all(cls) -> list["Likeness"]:
        """Of every place there is; one query."""
        fields = ("pk", "name", "locality", "county_fips", "geoid", "kind")
        return [cls._read(*row) for row in Jurisdiction.objects.order_by("pk").values_list(*fields)]

    @classmethod
    def _read(cls, pk, name: str, locality: str, county_fips: str, geoid: str, kind: str) -> "Likeness":
        words = _telling(name) or _telling(locality)
        where = f"{kind} {fold(locality)}" if locality else ""
        return cls(pk, name, words, frozenset(county_fips.split()), geoid, where)

    def is_like(self, other: "Likeness") -> bool:
        """The same Census code; or a county in common, and the same kind and locality or almost the same name."""
        if self.geoid and self.geoid == other.geoid:
            return True
        if not self.counties & other.counties:
            return False
        return (bool(self.where) and self.where == other.where) or _alike(self.words, other.words)


class Likenesses:
    """Many of them, found by county and code, so that each is compared with its neighbors alone."""

    def __init__(self, rows: Iterable[Likeness] = ()):
        self._at: defaultdict[str, list[Likeness]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Likeness) -> None:
        for key in _keys(row):
            self._at[key].append(row)

    def like(self, row: Likeness) -> list[Likeness]:
        """Those that may be the same place, each once, without itself."""
        found = {id(other): other for key in _keys(row) for other in self._at[key] if row.is_like(other)}
        return [other for other in found.values() if other.pk is None or other.pk != row.pk]

    def pairs(self) -> Iterator[tuple[Likeness, Likeness]]:
        for rows in self._at.values():
            yield from ((a, b) for a, b in combinations(rows, 2) if a.is_like(b))


def likely_duplicates(place: Jurisdiction) -> list[Jurisdiction]:
    """Other entries that may tell of the same place, in the order of their names."""
    found = Likenesses(Likeness.all()).like(Likeness.of(place))
    pks = [one.pk for one in found if one.pk]
    return list(Jurisdiction.objects.filter(pk__in=pks).select_related("state")) if pks else []


def all_likely_duplicates() -> set[int]:
    """The keys of all places that another one is like; one query."""
    return {one.pk for pair in Likenesses(Likeness.all()).pairs() for one in pair if one.pk}


def _keys(row: Likeness) -> list[str]:
    """A county's code of five digits may be a GEOID too, so the two are told apart."""
    return [f"county {code}" for code in row.counties] + ([f"geoid {row.geoid}"] if row.geoid else [])


def _telling(name: str) -> str:
    whole = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name)
    return " ".join(word for word in fold(whole).split() if word not in COMMON_WORDS)


def _alike(one: str, other: str) -> bool:
    """The quick bounds of difflib come first: most pairs are refused by their lengths and letters."""
    if not one or not other:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE

"""Places like one's own: the same size, setting and kind of lead agency, as far as these are recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from leadbureau.content.wording import say
from sites.jurisdictions.directory import distance_in_words
from sites.jurisdictions.distance import miles
from sites.jurisdictions.index import Entry, Index, directory_index
from sites.jurisdictions.models import Jurisdiction, Stage, State
from sites.jurisdictions.models.introductions import INTRODUCED

COMPARED = ("population", "setting", "agency")  # names of Index.traits
ENOUGH = 2  # of the three must agree
MOST = 5  # shown beside a place
RUNNING, COMING = (Stage.OPERATING, Stage.LAUNCHED), (Stage.DEVELOPING, Stage.EXPLORING)


@dataclass(frozen=True)
class Like:
    """A place, what is alike in words, and how far it is in words ("" when that is not known)."""

    place: Entry
    state: State
    alike: str
    agreeing: int
    distance: str = ""

    @property
    def url(self) -> str:
        return reverse("jurisdictions:place", args=[self.state.slug, self.place.slug])

    @property
    def introduction_url(self) -> str:
        """Where one asks to be introduced; "" when the Bureau does not introduce to a place at its stage."""
        if self.place.stage not in INTRODUCED:
            return ""
        return reverse("jurisdictions:introduction", args=[self.state.slug, self.place.slug])


def places_like(place: Jurisdiction, index: Index | None = None) -> list[Like]:
    """The places most like one, at most five. One query, and the index, when it is not built yet."""
    index = index or directory_index()
    traits = traits_of(place)
    groups = agreeing(index, traits)
    found: list[Like] = []
    for count in sorted((count for count in groups if count >= ENOUGH), reverse=True):
        numbers = _in_order(index, groups[count], place.latitude, place.longitude)
        entries = [index.entries[number] for number in numbers if index.entries[number].pk != place.pk]
        found += [
            _like(index, entry, traits, "sites.like.also", kind=place.kind, to=place)
            for entry in entries[: MOST - len(found)]
        ]
    return found


def like_address(place: Jurisdiction) -> str:
    """The page with the three choices, filled with what is known of a place."""
    traits = traits_of(place)
    return reverse("jurisdictions:like") + (f"?{urlencode(traits)}" if traits else "")


def places_with(index: Index, traits: Mapping[str, str], *, least: int, most: int) -> tuple[list[Like], int]:
    """For somebody whose jurisdiction has no page: the places most like it, and how many there are in all."""
    groups = {count: found for count, found in agreeing(index, traits).items() if count >= least}
    numbers = [number for count in sorted(groups, reverse=True) for number in _in_order(index, groups[count])]
    shown = [_like(index, index.entries[number], traits, "sites.like.is") for number in numbers[:most]]
    return shown, len(numbers)


def traits_of(place: Jurisdiction | Entry) -> dict[str, str]:
    """What is known of the three."""
    values = (place.population, place.setting, place.lead_agency_kind)
    return {name: value for name, value in zip(COMPARED, values, strict=True) if value}


def agreeing(index: Index, traits: Mapping[str, str]) -> dict[int, int]:
    """The sets of entries that agree in exactly so many traits. What is unknown agrees with nothing."""
    groups = {0: index.everything}
    for name, value in traits.items():
        same = index.traits[name].get(value, 0)
        split: dict[int, int] = {}
        for count, found in groups.items():
            split[count + 1] = split.get(count + 1, 0) | found & same
            split[count] = split.get(count, 0) | found & ~same
        groups = split
    return groups


def _in_order(
    index: Index, found: int, latitude: float | None = None, longitude: float | None = None
) -> list[int]:
    """Running places first, then those to come, then the others; the nearest first when there is a point."""
    numbers = index.in_default_order(found)
    if latitude is not None and longitude is not None:
        numbers = index.by_distance(found, latitude, longitude)
    return sorted(numbers, key=lambda number: _step(index.entries[number].stage))  # stable


def _step(stage: str | None) -> int:
    return 0 if stage in RUNNING else 1 if stage in COMING else 2


def _like(index: Index, entry: Entry, traits: Mapping[str, str], wording: str, *, kind: str = "", to=None):
    same = {name: value for name, value in traits_of(entry).items() if traits.get(name) == value}
    # "Also a county" is said only between counties.
    kind = entry.kind if kind in ("", entry.kind) else "other"
    state = next(state for state in index.states if state.pk == entry.state_id)
    distance = distance_in_words(_miles(entry, to)) if to else ""
    return Like(entry, state, say(wording, what=_in_words(same, kind)), len(same), distance)


def _in_words(same: Mapping[str, str], kind: str) -> str:
    """ "a rural county of 50,000 to 250,000 people, led by a prosecutor"."""
    setting = same.get("setting", "other")
    words = say(f"sites.like.setting.{setting}", kind=say(f"sites.like.kind.{kind}"))
    if population := same.get("population"):
        words = f"{words} {say(f'sites.like.population.{population}')}"
    if agency := same.get("agency"):
        words = f"{words}, {say(f'sites.like.agency.{agency}')}"
    return words


def _miles(entry: Entry, place: Jurisdiction) -> float | None:
    if None in (entry.latitude, entry.longitude, place.latitude, place.longitude):
        return None
    return miles(entry.latitude, entry.longitude, place.latitude, place.longitude)  # type: ignore[arg-type]

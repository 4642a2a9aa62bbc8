"""What somebody typed to say where they are: a ZIP code, a city, a county, or a position of the browser.

No tables of the database are needed. `find` gives points; more than one means that the reader must choose.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from leadbureau.content.wording import say
from sites.jurisdictions import cities, zips
from sites.jurisdictions.counties import County, counties
from sites.jurisdictions.geography import lies_near_the_country
from sites.jurisdictions.place_names import STATES, key, state_of

LONGEST = 100  # characters of what was typed
MOST_MEANT = 5  # near spellings that are offered
WORDS_OF_A_STATE = 4
SMALL_STATES = {"DC": ("Washington", "DC"), "GU": ("Guam", "GU")}  # as small as a county: a point after all
_HERE = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
_ENDS_IN_ZIP = re.compile(r"(?:^|[^\d-])(\d{5}(?:-?\d{4})?)$", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_COUNTY = re.compile(
    r"(.+?) (?:city and borough|census area|county|co\.?|parish|borough|municipality|municipio|district)",
    re.IGNORECASE,
)
_COUNTY_OF = re.compile(r"(?:county|parish|municipio) (?:of|de) (.+)", re.IGNORECASE)
_CITY = re.compile(r"(.+) city", re.IGNORECASE)
_CITY_OF = re.compile(r"(?:city|town|village|township) of (.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees, that distances are measured from."""

    kind: Literal["zip", "city", "county", "here"]
    name: str  # "Santa Fe"; of a ZIP code its post office; "" for a position
    code: str  # the ZIP code or the county's FIPS code; else ""
    state: str  # postal abbreviation; "" for a position
    latitude: float
    longitude: float

    @property
    def address(self) -> str:
        """What stands in a query string for it: `find` gives this point for it, and no other."""
        if self.kind == "zip":
            return self.code
        if self.kind == "here":
            return f"{self.latitude:.1f},{self.longitude:.1f}"
        return f"{self.name}, {self.state}"

    @property
    def label(self) -> str:
        """What a reader calls it: "87501 (Santa Fe, NM)", "King County, WA"."""
        if self.kind == "zip":
            return f"{self.code} ({self.name}, {self.state})"
        if self.kind == "here":
            return say("sites.near.here", latitude=f"{self.latitude:.1f}", longitude=f"{self.longitude:.1f}")
        return self.address


class NoPoint(ValueError):
    """No place on the map; str() says why in words for the reader. `meant` are points that may have been."""

    def __init__(self, wording: str, meant: Iterable[Point] = (), **values):
        super().__init__(wording)
        self.wording, self.values, self.meant = wording, values, list(meant)

    def __str__(self):
        return say(self.wording, **self.values)


def find(typed: str) -> list[Point]:
    """The points that may be meant, the largest city first; at least one. Raises NoPoint."""
    typed = " ".join(typed.split())
    if position := _HERE.fullmatch(typed):
        return [_here(float(position[1]), float(position[2]))]
    if (ends := _ENDS_IN_ZIP.search(typed)) and len(typed) <= LONGEST:
        return [_zip(ends[1])]
    if len(typed) > LONGEST:
        raise NoPoint("sites.near.error.shape")
    if not _LETTER.search(typed):
        return [_zip(typed)]
    return _by_name(typed)


def _here(latitude: float, longitude: float) -> Point:
    """A position of the browser, rounded: it stands in the address, where others may read it."""
    if not lies_near_the_country(latitude, longitude):
        raise NoPoint("sites.near.error.abroad")
    return Point("here", "", "", "", round(latitude, 1), round(longitude, 1))


def _zip(typed: str) -> Point:
    try:
        found = zips.find(typed)
    except zips.NotAZip as error:
        wording = "sites.near.error.zip_shape" if typed.isdigit() else "sites.near.error.shape"
        raise NoPoint(wording) from error
    except zips.UnknownZip as error:
        raise NoPoint("sites.near.error.zip_unknown", code=str(error)) from error
    except zips.MilitaryZip as error:
        raise NoPoint("sites.near.error.zip_military", code=str(error)) from error
    except zips.UnplacedZip as error:
        raise NoPoint("sites.near.error.zip_unplaced", code=str(error)) from error
    return Point("zip", found.city, found.code, found.state, found.latitude, found.longitude)


def _by_name(typed: str) -> list[Point]:
    if state := state_of(typed):
        return [_of_state(state)]
    readings = list(_readings(typed))
    for name, state in readings:
        if found := _places(name, state):
            return found
    raise NoPoint("sites.near.error.unknown", _meant(readings), typed=typed)


def _of_state(state: str) -> Point:
    """A state is no point; its cities and counties of the same name may be meant."""
    if state in SMALL_STATES:
        return _places(*SMALL_STATES[state])[0]
    name = STATES[state]
    same = [*map(_city, cities.named(name)), *map(_county, _counties().get(key(name), []))]
    raise NoPoint("sites.near.error.state", same[:MOST_MEANT], state=name)


def _readings(typed: str) -> Iterator[tuple[str, str]]:
    """The ways to part a text into a name and a state ("" for none), the likeliest first."""
    name, _, rest = typed.partition(",")
    if rest:
        yield name.strip(), state_of(rest.rpartition(",")[2])
        return
    words = typed.split()
    for count in range(min(WORDS_OF_A_STATE, len(words) - 1), 0, -1):
        if state := state_of(" ".join(words[-count:])):
            yield " ".join(words[:-count]), state
    yield typed, ""


def _places(name: str, state: str) -> list[Point]:
    """Cities and counties of a name: counties first when it says so, and only then when no city has it."""
    if county := _COUNTY.fullmatch(name) or _COUNTY_OF.fullmatch(name):
        ways = [
            _counties_named(county[1], state),
            _cities_named(name, state),
            _cities_named(county[1], state),
        ]
    else:
        ways = [_cities_named(name, state), _counties_named(name, state)]
    if city := _CITY.fullmatch(name):
        ways += [_counties_named(city[1], state, called="city"), _cities_named(city[1], state)]
    if city := _CITY_OF.fullmatch(name):
        ways += [_cities_named(city[1], state)]
    return next((found for found in ways if found), [])


def _cities_named(name: str, state: str) -> list[Point]:
    return [_city(city) for city in cities.named(name) if state in ("", city.state)]


def _counties_named(name: str, state: str, *, called: str = "") -> list[Point]:
    """Counties by a name without the word "County". Cities that count as counties only when they are `called` so."""
    found = [county for county in _counties().get(key(name), []) if state in ("", county.usps)]
    return [_county(county) for county in found if (county.called == "city") == (called == "city")]


@cache
def _counties() -> dict[str, list[County]]:
    """By the keys of their names, in the order of their states."""
    found: dict[str, list[County]] = {}
    for county in sorted(counties().values(), key=lambda county: county.usps):
        found.setdefault(key(county.name), []).append(county)
    return found


def _meant(readings: list[tuple[str, str]]) -> list[Point]:
    """What may have been meant: the name in another state, or one that is almost spelled so."""
    for name, state in readings:
        elsewhere = _places(name, "") if state else []
        if found := [*map(_city, cities.alike(name, state=state, most=MOST_MEANT)), *elsewhere]:
            return found[:MOST_MEANT]
    return []


def _city(city: cities.City) -> Point:
    return Point("city", city.name, "", city.state, city.latitude, city.longitude)


def _county(county: County) -> Point:
    return Point("county", county.full_name, county.fips, county.usps, county.latitude, county.longitude)

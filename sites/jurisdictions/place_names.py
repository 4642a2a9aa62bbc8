"""How names of places are compared: "Ft. Worth" is "Fort Worth", "O Fallon" is "O'Fallon", "Dona Ana" is "Doña Ana".

Knows nothing of Django: data/build_zips.py sorts its file by the same keys.
"""

import re
import unicodedata
from functools import cache

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "AS": "American Samoa", "GU": "Guam",
    "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "VI": "U.S. Virgin Islands",
}  # fmt: skip
_ALSO = {
    "virginislands": "VI", "usvi": "VI", "cnmi": "MP",
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "colo": "CO", "conn": "CT", "del": "DE", "fla": "FL",
    "ill": "IL", "ind": "IN", "kan": "KS", "mass": "MA", "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT",
    "neb": "NE", "nev": "NV", "okla": "OK", "ore": "OR", "penn": "PA", "tenn": "TN", "tex": "TX", "wash": "WA",
    "wis": "WI", "wyo": "WY",
}  # fmt: skip
_WRITTEN_OUT = {
    "st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain", "pt": "point",
    "hts": "heights", "hgts": "heights", "spgs": "springs", "twp": "township", "jct": "junction",
    "bch": "beach",
}  # fmt: skip
WINDS = {"n": "north", "s": "south", "e": "east", "w": "west"}  # as the first word: "N Las Vegas"
_MARKS = re.compile(r"['’‘`.]")
_PARTS = re.compile(r"[^a-z0-9&]+")


def words(name: str) -> list[str]:
    """The words of a name in small plain letters, short forms written out: ["saint", "paul"]."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = [part for part in _PARTS.split(_MARKS.sub("", plain)) if part]
    if len(found) > 1 and found[0] in WINDS:
        found[0] = WINDS[found[0]]
    return [_WRITTEN_OUT.get(part, part) for part in found]


def key(name: str) -> str:
    """What two spellings of a name share: its words without spaces, "saintpaul"."""
    return "".join(words(name))


@cache
def _states() -> dict[str, str]:
    """Postal abbreviations by the keys of the names of states."""
    return {key(name): usps for usps, name in STATES.items()} | _ALSO


def state_of(name: str) -> str:
    """The postal abbreviation of a state that is written in any way; "" for anything else."""
    short = _MARKS.sub("", name).strip().upper()
    return short if short in STATES else _states().get(key(name), "")

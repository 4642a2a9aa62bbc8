"""Where a city is, from data/cities.tsv by binary search: the file is mapped, never read whole.

data/build_zips.py wrote the file and describes it.
"""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from sites.jurisdictions.place_names import key

FILE = Path(__file__).parent / "data" / "cities.tsv"
ALIKE = 0.8  # difflib's ratio: one or two letters of ten differ
LENGTHS = 3  # letters that a misspelled name is longer or shorter, at most


@dataclass(frozen=True)
class City:
    """A city, town or post office; the position is the middle of its ZIP codes in degrees."""

    name: str
    state: str
    zips: int  # how many ZIP codes are its own: a measure of its size
    latitude: float
    longitude: float


def named(name: str) -> list[City]:
    """The cities of a name in every state, the largest first."""
    wanted = key(name)
    found = []
    for line in _lines_from(wanted):
        city = _read(line)
        if key(city.name) != wanted:
            break
        found.append(city)
    return sorted(found, key=lambda city: (-city.zips, city.state))


def alike(name: str, *, state: str = "", most: int = 5) -> list[City]:
    """Cities whose names begin with the same letter and are almost spelled so; of one state, when it is given."""
    wanted = key(name)
    near: dict[str, list[City]] = {}
    for line in _lines_from(wanted[:1]):
        if state and line.split(b"\t", 2)[1].decode() != state:
            continue
        city = _read(line)
        found = key(city.name)
        if found[:1] != wanted[:1]:
            break
        if abs(len(found) - len(wanted)) <= LENGTHS:
            near.setdefault(found, []).append(city)
    best = get_close_matches(wanted, near, n=most, cutoff=ALIKE)
    cities = [city for found in best for city in sorted(near[found], key=lambda city: -city.zips)]
    return cities[:most]


@cache
def _data() -> mmap.mmap:
    with FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _lines_from(wanted: str) -> Iterator[bytes]:
    """The lines of the file in their order, from the first whose key is not before the wanted one."""
    data = _data()
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", 0, (low + high) // 2) + 1
        end = data.find(b"\n", start)
        if key(_read(data[start:end]).name) < wanted:
            low = end + 1
        else:
            high = start
    while low < len(data):
        end = data.find(b"\n", low)
        yield data[low:end]
        low = end + 1


def _read(line: bytes) -> City:
    name, state, zips, latitude, longitude = line.decode().split("\t")
    return City(name, state, int(zips), float(latitude), float(longitude))

"""Where a ZIP code is, from data/zips.bin by binary search: the file is mapped, never read whole.

data/build_zips.py wrote the file and describes it.
"""

import mmap
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "zips.bin"
HEAD, ROW = 4, 12  # bytes
NO_POSITION = -(1 << 23)
MILITARY = ("AA", "AE", "AP")  # what stands for a state in an address of the armed forces
_TYPED = re.compile(r"(\d{5})(?:[-\s]?\d{4})?", re.ASCII)


class NotAZip(ValueError):
    """What was typed is not five digits."""


class UnknownZip(ValueError):
    """Five digits that are no ZIP code."""


class UnplacedZip(ValueError):
    """A ZIP code without a position."""


class MilitaryZip(UnplacedZip):
    """A ZIP code of ships and posts overseas, which have no fixed place."""


@dataclass(frozen=True)
class Zip:
    code: str
    city: str
    state: str
    latitude: float
    longitude: float


def find(typed: str) -> Zip:
    """The ZIP code that somebody typed; nine digits are taken by their first five.

    Raises NotAZip, UnknownZip, MilitaryZip or UnplacedZip.
    """
    shape = _TYPED.fullmatch(typed.strip())
    if not shape:
        raise NotAZip(typed)
    code = shape[1]
    data = _data()
    count = int.from_bytes(data[:HEAD], "big")
    start = _search(data, int(code), count)
    if start is None:
        raise UnknownZip(code)
    latitude, longitude = _number(data, start + 3), _number(data, start + 6)
    name_at = HEAD + count * ROW + int.from_bytes(data[start + 9 : start + 12], "big")
    city, state = data[name_at + 1 : name_at + 1 + data[name_at]].decode().split("\t")
    if latitude == NO_POSITION:
        raise MilitaryZip(code) if state in MILITARY else UnplacedZip(code)
    return Zip(code, city, state, latitude / 10_000, longitude / 10_000)


@cache
def _data() -> mmap.mmap:
    with FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _search(data: mmap.mmap, code: int, count: int) -> int | None:
    """Where the row of a ZIP code begins, or None."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        start = HEAD + middle * ROW
        found = int.from_bytes(data[start : start + 3], "big")
        if found == code:
            return start
        low, high = (middle + 1, high) if found < code else (low, middle)
    return None


def _number(data: mmap.mmap, start: int) -> int:
    return int.from_bytes(data[start : start + 3], "big", signed=True)

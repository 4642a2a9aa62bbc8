"""Writes zips.bin and cities.tsv from the package `zipcodes` (MIT licence).

The package loads 40 times these files' size into memory, so it is no dependency: run this once, when it has
new data, in an environment of its own:

    python3 -m venv /tmp/zips && /tmp/zips/bin/pip install zipcodes
    PYTHONPATH=. /tmp/zips/bin/python sites/jurisdictions/data/build_zips.py

zips.bin: the number of rows (u32), the rows in the order of their ZIP codes, then the names. A row is the ZIP
code, the latitude and the longitude in ten-thousandths of a degree (NO_POSITION: none), and where its name
begins, each a big-endian 24-bit integer. A name is its length in one byte and "City\\tST" in UTF-8.

cities.tsv: a line for each city of a state, in the order of place_names.key(name), then of the state: name,
state, number of its ZIP codes, latitude, longitude. Towns with nothing but post-office boxes are among them.
Names that the post office takes besides its own for a ZIP code count as towns too, with no ZIP codes of their
own, unless they are another name cut short.
"""

import re
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from sites.jurisdictions.place_names import STATES, WINDS, key, words

FOLDER = Path(__file__).parent
NO_POSITION = -(1 << 23)
# How the package writes names, and how people do.
SPELLINGS = (
    (re.compile(r"\bMc ?([a-z])", re.IGNORECASE), lambda found: "Mc" + found[1].upper()),
    (re.compile(r"\bO ([A-Z][a-z])"), r"O'\1"),
    (re.compile(r" D ([A-Z])"), r" d'\1"),
    (re.compile(r"-[a-z]"), lambda found: found[0].upper()),
    (re.compile(r"\b(St|Saint)\b(?=.)"), "St."),
    (re.compile(r"^([NSEW]) "), lambda found: WINDS[found[1].lower()].title() + " "),
    (re.compile(r"\bTwp$"), "Township"),
    (re.compile(r"^Nyc$"), "NYC"),
)


def positions(rows: list[dict]) -> dict[str, tuple[float, float] | None]:
    """The position of each ZIP code; one without (0, 0) takes the mean of its city's others, if any.

    Military mail has no place, whatever the package says: some of it stands in England.
    """
    known = defaultdict(list)
    for row in rows:
        if point := _point(row):
            known[row["city"], row["state"]].append(point)
    found: dict[str, tuple[float, float] | None] = {}
    for row in rows:
        others = known.get((row["city"], row["state"]))
        found[row["zip_code"]] = _point(row) or (_mean(others) if others else None)
    return found


def _point(row: dict) -> tuple[float, float] | None:
    point = float(row["lat"]), float(row["long"])
    return point if any(point) and row["zip_code_type"] != "MILITARY" else None


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return fmean(point[0] for point in points), fmean(point[1] for point in points)


def pack(rows: list[dict]) -> bytes:
    """The content of zips.bin."""
    rows = sorted(rows, key=lambda row: row["zip_code"])
    where = positions(rows)
    names, offsets = bytearray(), {}
    table = bytearray()
    for row in rows:
        name = f"{row['city']}\t{row['state']}".encode()
        if name not in offsets:
            offsets[name] = len(names)
            names += bytes([len(name)]) + name
        point = where[row["zip_code"]]
        parts = [round(degrees * 10_000) for degrees in point] if point else [NO_POSITION, NO_POSITION]
        for number in (int(row["zip_code"]), *parts, offsets[name]):
            table += struct.pack(">i", number)[1:]
    return struct.pack(">I", len(rows)) + bytes(table) + bytes(names)


def cities(rows: list[dict]) -> str:
    """The content of cities.tsv."""
    own, besides = defaultdict(list), defaultdict(list)
    for row in rows:
        point = _point(row)
        if not point or row["state"] not in STATES:
            continue
        own[key(row["city"]), row["state"]].append((row["city"], point))
        for name in _other_names(row):
            besides[key(name), row["state"]].append((name, point))
    lines = []
    for place in sorted({*own, *besides}):
        named = own.get(place) or besides[place]
        latitude, longitude = _mean([point for _, point in named])
        name = _spelled(min(name for name, _ in named))
        lines.append(f"{name}\t{place[1]}\t{len(own.get(place, ()))}\t{latitude:.4f}\t{longitude:.4f}\n")
    return "".join(lines)


def _other_names(row: dict) -> Iterator[str]:
    """Names that the post office takes for a ZIP code besides its own, without those that are cut short.

    The other names of a ZIP code that one company or office has to itself are names of buildings.
    """
    if row["zip_code_type"] == "UNIQUE":
        return
    names = [row["city"], *row["acceptable_cities"]]
    for name in row["acceptable_cities"]:
        is_plain = not re.search(r"[^A-Za-z' -]|\b(County|Firms?|Univ|Coll|Bldg|Ctr)\b", name)
        if is_plain and not any(_is_cut_short(name, other) for other in names):
            yield name


def _is_cut_short(name: str, other: str) -> bool:
    """Whether each word of a name is a shorter way to write the same word of another: "Airway Hgts"."""
    ours, theirs = words(name), words(other)
    pairs = list(zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and ours != theirs and all(_shortens(*pair) for pair in pairs)


def _shortens(short: str, long: str) -> bool:
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _spelled(name: str) -> str:
    for pattern, written in SPELLINGS:
        name = pattern.sub(written, name)
    return name


if __name__ == "__main__":
    import zipcodes

    everything = zipcodes.list_all()
    for file, content in (
        (FOLDER / "zips.bin", pack(everything)),
        (FOLDER / "cities.tsv", cities(everything).encode()),
    ):
        file.write_bytes(content)
        sys.stdout.write(f"{file}: {len(content):,} bytes\n")

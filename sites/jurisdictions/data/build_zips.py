"""Writes zips.bin, the ZIP codes with their positions, from the package `zipcodes` (MIT licence).

The package loads 40 times this file's size into memory, so it is no dependency: run this once, when it has
new data, in an environment of its own:

    python3 -m venv /tmp/zips && /tmp/zips/bin/pip install zipcodes
    /tmp/zips/bin/python sites/jurisdictions/data/build_zips.py

The file: the number of rows (u32), the rows in the order of their ZIP codes, then the names. A row is the ZIP
code, the latitude and the longitude in ten-thousandths of a degree (NO_POSITION: none), and where its name
begins, each a big-endian 24-bit integer. A name is its length in one byte and "City\\tST" in UTF-8.
"""

import struct
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

FILE = Path(__file__).parent / "zips.bin"
NO_POSITION = -(1 << 23)


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
        mean = (fmean(p[0] for p in others), fmean(p[1] for p in others)) if others else None
        found[row["zip_code"]] = _point(row) or mean
    return found


def _point(row: dict) -> tuple[float, float] | None:
    point = float(row["lat"]), float(row["long"])
    return point if any(point) and row["zip_code_type"] != "MILITARY" else None


def pack(rows: list[dict]) -> bytes:
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


if __name__ == "__main__":
    import zipcodes

    FILE.write_bytes(pack(zipcodes.list_all()))
    sys.stdout.write(f"{FILE}: {FILE.stat().st_size:,} bytes\n")

"""Writes the outlines of states and counties from the npm package us-atlas 3.0.1 (ISC licence), which holds
the cartographic boundary files of the Census, 2017 edition. The site never runs this; run it by hand:

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz        (it unpacks into package/)
    python -m sites.jurisdictions.data.build_outlines package

It writes, beside itself:
    us-states.json      the national map's outlines of the states, on its field of 975 by 610
    state-maps/xx.json  each state with its county lines, for its own map (see state_drawings.py)
    geography.bin       the borders of all counties in degrees (see geography.py)
"""

import csv
import json
import sys
import zlib
from collections import defaultdict
from pathlib import Path

from sites.jurisdictions.data.atlas import Atlas, Line, Point, area, joined, thinned
from sites.jurisdictions.data.state_drawings import Drawing

HERE = Path(__file__).parent
LEAST_TRIANGLE = 8.0  # square units of the national field: what thinned() may leave out
DISTRICT, FINE_TRIANGLE = "11", 0.2  # so small that little would be left of it
LEAST_ISLAND = 3.0
# Islands that people live on and that the eye looks for are kept although they are small.
SMALLER_ISLANDS = {"HI": 0.8, "RI": 0.8, "NY": 2.0, "MA": 1.5, "WA": 1.5, "FL": 1.0, "MI": 1.5}


def states() -> dict[str, str]:
    """The postal abbreviation of each state by its code."""
    with (HERE / "counties.csv").open(encoding="utf-8") as file:
        return {row["fips"][:2]: row["usps"] for row in csv.DictReader(file)}


def write_national(atlas: Atlas) -> None:
    """The names stay where a person has put them."""
    file = HERE / "us-states.json"
    labels = {row["usps"]: row["label"] for row in json.loads(file.read_text(encoding="utf-8"))["states"]}
    fine = atlas.used([atlas.states[DISTRICT]])
    arcs = [
        thinned(arc, FINE_TRIANGLE if number in fine else LEAST_TRIANGLE)
        for number, arc in enumerate(atlas.arcs)
    ]
    rows = []
    for fips, usps in sorted(states().items()):
        if fips not in atlas.states:
            continue
        lines = sorted((joined(ring, arcs) for ring in atlas.states[fips]), key=lambda line: -abs(area(line)))
        least = SMALLER_ISLANDS.get(usps, LEAST_ISLAND)
        kept = [line for place, line in enumerate(lines) if not place or abs(area(line)) >= least]
        path = "".join(_absolute(line) for line in kept)
        name = atlas.names[fips]
        rows.append({"fips": fips, "usps": usps, "name": name, "label": labels[usps], "path": path})
    text = ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows)
    file.write_text(f'{{"viewbox": [975, 610],\n "states": [\n  {text}\n ]}}\n', encoding="utf-8")


def _absolute(line: Line) -> str:
    points = dict.fromkeys(f"{round(x, 1):g},{round(y, 1):g}" for x, y in line)
    return f"M{'L'.join(points)}Z"


def write_state_maps(atlas: Atlas, flat: Atlas) -> None:
    folder = HERE / "state-maps"
    folder.mkdir(exist_ok=True)
    for fips, usps in states().items():
        data = Drawing(usps, fips, atlas, flat).as_data()
        lines = [f"{json.dumps(key)}:{_one_a_line(value)}" for key, value in data.items()]
        (folder / f"{usps.lower()}.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def _one_a_line(value) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, separators=(",", ":"))
    return "{\n" + ",\n".join(f"{json.dumps(k)}:{json.dumps(v)}" for k, v in value.items()) + "}"


def write_geography(flat: Atlas) -> None:
    by_state: dict[str, list[str]] = defaultdict(list)
    for code in sorted(flat.counties):
        by_state[states()[code[:2]]].append(code)
    index, blocks = {}, b""
    for usps, codes in by_state.items():
        block = zlib.compress(_packed(flat, codes), 9)
        index[usps] = {"at": len(blocks), "length": len(block), "boxes": _boxes(flat, codes)}
        blocks += block
    head = {"scale": flat.scale, "shift": flat.shift, "states": index}
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    (HERE / "geography.bin").write_bytes(line + blocks)


def _packed(flat: Atlas, codes: list[str]) -> bytes:
    numbers = [len(codes)]
    for code in codes:
        numbers += [int(code), len(flat.counties[code])]
        for ring in flat.counties[code]:
            points = joined(ring, flat.whole_arcs)
            numbers.append(len(points))
            x = y = 0
            for here in points:
                numbers += [here[0] - x, here[1] - y]
                x, y = here
    return b"".join(_varint(number) for number in numbers)


def _varint(number: int) -> bytes:
    number = number << 1 if number >= 0 else (-number << 1) - 1
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


def _boxes(flat: Atlas, codes: list[str]) -> list[list[float]]:
    """West, south, east, north, a little too large; one on each side of Greenwich, since Alaska has both."""
    rings = [ring for code in codes for ring in flat.counties[code]]
    points = {point for ring in rings for point in joined(ring, flat.arcs)}
    sides = [[p for p in points if p[0] < 0], [p for p in points if p[0] >= 0]]
    return [_box(side) for side in sides if side]


def _box(points: list[Point]) -> list[float]:
    xs, ys = zip(*points, strict=True)
    return [round(v, 3) for v in (min(xs) - 0.001, min(ys) - 0.001, max(xs) + 0.001, max(ys) + 0.001)]


def main(package: Path) -> None:
    albers = Atlas(package / "counties-albers-10m.json")
    flat = Atlas(package / "counties-10m.json")
    write_national(Atlas(package / "states-albers-10m.json"))
    write_state_maps(albers, flat)
    write_geography(flat)
    for path in [HERE / "us-states.json", HERE / "geography.bin", *sorted(HERE.glob("state-maps/*"))]:
        sys.stdout.write(f"{path.relative_to(HERE)}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

import csv
from pathlib import Path

import pytest

from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.projection import project


def points(name: str) -> list[dict]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


POINTS = points("albers-usa-points.csv") + points("albers-usa-edges.csv")


@pytest.mark.parametrize("row", POINTS, ids=lambda row: row["place"])
def test_a_point_falls_where_d3_puts_it(row):
    found = project(float(row["longitude"]), float(row["latitude"]))
    if not row["x"]:
        assert found is None
    else:
        assert found == pytest.approx((float(row["x"]), float(row["y"])), abs=0.1)


@pytest.mark.parametrize(("longitude", "latitude"), [(144.75, 13.47), (-170.7, -14.27), (0, 0), (-0.1, 51.5)])
def test_what_the_map_does_not_hold_has_no_point(longitude, latitude):
    assert project(longitude, latitude) is None


def test_a_capital_falls_into_the_outline_of_its_state():
    left, top, right, bottom = OUTLINES["NM"].box
    x, y = project(-105.94, 35.69)
    assert left < x < right and top < y < bottom


def test_outlines_are_drawn_in_steps_and_closed():
    for outline in OUTLINES.values():
        for path in (outline.path(0), outline.path(1)):
            assert path.startswith("M") and path.endswith("z") and "nan" not in path


@pytest.mark.parametrize(
    ("usps", "island", "longitude", "latitude"),
    [
        ("HI", "Kauai", -159.53, 22.05),
        ("HI", "Oahu", -157.98, 21.46),
        ("HI", "Molokai", -157.02, 21.13),
        ("HI", "Lanai", -156.93, 20.83),
        ("HI", "Maui", -156.25, 20.8),
        ("HI", "Hawaii", -155.5, 19.6),
        ("AK", "Kodiak", -153.6, 57.45),
        ("WA", "Whidbey", -122.67, 48.22),
        ("MI", "Isle Royale", -88.9, 48.0),
        ("NY", "Long Island", -73.1, 40.85),
        ("MA", "Martha's Vineyard", -70.62, 41.39),
        ("MA", "Nantucket", -70.05, 41.28),
    ],
)
def test_the_islands_that_people_look_for_are_drawn(usps, island, longitude, latitude):
    x, y = project(longitude, latitude)
    assert any(_within(ring, x, y) for ring in OUTLINES[usps].rings), island


def _within(ring, x: float, y: float) -> bool:
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    return (
        sum((b > y) != (d > y) and x < a + (y - b) * (c - a) / (d - b) for (a, b), (c, d) in sides) % 2 == 1
    )

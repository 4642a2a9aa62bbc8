import csv
from pathlib import Path

import pytest

from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.projection import project

with (Path(__file__).parent / "albers-usa-points.csv").open(encoding="utf-8") as file:
    POINTS = list(csv.DictReader(file))


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

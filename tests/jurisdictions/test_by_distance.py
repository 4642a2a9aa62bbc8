"""Places by their distance: right, stable, and no further sorted than is asked for."""

import random

import pytest

from sites.jurisdictions.by_distance import ByDistance, on_the_globe
from sites.jurisdictions.distance import miles

HERE = (35.687, -105.938)


@pytest.fixture
def spots():
    chance = random.Random(4)
    return [(chance.uniform(-15, 72), chance.uniform(-180, 180)) for _ in range(400)] + [HERE, HERE]


def by_distance(spots, unplaced=()) -> ByDistance:
    points = [on_the_globe(*spot) for spot in spots]
    return ByDistance(list(range(len(spots))), points, on_the_globe(*HERE), unplaced)


def test_the_order_is_that_of_the_miles_and_equals_keep_theirs(spots):
    order = sorted(range(len(spots)), key=lambda n: miles(*HERE, *spots[n]))
    assert list(by_distance(spots)) == order
    assert order[:2] == [400, 401]


@pytest.mark.parametrize(("first", "last"), [(0, 50), (50, 100), (390, 440), (0, 0), (500, 550)])
def test_a_page_of_it_is_a_page_of_the_whole(spots, first, last):
    found = by_distance(spots, unplaced=[900, 901])
    assert found[first:last] == list(found)[first:last]
    assert list(found)[-2:] == [900, 901] and len(found) == 404


@pytest.mark.parametrize("within", [0.5, 100, 1000, 9000])
def test_it_counts_those_within_so_many_miles(spots, within):
    assert by_distance(spots).count_within(within) == sum(miles(*HERE, *spot) <= within for spot in spots)

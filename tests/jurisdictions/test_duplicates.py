"""Entries that may tell of one place twice are pointed out; nothing is refused."""

import pytest

from sites.jurisdictions.duplicates import all_likely_duplicates, likely_duplicates
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "fields", "is_like"),
    [
        ("Santa Fe County LEAD Program", {"county_fips": "35049"}, True),
        ("LEAD Santa Fé", {"county_fips": "35049 35028"}, True),
        ("LEAD Santa Fee", {"county_fips": "35049"}, True),
        ("LEAD Santa Fe second", {"county_fips": "35049"}, True),
        ("Let us begin", {"county_fips": "35049"}, True),
        ("Let us begin", {"county_fips": "35049", "kind": "county"}, False),
        ("L.E.A.D. Santa Fe", {"county_fips": "35049", "locality": "Elsewhere"}, True),
        ("LEAD Española", {"county_fips": "35049", "locality": "Española"}, False),
        ("LEAD Santa Fe", {"county_fips": "35028"}, False),
        ("LEAD Santa Fe", {"county_fips": ""}, False),
        ("Let us begin", {"geoid": "3570500"}, True),
        ("Let us begin", {"geoid": "3570501"}, False),
    ],
)
def test_the_same_county_and_a_similar_name_or_the_same_code_make_a_likely_duplicate(name, fields, is_like):
    first = make_place(county_fips="35049", geoid="3570500")
    other = make_place(name=name, slug="other", **fields)
    assert likely_duplicates(other) == ([first] if is_like else [])
    assert all_likely_duplicates() == ({first.pk, other.pk} if is_like else set())


def test_a_name_of_common_words_is_compared_by_its_locality():
    first = make_place(name="LEAD", locality="Santa Fe", county_fips="35049")
    other = make_place(name="County LEAD program", slug="other", locality="Tesuque", county_fips="35049")
    assert likely_duplicates(other) == []
    other.locality = "Santa Fe"
    assert likely_duplicates(other) == [first]


def test_a_place_that_is_not_saved_yet_is_compared_too():
    first = make_place(county_fips="35049")
    copy = type(first)(name="Santa Fe LEAD", locality="Santa Fe", county_fips="35049", state=first.state)
    assert likely_duplicates(copy) == [first]


def test_looking_for_them_costs_two_queries(django_assert_num_queries):
    first = make_place(county_fips="35049")
    make_place(slug="other", county_fips="35049")
    with django_assert_num_queries(2):
        assert len(likely_duplicates(first)) == 1
    with django_assert_num_queries(1):
        assert len(all_likely_duplicates()) == 2

"""The index in memory answers as the database does, holds public places only, and follows every change."""

import itertools
from datetime import date

import pytest

from sites.certification.models import Certificate
from sites.jurisdictions import near
from sites.jurisdictions.directory import Directory, asked_of_database
from sites.jurisdictions.facets import years
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.index import directory_index
from sites.jurisdictions.models import Jurisdiction, Stage, State
from tests.jurisdictions.factories import STAGES, make_change, make_place
from tests.staff.factories import make_staff

pytestmark = pytest.mark.django_db
KINDS, SETTINGS = ("city", "county", "region"), ("", "urban", "rural")


@pytest.fixture
def many():
    """Thirty places unlike each other, some without a position, a history or a trait; two in two states."""
    for n in range(30):
        place = make_place(
            slug=f"p{n}", name=f"{'ZMA'[n % 3]}ountain {n % 7}", usps=("NM", "NY", "WA", "PR")[n % 4],
            kind=KINDS[n % 3], setting=SETTINGS[n % 3], population=("", "10k-50k")[n % 2],
            lead_agency_kind=("", "police", "health")[n % 3], hosts_visits=("", "yes", "no")[n % 3],
            locality=f"Doña {'Ana' if n % 5 else 'Bell'}", stage=None,
            latitude=None if n % 10 == 9 else 30 + n / 2, longitude=None if n % 10 == 9 else -100 - n,
        )  # fmt: skip
        for step in range(n % 4):
            make_change(place, stage=STAGES[(n + step) % 6], year=2012 + (n + 3 * step) % 14)
        if n % 8 == 1:
            place.also_in.add(State.objects.get(usps="TX"))
        if n % 6 == 2:
            certify(place, date(2018, 5, 1), date(2019, 12, 31) if n % 4 else date(2099, 1, 1))


def certify(place, granted, until):
    Certificate.objects.create(
        number=f"C-{place.pk}", jurisdiction=place, program="P", granted_on=granted, valid_until=until,
        assessed_by="A", granted_by=make_staff(f"u{place.pk}"),
    )  # fmt: skip


def questions():
    parts = {
        "words": ("", "doña bell", "moun 3", "zzz"),
        "state": ("", "NM", "TX", "OH"),
        "stage": ("", "operating", "unknown"),
        "certified": (False, True),
        "year": (None, 2017, 2019),
        "setting": ("", "unknown", "rural"),
    }
    for values in itertools.product(*parts.values()):
        asked = dict(zip(parts, values, strict=True))
        usps = asked.pop("state")
        yield Filters(**asked, state=State.objects.get(usps=usps) if usps else None)
    for name, value in (
        ("kind", "county"), ("population", "10k-50k"), ("population", "unknown"), ("agency", "police"),
        ("agency", "unknown"), ("visits", "no"), ("visits", "unknown"),
    ):  # fmt: skip
        yield Filters(**{name: value})


def facts(place) -> tuple:
    return place.pk, place.stage, place.launch_year, place.certified


def test_the_index_finds_what_the_database_finds_for_every_question(many):
    index, found = directory_index(), set()
    for filters in questions():
        directory = Directory(filters, index)
        from_index = sorted(facts(entry) for entry in directory.entries())
        assert from_index == sorted(facts(place) for place in asked_of_database(filters)), filters
        assert directory.total == len(from_index)
        found.add(directory.total)
    assert len(found) > 8  # the questions are worth asking


@pytest.mark.parametrize("year", [None, 2018])
@pytest.mark.parametrize("sort", ["", "state", "name", "launch", "distance"])
@pytest.mark.parametrize("typed", ["", "87501"])
def test_the_index_and_the_database_give_one_order(many, year, sort, typed):
    directory = Directory(Filters(year=year, sort=sort, near=near.find(typed)[0] if typed else None))
    entries = [directory.index.entries[number].pk for number in directory.numbers]
    assert entries == [place.pk for place in directory.ordered()]


def test_counts_beside_filters_are_what_their_links_leave(many):
    filters = Filters(setting="rural", year=2019)
    directory = Directory(filters)
    for name in ("kind", "setting", "population", "agency", "visits"):
        for value, count in directory.by_trait(name).items():
            asked = Filters(**{"setting": "rural", "year": 2019, name: value})
            assert Directory(asked).total == count, (name, value)
    for year in years(Directory(Filters(words="moun", certified=True))):
        assert Directory(Filters(words="moun", certified=True, year=year.year)).total == year.count


def test_only_named_places_are_in_the_index():
    make_place()
    make_place(slug="counted", visibility="counted", ground="")
    make_place(slug="hidden", visibility="hidden", ground="")
    assert [entry.slug for entry in directory_index().entries] == ["santa-fe"]


def test_the_index_is_built_once_and_anew_when_something_changed(django_assert_num_queries):
    place = make_place()
    index = directory_index()
    with django_assert_num_queries(1):
        assert directory_index() is index
    make_change(place, stage=Stage.ENDED, year=2020)
    assert [entry.stage for entry in directory_index().entries] == ["ended"]
    Jurisdiction.objects.all().delete()
    assert directory_index().entries == []


def test_building_takes_four_queries_and_the_stamp(django_assert_num_queries, many):
    with django_assert_num_queries(5):
        directory_index()


def test_a_region_is_found_in_each_state_that_it_reaches_into(client):
    make_place(kind="region", name="Four Corners").also_in.add(State.objects.get(usps="CO"))
    for slug in ("nm", "co"):
        assert [p.name for p in client.get(f"/sites/?state={slug}").context["places"]] == ["Four Corners"]
    page = client.get("/sites/co/").content.decode()
    assert (
        "It reaches into Colorado." in page
        and "reaches into" not in client.get("/sites/nm/").content.decode()
    )

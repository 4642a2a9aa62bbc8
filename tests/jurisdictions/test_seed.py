"""The first content says what its sources say."""

import csv
from datetime import date

import pytest
from django.db.models import Q

from leadbureau.kit.seed_files import SeedError
from sites.jurisdictions.models import Jurisdiction, State, StateMeasure
from sites.jurisdictions.seeding import SEED, load, load_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded():
    load()


def rows():
    with (SEED / "places.csv").open(encoding="utf-8", newline="") as file:
        return {(row["state"], row["slug"]): row for row in csv.DictReader(file)}


def test_every_place_has_the_stage_and_the_start_of_its_row(seeded):
    expected = {
        key: (
            row["stage"],
            row["launched_date"][:4] or (row["launched_year"] if row["stage"] != "developing" else ""),
        )
        for key, row in rows().items()
    }
    found = {
        (place.state.usps, place.slug): (place.stage, str(place.launch_year or ""))
        for place in Jurisdiction.objects.public().staged().select_related("state")
    }
    assert found == expected
    assert len(found) == 79


def slugs_by_stage(year):
    """Stage to the places that were there at the end of a year."""
    found = {}
    for place in Jurisdiction.objects.public().as_of(date(year, 12, 31)):
        found.setdefault(place.stage, set()).add(place.slug)
    return found


FIRST = {"seattle-king-county", "santa-fe", "charleston"}
BEGUN_BY_2017 = {
    "fayetteville", "san-francisco", "los-angeles-county", "baltimore", "portland", "bangor", "new-haven",
    "atlanta", "new-orleans", "philadelphia",
}  # fmt: skip


def test_at_the_end_of_2014_three_places_had_begun(seeded):
    assert slugs_by_stage(2014) == {"launched": FIRST}


def test_at_the_end_of_2017_three_were_seen_running_and_twelve_had_begun(seeded):
    assert slugs_by_stage(2017) == {
        "operating": {"seattle-king-county", "albany", "wilmington"},
        "launched": BEGUN_BY_2017 | {"santa-fe", "charleston"},
        "developing": {"honolulu"},
        "exploring": {"louisville"},
    }


def test_at_the_end_of_2020_forty_places_were_known_and_one_had_ended(seeded):
    then = slugs_by_stage(2020)
    assert then.pop("operating") == {
        "seattle-king-county", "santa-fe", "charleston", "albany", "wilmington", "los-angeles-county",
        "alamosa", "denver", "longmont", "pueblo-county", "honolulu", "kauai", "rio-arriba-county",
    }  # fmt: skip
    assert then.pop("launched") == (BEGUN_BY_2017 - {"san-francisco", "los-angeles-county"}) | {
        "waynesville", "statesville", "mercer-county", "west-virginia", "las-vegas", "bernalillo-county",
        "schoharie-county", "maui", "hawaii-island", "bel-air", "clackamas-county", "snohomish-county",
        "whatcom-county", "jacksonville", "waldo-and-knox",
    }  # fmt: skip
    assert then == {
        "ended": {"san-francisco"},
        "exploring": {"las-cruces", "louisville"},
        "developing": {"hamilton-county"},
    }


def test_at_the_end_of_2026_every_place_is_known(seeded):
    now = slugs_by_stage(2026)
    assert {stage: len(slugs) for stage, slugs in now.items()} == {
        "operating": 49, "launched": 15, "developing": 6, "exploring": 6, "ended": 3,
    }  # fmt: skip
    assert now["ended"] == {"san-francisco", "portland", "new-haven"}


def story(slug):
    place = Jurisdiction.objects.with_history().get(slug=slug)
    return [(change.stage, change.when.iso() if change.when else "") for change in place.history()]


@pytest.mark.parametrize(
    ("slug", "steps"),
    [
        ("san-francisco", [("launched", "2017"), ("operating", "2020-01-01"), ("ended", "2020")]),
        ("portland", [("launched", "2017-02"), ("ended", "2021")]),
        ("santa-fe", [("launched", "2014"), ("operating", "2019-09-11"), ("operating", "2021-12-22")]),
        ("clackamas-county", [("developing", "2018-12-12"), ("launched", "2019")]),
        ("maui", [("developing", "2018"), ("launched", "2019"), ("operating", "")]),
        ("dutchess-county", [("launched", "2022-12-16")]),
    ],
)
def test_the_steps_of_a_place_are_told_in_their_order_and_once(seeded, slug, steps):
    assert story(slug) == steps


def test_a_step_of_a_place_that_nobody_knows_stops_the_load(seeded):
    with pytest.raises(SeedError, match=r"changes\.csv, atlantis, 2017: there is no such place"):
        load_changes([{"state": "CA", "slug": "atlantis", "where": "changes.csv, atlantis, 2017"}])


def test_the_seed_names_each_place_because_a_public_source_does(seeded):
    places = Jurisdiction.objects.order_by().values_list("visibility", "ground", "consent_by").distinct()
    assert list(places) == [("named", "public-source", "")]
    assert not Jurisdiction.objects.filter(source_title="").exists()


def test_the_census_code_of_a_place_is_as_long_as_its_kind_says(seeded):
    lengths = {"city": 7, "county": 5, "state": 2, "region": 0}
    for place in Jurisdiction.objects.select_related("state"):
        assert len(place.geoid) == lengths[place.kind], place
        assert not place.geoid or place.geoid.startswith(place.state.fips), place
        assert place.kind != "county" or place.geoid == place.county_fips, place
    codes = dict(Jurisdiction.objects.values_list("slug", "geoid"))
    assert (codes["santa-fe"], codes["whatcom-county"], codes["new-jersey"]) == ("3570500", "53073", "34")
    assert len({code for code in codes.values() if code}) == 77


def test_a_region_lists_its_counties(seeded):
    regions = {place.slug: place for place in Jurisdiction.objects.filter(kind="region")}
    assert {slug: [county.full_name for county in place.counties] for slug, place in regions.items()} == {
        "waldo-and-knox": ["Knox County", "Waldo County"],
        "greenbrier-nicholas-pocahontas": ["Greenbrier County", "Nicholas County", "Pocahontas County"],
    }


def test_what_is_said_of_places_in_chosen_words_is_the_same_on_every_installation(seeded):
    rows = Jurisdiction.objects.values_list("slug", "population", "setting", "lead_agency_kind")
    found = {slug: words for slug, *words in rows}
    assert found["seattle-king-county"] == ["over-1m", "urban", "nonprofit"]
    assert found["schoharie-county"] == ["10k-50k", "mixed", "sheriff"]
    assert found["alamosa"] == ["under-10k", "rural", "local-government"]
    assert found["new-jersey"] == ["", "", ""]
    assert [sum(bool(words[at]) for words in found.values()) for at in range(3)] == [77, 77, 54]


def test_only_a_place_that_a_source_calls_a_host_hosts_visits(seeded):
    assert [place.slug for place in Jurisdiction.objects.exclude(hosts_visits="")] == ["seattle-king-county"]
    assert Jurisdiction.objects.get(slug="allegheny-county").local_partners == "CONNECT\nPassages to Recovery"


def test_a_date_of_a_report_is_no_date_of_launch(seeded):
    place = Jurisdiction.objects.staged().get(slug="dutchess-county")
    assert (place.stage, place.launch_year, place.change_on().dated_by) == ("launched", None, "report")


def test_a_planned_start_is_not_recorded_as_a_start(seeded):
    place = Jurisdiction.objects.staged().get(slug="chester-county")
    assert (place.stage, place.launch_year, place.changes.count()) == ("developing", None, 1)


@pytest.mark.parametrize(
    ("usps", "laws_and_money"),
    [
        ("CA", [("law", 2016), ("money", 2017)]),
        ("CO", [("money", 2017)]),
        ("HI", [("money", 2017), ("law", 2018)]),
        ("NC", [("money", 2023)]),
        ("NM", [("money", 2021), ("money", 2023), ("law", 2025)]),
        ("WV", [("money", 2018)]),
        (
            "WA",
            [("money", 2012), ("law", 2019), ("money", 2019), ("money", 2020), ("law", 2021), ("law", 2023)],
        ),
    ],
)
def test_the_laws_and_money_of_a_state_stand_in_their_order(seeded, usps, laws_and_money):
    told = StateMeasure.objects.filter(state__usps=usps, kind__in=["law", "money"])
    assert [(measure.kind, measure.year) for measure in told] == laws_and_money


def test_laws_and_money_have_a_date_and_a_source(seeded):
    assert StateMeasure.objects.count() == 33
    assert not StateMeasure.objects.filter(Q(source_url="") | Q(source_title="") | Q(date_label="")).exists()
    assert State.objects.get(usps="CA").summary


def test_every_position_lies_in_its_state(seeded):
    for place in Jurisdiction.objects.select_related("state"):
        place.full_clean()


def test_a_second_load_changes_nothing_and_identifiers_are_the_same_everywhere(seeded):
    before = dict(Jurisdiction.objects.values_list("identifier", "slug"))
    assert load() == 0
    Jurisdiction.objects.all().delete()
    State.objects.all().delete()
    load()
    assert dict(Jurisdiction.objects.values_list("identifier", "slug")) == before

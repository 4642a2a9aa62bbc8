import pytest

from sites.jurisdictions import cities, near
from sites.jurisdictions.counties import counties
from sites.jurisdictions.geography import lies_in
from sites.jurisdictions.place_names import STATES, key, state_of

pytestmark = pytest.mark.django_db  # the words of a refusal may be staff's own


def labels(typed: str) -> list[str]:
    return [point.label for point in near.find(typed)]


def refused(typed: str) -> near.NoPoint:
    with pytest.raises(near.NoPoint) as refusal:
        near.find(typed)
    return refusal.value


@pytest.mark.parametrize(
    "typed", ["87501", " 87501-1234 ", "875011234", "Santa Fe, NM 87501", "santa fe 87501"]
)
def test_a_zip_code_is_a_point_with_its_town(typed):
    (point,) = near.find(typed)
    assert (point.kind, point.code, point.label) == ("zip", "87501", "87501 (Santa Fe, NM)")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Santa Fe NM", "Santa Fe, NM"),
        ("santa fe, new mexico", "Santa Fe, NM"),
        ("SANTA  FE,NM", "Santa Fe, NM"),
        ("St. Paul MN", "St. Paul, MN"),
        ("saint paul, minn.", "St. Paul, MN"),
        ("Ft Worth", "Fort Worth, TX"),
        ("N Las Vegas", "North Las Vegas, NV"),
        ("dona ana", "Dona Ana, NM"),
        ("O Fallon, Missouri", "O'Fallon, MO"),
        ("Winston-Salem", "Winston Salem, NC"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("Washington, D.C.", "Washington, DC"),
        ("DC", "Washington, DC"),
        ("New York City", "New York, NY"),
        ("Kansas City, KS", "Kansas City, KS"),
        ("City of Seattle", "Seattle, WA"),
        ("Seattle, King County, WA", "Seattle, WA"),
        ("Denver Co", "Denver, CO"),
        ("Columbus MT", "Columbus, MT"),
        ("Charlotte Amalie", "Charlotte Amalie, VI"),
        ("Pago Pago", "Pago Pago, AS"),
    ],
)
def test_a_city_is_found_however_it_is_written(typed, label):
    assert labels(typed) == [label]


@pytest.mark.parametrize(
    ("typed", "label", "code"),
    [
        ("king county wa", "King County, WA", "53033"),
        ("King Co., Washington", "King County, WA", "53033"),
        ("Doña Ana County", "Doña Ana County, NM", "35013"),
        ("dona ana county", "Doña Ana County, NM", "35013"),
        ("Orleans Parish, LA", "Orleans Parish, LA", "22071"),
        ("North Slope Borough", "North Slope Borough, AK", "02185"),
        ("Yukon-Koyukuk Census Area", "Yukon-Koyukuk Census Area, AK", "02290"),
        ("Comerío Municipio", "Comerío Municipio, PR", "72045"),
        ("Queens", "Queens County, NY", "36081"),
        ("Multnomah, OR", "Multnomah County, OR", "41051"),
        ("County of Los Angeles", "Los Angeles County, CA", "06037"),
        ("Baltimore city, MD", "Baltimore city, MD", "24510"),
        ("Baltimore County MD", "Baltimore County, MD", "24005"),
        ("Guam", "Guam, GU", "66010"),
    ],
)
def test_a_county_is_found_by_what_it_is_called(typed, label, code):
    (point,) = near.find(typed)
    assert (point.kind, point.label, point.code) == ("county", label, code)


def test_a_name_of_several_places_asks_which_one_the_largest_first():
    springfields = labels("Springfield")
    assert len(springfields) > 20 and len(set(springfields)) == len(springfields)
    assert {"Springfield, IL", "Springfield, MA", "Springfield, MO"} == set(springfields[:3])
    assert labels("Portland")[:2] == ["Portland, OR", "Portland, ME"]
    assert labels("King County") == ["King County, TX", "King County, WA"]


def test_a_state_is_no_point_but_a_city_of_its_name_may_be_meant():
    refusal = refused("new mexico")
    assert "New Mexico is a whole state" in str(refusal) and refusal.meant == []
    assert [point.label for point in refused("New York").meant] == ["New York, NY", "New York County, NY"]
    assert refused("Washington").meant[0].label == "Washington, DC"
    assert "Puerto Rico" in str(refused("PR"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Albuqerque", ["Albuquerque, NM"]),
        ("Snata Fe, NM", ["Santa Fe, NM"]),
        ("Albany, NM", ["Albany, NY"]),
        ("zzxqwv", []),
    ],
)
def test_an_unknown_name_offers_what_may_be_meant(typed, meant):
    refusal = refused(typed)
    assert f"“{typed}”" in str(refusal)
    assert [point.label for point in refusal.meant][: len(meant) or None] == meant


@pytest.mark.parametrize(
    ("typed", "wording"),
    [
        ("", "shape"),
        ("!!", "shape"),
        ("😀", "shape"),
        ("x" * 5000, "shape"),
        ("8" * 5000, "shape"),
        ("a\x00b", "unknown"),
        ("８７５０１", "zip_shape"),
        ("8750", "zip_shape"),
        ("00000", "zip_unknown"),
        ("09001", "zip_military"),
    ],
)
def test_what_is_no_place_says_why(typed, wording):
    refusal = refused(typed)
    assert refusal.wording == f"sites.near.error.{wording}"
    assert str(refusal)


def test_a_position_of_the_browser_is_rounded_and_must_be_in_the_country():
    (point,) = near.find("35.6870,-105.9378")
    assert (point.kind, point.address, point.label) == ("here", "35.7,-105.9", "the point 35.7, -105.9")
    assert near.find("13.4, 144.8")[0].address == "13.4,144.8"
    for elsewhere in ("51.5,-0.1", "0,0", "-35.7,105.9", "999,999"):
        assert refused(elsewhere).wording == "sites.near.error.abroad"


def test_every_address_gives_its_own_point_again():
    rows = cities.FILE.read_text(encoding="utf-8").splitlines()
    for row in rows[::61]:
        name, state = row.split("\t")[:2]
        assert [point.address for point in near.find(f"{name}, {state}")] == [f"{name}, {state}"]
    for county in list(counties().values())[::17]:
        address = f"{county.full_name}, {county.usps}"
        assert [point.address for point in near.find(address)] == [address]


def test_cities_stand_in_the_order_of_their_keys_once_a_state_and_in_it():
    rows = [row.split("\t") for row in cities.FILE.read_text(encoding="utf-8").splitlines()]
    places = [(key(name), state) for name, state, *_ in rows]
    assert places == sorted(set(places)) and len(places) > 36_000
    assert {state for _, state in places} == set(STATES)
    strays = [row[0] for row in rows if not lies_in(row[1], float(row[3]), float(row[4]))]
    # The package puts the first and the last beyond the border and into the sea; the borders leave out Monhegan.
    assert strays == ["Camp Crook", "Monhegan", "St. Paul Isle"]


@pytest.mark.parametrize("written", ["NM", "nm", "N.M.", "New Mexico", "new  mexico"])
def test_a_state_is_known_however_it_is_written(written):
    assert state_of(written) == "NM"
    assert [state_of(usps) for usps in STATES] == list(STATES)
    assert [state_of(name) for name in STATES.values()] == list(STATES)

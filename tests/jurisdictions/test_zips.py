import pytest

from sites.jurisdictions import cities, zips
from sites.jurisdictions.distance import miles
from sites.jurisdictions.geography import lies_in
from sites.jurisdictions.models import Jurisdiction
from sites.jurisdictions.place_names import STATES
from tests.jurisdictions.factories import make_place


@pytest.mark.parametrize(
    ("code", "city", "state"),
    [
        ("00501", "Holtsville", "NY"),
        ("00901", "San Juan", "PR"),
        ("00802", "St Thomas", "VI"),
        ("20500", "Washington", "DC"),
        ("87501", "Santa Fe", "NM"),
        ("96799", "Pago Pago", "AS"),
        ("96910", "Hagatna", "GU"),
        ("96950", "Saipan", "MP"),
        ("99501", "Anchorage", "AK"),
        ("99950", "Ketchikan", "AK"),
    ],
)
def test_a_zip_code_is_found_in_every_corner(code, city, state):
    found = zips.find(code)
    assert (found.code, found.city, found.state) == (code, city, state)


@pytest.mark.parametrize("typed", [" 87501 ", "87501-1234", "87501 1234", "875011234"])
def test_nine_digits_and_spaces_are_understood(typed):
    assert zips.find(typed).code == "87501"


@pytest.mark.parametrize(
    "typed", ["", "abc", "8750", "875012", "８７５０１", "87501\x00", "😀", "-87501", "8" * 5000]
)
def test_what_is_no_zip_code_is_refused(typed):
    with pytest.raises(zips.NotAZip):
        zips.find(typed)


@pytest.mark.parametrize("code", ["00000", "99999", "00001"])
def test_an_unknown_zip_code_says_so(code):
    with pytest.raises(zips.UnknownZip):
        zips.find(code)


@pytest.mark.parametrize("code", ["09001", "34001", "96201"])
def test_military_mail_has_no_place(code):
    with pytest.raises(zips.MilitaryZip):
        zips.find(code)


# A ZIP code of each state, the District and each territory: that of its capitol, or of a post-office box there.
CAPITALS = {
    "AL": "36130", "AK": "99811", "AZ": "85007", "AR": "72201", "CA": "95814", "CO": "80203", "CT": "06106",
    "DE": "19901", "DC": "20500", "FL": "32399", "GA": "30334", "HI": "96813", "ID": "83720", "IL": "62706",
    "IN": "46204", "IA": "50319", "KS": "66612", "KY": "40601", "LA": "70804", "ME": "04333", "MD": "21401",
    "MA": "02133", "MI": "48909", "MN": "55155", "MS": "39201", "MO": "65101", "MT": "59601", "NE": "68509",
    "NV": "89701", "NH": "03301", "NJ": "08608", "NM": "87501", "NY": "12224", "NC": "27601", "ND": "58505",
    "OH": "43215", "OK": "73105", "OR": "97301", "PA": "17120", "RI": "02903", "SC": "29201", "SD": "57501",
    "TN": "37243", "TX": "78701", "UT": "84114", "VT": "05633", "VA": "23219", "WA": "98504", "WV": "25305",
    "WI": "53702", "WY": "82002", "AS": "96799", "GU": "96910", "MP": "96950", "PR": "00901", "VI": "00802",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_zip_code_of_every_state_and_territory_lies_in_it(state):
    found = zips.find(CAPITALS[state])
    assert found.state == state
    assert lies_in(state, found.latitude, found.longitude)


@pytest.mark.parametrize(
    ("code", "city", "state"),
    [
        ("87504", "Santa Fe", "NM"),
        ("12201", "Albany", "NY"),
        ("98111", "Seattle", "WA"),
        ("00902", "San Juan", "PR"),
        ("96931", "Tamuning", "GU"),
        ("00804", "St Thomas", "VI"),
    ],
)
def test_a_zip_code_of_post_office_boxes_lies_with_its_town(code, city, state):
    found = zips.find(code)
    assert (found.city, found.state) == (city, state)
    town = next(one for one in cities.named(city) if one.state == state)
    assert miles(found.latitude, found.longitude, town.latitude, town.longitude) < 15


def test_every_row_of_the_file_is_found_by_its_own_code():
    data = zips._data()
    count = int.from_bytes(data[:4], "big")
    codes = [int.from_bytes(data[start : start + 3], "big") for start in range(4, 4 + count * 12, 12)]
    assert codes == sorted(set(codes)) and count > 42_000
    for code in codes[::97]:
        try:
            found = zips.find(f"{code:05}")
        except zips.UnplacedZip:
            continue
        assert -15 < found.latitude < 72 and (found.longitude < -64 or found.longitude > 144)


def test_distances_are_great_circles():
    assert miles(35.6870, -105.9378, 35.0844, -106.6504) == pytest.approx(57.6, abs=0.5)
    assert miles(40.6413, -73.7781, 33.9416, -118.4085) == pytest.approx(
        2475, rel=0.005
    )  # a sphere is near enough


@pytest.mark.django_db
def test_the_database_puts_places_in_the_order_of_their_distance():
    near = make_place(slug="near", latitude=35.7, longitude=-105.9)
    far = make_place(slug="far", usps="GU", latitude=13.47, longitude=144.75)
    middle = make_place(slug="middle", usps="NY", latitude=42.65, longitude=-73.76)
    nowhere = make_place(slug="nowhere", latitude=None, longitude=None)
    rows = Jurisdiction.objects.with_nearness(35.6975, -105.9821)
    placed = rows.filter(latitude__isnull=False).order_by("nearness")
    assert list(placed) == [near, middle, far]
    assert rows.get(pk=nowhere.pk).nearness is None

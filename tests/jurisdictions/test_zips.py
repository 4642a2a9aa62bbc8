import pytest

from sites.jurisdictions import zips
from sites.jurisdictions.distance import miles, nearness_of
from sites.jurisdictions.models import Jurisdiction
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


def test_military_mail_has_no_place():
    with pytest.raises(zips.UnplacedZip):
        zips.find("09001")


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
    assert list(rows.filter(nearness__lte=nearness_of(100))) == [near]
    assert rows.get(pk=nowhere.pk).nearness is None

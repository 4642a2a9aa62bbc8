import pytest

from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    make_place()
    make_place(name="Albany LEAD", slug="albany", usps="NY", latitude=42.6526, longitude=-73.7562)
    make_place(name="LEAD King County", slug="king", usps="WA", latitude=47.6062, longitude=-122.3305)


def first(response) -> tuple[str, str]:
    place = response.context["places"][0]
    return place.name, place.distance


@pytest.mark.parametrize(
    ("typed", "name", "distance"),
    [
        ("Santa Fe, NM", "LEAD Santa Fe", "2 miles"),
        ("king county wa", "LEAD King County", "26 miles"),
        ("saint paul mn", "LEAD Santa Fe", "933 miles"),
        ("42.65,-73.76", "Albany LEAD", "4 miles"),
    ],
)
def test_a_city_a_county_or_a_position_puts_the_nearest_place_first(client, three, typed, name, distance):
    assert first(client.get("/sites/", {"near": typed})) == (name, distance)


def test_a_name_of_several_places_asks_which_one_and_keeps_the_rest_of_the_question(client, three):
    page = client.get("/sites/", {"near": "springfield", "stage": "operating"}).content.decode()
    assert "Which “springfield” do you mean?" in page and 'value="springfield"' in page
    assert '<a href="?near=Springfield%2C+IL&amp;stage=operating">Springfield, IL</a>' in page
    assert "There is a problem" not in page


def test_a_misspelled_name_offers_what_may_be_meant(client, three):
    page = client.get("/sites/", {"near": "Albuqerque"}).content.decode()
    assert "There is a problem" in page and "Did you mean" in page
    assert '<a href="?near=Albuquerque%2C+NM">Albuquerque, NM</a>' in page


def test_an_answer_says_the_place_in_words_and_can_be_taken_off(client, three):
    page = client.get("/sites/", {"near": "King Co., Washington"}).content.decode()
    assert "1 place is within 100 miles of King County, WA." in page
    assert 'value="King Co., Washington"' in page
    assert "?near=King+County%2C+WA&amp;sort=name" in page


def test_where_no_place_is_near_the_page_leads_to_help(client, three):
    page = client.get("/sites/", {"near": "Guam"}).content.decode()
    assert "No place within 100 miles of Guam, GU is recorded here." in page
    assert 'href="/assistance/"' in page


@pytest.mark.parametrize("near", ["springfield", "Albuqerque", "0,0"])
def test_a_file_is_not_made_for_a_point_that_is_not_clear(client, three, near):
    assert client.get("/sites/directory.json", {"near": near}).status_code == 400
    assert client.get("/sites/directory.json", {"near": "Santa Fe, NM"}).status_code == 200


def test_who_types_a_state_is_led_to_its_places(client):
    make_place()
    page = client.get("/sites/?near=New+Mexico").content.decode()
    assert '<a href="?state=nm">All places in New Mexico</a>' in page


def test_the_answer_stands_under_the_question_with_the_nearest_place(client):
    make_place()
    answer = client.get("/sites/?near=87501").content.decode().split('class="near-answer"')[1]
    answer = answer.split("go to the list")[0]
    assert "1 place is within 100 miles of 87501 (Santa Fe, NM)." in answer
    assert '<a href="/sites/nm/santa-fe/">LEAD Santa Fe</a>, New Mexico' in answer
    assert "does not reach" not in answer


def test_a_point_in_a_territory_is_told_to_be_off_the_map(client):
    make_place()
    assert (
        "The map below does not reach 00901 (San Juan, PR)."
        in client.get("/sites/?near=00901").content.decode()
    )

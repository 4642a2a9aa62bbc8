import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.jurisdictions.likeness import like_address, places_like
from sites.jurisdictions.models import Stage
from tests.jurisdictions.factories import make_place

pytestmark = pytest.mark.django_db
MINE = {"population": "50k-250k", "setting": "rural", "lead_agency_kind": "prosecutor"}


def a_place(slug: str, **fields):
    return make_place(slug=slug, name=slug, **{"kind": "county", **MINE, **fields})


def names(place) -> list[str]:
    return [like.place.name for like in places_like(place)]


def test_the_more_agrees_the_earlier_a_place_stands():
    mine = a_place("mine")
    a_place("two", population="over-1m")
    a_place("three")
    a_place("one", population="over-1m", setting="urban")
    assert [(like.place.name, like.agreeing) for like in places_like(mine)] == [("three", 3), ("two", 2)]


def test_what_is_not_known_agrees_with_nothing():
    mine = a_place("mine", population="", setting="")
    a_place("as-unknown", population="", setting="")
    a_place("known")
    assert places_like(mine) == []
    assert names(a_place("second", population="")) == ["known"]


def test_running_places_stand_before_those_to_come_and_those_before_the_rest():
    mine = a_place("mine")
    for stage in (Stage.ENDED, Stage.EXPLORING, Stage.OPERATING):
        a_place(stage.value, stage=stage)
    assert names(mine) == ["operating", "exploring", "ended"]


def test_among_equals_the_nearest_stands_first_and_five_are_enough():
    mine = a_place("mine")
    for degrees in (5, 1, 4, 2, 6, 3):
        a_place(f"north-{degrees}", latitude=35.6567 + degrees)
    a_place("nowhere", latitude=None, longitude=None)
    likeness = places_like(mine)
    assert [like.place.name for like in likeness] == [f"north-{degrees}" for degrees in range(1, 6)]
    assert likeness[0].distance == "69 miles"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Also a rural county of 50,000 to 250,000 people, led by a prosecutor."),
        ({"kind": "city"}, "Also a rural place of 50,000 to 250,000 people, led by a prosecutor."),
        ({"setting": "urban"}, "Also a county of 50,000 to 250,000 people, led by a prosecutor."),
        ({"population": ""}, "Also a rural county, led by a prosecutor."),
        ({"lead_agency_kind": "police"}, "Also a rural county of 50,000 to 250,000 people."),
    ],
)
def test_what_is_alike_is_said_in_words(fields, words):
    mine = a_place("mine")
    a_place("other", **fields)
    assert [like.alike for like in places_like(mine)] == [words]


@pytest.mark.parametrize("visibility", ["hidden", "counted"])
def test_a_place_without_a_name_is_like_nothing(visibility, client):
    mine = a_place("mine")
    a_place("secret", visibility=visibility, ground="")
    assert places_like(mine) == []
    assert "secret" not in client.get(like_address(mine)).content.decode()


def test_an_introduction_is_offered_to_places_that_develop_or_run_it():
    mine = a_place("mine")
    for stage in Stage:
        a_place(stage.value, stage=stage)
    offered = {like.place.stage for like in places_like(mine) if like.introduction_url}
    assert offered == {"operating", "launched", "developing"}
    assert {like.place.stage for like in places_like(mine)} > offered


def test_the_page_asks_as_few_questions_of_many_places_as_of_one(client, django_assert_num_queries):
    a_place("first")
    with CaptureQueriesContext(connection) as few:
        client.get("/sites/like/?setting=rural")
    for number in range(30):
        a_place(f"place-{number}")
    with django_assert_num_queries(len(few)):
        client.get("/sites/like/?setting=rural")
    assert len(few) <= 10


def test_three_choices_find_places_for_who_has_no_page(client):
    a_place("alike")
    a_place("in-two", setting="urban")
    a_place("in-one", setting="urban", population="over-1m")
    page = client.get("/sites/like/?population=50k-250k&setting=rural&agency=prosecutor").content.decode()
    assert "2 places are like that" in page and "in-one" not in page
    assert page.index(">alike<") < page.index(">in-two<")
    assert '<option value="rural" selected>Rural (1)</option>' in page
    assert 'href="/sites/nm/alike/introduction/"' in page


def test_one_choice_is_enough(client):
    a_place("rural")
    a_place("urban", setting="urban")
    page = client.get("/sites/like/?setting=rural").content.decode()
    assert "1 place is like that" in page and ">urban<" not in page
    assert "Alike: a rural county." in page


def test_nothing_chosen_shows_the_form_and_a_wrong_choice_says_so(client):
    a_place("rural")
    assert "like-heading" not in client.get("/sites/like/").content.decode()
    page = client.get("/sites/like/?population=many&setting=rural").content.decode()
    assert 'id="id_population_error"' in page
    assert "1 place is like that" in page


def test_no_agreement_leads_on(client):
    a_place("rural")
    page = client.get("/sites/like/?setting=urban").content.decode()
    assert "No place here is like that" in page and 'href="/assistance/"' in page


def test_a_long_list_is_cut_and_says_by_how_many(client):
    for number in range(23):
        a_place(f"place-{number}")
    page = client.get("/sites/like/?setting=rural").content.decode()
    assert page.count("Alike: ") == 20 and "3 more agree as well" in page

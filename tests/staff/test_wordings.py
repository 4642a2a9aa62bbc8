import pytest

from leadbureau.content import wording
from leadbureau.content.models import Wording
from leadbureau.content.wording import Default, say

TEXTS = {
    "sites.count": Default("{count} places", "Over the list of places"),
    "sites.title": Default("Where LEAD is", "Heading of the map"),
    "home.button": Default("Ask for help", "The button of the first screen"),
}
LIST = "/admin/content/wording/"


@pytest.fixture(autouse=True)
def words(monkeypatch, editor):
    real = wording.defaults()
    both = {**real, **TEXTS}
    for module in ("leadbureau.content.wording", "leadbureau.content.admin.wording"):
        monkeypatch.setattr(f"{module}.defaults", lambda: both)
    return {key: Wording.objects.create(key=key) for key in TEXTS}


def save(client, row, text):
    return client.post(f"{LIST}{row.pk}/change/", {"text": text})


def shown(response) -> list[str]:
    return [row.key for row in response.context["cl"].result_list]


def test_every_key_is_listed_with_its_words_and_where_they_show(client):
    html = client.get(LIST).text
    assert all(row.text in html and row.note in html for row in TEXTS.values())


@pytest.mark.parametrize("query", ["Where LEAD", "heading of the map", "sites.title"])
def test_words_are_found_by_text_note_and_key(client, query):
    assert shown(client.get(LIST, {"q": query})) == ["sites.title"]


def test_words_are_found_by_what_staff_wrote(client, words):
    save(client, words["home.button"], "Request assistance")
    assert shown(client.get(LIST, {"q": "assistance"})) == ["home.button"]


def test_words_are_filtered_by_where_they_show_and_whose_they_are(client, words):
    assert shown(client.get(LIST, {"area": "sites"})) == ["sites.count", "sites.title"]
    save(client, words["sites.title"], "The map")
    assert shown(client.get(LIST, {"own": "yes"})) == ["sites.title"]


def test_our_words_stand_in_for_the_standard_ones_until_they_are_emptied(client, words):
    save(client, words["sites.count"], "We know {count} places")
    assert say("sites.count", count=3) == "We know 3 places"
    save(client, words["sites.count"], "")
    assert say("sites.count", count=3) == "3 places"


@pytest.mark.parametrize(
    "text",
    [
        "No number here",
        "{count} of {all}",
        "{count.__class__}",
        "{count:>999999999}",
        "{count!r}",
        "{0}",
        "{count",
        "}{",
    ],
)
def test_words_whose_braces_would_break_the_page_are_refused(client, words, text):
    response = save(client, words["sites.count"], text)
    assert "brace" in response.text
    words["sites.count"].refresh_from_db()
    assert words["sites.count"].text == ""


def test_keys_are_not_added_or_deleted_by_hand(client, words):
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{words['sites.title'].pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"), [("there are 79 places", []), ("over 79 places", ["sites.count"])]
)
def test_words_are_found_with_a_number_that_the_site_filled_in(client, query, found):
    assert shown(client.get(LIST, {"q": query, "area": "sites"})) == found


def test_a_search_leads_on_to_the_same_words_in_other_lists(client):
    assert 'href="/admin/content/page/?q=Where%20LEAD"' in client.get(LIST, {"q": "Where LEAD"}).text

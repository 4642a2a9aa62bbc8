import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from tests.content import factories as make

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    """The titles of the hits in their order, without marks."""
    found = re.findall(r'class="hit">.*?<h3>(.*?)</h3>', response.content.decode(), re.S)
    return [unescape(strip_tags(title)) for title in found]


def test_the_beginning_of_a_word_finds_it_without_accents_or_capitals(client):
    make.study(title="The pilot in Española")
    assert titles(client.get("/search/", {"q": "ESPAN"})) == ["The pilot in Española"]
    assert titles(client.get("/search/", {"q": "panola"})) == []


def test_every_word_must_be_found(client):
    make.resource(slug="a", title="Guide for prosecutors")
    make.resource(slug="b", title="Guide for police")
    assert titles(client.get("/search/", {"q": "guide prosec"})) == ["Guide for prosecutors"]


def test_a_title_stands_before_a_text(client):
    make.news_item(slug="a", title="A meeting", summary="They spoke of housing.")
    make.resource(slug="b", title="Notes on housing")
    make.study(slug="c", title="Housing in Seattle")
    found = titles(client.get("/search/", {"q": "housing"}))
    assert found == ["Housing in Seattle", "Notes on housing", "A meeting"]


def test_words_as_they_were_typed_stand_before_words_far_apart(client):
    make.news_item(slug="a", title="One", summary="Santa came. Much later people paid a fee.")
    make.news_item(slug="b", title="Two", summary="A visit to Santa Fe.")
    assert titles(client.get("/search/", {"q": "santa fe"})) == ["Two", "One"]


def test_the_snippet_marks_the_words_and_escapes_the_rest(client):
    page = make.page(title="Plain")
    make.section(page=page, body="<p>Long before. Tom &amp; Ann said 1 &lt; 2 about diversion.</p>")
    html = client.get("/search/", {"q": "divers"}).content.decode()
    assert "Tom &amp; Ann said 1 &lt; 2 about <mark>diversion</mark>." in html


def test_a_page_is_found_by_an_entry_of_a_section_and_shows_it(client):
    section = make.section(page=make.page(), layout="timeline")
    make.item(section=section, heading="Albany signs", body="<p>The third place to sign.</p>")
    html = client.get("/search/", {"q": "albany"}).content.decode()
    assert "<mark>Albany</mark> signs. The third place to sign." in html


def test_drafts_are_not_found(client):
    make.page(title="Secret plan", publish_at=None)
    make.news_item(title="Secret news", publish_at=None)
    assert titles(client.get("/search/", {"q": "secret"})) == []


def test_hits_are_counted_by_kind_and_narrowed_by_a_link(client):
    make.study(title="Housing in Seattle")
    make.news_item(slug="a", title="Housing news")
    html = client.get("/search/", {"q": "housing"}).content.decode()
    assert 'href="?q=housing&amp;kind=study"' in html
    assert titles(client.get("/search/", {"q": "housing", "kind": "study"})) == ["Housing in Seattle"]
    assert len(titles(client.get("/search/", {"q": "housing", "kind": "nonsense"}))) == 2


def test_many_hits_are_paged_and_keep_the_query(client):
    for number in range(17):
        make.news_item(slug=f"n{number}", title=f"Housing {number:02}")
    first = client.get("/search/", {"q": "housing"})
    assert len(titles(first)) == 15
    assert 'href="?q=housing&amp;page=2"' in first.content.decode()
    assert titles(client.get("/search/", {"q": "housing", "page": "2"})) == ["Housing 15", "Housing 16"]
    assert titles(client.get("/search/", {"q": "housing", "page": "99"})) == ["Housing 15", "Housing 16"]


def test_nothing_asked_and_nothing_found_are_different_answers(client):
    assert "Results for" not in client.get("/search/").content.decode()
    nothing = client.get("/search/", {"q": "zebra"}).content.decode()
    assert "Nothing was found for “zebra”" in nothing
    signs = client.get("/search/", {"q": "😀 !!!"}).content.decode()
    assert "Please type a word" in signs
    assert 'value="😀 !!!"' in signs


@pytest.mark.parametrize(
    "query", ["a" * 3900, "%' OR 1=1 --", "<script>alert(1)</script>", "\\", "_ % _", "é" * 300]
)
def test_any_query_is_answered_and_never_run_or_echoed_raw(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code in (200, 400)
    assert "<script>alert" not in response.content.decode()


def test_a_query_of_ten_thousand_characters_is_answered_and_its_beginning_kept(client):
    response = client.get("/search/", {"q": "word " * 2000})
    assert response.status_code == 200
    assert 'value="word word' in response.content.decode()


def test_a_query_longer_than_anybody_types_gets_a_clear_refusal(client):
    response = client.get("/search/", {"q": "word " * 8000})
    assert response.status_code == 400
    assert "That request was not understood" in response.content.decode()


def test_search_engines_are_asked_not_to_list_the_results(client):
    assert '<meta name="robots" content="noindex, follow">' in client.get("/search/").content.decode()


@pytest.mark.parametrize("query", ["a", "santa fe", "law", "seattle"])
def test_a_search_over_everything_takes_few_queries(client, site, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(10):
        response = client.get("/search/", {"q": query})
    assert len(titles(response)) > 5


def test_places_states_and_partners_are_found_at_their_addresses(client, site):
    html = client.get("/search/", {"q": "santa fe"}).content.decode()
    assert 'href="/sites/nm/santa-fe/"' in html
    assert titles(client.get("/search/", {"q": "new mexico"}))[0] == "New Mexico"
    assert re.search(
        r'href="/partners/#partner-\d+"', client.get("/search/", {"q": "racial justice"}).content.decode()
    )

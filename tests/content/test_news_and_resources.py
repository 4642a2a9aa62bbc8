from datetime import date
from xml.etree import ElementTree

import pytest

from tests.content import factories as make

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_resources_are_shown_by_kind_with_counts(client):
    make.resource(slug="a", title="A guide", kind="guide")
    make.resource(slug="b", title="A law", kind="law")
    html = client.get("/resources/", {"kind": "law"}).content.decode()
    assert "A law" in html
    assert "A guide" not in html
    assert 'href="?kind=guide"' in html


def test_no_resources_and_no_news_are_said_well(client):
    assert "No resource is recorded here yet" in client.get("/resources/").content.decode()
    assert "No news yet" in client.get("/news/").content.decode()


def test_news_stand_under_their_year_newest_first(client):
    make.news_item(slug="old", title="Older thing", date=date(2015, 7, 1))
    make.news_item(slug="new", title="Newer thing", date=date(2024, 10, 28))
    html = client.get("/news/").content.decode()
    assert (
        html.index("2024</h2>")
        < html.index("Newer thing")
        < html.index("2015</h2>")
        < html.index("Older thing")
    )
    of_2015 = client.get("/news/", {"year": "2015"}).content.decode()
    assert "Older thing" in of_2015
    assert "Newer thing" not in of_2015


@pytest.mark.parametrize(
    "query", [{"page": "99"}, {"page": "x"}, {"page": "-1"}, {"year": "0"}, {"year": "²"}]
)
def test_a_page_or_year_that_is_not_there_gives_the_nearest(client, query):
    make.news_item()
    response = client.get("/news/", query)
    assert response.status_code == 200
    assert "The site opens" in response.content.decode()


def test_many_news_are_paged_and_the_pages_keep_the_year(client):
    for number in range(13):
        make.news_item(slug=f"n{number}", date=date(2024, 1, number + 1))
    html = client.get("/news/", {"year": "2024"}).content.decode()
    assert 'href="?year=2024&amp;page=2"' in html
    second = client.get("/news/", {"year": "2024", "page": "2"}).content.decode()
    assert "(page 2)" in second
    assert second.count('class="news-entry"') == 1


def test_a_news_item_shows_its_source_and_its_neighbours(client):
    make.news_item(slug="a", title="First", date=date(2015, 1, 1))
    make.news_item(
        slug="b", title="Second", date=date(2016, 1, 1), source_title="WAMC", source_url="https://wamc.org/"
    )
    make.news_item(slug="c", title="Third", date=date(2017, 1, 1))
    html = client.get("/news/b/").content.decode()
    assert "It is open." in html
    assert '<a href="https://wamc.org/">WAMC</a>' in html
    assert '<a href="/news/a/">First</a>' in html
    assert '<a href="/news/c/">Third</a>' in html


def test_a_draft_is_neither_in_the_list_nor_in_the_feed_nor_at_its_address(client):
    make.news_item(slug="draft", title="Not yet", publish_at=None)
    assert "Not yet" not in client.get("/news/").content.decode()
    assert "Not yet" not in client.get("/news/feed.atom").content.decode()
    assert client.get("/news/draft/").status_code == 404


def test_the_feed_is_atom_with_whole_entries_and_absolute_addresses(client, settings):
    settings.SITE_URL = "https://leadbureau.example"
    make.news_item(slug="a", title="A & B", date=date(2024, 10, 28))
    response = client.get("/news/feed.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "A & B"
    assert entry.findtext("a:id", namespaces=ATOM) == "https://leadbureau.example/news/a/"
    assert entry.findtext("a:published", namespaces=ATOM).startswith("2024-10-28")
    assert entry.findtext("a:summary", namespaces=ATOM) == "<p>It is open.</p>"


def test_lists_on_real_content_take_few_queries(client, site, django_assert_max_num_queries):
    for address in ("/news/", "/resources/", "/about/", "/lead/", "/lead/principles/", "/privacy/"):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200

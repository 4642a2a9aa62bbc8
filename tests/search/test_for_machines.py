from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from leadbureau import health
from leadbureau.content.models import BureauDetails
from tests.content import factories as make

pytestmark = pytest.mark.django_db

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_the_sitemap_lists_what_is_public_once_and_nothing_else(client, settings):
    settings.SITE_URL = "https://leadbureau.example"
    make.page()
    make.page(slug="search", title="Search")
    make.page(slug="draft", publish_at=None)
    make.study()
    make.news_item()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = [node.text.removeprefix("https://leadbureau.example") for node in tree.iter(LOC)]
    assert len(found) == len(set(found))
    assert {
        "/",
        "/about/",
        "/evidence/",
        "/evidence/seattle-2017/",
        "/news/opening/",
        "/sites/",
        "/contact/",
    } <= set(found)
    assert not {"/search/", "/draft/"} & set(found)


def test_every_address_of_the_sitemap_answers(client, site):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    for node in tree.iter(LOC):
        path = "/" + node.text.split("/", 3)[3]
        assert client.get(path).status_code == 200, path


def test_robots_learn_where_the_sitemap_is_and_what_is_private(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /assistance/r/" in lines and "Disallow: /sites/confirm/" in lines
    assert lines[-1].startswith("Sitemap: http")


def test_security_txt_has_a_way_to_reach_the_bureau_and_an_end_within_a_year(client):
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"].endswith("/contact/")
    expires = datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)
    BureauDetails.objects.create(pk=1, email="security@example.org")
    assert "Contact: mailto:security@example.org" in client.get("/.well-known/security.txt").content.decode()


def test_healthz_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_ready_once_the_migrations_are_in(client, monkeypatch):
    monkeypatch.setitem(health._seen, "migrated", False)
    assert client.get("/readyz").content == b"ready\n"
    assert health._seen["migrated"] is True


def test_readyz_says_that_a_migration_waits(client, monkeypatch):
    monkeypatch.setitem(health._seen, "migrated", False)
    call_command("migrate", "content", "zero", fake=True, verbosity=0)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are waiting\n")

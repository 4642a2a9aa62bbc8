"""What must hold on every page a reader can reach. Failures are told together."""

import gzip
import re

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from tests.whole_site.pages import crawl

MOST_QUERIES = 10


_crawled: dict = {}


@pytest.fixture
def pages(request):
    """What a crawl of the whole site found; made once, because a crawl takes as long as all tests here."""
    if not _crawled:
        request.getfixturevalue("site")
        _crawled.update(crawl())
    return _crawled


def html_pages(pages):
    return [page for page in pages.values() if page.is_html and page.response.status_code == 200]


def test_no_link_is_dead(pages):
    dead = [
        f"{page.address} ({page.response.status_code}), linked from {page.linked_from}"
        for page in pages.values()
        if page.response.status_code not in (200, 301, 302)
    ]
    assert not dead, "\n".join(dead)
    assert len(pages) > 150


def test_every_link_to_a_part_of_a_page_finds_that_part(pages):
    missing = []
    for page in html_pages(pages):
        for link in page.links():
            address, _, fragment = link.partition("#")
            target = pages.get(address)
            if fragment and target and target.is_html and fragment not in target.markup.ids:
                missing.append(f"{page.address} links to {link}")
    assert not missing, "\n".join(sorted(set(missing)))


def test_every_page_has_one_heading_a_title_a_description_and_unique_ids(pages):
    wrong = []
    for page in html_pages(pages):
        markup = page.markup
        descriptions = [row.get("content") for row in markup.all("meta") if row.get("name") == "description"]
        checks = {
            "one h1": len(markup.all("h1")) == 1,
            "a title": len(markup.title.strip()) > 10,
            "one description": len(descriptions) == 1 and descriptions[0],
            "one main": len(markup.all("main")) == 1,
            "unique ids": len(markup.ids) == len(set(markup.ids)),
            "a language": markup.all("html")[0].get("lang") == "en-US",
        }
        wrong += [f"{page.address} lacks {name}" for name, right in checks.items() if not right]
    assert not wrong, "\n".join(wrong)


def test_no_two_pages_share_a_title(pages):
    titles: dict[str, set[str]] = {}
    for page in html_pages(pages):
        titles.setdefault(page.markup.title.strip(), set()).add(page.address.partition("?")[0])
    shared = {title: paths for title, paths in titles.items() if len(paths) > 1}
    assert not shared


def test_every_page_is_valid_html(pages):
    broken = []
    for page in html_pages(pages):
        parser = html5lib.HTMLParser()
        parser.parse(page.text)
        broken += [f"{page.address}: {code} at {position}" for position, code, _ in parser.errors]
    assert not broken, "\n".join(broken[:40])


def is_data(script: dict) -> bool:
    """What search engines read; a browser runs none of it."""
    return script.get("type") == "application/ld+json"


def test_no_page_styles_or_scripts_inline_or_asks_another_host(pages):
    wrong = []
    for page in html_pages(pages):
        for tag, values in page.markup.tags:
            handlers = [name for name in values if name.startswith("on") or name == "style"]
            if (
                handlers
                or tag == "style"
                or (tag == "script" and not values.get("src") and not is_data(values))
            ):
                wrong.append(f"{page.address}: <{tag}> {handlers}")
            source = (
                values.get("src")
                or values.get("srcset")
                or (values.get("href") if tag == "link" else "")
                or ""
            )
            if (
                re.match(r"(https?:)?//", source)
                and "127.0.0.1" not in source
                and values.get("rel") != "canonical"
            ):
                wrong.append(f"{page.address}: <{tag}> asks for {source}")
    assert not wrong, "\n".join(wrong)


def test_every_picture_has_words_and_its_size(pages):
    wrong = [
        f"{page.address}: {image.get('src')}"
        for page in html_pages(pages)
        for image in page.markup.all("img")
        if "alt" not in image or not image.get("width") or not image.get("height")
    ]
    assert not wrong, "\n".join(wrong)


def test_every_answer_carries_the_protecting_headers(pages):
    wrong = []
    for page in pages.values():
        headers = page.response.headers
        policy = headers.get("Content-Security-Policy", "")
        checks = {
            "a policy without unsafe": "default-src 'none'" in policy and "unsafe" not in policy,
            "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
            "a referrer policy": bool(headers.get("Referrer-Policy")),
            "permissions": "camera=()" in headers.get("Permissions-Policy", ""),
            "COOP": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "CORP": bool(headers.get("Cross-Origin-Resource-Policy")),
        }
        wrong += [f"{page.address} lacks {name}" for name, right in checks.items() if not right]
    assert not wrong, "\n".join(wrong)


def test_a_reader_gets_no_cookie(pages):
    # A form must carry its own cookie against forgery; a page without one must set nothing.
    with_cookies = {
        page.address
        for page in pages.values()
        if page.response.cookies and 'method="post"' not in page.text.lower()
    }
    assert not with_cookies


def test_no_page_needs_more_queries_than_the_budget(site, pages, django_assert_max_num_queries):
    client = Client()
    for page in html_pages(pages):
        with django_assert_max_num_queries(MOST_QUERIES, info=page.address):
            client.get(page.address)


def test_no_page_weighs_more_than_its_part_of_the_budget(pages):
    # 60 kB for the whole first load; styles, scripts and the icon take their share of that.
    heavy = {
        page.address: size
        for page in html_pages(pages)
        if (size := len(gzip.compress(page.response.content, 6))) > 40_000
    }
    assert not heavy


def test_every_page_in_the_sitemap_answers_and_every_plain_page_is_in_it(site, pages):
    listed = set(
        re.findall(r"<loc>[a-z]+://[^/]+([^<]*)</loc>", Client().get(reverse("sitemap")).content.decode())
    )
    unreachable = {path for path in listed if Client().get(path).status_code != 200}
    unlisted = {
        page.address
        for page in html_pages(pages)
        if "?" not in page.address and 'name="robots"' not in page.text and page.address not in listed
    }
    assert not unreachable
    assert not unlisted

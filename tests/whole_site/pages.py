"""All public pages of the site, found as a reader finds them: by following links from the front page."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client


class Markup(HTMLParser):
    """The parts of a page that the guards ask about."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.title = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id"):
            self.ids.append(values["id"])
        self._inside.append(tag)

    def handle_endtag(self, tag):
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data):
        if self._inside and self._inside[-1] == "title" and "svg" not in self._inside:
            self.title += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [values for tag, values in self.tags if tag in names]


@dataclass
class Visited:
    address: str
    response: object
    linked_from: str
    _markup: Markup | None = None

    @property
    def is_html(self) -> bool:
        return self.response.get("Content-Type", "").startswith("text/html")

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def markup(self) -> Markup:
        if self._markup is None:
            self._markup = Markup(self.text)
        return self._markup

    def links(self) -> list[str]:
        """Where the page's own links lead on this site, fragments included.

        Links that robots shall not follow are left out: each place has one beside every fact, to the same form.
        """
        links = self.markup.all("a", "area", "link")
        found = [values.get("href") for values in links if "nofollow" not in (values.get("rel") or "")]
        found += [values.get("src") for values in self.markup.all("img", "script")]
        found += [values.get("action") for values in self.markup.all("form")]
        whole = (urljoin(f"http://testserver{self.address}", href) for href in found if href)
        return [
            address.removeprefix("http://testserver")
            for address in whole
            if urlsplit(address).netloc == "testserver"
        ]


# Served by the web server, not by Django, in tests; their own tests look at them.
NOT_CRAWLED = ("/static/", "/media/", "/admin/")
# Every further combination of filters and pages is the same page again.
MOST_VARIANTS_OF_A_PATH = 12


def crawl(start: str = "/") -> dict[str, Visited]:
    """Follows every link of the site from its front page, as a visitor without cookies would."""
    client = Client()
    waiting, seen, variants = [(start, "")], {}, {}
    while waiting:
        address, linked_from = waiting.pop(0)
        path = address.partition("?")[0]
        if address in seen or path.startswith(NOT_CRAWLED):
            continue
        variants[path] = variants.get(path, 0) + 1
        if variants[path] > MOST_VARIANTS_OF_A_PATH:
            continue
        seen[address] = visited = Visited(address, client.get(address), linked_from)
        if visited.is_html:
            waiting += [(urldefrag(link).url, address) for link in visited.links()]
    return seen

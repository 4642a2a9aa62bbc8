"""The sitemap: every public address with the day of its last change, whatever app it belongs to."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from leadbureau.content.models import NewsItem, Page, Study
from sites.certification.models import Certificate
from sites.jurisdictions.models import Jurisdiction, State

# Views that answer even when staff deleted the page row that gives them their prose.
FUNCTIONS = (
    "home",
    "content:evidence",
    "content:resources",
    "content:news",
    "jurisdictions:index",
    "jurisdictions:data",
    "jurisdictions:like",
    "certification:certified",
    "certification:about",
    "partners:index",
    "partners:join",
    "assistance:start",
    "assistance:who",
    "assistance:help_now",
    "assistance:paper",
    "mail:contact",
)
# Pages that ask search engines not to list them.
NOT_LISTED = {"/search/"}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for address, changed in addresses().items():
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", settings.SITE_URL + address)
        if changed:
            xml.addQuickElement("lastmod", changed.date().isoformat())
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return response


def addresses() -> dict[str, datetime | None]:
    """Every public address once, with its last change where it is known."""
    found: dict[str, datetime | None] = {reverse(name): None for name in FUNCTIONS}
    found.update(_rows())
    return {address: changed for address, changed in found.items() if address not in NOT_LISTED}


def _rows() -> Iterator[tuple[str, datetime | None]]:
    """What has an address of its own; the folded texts are long and not needed here."""
    for rows in (
        Page.objects.public(),
        Study.objects.public(),
        NewsItem.objects.public(),
        State.objects.all(),
        Jurisdiction.objects.public().select_related("state"),
        Certificate.objects.published(),
    ):
        for row in rows.defer("search_text"):
            yield row.get_absolute_url(), row.updated_at

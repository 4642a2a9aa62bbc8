"""The Atom feed of the news."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from leadbureau.content.layout import layout
from leadbureau.content.models import NewsItem
from leadbureau.content.pages import page_or_blank
from leadbureau.kit.safe_html import clean

LONGEST_FEED = 30


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The newest items, whole. An item's own day is `published`; `updated` is when it was last changed."""
    page, details = page_or_blank("news"), layout().details
    feed = Atom1Feed(
        title=f"{details.name}: {page.title}",
        link=settings.SITE_URL + reverse("content:news"),
        description=page.lead,
        subtitle=page.lead or None,
        language="en-us",
        feed_url=settings.SITE_URL + reverse("content:news_feed"),
        author_name=details.name,
    )
    for item in NewsItem.objects.public()[:LONGEST_FEED]:
        feed.add_item(
            title=item.title,
            link=settings.SITE_URL + item.get_absolute_url(),
            description=clean(item.body) or item.summary,
            pubdate=datetime.combine(item.date, time(12), tzinfo=UTC),
            updateddate=item.updated_at,
            unique_id=settings.SITE_URL + item.get_absolute_url(),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

"""Rows of this app, public unless told otherwise."""

from datetime import UTC, date, datetime

from leadbureau.content.models import Claim, Item, NewsItem, Page, Rating, Resource, Section, Study

PUBLIC = datetime(2026, 1, 1, tzinfo=UTC)


def page(*, slug="about", title="About the Bureau", lead="", publish_at=PUBLIC, **fields) -> Page:
    return Page.objects.create(slug=slug, title=title, lead=lead, publish_at=publish_at, **fields)


def section(*, page, anchor="one", heading="One", layout="text", body="", order=10) -> Section:
    fields = {"anchor": anchor, "heading": heading, "layout": layout, "body": body, "order": order}
    return Section.objects.create(page=page, **fields)


def item(*, section, heading="Entry", **fields) -> Item:
    return Item.objects.create(section=section, heading=heading, **fields)


def study(*, slug="seattle-2017", title="Arrests in Seattle", publish_at=PUBLIC, **fields) -> Study:
    given = {
        "place": "Seattle, Washington",
        "year": 2017,
        "direction": "favorable",
        "rigor": "comparison",
        "citation": "Collins SE. Evaluation and Program Planning 2017.",
        "design": "Two groups, not by lot.",
        "findings": "<p>Lower odds of arrest.</p>",
        "limits": "<p>One city only.</p>",
        **fields,
    }
    return Study.objects.create(slug=slug, title=title, publish_at=publish_at, **given)


def claim(*, study, sentence="Fewer people were arrested again.", **fields) -> Claim:
    given = {
        "measure": "58% lower odds of at least one arrest",
        "compared_with": "People handled in the usual way",
        "people": "203 and 115 people",
        "does_not_show": "Odds are not a count.",
        **fields,
    }
    return Claim.objects.create(study=study, sentence=sentence, **given)


def rating(*, slug="nij", rater="CrimeSolutions", verdict="Promising", note="One study.", **fields) -> Rating:
    return Rating.objects.create(slug=slug, rater=rater, verdict=verdict, note=note, **fields)


def resource(*, slug="toolkit", title="The toolkit", kind="toolkit", publish_at=PUBLIC, **fields) -> Resource:
    given = {"summary": "How to build LEAD.", "url": "https://example.org/toolkit", **fields}
    return Resource.objects.create(slug=slug, title=title, kind=kind, publish_at=publish_at, **given)


def news_item(*, slug="opening", title="The site opens", publish_at=PUBLIC, **fields) -> NewsItem:
    given = {"date": date(2026, 1, 2), "summary": "A new site.", "body": "<p>It is open.</p>", **fields}
    return NewsItem.objects.create(slug=slug, title=title, publish_at=publish_at, **given)

"""People who may log in, and what their forms send."""

from django.contrib.auth.models import Group, User

from leadbureau.content.models import NewsItem, Page
from leadbureau.permissions import make_groups


def make_staff(name: str = "someone", *, group: str = "", superuser: bool = False) -> User:
    make_groups()
    user = User.objects.create_user(name, password="a long password", is_staff=True, is_superuser=superuser)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_news(*, title="A note", slug="a-note", summary="One sentence.", **fields) -> NewsItem:
    return NewsItem.objects.create(title=title, slug=slug, summary=summary, **fields)


def make_page(*, title="A page", slug="a-page", **fields) -> Page:
    return Page.objects.create(title=title, slug=slug, **fields)


def news_form(**fields) -> dict:
    """What the form of a news item sends, with the name of the button that was pressed."""
    return {
        "title": "A note",
        "slug": "a-note",
        "date": "2026-11-01",
        "summary": "One sentence.",
        "body": "",
        "picture": "",
        "source_title": "",
        "source_url": "",
        "publish_on": "",
        **fields,
    }


def page_form(*sections: dict, initial: int = 0, **fields) -> dict:
    """What the form of a page sends, its sections included."""
    sent = {
        "title": "A page",
        "slug": "a-page",
        "lead": "",
        "description": "",
        "checked_on": "",
        "publish_on": "",
        "sections-TOTAL_FORMS": len(sections),
        "sections-INITIAL_FORMS": initial,
        "sections-MIN_NUM_FORMS": 0,
        "sections-MAX_NUM_FORMS": 1000,
        **fields,
    }
    for number, section in enumerate(sections):
        row = {
            "id": "",
            "page": "",
            "order": 10,
            "anchor": "",
            "layout": "text",
            "heading": "",
            "body": "",
            "picture": "",
        }
        sent |= {f"sections-{number}-{name}": value for name, value in {**row, **section}.items()}
    return sent


def section_form(section, *items: dict, **fields) -> dict:
    """What the form of a section sends, its entries included."""
    sent = {"order": 10, "anchor": section.anchor, "layout": "text", "heading": "", "body": "", "picture": ""}
    sent |= {f"items-{name}_FORMS": 0 for name in ("INITIAL", "MIN_NUM", "MAX_NUM")}
    sent["items-TOTAL_FORMS"] = len(items)
    empty = {"id": "", "section": section.pk, "order": 10, "label": "", "heading": "", "body": ""}
    for number, item in enumerate(items):
        row = {**empty, "source_title": "", "source_url": "", **item}
        sent |= {f"items-{number}-{name}": value for name, value in row.items()}
    return {**sent, **fields}

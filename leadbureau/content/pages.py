"""The rows that staff write for an address, for views that show them around their own function."""

from django.db.models import F

from leadbureau.content.models import Item, Page, Section
from leadbureau.content.wording import say

_ITEM_FIELDS = [field.attname for field in Item._meta.concrete_fields]


def page_or_blank(slug: str) -> Page:
    """The public page at an address with its sections, their pictures and items: one query.

    When staff deleted or hid it, an unsaved page with only a title, so that a map, a list or a form
    goes on working without its prose.
    """
    return read_page(slug) or blank(slug)


def read_page(slug: str) -> Page | None:
    """The public page at an address, read by one join; a page without sections takes a second query."""
    rows = (
        Section.objects.filter(page__slug=slug, page__in=Page.objects.public())
        .select_related("page", "picture")
        .annotate(**{f"item_{name}": F(f"items__{name}") for name in _ITEM_FIELDS})
        .order_by("order", "pk", "items__order", "items__pk")
    )
    sections: dict[int, Section] = {}
    items: dict[int, list[Item]] = {}
    for row in rows:
        section = sections.setdefault(row.pk, row)
        of_section = items.setdefault(section.pk, [])
        if getattr(row, "item_id", None) is not None:
            of_section.append(Item(**{name: getattr(row, f"item_{name}") for name in _ITEM_FIELDS}))
    if not sections:
        page = Page.objects.public().filter(slug=slug).first()
        return with_sections(page, []) if page else None
    for section in sections.values():
        _hold(section, "items", Item, items[section.pk])
    return with_sections(next(iter(sections.values())).page, list(sections.values()))


def blank(slug: str) -> Page:
    """A page that is in no table: a title from the wordings, no sections."""
    page = Page(pk=0, slug=slug, title=say(f"pages.{slug.replace('/', '.') or 'home'}"))
    return with_sections(page, [])


def with_sections(page: Page, sections: list[Section]) -> Page:
    """The page as if its sections had been read from the database, saved or not.

    Each section's items must be prefetched in the same way or saved. Django refuses the reverse side of a
    row without a key, so a page that was never saved gets the key 0, which no row has.
    """
    if page.pk is None:
        page.pk = 0
    _hold(page, "sections", Section, sections)
    return page


def _hold(owner, name: str, model, rows: list) -> None:
    """Lets the reverse relation answer with these rows, as prefetch_related would have."""
    held = model.objects.none()
    held._result_cache = list(rows)
    owner._prefetched_objects_cache = {**getattr(owner, "_prefetched_objects_cache", {}), name: held}


def apart(page: Page, *anchors: str) -> dict[str, list[Section]]:
    """A page's sections in two lists: those with the anchors, which a template shows first, and the rest."""
    sections = list(page.sections.all())
    return {
        "first": [section for section in sections if section.anchor in anchors],
        "rest": [section for section in sections if section.anchor not in anchors],
    }

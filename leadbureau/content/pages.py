"""The rows that staff write for an address, for views that show them around their own function."""

from leadbureau.content.models import Page, Section
from leadbureau.content.wording import say


def page_or_blank(slug: str) -> Page:
    """The public page at an address, with its sections, items and their pictures: three or four queries.

    When staff deleted or hid it, an unsaved page with only a title, so that a map, a list or a form
    goes on working without its prose.
    """
    return Page.objects.public().with_sections().filter(slug=slug).first() or blank(slug)


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
    found = Section.objects.none()
    found._result_cache = list(sections)  # type: ignore[attr-defined]
    page._prefetched_objects_cache = {"sections": found}  # type: ignore[attr-defined]
    return page

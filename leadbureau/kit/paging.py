"""Long lists in pages."""

from django.core.paginator import Page, Paginator


def page_of(rows, number, per_page: int = 25) -> Page:
    """One page of the rows. A number that is none, or beyond the ends, gives the nearest page there is."""
    return Paginator(rows, per_page).get_page(number)


def numbers(page: Page) -> list[int | str]:
    """The numbers to link to from a page: its neighbours and both ends, with "…" for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))

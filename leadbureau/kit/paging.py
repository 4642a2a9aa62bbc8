"""Long lists in pages."""

from django.core.paginator import Page, Paginator


def page_of(rows, number, per_page: int = 25) -> Page:
    """One page of the rows. A number that is none, or beyond the ends, gives the nearest page there is.

    The page carries `elided_pages`: the numbers to link to, with "…" for those left out.
    """
    paginator = Paginator(rows, per_page)
    page = paginator.get_page(number)
    page.elided_pages = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page

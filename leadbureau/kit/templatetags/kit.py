"""Template tags that every page may use."""

from django import template
from django.utils.safestring import SafeString

from leadbureau.kit.paging import numbers
from leadbureau.kit.safe_html import rich as rich_html

register = template.Library()


@register.filter
def rich(html: str) -> SafeString:
    """Rich text of staff, cleaned again on its way out."""
    return rich_html(html or "")


@register.filter
def page_numbers(page) -> list[int | str]:
    """The page numbers that a list links to."""
    return numbers(page)

"""Template tags that every page may use."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

from leadbureau.kit.paging import numbers
from leadbureau.kit.safe_html import rich as rich_html

register = template.Library()
# What could end a script element or begin a tag, as JSON writes it otherwise.
_NO_MARKUP = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@register.filter
def rich(html: str) -> SafeString:
    """Rich text of staff, cleaned again on its way out."""
    return rich_html(html or "")


@register.filter
def page_numbers(page) -> list[int | str]:
    """The page numbers that a list links to."""
    return numbers(page)


@register.filter
def as_json_ld(thing: dict) -> SafeString:
    """JSON that can stand inside a script element: nothing in it can end the element."""
    return mark_safe(json.dumps(thing, ensure_ascii=False).translate(_NO_MARKUP))

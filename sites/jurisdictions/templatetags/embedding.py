"""{% embed_code state as code %}: the HTML of a frame with the map; see sites/jurisdictions/embed.py."""

from django import template

from sites.jurisdictions import embed

register = template.Library()


@register.simple_tag
def embed_code(state=None) -> str:
    """As text, so that a page shows the markup and does not draw it."""
    return str.__str__(embed.embed_code(state or None))

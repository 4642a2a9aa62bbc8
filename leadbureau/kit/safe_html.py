"""Rich text made safe: the same short list of tags on the way in and on the way out."""

import nh3
from django.utils.safestring import SafeString, mark_safe

# What staff may write. Pictures are not among them: they are rows with alternative text.
TAGS = {"p", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "blockquote", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href"}, "th": {"scope", "colspan"}, "td": {"colspan"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}


def clean(html: str) -> str:
    """The HTML with everything outside the list removed; relative links stay, scripts do not."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def rich(html: str) -> SafeString:
    """Cleaned HTML marked safe for a template; tables get a box in which they scroll."""
    cleaned = clean(html)
    cleaned = cleaned.replace(
        "<table>", '<div class="table-box" tabindex="0" role="region" aria-label="Table"><table>'
    )
    return mark_safe(cleaned.replace("</table>", "</table></div>"))

"""{{ note|quoted }}: what somebody else wrote, marked as mail marks it, so that nobody takes it for the Bureau's words."""

from django import template

register = template.Library()


@register.filter
def quoted(text: str) -> str:
    """Every line with "> " before it: none of it becomes a heading, a link or a button."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).strip().splitlines())

"""{% say "area.key" count=3 %}: microcopy that staff can edit."""

from django import template

from leadbureau.content import wording

register = template.Library()


@register.simple_tag
def say(key: str, **values) -> str:
    return wording.say(key, **values)

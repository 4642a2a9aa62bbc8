"""{% facts_of place as facts %}: what a place's page lists; see sites/jurisdictions/facts.py."""

from django import template

from sites.jurisdictions import facts

register = template.Library()
register.simple_tag(facts.facts_of)

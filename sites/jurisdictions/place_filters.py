"""The filters of the staff's list of places."""

from django.contrib import admin
from django.db.models import Q

from leadbureau.kit.set_filter import SetFilter
from sites.jurisdictions.duplicates import all_likely_duplicates
from sites.jurisdictions.models import Jurisdiction, Stage


class StageFilter(admin.SimpleListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [*Stage.choices, ("none", "Not recorded")]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(stage__isnull=True)
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class VisibilityFilter(SetFilter):
    title = "what the public sees"
    parameter_name = "visibility__exact"
    sets = {
        "named": ("Named", lambda rows: rows.public()),
        "counted": ("Counted only", lambda rows: rows.counted_only()),
        "hidden": ("Hidden", lambda rows: rows.filter(visibility=Jurisdiction.Visibility.HIDDEN)),
    }


class CheckFilter(SetFilter):
    title = "check"
    parameter_name = "check"
    sets = {"due": ("Due: not looked at for a year", lambda rows: rows.due_for_check())}


class ConfirmationFilter(SetFilter):
    title = "confirmation by the place"
    parameter_name = "confirmed"
    sets = {
        "yes": ("In the last 13 months", lambda rows: rows.confirmed()),
        "lapsed": ("Longer ago", lambda rows: rows.lapsed()),
        "never": ("Never", lambda rows: rows.filter(confirmed_on__isnull=True)),
    }


def _is_missing(*names: str) -> Q:
    missing = Q()
    for name in names:
        missing |= Q(**{name: ""})
    return missing


class MissingFilter(SetFilter):
    """What keeps a place off the map, out of the filters, or without the yearly letter."""

    title = "what is missing"
    parameter_name = "missing"
    sets = {
        "contact": ("No private contact", lambda rows: rows.filter(private_contact__isnull=True)),
        "position": (
            "No position",
            lambda rows: rows.filter(latitude__isnull=True).exclude(kind=Jurisdiction.Kind.STATE),
        ),
        "county": ("No county code", lambda rows: rows.filter(county_fips="")),
        "facts": (
            "Agency's kind, size or setting",
            lambda rows: rows.filter(_is_missing("lead_agency_kind", "population", "setting")),
        ),
        "words": (
            "Summary or what is offered",
            lambda rows: rows.filter(_is_missing("summary", "offers")),
        ),
    }


class DuplicateFilter(SetFilter):
    title = "duplicates"
    parameter_name = "duplicate"
    sets = {
        "maybe": (
            "May tell of a place twice",
            lambda rows: rows.filter(pk__in=all_likely_duplicates()),
        )
    }

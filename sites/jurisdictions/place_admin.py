"""A place with its history in the staff's site: the form, and the list."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from sites.jurisdictions import place_filters as filters
from sites.jurisdictions.confirmation_admin import ConfirmedPlaceAdmin, ContactInline
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.duplicates import likely_duplicates
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange
from sites.jurisdictions.place_import_admin import PlaceImportAdmin
from sites.jurisdictions.position_admin import PositionAdmin

NAMES_OF_VISIBILITY = {"named": "Named", "counted": "Counted only", "hidden": "Hidden"}
COMPARED = {"name", "locality", "county_fips", "geoid"}  # what duplicates are told by


class ChangeInline(admin.StackedInline):
    model = StageChange
    extra = 0
    fields = (
        ("stage", "certainty"),
        ("year", "month", "day"),
        ("dated_by", "read_on"),
        ("source_title", "source_url"),
        "note",
    )


class PlaceForm(forms.ModelForm):
    class Meta:
        model = Jurisdiction
        fields = "__all__"  # noqa: DJ007  (the fieldsets choose)
        widgets = {
            name: forms.Textarea({"rows": rows, "class": "vLargeTextField"})
            for name, rows in (("summary", 3), ("offers", 4), ("local_partners", 3))
        }

    def _update_errors(self, errors):
        """The table's own checks have no words for people; beside a slip that the model tells they say nothing."""
        told = getattr(errors, "error_dict", {})
        if len(told) > 1 and NON_FIELD_ERRORS in told:
            kept = [error for error in told.pop(NON_FIELD_ERRORS) if error.code]
            told.update({NON_FIELD_ERRORS: kept} if kept else {})
        super()._update_errors(errors)  # type: ignore[misc]


@admin.register(Jurisdiction)
class PlaceAdmin(ConfirmedPlaceAdmin, PositionAdmin, PlaceImportAdmin):
    """The stage is read from the history, so there is no field for it."""

    form = PlaceForm
    intro = (
        "The places on the map and in the directory. The stage is the newest change in a place's history: "
        "to say that it moved on, add a change with its date and source. The map, the lists, the open data and "
        "the feed follow as soon as it is saved."
    )
    list_display = (
        *("name", "state", "kind", "stage_now", "launched_in", "visibility_now"),
        *("checked_on", "confirmed_on"),
    )
    list_filter = (
        filters.VisibilityFilter,
        filters.StageFilter,
        filters.CheckFilter,
        filters.ConfirmationFilter,
        filters.MissingFilter,
        filters.DuplicateFilter,
        "kind",
        "lead_agency_kind",
        "population",
        "setting",
        "on_bureau_page",
        ("state", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("name", "locality", "county", "state__name", "lead_agency", "note", "summary")
    search_help_text = "By name, place, county, state, agency or the words that visitors read"
    list_select_related = ("state",)
    prepopulated_fields = {"slug": ("locality",)}
    autocomplete_fields = ("state", "also_in")
    readonly_fields = (
        *("stage_now", "launched_in", "certified_now", "picker"),
        *("identifier", "updated_at", "confirmed_on"),
    )
    date_hierarchy = "checked_on"
    inlines = (ChangeInline, ContactInline)
    actions = ("mark_checked", "send_letters", "export_chosen")
    fieldsets = (
        (
            "What the public sees",
            {
                "fields": ("visibility", "ground", ("consent_by", "consent_on"), "consent_how"),
                "description": "A new place is counted only: a number in its state's total, without a name. Name "
                "it when a public source does so, or when it has agreed. A place that only explores stays "
                "unnamed until its consent is recorded here.",
            },
        ),
        ("The place", {"fields": ("name", ("kind", "state"), "also_in", "locality", "slug")}),
        (
            "What visitors read",
            {"fields": ("summary", "note", "offers", ("population", "setting"), "hosts_visits", "website")},
        ),
        (
            "Who leads it",
            {"fields": ("lead_agency", "lead_agency_kind", "local_partners", "public_contact")},
        ),
        (
            "Where it is",
            {
                "fields": (
                    ("county", "county_fips"), "geoid", "picker", ("latitude", "longitude"),
                ),
                "description": "Without a position a place is only in the list, unless it is a whole state.",
            },
        ),
        ("Where the facts stand", {"fields": ("source_title", "source_url", "checked_on", "on_bureau_page")}),
        ("For the record", {"fields": (("confirmed_on", "updated_at"), "identifier")}),
    )  # fmt: skip

    def get_queryset(self, request):
        places: Any = super().get_queryset(request)
        return places.staged().with_certified()

    def get_fieldsets(self, request, obj=None):
        """How it stands comes first, once there is something to say."""
        found = super().get_fieldsets(request, obj)
        stands = (None, {"fields": (("stage_now", "launched_in", "certified_now"),)})
        return [stands, *found] if obj else found

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_named else None

    @admin.display(description="stage", ordering="stage")
    def stage_now(self, place):
        return Stage(place.stage).label if place.stage else "Not recorded"

    @admin.display(description="launched", ordering="launch_year")
    def launched_in(self, place):
        return place.launch_year or "–"

    @admin.display(description="certified")
    def certified_now(self, place):
        return "Yes" if place.certified else "No"

    @admin.display(description="public sees", ordering="visibility")
    def visibility_now(self, place):
        return NAMES_OF_VISIBILITY[place.visibility]

    @admin.action(description="Record that the chosen entries were checked today", permissions=["change"])
    def mark_checked(self, request, queryset):
        """One by one, so that each keeps its line in the admin's own log of changes."""
        for place in Jurisdiction.objects.filter(pk__in=queryset.values("pk")).select_related("state"):
            place.checked_on = timezone.localdate()
            place.save(update_fields=["checked_on", "updated_at"])
            self.log_change(request, place, "Checked today.")
        day = day_in_words(timezone.localdate())
        self.message_user(request, f"The chosen entries are marked as checked today, {day}.")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or COMPARED & set(form.changed_data):
            self._warn_of_duplicates(request, form.instance)
        if form.instance.is_named and not form.instance.changes.exists():
            messages.warning(
                request, "This place has no stage yet: readers see “Stage not recorded”. Add a change below."
            )

    def _warn_of_duplicates(self, request, place: Jurisdiction) -> None:
        """It is saved all the same: only people know whether two entries are one place."""
        links = [
            (reverse("admin:jurisdictions_jurisdiction_change", args=[other.pk]), other.name, other.state)
            for other in likely_duplicates(place)
        ]
        if links:
            found = format_html_join(", ", '<a href="{}">{}, {}</a>', links)
            messages.warning(
                request, format_html("This may tell of a place that is there already: {}.", found)
            )

"""The places in the staff's site."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.utils import timezone

from leadbureau.kit.set_filter import SetFilter
from sites.jurisdictions import introductions_admin  # noqa: F401  (registers the requests for introductions)
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State, StateMeasure


class MeasureInline(admin.StackedInline):
    model = StateMeasure
    extra = 0
    fields = ("kind", "title", ("date_label", "year"), "body", ("source_title", "source_url"))


@admin.register(State)
class StateAdmin(admin.ModelAdmin):
    """States are there from the start; staff write their summary and their laws and money."""

    intro = (
        "The states on the map. Write the summary, and the laws and money, of a state's page here; the places "
        "on it are under Places."
    )
    list_display = ("name", "usps", "kind", "number_of_places", "number_of_measures")
    list_filter = ("kind",)
    search_fields = ("name", "usps", "summary")
    search_help_text = "By name or abbreviation"
    fields = ("name", ("usps", "fips", "kind"), "summary")
    readonly_fields = ("usps", "fips", "kind")
    inlines = (MeasureInline,)

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                places=Count("jurisdictions", distinct=True), laws_and_money=Count("measures", distinct=True)
            )
        )

    @admin.display(description="places", ordering="places")
    def number_of_places(self, state):
        return state.places

    @admin.display(description="laws and money", ordering="laws_and_money")
    def number_of_measures(self, state):
        return state.laws_and_money

    def save_related(self, request, form, formsets, change):
        """The words of its measures are found by the search, so the state is saved once more after them."""
        super().save_related(request, form, formsets, change)
        form.instance.save()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(StateMeasure)
class StateMeasureAdmin(admin.ModelAdmin):
    intro = (
        "Laws, money and programs of a state, on the state's page with their sources. Visitors see a change "
        "as soon as it is saved."
    )
    search_help_text = "Search in titles, texts, states and sources."
    list_display = ("title", "state", "kind", "date_label")
    list_filter = ("kind", ("state", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "body", "state__name", "source_title")
    autocomplete_fields = ("state",)
    list_select_related = ("state",)

    def view_on_site(self, obj):
        return obj.state.get_absolute_url()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        obj.state.save()


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


class StageFilter(admin.SimpleListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [*Stage.choices, ("none", "Not recorded")]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(stage__isnull=True)
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class CheckFilter(SetFilter):
    title = "check"
    parameter_name = "check"
    sets = {"due": ("Due: not looked at for a year", lambda rows: rows.due_for_check())}


@admin.register(Jurisdiction)
class JurisdictionAdmin(admin.ModelAdmin):
    """A place with its history. The stage is read from the history, so there is no field for it."""

    intro = (
        "The places on the map and in the directory. The stage is the newest change in a place's history: "
        "to say that it moved on, add a change with its date and source. The map, the lists, the open data and "
        "the feed follow as soon as it is saved."
    )
    list_display = ("name", "state", "kind", "stage_now", "launched_in", "visibility", "checked_on")
    list_filter = (
        "visibility",
        StageFilter,
        CheckFilter,
        "kind",
        "on_bureau_page",
        ("state", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("name", "locality", "county", "state__name", "lead_agency", "note", "summary")
    search_help_text = "By name, place, county, state, agency or the words that visitors read"
    list_select_related = ("state",)
    prepopulated_fields = {"slug": ("locality",)}
    autocomplete_fields = ("state",)
    readonly_fields = ("identifier", "updated_at")
    date_hierarchy = "checked_on"
    inlines = (ChangeInline,)
    actions = ("mark_checked",)
    fieldsets = (
        (None, {"fields": ("name", ("kind", "state"), "slug")}),
        (
            "What the public sees",
            {"fields": ("visibility", "ground", ("consent_by", "consent_on"), "consent_how")},
        ),
        ("What visitors read", {"fields": ("summary", "note", "lead_agency", "website", "on_bureau_page")}),
        (
            "Where it is",
            {
                "fields": ("locality", ("county", "county_fips"), ("latitude", "longitude")),
                "description": "Without a position a place is only in the list, unless it is a whole state.",
            },
        ),
        ("Where the facts stand", {"fields": ("source_title", "source_url", "checked_on")}),
        ("For the record", {"fields": ("identifier", "updated_at"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request):
        places: Any = super().get_queryset(request)
        return places.staged()

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_named else None

    @admin.display(description="stage", ordering="stage")
    def stage_now(self, place):
        return Stage(place.stage).label if place.stage else "Not recorded"

    @admin.display(description="launched", ordering="launch_year")
    def launched_in(self, place):
        return place.launch_year

    @admin.action(description="Record that the chosen entries were checked today", permissions=["change"])
    def mark_checked(self, request, queryset):
        """One by one, so that each keeps its line in the admin's own log of changes."""
        for place in Jurisdiction.objects.filter(pk__in=queryset.values("pk")).select_related("state"):
            place.checked_on = timezone.localdate()
            place.save(update_fields=["checked_on", "updated_at"])
            self.log_change(request, place, "Checked today.")
        self.message_user(request, "The chosen entries are marked as checked today.")

"""States, and their laws and money, in the staff's site."""

from django.contrib import admin
from django.db.models import Count

from sites.jurisdictions.models import State, StateMeasure


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

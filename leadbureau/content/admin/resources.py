from django.contrib import admin

from leadbureau.content.admin.publishing import PublishableAdmin, StateFilter
from leadbureau.content.models import Resource


@admin.register(Resource)
class ResourceAdmin(PublishableAdmin):
    intro = (
        "Guides, toolkits, laws and data that help a jurisdiction, each with the address where it is kept."
    )
    list_display = ("title", "kind", "publisher", "published", "state_words", "order")
    list_filter = (StateFilter, "kind")
    search_fields = ("title", "summary", "publisher", "audience", "url")
    search_help_text = "Search in titles, summaries, publishers and addresses."
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "summary", "url")}),
        ("About it", {"fields": ("publisher", "published", "audience", "order")}),
    )

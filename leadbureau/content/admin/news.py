from django.contrib import admin

from leadbureau.content.admin.publishing import PublishableAdmin, StateFilter
from leadbureau.content.admin.rich_text import RichTextMixin
from leadbureau.content.models import NewsItem


@admin.register(NewsItem)
class NewsItemAdmin(RichTextMixin, PublishableAdmin):
    intro = (
        "Dated notes, newest first on the site and in the feed. Say what happened, where, and how you know."
    )
    rich_fields = ("body",)
    list_display = ("title", "date", "state_words", "updated_at")
    list_filter = (StateFilter, "date")
    date_hierarchy = "date"
    search_fields = ("title", "slug", "summary", "body")
    search_help_text = "Search in titles, addresses, summaries and texts."
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "date", "summary", "body", "picture")}),
        ("Where this is known from", {"fields": ("source_title", "source_url")}),
    )

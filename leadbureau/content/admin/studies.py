from django.contrib import admin

from leadbureau.content.admin.publishing import PublishableAdmin, StateFilter
from leadbureau.content.admin.rich_text import RichTextMixin
from leadbureau.content.models import Claim, Study


class ClaimInline(admin.StackedInline):
    model = Claim
    extra = 0
    fields = ("sentence", "measure", "compared_with", "people", "does_not_show", ("on_home", "order"))
    verbose_name_plural = "claims: one sentence each, never without what it does not show"


@admin.register(Study)
class StudyAdmin(RichTextMixin, PublishableAdmin):
    intro = (
        "Publications about LEAD, favorable or not. Give odds or rates, compared with whom, how many people, "
        "and what the study does not show."
    )
    rich_fields = ("findings", "limits")
    list_display = ("title", "place", "year", "direction", "state_words", "order")
    list_filter = (StateFilter, "direction", "rigor", "year")
    search_fields = ("title", "place", "authors", "citation", "doi", "findings", "limits")
    search_help_text = "Search in titles, places, authors, citations, findings and limits."
    prepopulated_fields = {"slug": ("title",)}
    inlines = (ClaimInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug", ("place", "year"), ("direction", "rigor"), "order")}),
        ("What was done and found", {"fields": ("design", ("people", "period"), "findings", "limits")}),
        ("The publication", {"fields": ("authors", "citation", "doi", "url", "funder")}),
        ("Where the Bureau read it", {"fields": ("source_title", "source_url")}),
    )

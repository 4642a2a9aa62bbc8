from django import forms
from django.contrib import admin
from django.db import models

from leadbureau.content.admin.rich_text import RichTextMixin
from leadbureau.content.models import Rating


@admin.register(Rating)
class RatingAdmin(RichTextMixin, admin.ModelAdmin):
    intro = "What bodies that rate programs say of LEAD. Visitors see a change as soon as it is saved."
    rich_fields = ("note",)
    list_display = ("rater", "verdict", "rated_on", "order")
    list_filter = ("rated_on",)
    search_fields = ("rater", "verdict", "scope", "note")
    search_help_text = "Search in raters, verdicts and notes."
    prepopulated_fields = {"slug": ("rater",)}
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fields = ("rater", "slug", "verdict", "scope", "rated_on", "note", "studies", "url", "order")

    def view_on_site(self, obj) -> str:
        return f"/evidence/#{obj.slug}"

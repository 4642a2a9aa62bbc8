from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse

from leadbureau.content.models import BureauDetails


@admin.register(BureauDetails)
class BureauDetailsAdmin(admin.ModelAdmin):
    """One row: its list leads straight to it."""

    intro = (
        "What the pages repeat about the Bureau: its names, how to reach it, how soon it answers. "
        "Visitors see a change as soon as it is saved."
    )
    fieldsets = (
        ("Names", {"fields": ("name", "short_name", "description")}),
        ("How to reach the Bureau", {"fields": ("email", "phone", "address", "reply_days")}),
        ("Help from the federal government", {"fields": ("federal_name", "federal_url")}),
    )

    def changelist_view(self, request, extra_context=None):
        if self.has_view_or_change_permission(request):
            row, _ = BureauDetails.objects.get_or_create(pk=1)
            return HttpResponseRedirect(reverse("admin:content_bureaudetails_change", args=[row.pk]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def view_on_site(self, obj) -> str:
        return "/contact/"

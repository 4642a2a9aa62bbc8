from django import forms
from django.contrib import admin

from leadbureau.content.admin.site_address import check_address
from leadbureau.content.models import MenuItem


class MenuItemForm(forms.ModelForm):
    def clean_address(self):
        return check_address(self.cleaned_data["address"])


@admin.register(MenuItem)
class MenuItemAdmin(admin.ModelAdmin):
    intro = (
        "The links in the header and in the footer of every page. Visitors see a change as soon as it is "
        "saved. Five or six entries in the header are enough; more do not fit on one line."
    )
    form = MenuItemForm
    list_display = ("label", "place", "address", "order", "shown")
    list_filter = ("place", "shown")
    search_fields = ("label", "address")
    search_help_text = "Search in labels and addresses."
    fields = ("label", "address", "place", "order", "shown")

    def view_on_site(self, obj) -> str:
        return obj.address

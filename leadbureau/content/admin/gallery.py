from django import forms
from django.contrib import admin

from leadbureau.content.admin.pictures import thumbnail
from leadbureau.content.admin.site_address import check_address
from leadbureau.content.models import GalleryPicture


class GalleryPictureForm(forms.ModelForm):
    def clean_address(self):
        address = self.cleaned_data["address"]
        return check_address(address) if address else ""


@admin.register(GalleryPicture)
class GalleryPictureAdmin(admin.ModelAdmin):
    intro = "The pictures at the top of the home page, from left to right by their numbers. Seven fit well."
    form = GalleryPictureForm
    list_display = ("title", "image", "address", "order", "shown")
    list_filter = ("shown",)
    list_select_related = ("picture",)
    search_fields = ("title", "caption", "picture__title", "picture__alt")
    search_help_text = "Search in titles, captions and alternative texts."
    fields = ("picture", "title", "caption", "address", "order", "shown")

    @admin.display(description="Picture")
    def image(self, obj) -> str:
        return thumbnail(obj.picture)

    def view_on_site(self, obj) -> str:
        return "/"

"""Pictures: checked on upload, described in words, with the point that no crop may lose."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import transaction
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.html import format_html

from leadbureau.content.models import Picture
from leadbureau.content.picture_files import delete_unused, files_of
from leadbureau.kit.pictures import LARGEST_FILE, MOST_PIXELS, check_upload
from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.templatetags.pictures import smallest


class PictureForm(forms.ModelForm):
    file = forms.FileField(
        label="Picture file",
        max_length=255,
        widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text=(
            f"JPEG, PNG, WebP, AVIF or GIF, at most {LARGEST_FILE // 1024**2} MB and "
            f"{MOST_PIXELS // 1_000_000} million pixels. Where and when it was taken, and anything else "
            "hidden in the file, is removed. Of an animation the first image is kept."
        ),
    )

    class Meta:
        widgets = {
            name: forms.NumberInput(attrs={"min": 0, "max": 1, "step": "0.01"})
            for name in ("focal_x", "focal_y")
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        return check_upload(file) if "file" in self.changed_data else file

    def clean(self):
        cleaned = super().clean() or {}
        alt, decorative = cleaned.get("alt", "").strip(), cleaned.get("decorative")
        if not alt and not decorative and "alt" not in self.errors:
            self.add_error(
                "alt",
                "Write what a person who cannot see the picture needs to know. If it says nothing that the "
                "text does not say, tick “decorative” instead.",
            )
        if alt and decorative:
            self.add_error(
                "decorative", "A decorative picture has no alternative text: untick this, or empty the text."
            )
        return cleaned


class ReadyFilter(SetFilter):
    title = "cut for all screens"
    parameter_name = "ready"
    sets = {
        "no": ("Waiting to be cut", lambda rows: rows.waiting()),
        "yes": ("Ready", lambda rows: rows.ready()),
    }


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    intro = (
        "Pictures for the gallery, the pages and the news. Each needs words for people who cannot see it, "
        "unless it is only decoration. After an upload the site cuts it for all screens within a minute."
    )
    form = PictureForm
    list_display = ("title", "image", "words", "credit", "size", "ready")
    list_filter = ("decorative", ReadyFilter, "created_at")
    search_fields = ("title", "alt", "credit")
    search_help_text = "Search in titles, alternative texts and credits."
    readonly_fields = ("focal_preview", "size", "ready")
    fieldsets = (
        (None, {"fields": ("title", "file")}),
        ("For people who cannot see it", {"fields": ("alt", "decorative")}),
        ("Credit", {"fields": ("credit",)}),
        (
            "The point that stays in sight when the picture is cropped",
            {"fields": (("focal_x", "focal_y"), "focal_preview")},
        ),
        ("State", {"fields": ("size", "ready")}),
    )
    actions = None

    class Media:
        js = (Script("js/admin-focal.js", type="module"),)

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:4]

    def save_model(self, request, obj, form, change):
        """Stores the row, and drops the files that a new one replaces once that is certain."""
        before = files_of(Picture.objects.get(pk=obj.pk)) if change and "file" in form.changed_data else set()
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: delete_unused(before))

    def delete_model(self, request, obj):
        files = files_of(obj)
        super().delete_model(request, obj)
        transaction.on_commit(lambda: delete_unused(files))

    @admin.display(description="Picture")
    def image(self, obj) -> str:
        return thumbnail(obj)

    @admin.display(description="Alternative text", ordering="alt")
    def words(self, obj) -> str:
        return obj.alt or "Decorative"

    @admin.display(description="Size")
    def size(self, obj) -> str:
        return f"{obj.width} × {obj.height} pixels" if obj.width else "–"

    @admin.display(description="Cut for all screens", boolean=True)
    def ready(self, obj) -> bool:
        return obj.is_ready()

    @admin.display(description="In the picture")
    def focal_preview(self, obj) -> str:
        if not obj.pk or not obj.file:
            return "Save the picture first; then the point is shown here, and a click moves it."
        return render_to_string("admin/picture/focal.html", {"picture": obj, "source": smallest(obj, 640)})


def thumbnail(picture: Picture) -> str:
    """A small image for lists; its words stand beside it, so it has none of its own."""
    if not picture.file:
        return "–"
    source = smallest(picture, 320)
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        source["url"],
        source["width"],
        source["height"],
    )

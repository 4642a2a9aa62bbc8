from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse

from leadbureau.content.admin.preview import PreviewMixin
from leadbureau.content.admin.publishing import PublishableAdmin, StateFilter, state_of
from leadbureau.content.admin.rich_text import RichTextMixin
from leadbureau.content.admin.versions import VersionsMixin
from leadbureau.content.models import Item, Page, Section


class SectionInline(RichTextMixin, admin.StackedInline):
    model = Section
    rich_fields = ("body",)
    extra = 0
    show_change_link = True
    fields = (("order", "anchor", "layout"), "heading", "body", "picture")
    verbose_name_plural = "sections, in the order of their numbers; “Change” beside a name opens its entries"


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    intro = (
        "Every public page has its heading and its text here. A page with a task, like the map or a form, "
        "shows that task between its first lines and its sections. Labels and buttons are under Wordings."
    )
    list_display = ("title", "address", "state_words", "updated_at")
    list_filter = (StateFilter,)
    search_fields = ("title", "slug", "lead", "description", "search_text")
    search_help_text = "Search in titles, addresses and the whole text of the pages."
    inlines = (SectionInline,)
    fieldsets = (
        (None, {"fields": ("title", "lead", "slug")}),
        ("For search engines and the reader's trust", {"fields": ("description", "checked_on")}),
    )

    @admin.display(description="Address", ordering="slug")
    def address(self, obj) -> str:
        return obj.get_absolute_url()


class ItemInline(RichTextMixin, admin.StackedInline):
    model = Item
    rich_fields = ("body",)
    extra = 0
    fields = (("order", "label"), "heading", "body", ("source_title", "source_url"))
    verbose_name_plural = "entries: events, cards, steps or questions of this section"


@admin.register(Section)
class SectionAdmin(VersionsMixin, PreviewMixin, RichTextMixin, admin.ModelAdmin):
    """A section with its entries. One comes here from the page; the list is not on the first page."""

    rich_fields = ("body",)
    intro = "A stretch of a page under one heading. Its entries are events, cards, steps or questions."
    list_display = ("__str__", "page", "layout", "order")
    list_filter = ("layout", "page")
    list_select_related = ("page",)
    search_fields = ("heading", "body", "page__title", "items__heading", "items__body")
    search_help_text = "Search in headings and texts of sections and of their entries."
    fields = ("page", ("order", "anchor", "layout"), "heading", "body", "picture")
    inlines = (ItemInline,)
    actions = None  # deleting many at once would pass by the page's search text and its versions
    change_form_template = "admin/section/change_form.html"

    def has_module_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or state_of(obj.page) == "draft" or request.user.has_perm("content.publish_page")
        )

    def get_readonly_fields(self, request, obj=None):
        return ("page",) if obj else ()

    def preview_of(self, obj) -> Page:
        return obj.page

    def view_on_site(self, obj) -> str | None:
        return f"{obj.page.get_absolute_url()}#{obj.anchor}" if obj.page.is_public() else None

    def response_post_save_change(self, request, obj):
        """Back to the page, from which one came."""
        return HttpResponseRedirect(reverse("admin:content_page_change", args=[obj.page_id]))

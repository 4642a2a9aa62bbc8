"""A look at the real page before it is public: what the form holds is saved, shown, and undone."""

from copy import copy

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, resolve, reverse

from leadbureau.content.models.publishing import Publishable


class PreviewMixin:
    """A ModelAdmin whose form can be shown as the page that it makes, in a new tab, with nothing stored.

    The form is posted to the preview's address by its own button (formaction, formtarget). It goes through
    Django's usual saving inside a transaction; the public view renders the page; everything is rolled back.
    Errors of the form are shown instead of the page.
    """

    def preview_of(self, obj) -> Publishable:
        """The row whose page is shown."""
        return obj

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.preview)  # type: ignore[attr-defined]
        return [
            path("add/preview/", view, name=f"{name}_preview_new"),
            path("<path:object_id>/change/preview/", view, name=f"{name}_preview"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def preview(self, request, object_id: str | None = None):
        form_address = self._form_address(object_id)
        if request.method != "POST":  # somebody reloads the tab; there is nothing to show
            return HttpResponseRedirect(form_address)
        request.preview_asked = True
        with transaction.atomic():
            response = self.changeform_view(request, object_id, form_url=form_address)  # type: ignore[attr-defined]
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            transaction.set_rollback(True)
        response.headers["Cache-Control"] = "no-store"
        return response

    def response_add(self, request, obj, post_url_continue=None):
        if getattr(request, "preview_asked", False):
            return self._as_visitors_see(request, obj)
        return super().response_add(request, obj, post_url_continue)  # type: ignore[misc]

    def response_change(self, request, obj):
        if getattr(request, "preview_asked", False):
            return self._as_visitors_see(request, obj)
        return super().response_change(request, obj)  # type: ignore[misc]

    def render_change_form(self, request, context, *args, **kwargs):
        """Tells the template where its Preview button posts to."""
        obj = kwargs.get("obj")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"  # type: ignore[attr-defined]
        address = reverse(name, args=[obj.pk]) if obj else reverse(f"{name}_new")
        return super().render_change_form(  # type: ignore[misc]
            request, {**context, "preview_address": address}, *args, **kwargs
        )

    def _as_visitors_see(self, request, obj) -> HttpResponse:
        shown = self.preview_of(obj)
        shown.publish()
        type(shown)._default_manager.filter(pk=shown.pk).update(publish_at=shown.publish_at)
        return page_for_visitor(request, shown.get_absolute_url().partition("#")[0])  # type: ignore[attr-defined]

    def _form_address(self, object_id: str | None) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]
        return reverse(f"{name}_change", args=[object_id]) if object_id else reverse(f"{name}_add")


def page_for_visitor(request, address: str) -> HttpResponse:
    """The response that the public view at `address` gives to somebody who is not logged in.

    `request.preview` is set, so that the page says what it is.
    """
    if address.startswith(reverse("admin:index")):
        raise PermissionDenied("Only public pages are previewed.")
    visit = copy(request)
    visit.method = "GET"
    visit.path = visit.path_info = address
    visit.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": ""}
    visit.GET = visit.POST = QueryDict("")
    visit.COOKIES = {}
    visit.user = AnonymousUser()
    visit.preview = True
    match = visit.resolver_match = resolve(address)
    return match.func(visit, *match.args, **match.kwargs)

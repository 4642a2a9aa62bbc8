"""History in the admin: who did what and when, a version beside the present text, and the way back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from leadbureau.content.versions import (
    WHOLE,
    differences,
    forget,
    keep,
    keep_first,
    restore,
    versions_of,
    whole_of,
)


class VersionsMixin:
    """A ModelAdmin that keeps a version of the whole text with every line that it writes into Django's log.

    Django saves, logs and answers inside one transaction; the preview's is rolled back, and its version too.
    """

    def get_urls(self):
        if self.model in WHOLE:  # type: ignore[attr-defined]
            return super().get_urls()  # type: ignore[misc]
        view = require_http_methods(["GET", "HEAD", "POST"])(self.version_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"  # type: ignore[attr-defined]
        address = "<path:object_id>/history/<int:number>/"
        return [path(address, self.admin_site.admin_view(view), name=name), *super().get_urls()]  # type: ignore[attr-defined,misc]

    def save_model(self, request, obj, form, change):
        whole = whole_of(obj)
        if whole.pk:
            keep_first(whole)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def delete_model(self, request, obj):
        """A part that is deleted stays in the versions of its whole; a whole goes with its versions."""
        whole = whole_of(obj)
        if whole is obj:
            forget(obj)
            return super().delete_model(request, obj)  # type: ignore[misc]
        keep_first(whole)
        name = _name(obj)
        super().delete_model(request, obj)  # type: ignore[misc]
        return keep(whole, by=request.user, deed=f"{name}: Deleted.")

    def log_addition(self, request, obj, message):
        return self._keep(request, obj, super().log_addition(request, obj, message))  # type: ignore[misc]

    def log_change(self, request, obj, message):
        return self._keep(request, obj, super().log_change(request, obj, message))  # type: ignore[misc]

    def _keep(self, request, obj, entry):
        whole = whole_of(obj)
        deed = getattr(obj, "deed", "") if whole is obj else f"{_name(obj)}:"
        keep(whole, by=request.user, deed=f"{deed} {entry.get_change_message()}".strip())
        return entry

    def history_view(self, request, object_id, extra_context=None) -> HttpResponse:
        row = self._row(request, object_id)
        whole = whole_of(row)
        if whole is not row:
            return redirect("admin:content_page_history", whole.pk)
        context = {"title": "History", "versions": versions_of(row).defer("serialized_data")}
        return self._page(request, row, "admin/versions/history.html", context | (extra_context or {}))

    @transaction.atomic
    def version_view(self, request, object_id: str, number: int) -> HttpResponse:
        """GET shows what differs and says what restoring does; POST restores."""
        row = self._row(request, object_id, lock=request.method == "POST")
        version = get_object_or_404(versions_of(row), pk=number)
        newest = versions_of(row).first()
        may_restore = self.has_change_permission(request, row)  # type: ignore[attr-defined]
        if request.method == "POST" and not may_restore:
            raise PermissionDenied
        if request.method == "POST" and request.POST.get("newest") == str(newest.pk):
            return self._restore(request, row, version)
        if request.method == "POST":
            messages.error(
                request, "Nothing was restored: somebody saved meanwhile. Look again at what differs."
            )
        context = {
            "title": f"Version of {_moment(version)}",
            "version": version,
            "newest": newest,
            "differences": differences(version, row),
            "may_restore": may_restore,
        }
        return self._page(request, row, "admin/versions/compare.html", context)

    def _restore(self, request, row, version) -> HttpResponse:
        restore(row, version)
        self.log_change(request, row, f"Restored the version of {_moment(version)}.")
        messages.success(
            request, f"“{row}” has the text of {_moment(version)} again. As before: {row.state()}."
        )
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)  # type: ignore[attr-defined]

    def _row(self, request, object_id: str, *, lock: bool = False):
        rows = self.get_queryset(request)  # type: ignore[attr-defined]
        row = get_object_or_404(rows.select_for_update() if lock else rows, pk=unquote(object_id))
        if not self.has_view_or_change_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        return row

    def _page(self, request, row, template: str, context: dict) -> HttpResponse:
        more = {"opts": self.opts, "original": row, "subtitle": str(row)}  # type: ignore[attr-defined]
        return render(request, template, {**self.admin_site.each_context(request), **more, **context})  # type: ignore[attr-defined]


def _name(part) -> str:
    return f"{capfirst(part._meta.verbose_name)} “{part}”"


def _moment(version) -> str:
    return date_format(timezone.localtime(version.revision.date_created), "j F Y, H:i")

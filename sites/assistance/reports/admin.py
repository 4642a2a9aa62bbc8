"""Frozen reports in the staff site: a list, a page each, two files each. Nothing here can be changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_safe

from sites.assistance.models import FrozenReport
from sites.assistance.reports.definitions import EDITION
from sites.assistance.reports.figures import figures
from sites.assistance.reports.frozen import differences, other_meanings, stored
from sites.assistance.reports.page import chapters, key_numbers
from sites.assistance.reports.period import Period
from sites.assistance.reports.views import SEE, csv_of, needs, xlsx_of


@admin.register(FrozenReport)
class FrozenReportAdmin(admin.ModelAdmin):
    list_intro = (
        "Reports whose figures were frozen on a day, to be given away. They never move; each says what has "
        "changed since. To make one, open the report on the period and press “Freeze this report”."
    )
    list_display = ["title", "period", "frozen_at", "frozen_by"]
    list_select_related = ["frozen_by"]
    search_fields = ["title"]
    search_help_text = "Words of the title"
    list_filter = ["frozen_at"]
    change_list_template = "assistance/admin/report/change_list.html"
    actions = None

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SEE)

    def has_module_permission(self, request):
        return request.user.has_perm(SEE)

    def has_add_permission(self, request):
        """By freezing a report only."""
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_urls(self):
        own = {"report.csv": self.as_csv, "report.xlsx": self.as_xlsx}
        return [
            path(
                f"<int:pk>/{name}",
                self.admin_site.admin_view(require_safe(needs(SEE)(view))),
                name=f"assistance_frozenreport_{name.rpartition('.')[2]}",
            )
            for name, view in own.items()
        ] + super().get_urls()

    @admin.display(description="period", ordering="since")
    def period(self, row) -> str:
        return _period(row).in_words

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The figures as they were, and what has changed since."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        then, now = stored(row), figures(_period(row))
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "original": row,
            "period": _period(row),
            "key_numbers": key_numbers(then),
            "chapters": chapters(then),
            "differences": differences(then, now),
            "other_meanings": other_meanings(then, now),
            "is_older": row.edition != EDITION,
            "has_delete_permission": self.has_delete_permission(request, row),
            "opts": self.opts,
        }
        return render(request, "assistance/admin/report/frozen.html", context)

    def as_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(FrozenReport, pk=pk)
        return csv_of(stored(row), _period(row))

    def as_xlsx(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(FrozenReport, pk=pk)
        about = [
            ("What it is", row.title),
            ("Period", _period(row).in_words),
            ("Frozen", date_format(timezone.localtime(row.frozen_at), "j F Y, g:i a")),
            ("Edition of the calculation", str(row.edition)),
        ]
        return xlsx_of(stored(row), _period(row), about)


def _period(row: FrozenReport) -> Period:
    return Period(row.since, row.until)

"""The pages of the report in the staff site, for those who may see requests. GET changes nothing."""

from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sites.assistance.models import FrozenReport
from sites.assistance.reports import files
from sites.assistance.reports.figure import Figure
from sites.assistance.reports.figures import figures
from sites.assistance.reports.frozen import freeze
from sites.assistance.reports.page import chapters, key_numbers
from sites.assistance.reports.period import Period, PeriodForm, shortcuts

SEE, FREEZE = "assistance.view_request", "assistance.freeze_report"


class TitleForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        max_length=120,
        error_messages={"required": "Give the report a title."},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="By which you will find it again. Put no name of a requester into it.",
    )


def needs(permission: str):
    """A decorator: for members of staff who have the permission, and never kept by a browser."""

    def decorator(view):
        @never_cache
        @wraps(view)
        def allowed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return allowed

    return decorator


@require_safe
@needs(SEE)
def report(request: HttpRequest) -> HttpResponse:
    """The figures of a period; without one in the address, of this quarter."""
    common = shortcuts(timezone.localdate())
    form = _period_form(request)
    told, period = [], None
    if form.is_valid():
        period = form.period
        told = figures(period)
    context = {
        **admin.site.each_context(request),
        "title": f"Requests, {period.in_words}" if period else "Report on requests",
        "form": form,
        "shortcuts": [(name, one, one == period) for name, one in common],
        "period": period,
        "made_on": date_format(timezone.localtime(), "j F Y, g:i a"),
        "key_numbers": key_numbers(told),
        "chapters": chapters(told),
        "may_freeze": request.user.has_perm(FREEZE),
        "opts": FrozenReport._meta,
    }
    return render(request, "assistance/admin/report/report.html", context)


@require_safe
@needs(SEE)
def as_csv(request: HttpRequest) -> HttpResponse:
    return _with_period(request, lambda period: csv_of(figures(period), period))


@require_safe
@needs(SEE)
def as_xlsx(request: HttpRequest) -> HttpResponse:
    return _with_period(request, lambda period: xlsx_of(figures(period), period, _about(period)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
@needs(FREEZE)
def freeze_report(request: HttpRequest) -> HttpResponse:
    """Says what freezing does and asks for a title; POST does it."""
    return _with_period(request, lambda period: _ask_or_freeze(request, period))


def _ask_or_freeze(request: HttpRequest, period: Period) -> HttpResponse:
    form = TitleForm(request.POST or None, initial={"title": f"Requests, {period.in_words}"})
    if request.method == "POST" and form.is_valid():
        row, is_new = freeze(period, title=form.cleaned_data["title"], by=request.user)
        if is_new:
            admin.site.get_model_admin(FrozenReport).log_addition(request, row, "Frozen.")
            messages.success(request, f"{row} is frozen.")
        else:
            messages.warning(
                request, f"{row} was frozen before, so nothing was done. Freeze it under another title."
            )
        return redirect("admin:assistance_frozenreport_change", row.pk)
    context = {
        **admin.site.each_context(request),
        "title": "Freeze this report",
        "period": period,
        "form": form,
        "opts": FrozenReport._meta,
    }
    return render(request, "assistance/admin/report/freeze.html", context)


def _period_form(request: HttpRequest) -> PeriodForm:
    """From the address; of this quarter when it names no day."""
    if "since" in request.GET or "until" in request.GET:
        return PeriodForm(request.GET)
    _, quarter = shortcuts(timezone.localdate())[0]
    return PeriodForm({"since": quarter.since, "until": quarter.until})


def _with_period(request: HttpRequest, answer) -> HttpResponse:
    """The answer for the period of the address; days that cannot be are complained of on the report's page."""
    form = _period_form(request)
    if form.is_valid():
        return answer(form.period)
    query = request.GET.urlencode()
    return redirect(f"{reverse('admin:assistance_report')}?{query}")


def _about(period: Period) -> list[tuple[str, str]]:
    return [
        ("What it is", "Requests for technical assistance"),
        ("Period", period.in_words),
        ("Figures as of", date_format(timezone.localtime(), "j F Y, g:i a")),
    ]


def csv_of(told: list[Figure], period: Period) -> HttpResponse:
    return _download(files.as_csv(told), "text/csv; charset=utf-8", period, "csv")


def xlsx_of(told: list[Figure], period: Period, about: list[tuple[str, str]]) -> HttpResponse:
    return _download(files.as_xlsx(told, about), files.XLSX_TYPE, period, "xlsx")


def _download(content: bytes, kind: str, period: Period, ending: str) -> HttpResponse:
    name = f"lead-requests-{period.since.isoformat()}-to-{period.until.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


def urls(site: admin.AdminSite) -> list:
    """The addresses under admin/assistance/report/."""
    pages = {"": report, "report.csv": as_csv, "report.xlsx": as_xlsx, "freeze/": freeze_report}
    names = (
        "assistance_report",
        "assistance_report_csv",
        "assistance_report_xlsx",
        "assistance_report_freeze",
    )
    return [
        path(f"assistance/report/{address}", site.admin_view(view), name=name)
        for (address, view), name in zip(pages.items(), names, strict=True)
    ]

"""Casework in the staff's site: the queue, the case, and what is left of requests that were deleted."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from sites.assistance import case_page
from sites.assistance.as_they_see import as_they_see
from sites.assistance.by_telephone import TakenForm, fields_by_page, likely_same
from sites.assistance.case_forms import AssignManyForm
from sites.assistance.case_verbs import CaseVerbsAdmin
from sites.assistance.casework import ANSWERS, GROUPS, SEE_PERSONAL, next_step
from sites.assistance.files import admin as files_admin  # noqa: F401  registers files
from sites.assistance.models import Request, Tombstone
from sites.assistance.queue_export import as_csv, as_csv_with_names
from sites.assistance.queue_list import QueueAdmin
from sites.assistance.reports import admin as reports_admin  # noqa: F401  registers frozen reports

EXPORT_PERSONAL = "assistance.export_personal"
PERSONAL_IN_WORDS = dict(Request._meta.permissions)["see_personal"]


@admin.register(Request)
class RequestAdmin(QueueAdmin, CaseVerbsAdmin):
    """Nothing is typed over here: answers are the requester's, and states move by verbs."""

    fields = ["status"]
    readonly_fields = ["status"]
    change_form_template = "assistance/admin/case.html"
    actions = ["assign_chosen", "export_chosen", "export_chosen_with_names"]

    class Media:
        css = {
            "all": [
                *("css/admin-case-top.css", "css/admin-case.css", "css/admin-case-verbs.css"),
                "css/admin-queue.css",
            ]
        }

    def get_urls(self):
        view = self.admin_site.admin_view(self.as_they_see)
        return [
            path("<path:object_id>/as-they-see-it/", view, name="assistance_request_as_they_see"),
            *super().get_urls(),
        ]

    def note_reading(self, request, row: Request) -> None:
        if request.user.has_perm(SEE_PERSONAL) and not row.is_draft:
            case_page.note_reading(row, request.user)

    # The case ----------------------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The case under its next step; no button to save, as nothing is typed."""
        more: dict = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        if obj:
            self.note_reading(request, obj)
            more |= case_page.case_context(obj, request.user, request.user.has_perm(SEE_PERSONAL))
            more |= self._buttons(request, obj) | {"personal_permission": PERSONAL_IN_WORDS}
        return super().render_change_form(request, {**context, **more}, add, change, form_url, obj)

    def _buttons(self, request, row: Request) -> dict:
        """The next step with the other answers beside it, and all other buttons under their headings."""
        allowed = self.verbs_for(request, row)
        verb, why = next_step(row)
        verb = verb if verb in allowed else None
        groups = {
            heading: [(one, self._address(row, one)) for one in verbs if one in allowed and one != verb]
            for heading, verbs in GROUPS.items()
        }
        return {
            "next_verb": verb,
            "next_address": self._address(row, verb) if verb else "",
            "next_why": why,
            "answers": groups.pop(ANSWERS),
            "groups": [(heading, verbs) for heading, verbs in groups.items() if verbs],
        }

    @method_decorator(require_safe)
    def as_they_see(self, request, object_id: str) -> HttpResponse:
        """The request's own page as its requester reads it, without their link."""
        row = self.get_object(request, object_id)
        if row is None or row.is_draft or not request.user.has_perm(SEE_PERSONAL):
            raise PermissionDenied
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        self.note_reading(request, row)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": row}
        context |= {"title": "As the requester sees it", "subtitle": str(row), **as_they_see(row)}
        return render(request, "assistance/admin/as_they_see.html", context)

    # By telephone or letter --------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        """A request taken by telephone, by letter or in person: all questions on one page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TakenForm(request.POST if request.method == "POST" else None)
        same: list[Request] = []
        if form.is_bound and form.is_valid():
            same = likely_same(form)
            if not same or form.cleaned_data["is_another"]:
                return self._enter(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": "Enter a request taken by telephone, by letter or in person",
            "form": form,
            "same": same,
            "opts": self.opts,
            "chapters": fields_by_page(form),
            "media": self.media,
        }
        return render(request, "assistance/admin/phone.html", context)

    def _enter(self, request, form: TakenForm) -> HttpResponse:
        row = form.enter(by=request.user)
        self.log_addition(request, row, "Entered a request taken by telephone, by letter or in person.")
        messages.success(request, f"{row} is received. Its reference to read out: {row.reference}.")
        return redirect(reverse("admin:assistance_request_change", args=[row.pk]))

    # Many at once ------------------------------------------------------------------------------------

    @admin.action(description="Choose who answers for them", permissions=["change"])
    def assign_chosen(self, request, rows):
        """A page that asks to whom; then one transaction with an event for each that changes hands."""
        form = AssignManyForm(request.POST if "to" in request.POST else None)
        rows = rows.sent().order_by("pk")
        if form.is_bound and form.is_valid():
            to = form.cleaned_data["to"]
            with transaction.atomic():
                moved = [row for row in rows if row.owner != to]
                for row in moved:
                    row.assign(to=to, by=request.user)
            name = (to.get_full_name() or to.get_username()) if to else "nobody"
            messages.success(request, f"Requests that {name} answers for now: {len(moved)} more.")
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Choose who answers for them",
            "form": form,
            "rows": rows,
            "opts": self.opts,
            "media": self.media,
        }
        return render(request, "assistance/admin/assign_many.html", context)

    @admin.action(description="Export as CSV, without names", permissions=["view"])
    def export_chosen(self, request, rows):
        return _download(as_csv(rows.select_related("owner")), "requests")

    @admin.action(description="Export as CSV, with names and answers", permissions=["export_personal"])
    def export_chosen_with_names(self, request, rows):
        return _download(as_csv_with_names(rows, by=request.user), "requests-with-names")

    def has_export_personal_permission(self, request) -> bool:
        return request.user.has_perm(EXPORT_PERSONAL)

    def delete_queryset(self, request, queryset):
        queryset.erase()


@admin.register(Tombstone)
class TombstoneAdmin(admin.ModelAdmin):
    """Read only: what stays of a request after its time."""

    list_intro = (
        "Requests that were deleted when their time was over. What stays is the reference, the county, the dates "
        "and how it ended; nobody's name, and nothing that was written."
    )
    list_display = ["reference", "state", "county_fips", "outcome", "sent_on", "closed_on", "purged_on"]
    list_filter = ["outcome", ("state", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["state"]
    search_fields = ["reference", "county_fips"]
    search_help_text = "Reference, or the five digits of a county"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.csv"',
            "Cache-Control": "no-store, private",
        },
    )

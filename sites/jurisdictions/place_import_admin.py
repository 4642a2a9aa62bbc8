"""Import and export of places in the staff's site."""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from import_export.admin import ImportMixin
from import_export.formats.base_formats import CSV

from sites.jurisdictions.importing import FileError, PlaceResource, Report, read
from sites.jurisdictions.importing.export import staff_csv
from sites.jurisdictions.open_data.fields import PLACE_FIELDS

REQUIRED = ("name", "kind", "place", "state")
FOR_STAFF = ("slug", "visibility", "consent_by", "consent_on", "consent_how")


class PlaceCSV(CSV):
    """Reads as the command does. Raises FileError."""

    def create_dataset(self, in_stream, **kwargs):
        if in_stream is None:
            raise FileError("The file was not kept any longer. Choose it once more.")
        return read(in_stream)


class PlaceImportAdmin(ImportMixin, admin.ModelAdmin):
    """First a dry run with a report of every row; then, on a button, the same file for good."""

    import_formats = [PlaceCSV]
    resource_classes = [PlaceResource]
    import_template_name = "admin/jurisdictions/jurisdiction/import.html"
    import_export_change_list_template = "admin/jurisdictions/jurisdiction/change_list.html"

    def has_import_permission(self, request) -> bool:
        """A file may add places and change them, and adds to their histories."""
        wanted = ("add_jurisdiction", "change_jurisdiction", "add_stagechange")
        return request.user.has_perms([f"jurisdictions.{permission}" for permission in wanted])

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.export))
        return [path("export/", view, name="jurisdictions_jurisdiction_export"), *super().get_urls()]

    def export(self, request) -> HttpResponse:
        """The places that the list shows with the same filters, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _download(self.get_changelist_instance(request).queryset)

    @admin.action(description="Export the chosen places as CSV", permissions=["view"])
    def export_chosen(self, request, queryset):
        return _download(queryset)

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        context = response.context_data
        if "result" in context:
            context["report"] = Report(context["result"])
        context.update(
            title="Import places",
            required=REQUIRED,
            columns=[field.name for field in PLACE_FIELDS],
            for_staff=FOR_STAFF,
        )
        return response

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, FileError):
            raise e
        form.add_error("import_file", str(e))

    def process_import(self, request, **kwargs):
        try:
            return super().process_import(request, **kwargs)
        except FileError as error:
            messages.error(request, str(error))
            return redirect("admin:jurisdictions_jurisdiction_import")

    def get_import_data_kwargs(self, **kwargs):
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result, request):
        """Somebody may have changed a place since the dry run: then nothing is stored, and that is said."""
        report = Report(result)
        if report.is_right:
            return super().process_result(result, request)
        slips = " ".join(str(slip) for slip in report.gathered[:5])
        messages.error(request, f"Nothing is stored: the places have changed since the dry run. {slips}")
        return redirect(reverse("admin:jurisdictions_jurisdiction_import"))

    def add_success_message(self, result, request):
        messages.success(request, f"Imported: {Report(result).in_words()}.")

    def _create_log_entry(self, user_pk, rows, import_type, action_flag):
        """The library would write "new through import_export"."""
        words = "Imported from a file."
        LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message=words, single_object=False)


def _download(places) -> HttpResponse:
    name = f"lead-places-staff-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(staff_csv(places), content_type="text/csv; charset=utf-8", headers=headers)

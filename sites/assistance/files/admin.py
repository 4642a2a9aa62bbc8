"""Files in the staff's site: handed out to those who may read what requesters wrote, and emptied for a reason.

They have no list of their own: a case shows its files (templates/assistance/admin/files.html).
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.kit.encrypted import CannotDecrypt
from leadbureau.kit.verb_admin import Verb, VerbAdmin
from sites.assistance.files import storage
from sites.assistance.files.download import handed_out
from sites.assistance.files.form import FileForm
from sites.assistance.files.refusal import Refused
from sites.assistance.models import Attachment, Request
from sites.assistance.moves import NotAllowed

SEE_PERSONAL = "assistance.see_personal"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=500,
        help_text="One sentence. The requester reads it in the history of the request.",
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )


DELETE_CONTENT = Verb(
    name="delete-content",
    label="Delete the content of this file",
    promise="What is in the file is deleted for good, for example because it names participants. The case still "
    "says that there was a file, and why it went; the requester sees both.",
    done="The content of the file is deleted.",
    act=Attachment.empty,
    may=lambda row: row.purged_at is None and not row.request.is_draft,
    form=ReasonForm,
    is_grave=True,
    permission=SEE_PERSONAL,
)


@admin.register(Attachment)
class AttachmentAdmin(VerbAdmin):
    ask_template = "assistance/admin/file_verb.html"
    verbs = (DELETE_CONTENT,)
    refusals = (NotAllowed,)

    def get_urls(self):
        download = self.admin_site.admin_view(require_safe(self.download))
        add_for = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.add_for))
        return [
            path("<int:pk>/download/", download, name="assistance_attachment_download"),
            path("for/<int:pk>/", add_for, name="assistance_attachment_add_for"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request) -> bool:
        return False

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        return redirect("admin:assistance_request_changelist")

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """A file is seen in its case, so that is where its page, and the way back from a verb, lead."""
        row = self.get_object(request, object_id)
        if row is None:
            return redirect("admin:assistance_request_changelist")
        return redirect(
            reverse("admin:assistance_request_change", args=[row.request_id]) + "#case-files"  # type: ignore[attr-defined]
        )

    def download(self, request, pk: int) -> HttpResponse:
        """The file, noted down as read by this person; what is not there gets a page that says why (404)."""
        row = get_object_or_404(Attachment.objects.select_related("request"), pk=pk)
        if not request.user.has_perm(SEE_PERSONAL) or row.request.is_draft:
            raise PermissionDenied
        try:
            return handed_out(row, by=request.user, is_asked_only=request.method == "HEAD")
        except NotAllowed:
            why = row.standing_for_staff
        except storage.Gone:
            why = (
                "Its content is missing from the private folder. Was that folder restored with the database?"
            )
        except CannotDecrypt:
            why = "None of ENCRYPTION_KEYS opens it. Was a key taken away too early?"
        context = {
            **self.admin_site.each_context(request),
            "title": "This file cannot be downloaded",
            "row": row,
            "why": why,
        }
        return render(request, "assistance/admin/file_missing.html", context, status=404)

    def add_for(self, request, pk: int) -> HttpResponse:
        """A file that a requester mailed, added to the case by staff; read and refused like one of theirs."""
        row = get_object_or_404(Request, pk=pk)
        if not request.user.has_perms([SEE_PERSONAL, "assistance.change_request"]) or row.is_draft:
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                Attachment.objects.add(
                    row, form.cleaned_data["file"], form.cleaned_data["purpose"], by=request.user
                )
            except (Refused, NotAllowed) as refused:
                form.add_error("file", str(refused) if isinstance(refused, NotAllowed) else refused)
            else:
                messages.success(request, "The file is added to the case.")
                return redirect(reverse("admin:assistance_request_change", args=[pk]) + "#case-files")
        context = {**self.admin_site.each_context(request), "title": "Add a file", "form": form, "row": row}
        return render(request, "assistance/admin/add_file.html", context)

"""Certificates: granted once, withdrawn with a reason, never deleted."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb, VerbAdmin
from sites.certification.models import Certificate, NotAllowed


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 6, "class": "vLargeTextField"}),
        help_text="Public: it stands on the certificate's page for good. Say what happened; name no person.",
    )


class ValidityFilter(SetFilter):
    title = "what it is today"
    parameter_name = "today"
    sets = {
        "valid": ("Valid", lambda rows: rows.valid()),
        "expired": ("Expired", lambda rows: rows.expired()),
        "withdrawn": ("Withdrawn", lambda rows: rows.withdrawn()),
    }


@admin.register(Certificate)
class CertificateAdmin(VerbAdmin):
    intro = (
        "Certificates of programs. Granting one makes its page public at once and for good. A certificate is "
        "never deleted: it runs out, or is withdrawn for a public reason."
    )
    search_help_text = "Search in numbers, programs, places and states."
    list_display = ["number", "program", "jurisdiction", "today", "granted_on", "valid_until"]
    list_filter = [ValidityFilter, "granted_on", "valid_until", "jurisdiction__state"]
    list_select_related = ["jurisdiction__state"]
    search_fields = ["number", "program", "search_text"]
    date_hierarchy = "granted_on"
    autocomplete_fields = ["jurisdiction"]
    refusals = (NotAllowed,)
    verbs = (
        Verb(
            name="withdraw",
            label="Withdraw, for a public reason",
            promise="From today on the certificate is not valid. Its page stays and shows everybody the "
            "reason that you give. This cannot be undone; a new certificate may be granted.",
            done="{row} is withdrawn.",
            act=Certificate.withdraw,
            may=lambda row: row.can_be_withdrawn,
            form=WithdrawForm,
            is_grave=True,
        ),
    )
    # What a certificate says is settled when it is granted; only slips in words may be mended later.
    settled = ["number", "jurisdiction", "granted_on", "valid_until", "granted_by", "granted_at", "today"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.settled, "withdrawn_on", "withdrawn_by", "withdrawn_reason"] if obj else []

    def get_fieldsets(self, request, obj=None):
        dates = ["granted_on", "valid_until"]
        words = ["program", "conditions", "assessed_by"]
        if obj is None:
            note = (
                "Granting makes the certificate public at once, with a number and a page that stay for good."
            )
            return [(None, {"fields": ["jurisdiction", *words, *dates], "description": note})]
        parts: list[tuple] = [
            (
                None,
                {"fields": ["number", "today", "jurisdiction", *words, *dates, "granted_by", "granted_at"]},
            )
        ]
        if obj.withdrawn_on:
            parts.append(("Withdrawn", {"fields": ["withdrawn_on", "withdrawn_by", "withdrawn_reason"]}))
        return parts

    @admin.display(description="today")
    def today(self, certificate) -> str:
        return certificate.state.label

    def has_delete_permission(self, request, obj=None):
        """Anybody must be able to check a certificate for ever."""
        return False

    def add_view(self, request, form_url="", extra_context=None):
        try:
            return super().add_view(
                request, form_url, {"title": "Grant a certificate", **(extra_context or {})}
            )
        except NotAllowed as refusal:  # a colleague was faster between the check of the form and the grant
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.enter(by=request.user)

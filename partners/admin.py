"""Partners, their headings, and the requests to be listed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb
from leadbureau.mail.received_admin import ReceivedAdmin, by_whom_and_when, release_verb
from partners.logos import check_logo
from partners.models import ListingRequest, Partner, PartnerKind


@admin.register(PartnerKind)
class PartnerKindAdmin(admin.ModelAdmin):
    intro = "The headings of the partners' page. A heading without a partner that is shown is left out there."
    search_help_text = "Search in headings and introductions."
    list_display = ["name", "order", "slug"]
    list_editable = ["order"]
    search_fields = ["name", "intro"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "intro", "order"]


class PartnerForm(forms.ModelForm):
    def clean_logo(self):
        logo = self.cleaned_data.get("logo")
        return check_logo(logo) if logo and "logo" in self.changed_data else logo

    def clean_since(self):
        since = self.cleaned_data.get("since")
        if since and since > timezone.localdate().year:
            raise ValidationError("This year is still to come.")
        return since


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    form = PartnerForm
    intro = (
        "The organizations on the partners' page and on the home page. Order and “shown on the site” can be "
        "changed here in the list: press Save under it. Visitors see a change as soon as it is saved."
    )
    search_help_text = "Search in names, places and sentences."
    list_display = ["name", "kind", "place", "has_logo", "since", "order", "visible"]
    list_editable = ["order", "visible"]
    list_filter = ["visible", "kind", "since"]
    list_select_related = ["kind"]
    search_fields = ["name", "place", "words", "search_text"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "place", "words", "website", "logo", "since"]}),
        ("Where and whether it is shown", {"fields": ["order", "visible"]}),
        ("Where the Bureau knows it from", {"fields": ["source_title", "source_url"]}),
    ]

    @admin.display(boolean=True, description="logo")
    def has_logo(self, partner) -> bool:
        return bool(partner.logo)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 6, "class": "vLargeTextField"}),
        help_text="Stands in the letter as you write it. One or two friendly, plain sentences.",
    )


class QuarantineFilter(SetFilter):
    """Rows of a form behind the spam guard: those of people, or those that wait for a look."""

    title = "quarantine"
    parameter_name = "quarantine"
    sets = {
        "yes": ("In quarantine", lambda rows: rows.quarantined()),
        "no": ("Not in quarantine", lambda rows: rows.trusted()),
    }


@admin.register(ListingRequest)
class ListingRequestAdmin(ReceivedAdmin):
    list_intro = (
        "Organizations that asked, on the site, to be listed as partners. Accept or decline each: both send "
        "a letter to whoever asked. What was sent cannot be changed here; the partner made from it can."
    )
    search_help_text = "Search in references, organizations, names and e-mail addresses."
    list_display = ["organization", "number", "contact_name", "received_at", "stands"]
    list_filter = ["state", QuarantineFilter, "kind", "received_at"]
    list_select_related = ["decided_by"]
    search_fields = ["number", "organization", "contact_name", "email", "search_text"]
    readonly_fields = [
        *("stands", "number", "received_at", "reason", "partner"),
        *("organization", "kind", "place", "website", "why", "logo_shown", "contact_name", "role", "email"),
    ]
    fieldsets = [
        (None, {"fields": ["stands", "organization", "kind", "place", "website", "why", "logo_shown"]}),
        ("Who asks", {"fields": ["contact_name", "role", "email", "number", "received_at"]}),
        ("For colleagues", {"fields": ["note"]}),
    ]
    verbs = (
        Verb(
            name="accept",
            label="Accept: make the partner",
            promise="A partner is made from this request, not shown on the site yet: read its entry, add a "
            "sentence, and tick “shown on the site”. Whoever asked gets a letter that says yes.",
            done="{row} is accepted. Its entry is under Partners; it is not shown yet.",
            act=ListingRequest.accept,
            may=lambda row: row.is_waiting,
        ),
        Verb(
            name="decline",
            label="Decline, with a letter",
            promise="Whoever asked gets a letter with the reason that you give. The request stays here for "
            "two years.",
            done="{row} is declined; the letter is on its way.",
            act=ListingRequest.decline,
            may=lambda row: row.is_waiting,
            form=DeclineForm,
            is_grave=True,
        ),
        release_verb(
            ListingRequest,
            promise="The request joins those that wait for a decision, and whoever asked gets the receipt.",
            done="{row} waits for a decision now.",
        ),
    )

    def get_urls(self):
        view = self.admin_site.admin_view(self.show_logo)
        return [path("<int:pk>/logo/", view, name="partners_listingrequest_logo"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        """With what came of it, once something has."""
        decided = [name for name in ("reason", "partner") if obj and getattr(obj, name)]
        first, *rest = super().get_fieldsets(request, obj)
        return [first, *([("What came of it", {"fields": decided})] if decided else []), *rest]

    def standing(self, row) -> str:
        if row.is_waiting:
            return "Waits for a decision."
        return f"{row.get_state_display()} {by_whom_and_when(row.decided_by, row.decided_at)}."

    @admin.display(description="logo")
    def logo_shown(self, row) -> str:
        if not row.logo:
            return "None was sent."
        address = reverse("admin:partners_listingrequest_logo", args=[row.pk])
        return format_html('<img src="{}" alt="The logo that was sent" height="120">', address)

    def show_logo(self, request, pk: int) -> FileResponse:
        """The logo that was sent; nobody but staff may see it before the request is accepted."""
        row = self.get_object(request, str(pk))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None or not row.logo:
            raise Http404
        return FileResponse(row.logo.open("rb"), headers={"X-Content-Type-Options": "nosniff"})

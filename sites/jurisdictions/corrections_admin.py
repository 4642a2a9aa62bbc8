"""The queue of corrections: what stands, what is proposed, and a button for each answer; and the public notes."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb
from leadbureau.kit.word_diff import word_diff
from leadbureau.mail.received_admin import ReceivedAdmin, by_whom_and_when, release_verb
from sites.jurisdictions.correction_sheet import sheet_view
from sites.jurisdictions.correction_verbs import ACCEPT, DECLINE, AcceptForm
from sites.jurisdictions.models import ChangeNote, Correction

SHORT = 60  # characters; longer texts are compared word by word
NOTHING = "(nothing)"


def comparison(old: str, new: str) -> SafeString:
    """What stands and what is proposed: short ones whole, long ones word by word."""
    if old and new and max(len(old), len(new)) > SHORT:
        body = word_diff(old, new)
    else:
        body = format_html("<del>{}</del> → <ins>{}</ins>", old or NOTHING, new or NOTHING)
    return format_html('<span class="version-row">{}</span>', body)


class WhereItStandsFilter(SetFilter):
    title = "where it stands"
    parameter_name = "stands"
    sets = {
        "waiting": ("Waits for a decision", lambda rows: rows.waiting()),
        "decided": ("Decided", lambda rows: rows.decided()),
        "quarantine": ("In quarantine", lambda rows: rows.quarantined()),
    }


@admin.register(Correction)
class CorrectionAdmin(ReceivedAdmin):
    list_intro = (
        "What readers, and the places themselves, say is wrong in an entry. Struck out is what the entry says "
        "now; underlined is what is proposed. Check the source, then accept or decline: one press does it, and "
        "whoever left an e-mail address gets a letter. To write a reason, open the correction."
    )
    search_help_text = "Search in references, places, texts, names and e-mail addresses."
    list_display = ("what", "change_and_reason", "reporter", "decide")
    list_filter = (WhereItStandsFilter, "origin", "outcome")
    list_select_related = ("place__state", "decided_by")
    search_fields = ("number", "place__name", "was", "proposed", "reason", "reporter_name", "reporter_email")
    readonly_fields = (
        *("stands", "entry", "fact", "change", "reported", "reason", "origin", "reporter_name"),
        *("reporter_email", "number", "received_at", "together", "answer"),
    )
    fieldsets = (
        (None, {"fields": ("stands", "entry", "fact", "change", "reported", "reason", "together")}),
        ("Who says so", {"fields": ("origin", "reporter_name", "reporter_email", "number", "received_at")}),
    )
    change_form_template = "admin/jurisdictions/correction/change_form.html"
    ask_template = "admin/jurisdictions/correction/ask.html"
    verbs = (
        ACCEPT,
        DECLINE,
        release_verb(
            Correction,
            promise="The correction joins those that wait for a decision, and whoever sent it gets the receipt.",
            done="{row} waits for a decision now.",
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("place__changes")

    def get_urls(self):
        view = self.admin_site.admin_view(lambda request, sheet: sheet_view(self, request, sheet))
        return [path("sheet/<uuid:sheet>/", view, name="jurisdictions_correction_sheet"), *super().get_urls()]

    def get_list_display(self, request):
        """Without buttons for those who may only read."""
        shown = super().get_list_display(request)
        return shown if self.has_change_permission(request) else [name for name in shown if name != "decide"]

    def get_fieldsets(self, request, obj=None):
        answered = [("What they were told", {"fields": ["answer"]})] if obj and obj.answer else []
        return [*super().get_fieldsets(request, obj), *answered]

    def standing(self, row) -> str:
        if row.is_waiting:
            return "Waits for a decision."
        return f"{row.get_outcome_display()} {by_whom_and_when(row.decided_by, row.decided_at)}."

    @admin.display(description="what", ordering="place__name")
    def what(self, row) -> SafeString:
        return format_html("{}<br>{}<br><small>{}</small>", row.label, row.place, row.number)

    @admin.display(description="field", ordering="field")
    def fact(self, row) -> str:
        return row.label

    @admin.display(description="now → proposed")
    def change(self, row) -> SafeString:
        """Once it is decided, as it was reported: what the entry says today may come from something else."""
        if not row.is_waiting:
            return comparison(row.was_in_words, row.proposed_in_words)
        if row.is_so:
            return format_html("{}<br><strong>The entry says so already.</strong>", row.proposed_in_words)
        shown = comparison(row.present_in_words, row.proposed_in_words)
        if row.warning:
            shown = format_html("{}<br><strong>{}</strong>", shown, row.warning)
        if row.has_moved:
            return format_html("{}<br><strong>The entry has changed since this was reported.</strong>", shown)
        return shown

    @admin.display(description="now → proposed, and how they know")
    def change_and_reason(self, row) -> SafeString:
        reason = Truncator(row.reason).words(40)
        return format_html("{}<br><small>{}</small>", self.change(row), reason)

    @admin.display(description="as it stood when it was reported")
    def reported(self, row) -> str:
        return row.was_in_words or NOTHING

    @admin.display(description="from", ordering="received_at")
    def reporter(self, row) -> SafeString:
        who = row.reporter_name or row.reporter_email or "No name"
        day = date_format(localtime(row.received_at))
        return format_html("{}<br>{}<br><small>{}</small>", who, row.get_origin_display(), day)

    @admin.display(description="place")
    def entry(self, row) -> SafeString:
        address = reverse("admin:jurisdictions_jurisdiction_change", args=[row.place_id])
        return format_html('<a href="{}">{}, {}</a>', address, row.place, row.place.state)

    @admin.display(description="sent together")
    def together(self, row) -> SafeString | str:
        if not row.sheet:
            return "No, it came alone."
        address = reverse("admin:jurisdictions_correction_sheet", args=[row.sheet])
        return format_html('<a href="{}">See all fields that were sent together</a>', address)

    @admin.display(description="decide")
    def decide(self, row) -> SafeString | str:
        """Buttons of the list's own form, each with the address of its verb."""
        if not row.is_waiting:
            return self.stands(row)
        what = f"{row.label} of {row.place}"
        parts = [self._button(row, ACCEPT, "Accept", what), self._button(row, DECLINE, "Decline", what)]
        if row.sheet:
            address = reverse("admin:jurisdictions_correction_sheet", args=[row.sheet])
            parts.append(format_html('<a href="{}">All sent together</a>', address))
        return format_html('<span class="decide">{}</span>', SafeString(" ".join(parts)))

    def _button(self, row, verb: Verb, label: str, what: str) -> SafeString:
        return format_html(
            '<button type="submit" class="button decide__{}" formaction="{}">{}'
            '<span class="visually-hidden"> ({})</span></button>',
            verb.name,
            self._address(row, verb),
            label,
            what,
        )

    def verb_form(self, verb: Verb, row, data) -> forms.Form:
        return AcceptForm(data, row=row) if verb is ACCEPT else super().verb_form(verb, row, data)

    def do(self, request, object_id: str, verb: str) -> HttpResponse:
        """From the list one press is enough, and leads back to it; what must be seen is shown first."""
        row = self.get_object(request, object_id)
        if verb == ACCEPT.name and row and (unseen := self._unseen(request, row)):
            messages.warning(request, unseen)
            return self._ask(request, ACCEPT, row, self.verb_form(ACCEPT, row, None))
        response = super().do(request, object_id, verb)
        if "back" not in request.POST or response.status_code != 302:
            return response
        return redirect(f"{reverse('admin:jurisdictions_correction_changelist')}?{self._back(request)}")

    def _unseen(self, request, row) -> str:
        """What whoever accepts must see first, in sentences; empty when there is nothing, or they saw it."""
        if request.method != "POST" or not self.has_change_permission(request, row) or not row.is_waiting:
            return ""
        said = []
        seen = request.POST.get("instead_of", row.was).replace("\r\n", "\n")
        if row.has_moved and seen != row.present:
            said.append("The entry has changed since this was reported. Compare, then decide.")
        if row.warning != request.POST.get("despite", ""):
            said.append(row.warning)
        return " ".join(said)

    def _back(self, request) -> str:
        return QueryDict(request.POST["back"]).urlencode()


@admin.register(ChangeNote)
class ChangeNoteAdmin(admin.ModelAdmin):
    """Written once: what the public has read is not rewritten."""

    intro = (
        "The public notes of what was corrected in an entry. They are written when a correction is accepted."
    )
    search_help_text = "Search in places and texts."
    list_display = ("place", "fact", "change", "on", "reason")
    list_filter = ("on",)
    list_select_related = ("place",)
    search_fields = ("place__name", "was", "now")
    date_hierarchy = "on"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    @admin.display(description="field", ordering="field")
    def fact(self, note) -> str:
        return note.label

    @admin.display(description="before → after")
    def change(self, note) -> SafeString:
        if note.is_addition:
            return format_html("Added to the history: <ins>{}</ins>", note.now_in_words)
        return comparison(note.was_in_words, note.now_in_words)

    @admin.display(description="because")
    def reason(self, note) -> str:
        return note.because_in_words

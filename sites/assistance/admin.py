"""Casework: the queue, and the case with its answers, its history and a button for every move."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.kit.verb_admin import Verb, VerbAdmin
from sites.assistance.casework import VERBS, AssignForm
from sites.assistance.forms import LetterForm, PhoneForm
from sites.assistance.models import Request
from sites.assistance.models.letters import Unfinished, in_words
from sites.assistance.moves import CLOSED, NotAllowed, Status
from sites.assistance.questions import PAGES, QUESTION_OF


class StandsFilter(admin.SimpleListFilter):
    """Opens on what is open; drafts and what is held back are looked at on purpose."""

    title = "what is shown"
    parameter_name = "stands"
    kinds = {
        None: ("Open", lambda rows: rows.open()),
        "late": ("Open, answer is late", lambda rows: rows.overdue()),
        "closed": ("Closed", lambda rows: rows.closed()),
        "quarantine": ("In quarantine", lambda rows: rows.quarantined().sent()),
        "drafts": ("Drafts, not sent yet", lambda rows: rows.drafts()),
        "all": ("All that were sent", lambda rows: rows.sent()),
    }

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        status = request.GET.get("status__exact", "")
        self.fallback = "closed" if status in CLOSED else "drafts" if status == Status.DRAFTED else None

    def value(self):
        """What was chosen; else what holds the status that was chosen, so that no list is empty by mistake."""
        return super().value() or self.fallback

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.kinds.items() if value]

    def choices(self, changelist):
        for value, (label, _) in self.kinds.items():
            address = changelist.get_query_string(
                {self.parameter_name: value} if value else {}, [self.parameter_name]
            )
            yield {"selected": self.value() == value, "query_string": address, "display": label}

    def queryset(self, request, queryset):
        return self.kinds.get(self.value(), self.kinds[None])[1](queryset)


class StageFilter(admin.SimpleListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [(value, label.partition(":")[0]) for value, label in QUESTION_OF["stage"].choices]

    def queryset(self, request, queryset):
        return queryset.filter(stage=self.value()) if self.value() else queryset


@admin.register(Request)
class RequestAdmin(VerbAdmin):
    """Nothing is typed over here: answers are the requester's, and states move by verbs."""

    list_intro = (
        "Requests for technical assistance; the oldest promise stands first. Open one to read it, to answer it and "
        "to move it on. “Add request” is for one that came by telephone or letter."
    )
    list_display = ["reference", "where", "stage_name", "status", "due", "owner", "contact_name", "sent_at"]
    list_filter = [
        StandsFilter,
        "status",
        StageFilter,
        ("owner", admin.RelatedOnlyFieldListFilter),
        ("state", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["state", "owner"]
    search_fields = ["reference", "place", "agency", "contact_name", "email", "state__name"]
    search_help_text = "Reference, place, state, agency, name or e-mail address"
    fields = ["status"]
    readonly_fields = ["status"]
    change_form_template = "assistance/admin/case.html"
    verbs = VERBS
    refusals = (NotAllowed, Unfinished)

    class Media:
        css = {"all": ["css/admin-case.css"]}

    def get_ordering(self, request):
        """The oldest promise first."""
        return [F("answer_by").asc(nulls_last=True), "-saved_at"]

    @admin.display(description="place", ordering="place")
    def where(self, row) -> str:
        return ", ".join(part for part in (row.place, row.state_id) if part) or "not said yet"

    @admin.display(description="stage", ordering="stage")
    def stage_name(self, row) -> str:
        return QUESTION_OF["stage"].shown(row.stage).partition(":")[0]

    @admin.display(description="answer", ordering="answer_by")
    def due(self, row) -> str:
        """How long until the promised answer, in working days."""
        days = row.days_left()
        if days is None:
            return "–"
        if row.is_overdue():
            return f"{_days(-days)} late" if days else "late"
        return f"{_days(days)} left" if days else "due today"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The case: answers, history and letters under the facts; no button to save, as nothing is typed."""
        more: dict = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        if obj and not obj.is_draft:
            more |= {"chapters": obj.chapters(), "letters": obj.letters_for_staff()}
        if obj:
            more |= {"facts": self._facts(obj)}
            more |= {"history": list(obj.history()), "earlier": list(_of_the_same_place(obj))}
        return super().render_change_form(request, {**context, **more}, add, change, form_url, obj)

    def _facts(self, row: Request) -> list[tuple[str, object]]:
        """What one wants to know first, without what is empty."""
        sent = date_format(timezone.localtime(row.sent_at), "F j, Y, g:i a") if row.sent_at else ""
        facts = [
            ("Where it stands", "In quarantine" if row.quarantined_at else row.get_status_display()),
            ("Answer", self.due(row) if row.days_left() is not None else ""),
            ("Promised by", in_words(row.answer_by) if row.days_left() is not None else ""),
            ("Who answers for it", row.owner or "Nobody yet"),
            ("Who asks", ", ".join(part for part in (row.contact_name, row.agency) if part)),
            ("E-mail", row.email or "None: answer by telephone or post"),
            ("Received", sent or "Not sent yet"),
            ("Why it is held back", row.suspicion if row.quarantined_at else ""),
        ]
        return [(name, value) for name, value in facts if value]

    def verb_form(self, verb: Verb, row, data) -> forms.Form:
        """Letters come prefilled; a requester without an e-mail address gets none, so none is asked for."""
        if verb.form is LetterForm:
            if not row.email:
                return forms.Form(data)
            words = row.words_for(verb.name.replace("-", "_"))
            return LetterForm(data, initial={"subject": words.subject, "body": words.body})
        if verb.form is AssignForm:
            return AssignForm(data, initial={"to": row.owner_id})
        return super().verb_form(verb, row, data)

    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        """A request taken by telephone or letter: all questions on one page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PhoneForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            nonce = form.cleaned_data["nonce"]
            row = Request.objects.take_by_phone(form.good_answers(), by=request.user, nonce=nonce)
            self.log_addition(request, row, "Entered a request taken by telephone or letter.")
            messages.success(request, f"{row} is received. Its reference to read out: {row.reference}.")
            return redirect(reverse("admin:assistance_request_change", args=[row.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Enter a request taken by telephone or letter",
        }
        context |= {"form": form, "opts": self.opts, "chapters": _fields_by_page(form)}
        return render(request, "assistance/admin/phone.html", context)

    def delete_queryset(self, request, queryset):
        queryset.erase()


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def _of_the_same_place(row: Request):
    """Other requests, sent from the same state under the same name of a place."""
    if not row.place:
        return Request.objects.none()
    return Request.objects.sent().filter(state=row.state, place__iexact=row.place).exclude(pk=row.pk)


def _fields_by_page(form: PhoneForm) -> list[tuple]:
    return [(page, [form[question.name] for question in page.questions]) for page in PAGES]

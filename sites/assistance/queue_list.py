"""The queue: which columns it has, in which order it stands, and what finds a request."""

from django.contrib import admin
from django.db.models import Case, F, IntegerField, Value, When
from django.shortcuts import redirect
from django.utils.html import format_html

from leadbureau.kit import sayable
from leadbureau.kit.verb_admin import VerbAdmin
from sites.assistance import queue_words
from sites.assistance.casework import SEE_PERSONAL
from sites.assistance.models import Request
from sites.assistance.models.request import REFERENCE_PREFIX
from sites.assistance.moves import Turn
from sites.assistance.queue_filters import (
    AgencyFilter,
    HelpFilter,
    NextActionFilter,
    OwnerFilter,
    StageFilter,
    StandsFilter,
    StateFilter,
    StatusFilter,
    TurnFilter,
)
from sites.assistance.queue_load import load_per_person

OURS_FIRST = Case(
    When(turn=Turn.BUREAU, then=Value(0)),
    When(turn=Turn.REQUESTER, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


class QueueAdmin(VerbAdmin):
    """What is open, our turn before theirs, and the turn that has lasted longest first.

    How long our turn has lasted is told by the day of the promised answer: days of earlier turns count.
    """

    list_intro = (
        "Requests for technical assistance: what waits for us stands first, the oldest on top. Open one to read "
        "it, to answer it and to move it on. Every view has an address of its own, so keep the ones that you need "
        "as bookmarks. “Add request” is for one that came by telephone, by letter or in person."
    )
    change_list_template = "assistance/admin/queue.html"
    list_filter = [
        StandsFilter,
        TurnFilter,
        OwnerFilter,
        NextActionFilter,
        StatusFilter,
        HelpFilter,
        AgencyFilter,
        StageFilter,
        StateFilter,
    ]
    list_select_related = ["state", "owner"]
    list_per_page = 50
    search_fields = ["place", "agency", "state__name"]
    search_help_text = "Reference, place, agency or state; an e-mail address when it is typed whole"

    def get_list_display(self, request):
        held = request.GET.get("stands") == "quarantine"
        last = ["suspicion", "sent_at"] if held else ["answer", "who", self._next_action(request)]
        return ["reference", "where", "help_wanted", "turn_now", *last]

    def get_ordering(self, request):
        return [OURS_FIRST, F("answer_by").asc(nulls_last=True), "turn_since", "pk"]

    def get_search_results(self, request, queryset, search_term):
        """A reference however it is written, a whole e-mail address, else words of the place and the agency."""
        term = search_term.strip()
        if "@" in term:
            found = Request.objects.of_email(term) if request.user.has_perm(SEE_PERSONAL) else ()
            return queryset.filter(pk__in=[row.pk for row in found]), False
        if reference := sayable.normalize(term, REFERENCE_PREFIX):
            return queryset.filter(reference=reference), False
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        meant = sayable.near(term, REFERENCE_PREFIX) if term else []
        return (rows | queryset.filter(reference__in=meant) if meant else rows), may_repeat

    def changelist_view(self, request, extra_context=None):
        """The filters are one form, so an address may hold empty choices: they are taken out of it."""
        chosen = request.GET.copy()
        for name in [name for name, value in request.GET.items() if not value]:
            del chosen[name]
        if request.method == "GET" and len(chosen) < len(request.GET):
            return redirect(f"{request.path}?{chosen.urlencode()}" if chosen else request.path)
        response = super().changelist_view(request, {"load": load_per_person(), **(extra_context or {})})
        found = getattr(response, "context_data", None) or {}
        if "cl" in found:
            stands, *others = found["cl"].filter_specs
            found |= {"tabs": list(stands.choices(found["cl"])), "stands": stands, "filters": others}
            found["narrowed"] = bool(found["cl"].query or any(spec.value() for spec in others))
        return response

    @admin.display(description="place", ordering="place")
    def where(self, row) -> str:
        return queue_words.where(row)

    @admin.display(description="help wanted")
    def help_wanted(self, row) -> str:
        return "" if row.is_draft else queue_words.help_in_short(row.help)

    @admin.display(description="where it stands", ordering="turn_since")
    def turn_now(self, row) -> str:
        return format_html("{}<br>{}", row.get_status_display(), queue_words.whose_turn(row))

    @admin.display(description="who answers", ordering="owner")
    def who(self, row) -> str:
        return (row.owner.get_full_name() or row.owner.get_username()) if row.owner else "–"

    @admin.display(description="our answer", ordering="answer_by")
    def answer(self, row) -> str:
        words = queue_words.answer_due(row)
        return format_html('<strong class="late">{}</strong>', words) if row.is_overdue() else words

    def _next_action(self, request):
        """The column of the next action. What it is may name people, so only its day is for everybody."""
        sees = request.user.has_perm(SEE_PERSONAL)

        @admin.display(description="next action", ordering="next_action_on")
        def next_action(row) -> str:
            return queue_words.next_action(row, with_words=sees)

        return next_action

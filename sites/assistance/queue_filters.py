"""The filters of the queue. Each choice stands in the address, so a view of the queue can be kept as a bookmark."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from leadbureau.kit import working_days
from sites.assistance.models import Event
from sites.assistance.moves import CLOSED, Doer, Status, Turn
from sites.assistance.questions import QUESTION_OF
from sites.assistance.queue_words import short_help
from sites.jurisdictions.models import State

Rows = Callable[[Any], QuerySet]
SOON = 1  # working days
# What staff do with an answer that came back: then it waits no longer.
ANSWERS_IT = ("start_review", "ask_more", "activate", "decline", "refer", "complete", "message")


def due_soon(rows: Any, on: date | None = None) -> QuerySet:
    """The promised answer is due today or on the next working day."""
    today = on or timezone.localdate()
    return rows.unanswered().filter(answer_by__range=(today, working_days.add(today, SOON)))


def back_with_us(rows: Any) -> QuerySet:
    """The requester has given what was asked for, and nobody has done anything with it yet."""
    events = Event.objects.filter(request=OuterRef("pk"))
    given = events.filter(action=Event.Action.HAND_BACK).order_by("-pk").values("pk")[:1]
    since = events.filter(pk__gt=OuterRef("given"), action__in=ANSWERS_IT, doer=Doer.STAFF)
    ours = rows.open().filter(turn=Turn.BUREAU)
    return ours.alias(given=Subquery(given)).filter(~Exists(since), given__isnull=False)


class StandsFilter(admin.SimpleListFilter):
    """Opens on what is open; drafts and what is held back are looked at on purpose. A search looks everywhere."""

    title = "what is shown"
    parameter_name = "stands"
    kinds: dict[str | None, tuple[str, Rows]] = {
        None: ("Open", lambda rows: rows.open()),
        "late": ("Late", lambda rows: rows.overdue()),
        "soon": ("Due by tomorrow", lambda rows: due_soon(rows)),
        "answered": ("Answered, back with us", lambda rows: back_with_us(rows)),
        "theirs": ("Their turn", lambda rows: rows.open().filter(turn=Turn.REQUESTER)),
        "closed": ("Closed", lambda rows: rows.closed()),
        "quarantine": ("In quarantine", lambda rows: rows.quarantined().sent()),
        "drafts": ("Drafts", lambda rows: rows.drafts()),
        "all": ("All that were sent", lambda rows: rows.sent()),
    }

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        status = request.GET.get("status", "")
        self.fallback = "closed" if status in CLOSED else "drafts" if status == Status.DRAFTED else None
        self.is_search = bool(request.GET.get("q", "").strip())

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
            label = "Everything that is found" if self.is_search and not value else label
            yield {"selected": self.value() == value, "query_string": address, "display": label}

    def queryset(self, request, queryset):
        if self.is_search and self.value() is None:
            return queryset
        return self.kinds.get(self.value(), self.kinds[None])[1](queryset)


class FactFilter(admin.SimpleListFilter):
    """One choice of a question whose answer has a column. `question` and `column` name the two."""

    question = ""

    def lookups(self, request, model_admin):
        return [(value, label.partition(":")[0]) for value, label in QUESTION_OF[self.question].choices]

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(**{QUESTION_OF[self.question].fact: chosen}) if chosen else queryset


class StageFilter(FactFilter):
    title = "stage"
    parameter_name = question = "stage"


class AgencyFilter(FactFilter):
    title = "kind of agency"
    parameter_name = question = "sector"


class HelpFilter(FactFilter):
    """One of the kinds of help; a request may want several, which stand in one column with spaces between."""

    title = "kind of help"
    parameter_name = question = "help"

    def lookups(self, request, model_admin):
        return [(value, short_help(value)) for value in QUESTION_OF["help"].options]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        spaced = Concat(Value(" "), "help", Value(" "), output_field=CharField())
        return queryset.alias(spaced_help=spaced).filter(spaced_help__contains=f" {self.value()} ")


class OwnerFilter(admin.SimpleListFilter):
    """Mine, nobody's, or one person's. `me` fits whoever opens the address."""

    title = "who answers for it"
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(pk__in=model_admin.model.objects.values("owner"))
        others = people.exclude(pk=request.user.pk).order_by("first_name", "last_name", "username")
        named = [(str(one.pk), one.get_full_name() or one.get_username()) for one in others]
        return [("me", "I do"), ("nobody", "Nobody yet"), *named]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen == "me":
            return queryset.filter(owner=request.user)
        if chosen == "nobody":
            return queryset.filter(owner=None)
        return queryset.filter(owner=chosen) if chosen and chosen.isdecimal() else queryset


class TurnFilter(admin.SimpleListFilter):
    title = "whose turn"
    parameter_name = "turn"

    def lookups(self, request, model_admin):
        return Turn.choices

    def queryset(self, request, queryset):
        return queryset.filter(turn=self.value()) if self.value() else queryset


class StatusFilter(admin.SimpleListFilter):
    title = "where it stands"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    """The states that somebody has asked from."""

    title = parameter_name = "state"

    def lookups(self, request, model_admin):
        asked = State.objects.filter(usps__in=model_admin.model.objects.values("state"))
        return asked.order_by("name").values_list("usps", "name")

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class NextActionFilter(admin.SimpleListFilter):
    title = "next action"
    parameter_name = "next"
    kinds: dict[str, tuple[str, Rows]] = {
        "due": ("Due today or earlier", lambda rows: NextActionFilter.due(rows)),
        "later": ("Planned for later", lambda rows: rows.filter(next_action_on__gt=timezone.localdate())),
        "none": ("Nothing planned", lambda rows: rows.filter(next_action_on=None)),
    }

    @staticmethod
    def due(rows: QuerySet) -> QuerySet:
        return rows.filter(next_action_on__lte=timezone.localdate())

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.kinds.items()]

    def queryset(self, request, queryset):
        chosen = self.kinds.get(self.value() or "")
        return chosen[1](queryset) if chosen else queryset

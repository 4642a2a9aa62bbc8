"""The queue of messages from the contact page."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.timezone import localtime

from leadbureau.kit.verb_admin import Verb, VerbAdmin
from leadbureau.mail.models import ContactMessage, NotAllowed


class WhereItStandsFilter(admin.SimpleListFilter):
    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return [("waiting", "Needs an answer"), ("answered", "Answered"), ("quarantine", "In quarantine")]

    def queryset(self, request, queryset):
        kinds = {
            "waiting": queryset.waiting,
            "answered": lambda: queryset.exclude(answered_at=None),
            "quarantine": queryset.quarantined,
        }
        chosen = kinds.get(self.value() or "")
        return chosen() if chosen else queryset


@admin.register(ContactMessage)
class ContactMessageAdmin(VerbAdmin):
    list_intro = (
        "What people wrote on the contact page. Answer from your own e-mail, then press “Mark as answered” "
        "on the message, so that colleagues know."
    )
    search_help_text = "Search in references, names, organizations, e-mail addresses and messages."
    list_display = ["number", "topic", "name", "organization", "received_at", "stands"]
    list_filter = [WhereItStandsFilter, "topic", "received_at"]
    list_select_related = ["answered_by"]
    search_fields = ["number", "name", "organization", "email", "search_text"]
    date_hierarchy = "received_at"
    readonly_fields = [
        *("stands", "number", "received_at"),
        *("topic", "page", "words", "name", "organization", "email"),
    ]
    fieldsets = [
        (None, {"fields": ["stands", "topic", "page", "words"]}),
        ("Who writes", {"fields": ["name", "organization", "email", "number", "received_at"]}),
        ("For colleagues", {"fields": ["note"]}),
    ]
    refusals = (NotAllowed,)
    verbs = (
        Verb(
            name="answer",
            label="Mark as answered",
            promise="Use this when you have answered by e-mail or telephone. It notes your name and the "
            "time, and takes the message off the list of what is waiting. Nothing is sent.",
            done="{row} is marked as answered.",
            act=ContactMessage.answer,
            may=lambda row: row.is_waiting,
        ),
        Verb(
            name="reopen",
            label="It needs an answer after all",
            promise="The message goes back to those that wait for an answer.",
            done="{row} waits for an answer again.",
            act=ContactMessage.reopen,
            may=lambda row: row.answered_at is not None,
        ),
        Verb(
            name="release",
            label="Let it in: it is no spam",
            promise="The message joins those that wait for an answer, and whoever wrote it gets the receipt.",
            done="{row} waits for an answer now.",
            act=ContactMessage.release,
            may=lambda row: row.quarantined,
        ),
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description="where it stands")
    def stands(self, message) -> str:
        if message.quarantined:
            return f"In quarantine: {message.suspicion} Nobody was written to."
        if message.is_waiting:
            return "Needs an answer."
        return f"Answered by {message.answered_by} on {date_format(localtime(message.answered_at))}."

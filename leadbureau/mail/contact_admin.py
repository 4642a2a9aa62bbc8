"""The queue of messages from the contact page."""

from django.contrib import admin

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb
from leadbureau.mail.models import ContactMessage
from leadbureau.mail.received_admin import ReceivedAdmin, by_whom_and_when, release_verb


class WhereItStandsFilter(SetFilter):
    title = "where it stands"
    parameter_name = "stands"
    sets = {
        "waiting": ("Needs an answer", lambda rows: rows.waiting()),
        "answered": ("Answered", lambda rows: rows.exclude(answered_at=None)),
        "quarantine": ("In quarantine", lambda rows: rows.quarantined()),
    }


@admin.register(ContactMessage)
class ContactMessageAdmin(ReceivedAdmin):
    list_intro = (
        "What people wrote on the contact page. Answer from your own e-mail, then press “Mark as answered” "
        "on the message, so that colleagues know."
    )
    search_help_text = "Search in references, names, organizations, e-mail addresses and messages."
    list_display = ["number", "topic", "name", "organization", "received_at", "stands"]
    list_filter = [WhereItStandsFilter, "topic", "received_at"]
    list_select_related = ["answered_by"]
    search_fields = ["number", "name", "organization", "email", "search_text"]
    readonly_fields = [
        *("stands", "number", "received_at"),
        *("topic", "page", "words", "name", "organization", "email"),
    ]
    fieldsets = [
        (None, {"fields": ["stands", "topic", "page", "words"]}),
        ("Who writes", {"fields": ["name", "organization", "email", "number", "received_at"]}),
        ("For colleagues", {"fields": ["note"]}),
    ]
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
        release_verb(
            ContactMessage,
            promise="The message joins those that wait for an answer, and whoever wrote it gets the receipt.",
            done="{row} waits for an answer now.",
        ),
    )

    def standing(self, row) -> str:
        if row.is_waiting:
            return "Needs an answer."
        return f"Answered {by_whom_and_when(row.answered_by, row.answered_at)}."

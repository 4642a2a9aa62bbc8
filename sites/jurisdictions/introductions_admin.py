"""The queue of those who ask to be introduced to the people of a place."""

from django.contrib import admin

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb
from leadbureau.mail.received_admin import ReceivedAdmin, by_whom_and_when, release_verb
from sites.jurisdictions.models import Introduction, PrivateContact


class WhereItStandsFilter(SetFilter):
    title = "where it stands"
    parameter_name = "stands"
    sets = {
        "waiting": ("Needs an answer", lambda rows: rows.waiting()),
        "answered": ("Answered", lambda rows: rows.exclude(answered_at=None)),
        "quarantine": ("In quarantine", lambda rows: rows.quarantined()),
    }


@admin.register(Introduction)
class IntroductionAdmin(ReceivedAdmin):
    list_intro = (
        "People who would like to talk with a place. Ask the place first whether it wants to; then write to "
        "both from your own e-mail, and press “Mark as answered” on the request, so that colleagues know."
    )
    search_help_text = "Search in references, places, names, organizations and e-mail addresses."
    list_display = ["number", "place", "name", "organization", "received_at", "stands"]
    list_filter = [WhereItStandsFilter, "received_at"]
    list_select_related = ["place", "answered_by"]
    search_fields = ["number", "place__name", "name", "organization", "where", "email"]
    readonly_fields = [
        *("stands", "number", "received_at", "contact"),
        *("place", "words", "name", "organization", "where", "email"),
    ]
    fieldsets = [
        (None, {"fields": ["stands", "place", "contact", "words"]}),
        ("Who asks", {"fields": ["name", "organization", "where", "email", "number", "received_at"]}),
        ("For colleagues", {"fields": ["note"]}),
    ]
    verbs = (
        Verb(
            name="answer",
            label="Mark as answered",
            promise="Use this when you have made the introduction, or have said why there will be none. It "
            "notes your name and the time, and takes the request off the list of what is waiting. Nothing is "
            "sent.",
            done="{row} is marked as answered.",
            act=Introduction.answer,
            may=lambda row: row.is_waiting,
        ),
        Verb(
            name="reopen",
            label="It needs an answer after all",
            promise="The request goes back to those that wait for an answer.",
            done="{row} waits for an answer again.",
            act=Introduction.reopen,
            may=lambda row: row.answered_at is not None,
        ),
        release_verb(
            Introduction,
            promise="The request joins those that wait for an answer, and whoever sent it gets the receipt.",
            done="{row} waits for an answer now.",
        ),
    )

    def standing(self, row) -> str:
        if row.is_waiting:
            return "Needs an answer."
        return f"Answered {by_whom_and_when(row.answered_by, row.answered_at)}."

    @admin.display(description="whom to ask there")
    def contact(self, row) -> str:
        contact = PrivateContact.objects.filter(place=row.place).first()
        if contact is None:
            return "No private contact is recorded for this place. Add one on its entry."
        parts = (contact.name, contact.role, contact.email, contact.phone)
        return ", ".join(part for part in parts if part)

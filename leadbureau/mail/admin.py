"""Letters for staff: to read, to search, to release, to try again, to stop. What has left is never rewritten."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied

from leadbureau.kit.verb_admin import Verb, VerbAdmin
from leadbureau.mail import contact_admin  # noqa: F401  (registers the messages of the contact page)
from leadbureau.mail.guards import note_reading, visible_to
from leadbureau.mail.letter_verbs import VERBS, ReadForm
from leadbureau.mail.models import Letter, NotAllowed

LETTER = ("state", "last_error", "recipient", "subject", "body", "about", "name")
HISTORY = ("created_at", "created_by", "handled_at", "handled_by", "attempts", "next_try_at", "sent_at")


@admin.register(Letter)
class LetterAdmin(VerbAdmin):
    list_intro = (
        "Every letter that the site sends, as it was written. The site sends them by itself and tries again "
        "for a day when mail is down. One that is held back waits for you to release it; one that waits can be "
        "stopped; one that failed can be tried again."
    )
    search_help_text = "A reference, a kind, or a whole e-mail address. Subjects and texts are encrypted."
    list_display = ["subject_line", "recipient", "about", "state", "created_at", "sent_at", "attempts"]
    list_filter = ["state", "created_at", "name"]
    search_fields = ["about", "name"]
    date_hierarchy = "created_at"
    actions = ["retry_letters", "void_letters"]
    verbs = VERBS
    refusals = (NotAllowed,)
    ask_template = "mail/admin/ask.html"

    def get_queryset(self, request):
        """Only what this person may read: letters about some things ask for a permission of their own."""
        return visible_to(request.user)

    def get_fieldsets(self, request, obj=None):
        """Without what is empty: a letter that has just been written has not much of a history."""
        parts = ((None, LETTER), ("How it went", HISTORY))
        return [
            (title, {"fields": [name for name in names if name == "recipient" or getattr(obj, name)]})
            for title, names in parts
        ]

    def get_readonly_fields(self, request, obj=None):
        return [*LETTER, *HISTORY]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """To read only: nothing is typed over, and a post could only overwrite what a worker writes meanwhile."""
        if request.method == "POST":
            raise PermissionDenied
        if letter := self.get_object(request, object_id):
            note_reading(letter, request.user)
        less = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **less})

    def get_search_results(self, request, queryset, search_term):
        """Addresses are encrypted: one that is typed whole is found by its fingerprint."""
        if "@" in search_term:
            return queryset.to_address(search_term), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="subject")
    def subject_line(self, letter) -> str:
        return letter.subject

    @admin.display(description="to")
    def recipient(self, letter) -> str:
        return letter.to

    def verb_form(self, verb: Verb, row, data):
        if verb.form and issubclass(verb.form, ReadForm):
            return verb.form(data, letter=row)
        return super().verb_form(verb, row, data)

    @admin.action(description="Try the chosen letters again", permissions=["change"])
    def retry_letters(self, request, letters):
        self._each(request, letters, "retry", "Letters that will be tried again: {count}.")

    @admin.action(description="Stop the chosen letters: they will not be sent", permissions=["change"])
    def void_letters(self, request, letters):
        self._each(request, letters, "void", "Letters that will not be sent: {count}.")

    def _each(self, request, letters, name: str, done: str) -> None:
        verb = next(verb for verb in self.verbs if verb.name == name)
        count = 0
        for letter in letters:
            try:
                verb.act(letter, by=request.user)
                self.log_change(request, letter, verb.label)
                count += 1
            except NotAllowed as refusal:
                messages.warning(request, f"{letter}: {refusal}")
        messages.success(request, done.format(count=count))

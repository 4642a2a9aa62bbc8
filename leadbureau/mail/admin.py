"""Letters for staff: to read, to search, to try again, to stop. Nobody rewrites what was written."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from leadbureau.mail import contact_admin  # noqa: F401  (registers the messages of the contact page)
from leadbureau.mail.models import Letter, NotAllowed

VERBS = {
    "retry": (Letter.retry, "The letter to {to} will be tried again within seconds."),
    "void": (Letter.void, "The letter to {to} will not be sent."),
}


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_intro = (
        "Every letter that the site sends, as it was written. The site sends them by itself and tries again "
        "when mail is down. One that waits can be stopped; one that failed can be tried again."
    )
    search_help_text = "Search in addresses, subjects, texts and references."
    list_display = ["subject", "to", "about", "state", "created_at", "sent_at", "attempts"]
    list_filter = ["state", "created_at", "name"]
    search_fields = ["to", "subject", "about", "body"]
    date_hierarchy = "created_at"
    actions = ["retry_letters", "void_letters"]
    change_form_template = "mail/admin/letter.html"
    fieldsets = [
        (None, {"fields": ["state", "to", "subject", "body", "about"]}),
        (
            "How it went",
            {"fields": ["created_at", "created_by", "attempts", "next_try_at", "sent_at", "last_error"]},
        ),
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_handle_permission(self, request) -> bool:
        """Who may try a letter again or stop it: whoever has been given "can change letter"."""
        return request.user.has_perm("mail.change_letter")

    def get_urls(self):
        verb = path(
            "<int:pk>/do/<str:verb>/",
            self.admin_site.admin_view(require_POST(self.do)),
            name="mail_letter_do",
        )
        return [verb, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        letter = self.get_object(request, object_id)
        more = {}
        if letter is not None and self.has_handle_permission(request):
            more = {"can_retry": letter.can_retry(), "can_void": letter.can_void()}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def do(self, request, pk: int, verb: str):
        """One press of a button on the letter's page."""
        if not self.has_handle_permission(request) or verb not in VERBS:
            raise PermissionDenied
        letter = get_object_or_404(Letter, pk=pk)
        act, done = VERBS[verb]
        try:
            act(letter)
            messages.success(request, done.format(to=letter.to))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect(reverse("admin:mail_letter_change", args=[pk]))

    @admin.action(description="Try the chosen letters again", permissions=["handle"])
    def retry_letters(self, request, letters):
        self._each(request, letters, Letter.retry, "Letters that will be tried again: {count}.")

    @admin.action(description="Stop the chosen letters: they will not be sent", permissions=["handle"])
    def void_letters(self, request, letters):
        self._each(request, letters, Letter.void, "Letters that will not be sent: {count}.")

    def _each(self, request, letters, act, done: str) -> None:
        count = 0
        for letter in letters:
            try:
                act(letter)
                count += 1
            except NotAllowed as refusal:
                messages.warning(request, f"{letter.to}: {refusal}")
        messages.success(request, done.format(count=count))

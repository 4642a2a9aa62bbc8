"""Moves of a row in the admin: each a button, a page that says what will happen, and a verb of the model."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods


@dataclass(frozen=True)
class Verb:
    """One move. `act(row, by, **answers)` does it; answers come from `form`, when there is one."""

    name: str  # its part of the address
    label: str  # on the button: what it does
    promise: str  # what will happen, in whole sentences, above the last button
    done: str  # what has happened; {row} is filled in
    act: Callable
    may: Callable[..., bool]  # may(row): whether the row stands where this can be done
    form: type[forms.Form] | None = None
    is_grave: bool = False  # cannot be undone, or is seen by everybody
    permission: str = ""  # needed besides the right to change the row, like "assistance.redact_request"


class VerbAdmin(admin.ModelAdmin):
    """A ModelAdmin with `verbs`. `refusals` are the exceptions by which the model says no, in a sentence."""

    verbs: tuple[Verb, ...] = ()
    refusals: tuple[type[Exception], ...] = ()
    change_form_template = "admin/verbs/change_form.html"
    ask_template = "admin/verbs/ask.html"

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.do))
        name = f"{self.opts.app_label}_{self.opts.model_name}_do"
        return [path("<path:object_id>/do/<slug:verb>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        verbs = [(verb, self._address(obj, verb)) for verb in self.verbs_for(request, obj)] if obj else []
        return super().render_change_form(
            request, {**context, "verbs": verbs}, add=add, change=change, form_url=form_url, obj=obj
        )

    def _address(self, row, verb: Verb) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_do", args=[row.pk, verb.name])

    def verbs_for(self, request, row) -> list[Verb]:
        """The moves that this person can do with the row as it stands."""
        if not self.has_change_permission(request, row):
            return []
        return [verb for verb in self.verbs if verb.may(row) and self.may_press(request, verb)]

    def may_press(self, request, verb: Verb) -> bool:
        """Whether this person has what the verb asks for besides the right to change the row."""
        return not verb.permission or request.user.has_perm(verb.permission)

    def do(self, request, object_id: str, verb: str) -> HttpResponse:
        """GET says what will happen, and asks what is needed for it; POST does it."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise PermissionDenied
        back = redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]))
        chosen = next((one for one in self.verbs if one.name == verb), None)
        if chosen and not self.may_press(request, chosen):
            raise PermissionDenied
        if chosen is None or not chosen.may(row):
            messages.error(request, f"That cannot be done any more: somebody has changed {row} meanwhile.")
            return back
        form = self.verb_form(chosen, row, request.POST if request.method == "POST" else None)
        if form.is_valid():
            self._act(request, chosen, row, form.cleaned_data)
            return back
        return self._ask(request, chosen, row, form)

    def verb_form(self, verb: Verb, row, data) -> forms.Form:
        """What the verb asks, empty or filled with what was posted; a place to prefill it from the row."""
        return (verb.form or forms.Form)(data)

    def _act(self, request, verb: Verb, row, answers: dict) -> None:
        try:
            verb.act(row, by=request.user, **answers)
        except self.refusals as refusal:
            messages.error(request, str(refusal))
            return
        self.log_change(request, row, verb.label)
        messages.success(request, verb.done.format(row=row))

    def _ask(self, request, verb: Verb, row, form: forms.Form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "subtitle": str(row),
            "opts": self.opts,
            "original": row,
            "verb": verb,
            "form": form,
        }
        return render(request, self.ask_template, context)

"""The page of a button: what it asks, a look at the letter before it leaves, and what happened meanwhile."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from leadbureau.kit.verb_admin import Verb, VerbAdmin
from sites.assistance.case_forms import CaseForm
from sites.assistance.casework import SEE_PERSONAL, SHOW_NOTHING_PERSONAL, VERBS
from sites.assistance.letter_forms import MoveForm
from sites.assistance.models import Request
from sites.assistance.models.letters import Unfinished
from sites.assistance.moves import NotAllowed


class CaseVerbsAdmin(VerbAdmin):
    """The buttons of a case. Of two people who press at the same time the second is told, and loses no word."""

    verbs = VERBS
    refusals = (NotAllowed, Unfinished)
    ask_template = "assistance/admin/ask.html"

    def may_press(self, request, verb: Verb) -> bool:
        reads = verb in SHOW_NOTHING_PERSONAL or request.user.has_perm(SEE_PERSONAL)
        return reads and super().may_press(request, verb)

    def do(self, request, object_id: str, verb: str) -> HttpResponse:
        """GET asks; POST shows the letter (`preview`), or does it."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise PermissionDenied
        chosen = next((one for one in self.verbs if one.name == verb), None)
        if chosen and not self.may_press(request, chosen):
            raise PermissionDenied
        if chosen is None or not chosen.may(row):
            return self._too_late(request, row, chosen)
        first = _asked_first(request, chosen)
        if first is not None and not first.is_valid():
            return self._ask_first(request, chosen, row, first)
        data = request.POST if request.method == "POST" else None
        form = case_form(chosen, row, data, _choice(request, chosen))
        return self._answer(request, chosen, row, form)

    def _answer(self, request, verb: Verb, row: Request, form: forms.Form) -> HttpResponse:
        if request.method != "POST":
            return self._page(request, verb, row, form)
        meanwhile = _meanwhile(request, row)
        if not form.is_valid() or meanwhile:
            return self._page(request, verb, row, form, meanwhile=meanwhile)
        if "preview" in request.POST:
            return self._page(request, verb, row, form, preview=form.cleaned_data.get("words"))
        try:
            verb.act(row, by=request.user, **form.cleaned_data)
        except self.refusals as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, verb, row, form)
        self.log_change(request, row, verb.label)
        self.message_user(request, verb.done.format(row=row), messages.SUCCESS)
        return self._case(row)

    def _page(self, request, verb: Verb, row: Request, form: forms.Form, **more) -> HttpResponse:
        self.note_reading(request, row)
        context = self._context(request, verb, row) | {"form": form, **more}
        if isinstance(form, MoveForm):
            context |= {"letter": form, "choice": _choice_in_words(form)}
        return render(request, self.ask_template, context)

    def _ask_first(self, request, verb: Verb, row: Request, form: forms.Form) -> HttpResponse:
        context = self._context(request, verb, row) | {"form": form}
        return render(request, "assistance/admin/ask_first.html", context)

    def _too_late(self, request, row: Request, verb: Verb | None) -> HttpResponse:
        """The request has moved on. Whoever pressed twice is simply led back; another is told by whom."""
        last = row.events.select_related("by").last()
        if request.method == "POST" and last and last.by == request.user:
            return self._case(row)
        who = f"{last.by.get_full_name() or last.by.get_username()}" if last and last.by else "somebody"
        if written := _written(request, verb):
            context = self._context(request, verb, row) | {"written": written, "who": who}
            return render(request, "assistance/admin/too_late.html", context, status=409)
        self.message_user(
            request, f"That cannot be done any more: {who} has changed {row} meanwhile.", messages.ERROR
        )
        return self._case(row)

    def _context(self, request, verb: Verb | None, row: Request) -> dict:
        last = row.events.last()
        return {
            **self.admin_site.each_context(request),
            "title": verb.label if verb else "Not done",
            "subtitle": str(row),
            "opts": self.opts,
            "original": row,
            "verb": verb,
            "seen": last.pk if last else 0,
            "media": self.media,
        }

    def _case(self, row: Request) -> HttpResponse:
        return redirect(reverse("admin:assistance_request_change", args=[row.pk]))

    def note_reading(self, request, row: Request) -> None:
        """The page shows what the requester wrote; the case keeps a book of who reads it."""
        raise NotImplementedError


def case_form(verb: Verb, row: Request, data=None, chosen: str = "") -> forms.Form:
    """The form of a verb, empty, prefilled from the request, or filled with what was posted."""
    kind = verb.form or forms.Form
    if issubclass(kind, MoveForm):
        return kind(data, row=row, chosen=chosen)
    if issubclass(kind, CaseForm):
        return kind(data, row=row)
    return kind(data, label_suffix="")


def _asked_first(request, verb: Verb) -> forms.Form | None:
    """The choice that decides what the letter says, as a form of its own; None where nothing is asked first."""
    name = getattr(verb.form, "asks_first", "")
    if not name or verb.form is None:
        return None
    field = verb.form.base_fields[name]
    label = {"reason": "Why is it declined?", "to": "Who can help better?"}[name]
    asked = forms.ChoiceField(label=label, choices=field.choices, widget=forms.RadioSelect)  # type: ignore[attr-defined]
    data = request.POST if request.method == "POST" else request.GET
    return type("FirstForm", (forms.Form,), {name: asked})(
        data if name in data or "go" in data or request.POST else None, label_suffix=""
    )


def _choice(request, verb: Verb) -> str:
    name = getattr(verb.form, "asks_first", "")
    return (request.POST or request.GET).get(name, "") if name else ""


def _choice_in_words(form: MoveForm) -> str:
    if not form.chosen:
        return ""
    return dict(form.fields[form.asks_first].choices).get(form.chosen, "")  # type: ignore[attr-defined]


def _meanwhile(request, row: Request) -> list:
    """What others did since the form was opened; their events are shown once, then the button works."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal():
        return []
    return list(row.events.select_related("by").filter(pk__gt=int(seen)).exclude(by=request.user))


def _written(request, verb: Verb | None) -> list[str]:
    """The long texts that somebody typed into the form of a verb."""
    fields = verb.form.base_fields if verb and verb.form else {}
    texts = [request.POST.get(name, "") for name, field in fields.items() if _is_long(field)]
    return [text for text in texts if text.strip()]


def _is_long(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea)

"""Corrections that were sent together, on one page of the admin: old and new side by side, decided field by field."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leadbureau.mail.models import NotAllowed
from sites.jurisdictions.models import Correction

DECISIONS = (("accept", "Accept"), ("decline", "Decline"), ("later", "Decide later"))


class SheetForm(forms.Form):
    """A decision for each row; `seen` is what its entry said on the page that was shown, `despite` its warning."""

    answer = forms.CharField(
        label="Words beside what you decline",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="Stand in the letter, which leaves when the last field is decided. May stay empty.",
    )

    def __init__(self, *args, rows: list[Correction], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"decision-{row.pk}"] = forms.ChoiceField(
                choices=DECISIONS, widget=forms.RadioSelect, initial="later", label=row.label
            )
            self.fields[f"seen-{row.pk}"] = forms.CharField(
                required=False, strip=False, widget=forms.HiddenInput, initial=row.present
            )
            self.fields[f"despite-{row.pk}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=row.warning
            )

    def decisions(self) -> list[tuple[Correction, str, dict[str, str]]]:
        """Each row with its decision and with what was seen, as Correction.accept takes it."""
        answers = self.cleaned_data
        return [(row, answers[f"decision-{row.pk}"], self._seen(row)) for row in self.rows]

    def _seen(self, row: Correction) -> dict[str, str]:
        answers = self.cleaned_data
        seen = answers[f"seen-{row.pk}"].replace("\r\n", "\n")
        return {"instead_of": seen, "despite": answers[f"despite-{row.pk}"]}


def sheet_view(model_admin, request: HttpRequest, sheet: UUID) -> HttpResponse:
    """GET shows the fields; POST does what was chosen for each, and says what could not be done."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    rows = list(
        Correction.objects.filter(sheet=sheet).select_related("place__state", "decided_by").order_by("pk")
    )
    if not rows:
        raise Http404
    waiting = [row for row in rows if row.is_waiting]
    form = SheetForm(request.POST if request.method == "POST" else None, rows=waiting)
    if request.method == "POST" and form.is_valid():
        for row, decision, seen in form.decisions():
            _decide(model_admin, request, row, decision, seen, form.cleaned_data["answer"])
        return redirect(request.path)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Changes to {rows[0].place}, sent together",
        "opts": model_admin.opts,
        "rows": [(row, _fields(form, row)) for row in rows],
        "first": rows[0],
        "waiting": waiting,
        "form": form,
    }
    return render(request, "admin/jurisdictions/correction/sheet.html", context)


def _fields(form: SheetForm, row: Correction) -> dict | None:
    """The form's fields of a row; None when it is decided."""
    if f"decision-{row.pk}" not in form.fields:
        return None
    return {
        "decision": form[f"decision-{row.pk}"],
        "seen": form[f"seen-{row.pk}"],
        "despite": form[f"despite-{row.pk}"],
    }


def _decide(model_admin, request, row: Correction, decision: str, seen: dict[str, str], answer: str) -> None:
    try:
        if decision == "accept":
            row.accept(by=request.user, instead_of=seen["instead_of"], despite=seen["despite"])
        elif decision == "decline":
            row.decline(by=request.user, answer=answer)
        else:
            return
    except NotAllowed as refusal:
        messages.error(request, f"{row.label}: {refusal}")
        return
    model_admin.log_change(request, row, f"{row.label}: {row.get_outcome_display().lower()}.")
    messages.success(request, f"{row.label}: {row.result or 'declined.'}")

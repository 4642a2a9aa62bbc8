"""Forms that visitors send and that are kept, each as one row: how they ask and what becomes of them."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import defaults, say
from leadbureau.kit.rate import too_many
from leadbureau.kit.spam import SpamGuard
from leadbureau.mail.models.received import Received

MOST_AN_HOUR = 10  # from one network: an office of a county shares one address


class KeptForm(SpamGuard, WordedForm):
    """A worded form behind the spam guard. Besides "required", wordings may give <field>.invalid and
    <field>.invalid_choice; <area>.too_long serves all fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opened_too_long = say("forms.opened_too_long")
        for name, field in self.fields.items():
            self._complain(name, field)

    def keep(self) -> Received:
        """Stores the valid form once and returns its row, new or found."""
        raise NotImplementedError

    def _complain(self, name: str, field: forms.Field) -> None:
        known = defaults()
        for code in ("invalid", "invalid_choice"):
            if f"{self.area}.{name}.{code}" in known:
                field.error_messages[code] = say(f"{self.area}.{name}.{code}")
        if getattr(field, "max_length", None):
            too_long = say(f"{self.area}.too_long", length="%(show_value)d", limit="%(limit_value)d")
            field.error_messages["max_length"] = too_long
        # Browsers cut what is pasted without a word; the message above says how much is too much.
        field.widget.attrs.pop("maxlength", None)


def show_or_keep(
    request: HttpRequest,
    make_form: Callable[..., KeptForm],
    *,
    scope: str,
    template: str,
    context: dict,
    thanks: str,
    thanks_at: tuple = (),
    limit: int = MOST_AN_HOUR,
) -> HttpResponse:
    """Answers a GET with the empty form, a POST with a redirect to the thank-you page or the filled form.

    make_form(data, files) gives the form. `thanks` names the address of the thank-you page, which takes
    `thanks_at` and then the row's number. Whoever sends more than `limit` an hour from one network gets
    the filled form back with status 429.
    """
    if request.method != "POST":
        return render(request, template, {**context, "form": make_form(None, None)})
    form, status = make_form(request.POST, request.FILES), 200
    if form.is_valid():
        if not too_many(request, scope, limit=limit, seconds=3600):
            return redirect(thanks, *thanks_at, form.keep().number)
        form.add_error(None, say("forms.too_many"))
        status = 429
    _ask_for_files_again(form)
    return render(request, template, {**context, "form": form}, status=status)


def _ask_for_files_again(form: forms.Form) -> None:
    """A browser keeps the words of a form that comes back, but never its files: say so beside the field."""
    for name in form.files:
        if name in form.fields and name not in form.errors:
            form.add_error(name, say("forms.file_again"))

"""What came of the help: two questions on the request's own pages, opened by its private link."""

from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from sites.assistance.models import Outcome, Request
from sites.assistance.models.letters import in_words
from sites.assistance.outcome_form import OutcomeForm
from sites.assistance.outcomes import TooLate, answer, last_day, may_answer
from sites.assistance.participant_data import passages_in
from sites.assistance.private import by_private_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SENDS, HOUR = 30, 3600  # how often one network may answer within an hour


@GET_OR_POST
@by_private_link
def outcome(http, found: Request, token: str, after: int):
    """The questions, as soon as they were asked by letter; then what was answered, and a way to change it."""
    asked = found.outcomes.filter(after=after).first()
    if asked is None:
        context = {"found": found, "title": say("assistance.outcome.not_asked.title")}
        return render(http, "assistance/outcome_not_asked.html", context, status=404)
    if http.method == "POST":
        return _keep(http, found, token, asked)
    if asked.answered_at and not (may_answer(asked) and "change" in http.GET):
        return _thanks(http, found, asked)
    return _questions(http, found, asked, OutcomeForm(initial=OutcomeForm.initial_of(asked)))


def _keep(http, found: Request, token: str, asked: Outcome):
    form = OutcomeForm(http.POST)
    if not form.is_valid():
        return _questions(http, found, asked, form)
    if too_many(http, "assistance-outcome", limit=SENDS, seconds=HOUR):
        form.add_error(None, say("forms.too_many"))
        return _questions(http, found, asked, form, status=429)
    confirmed = [*http.POST.getlist("confirm"), *found.confirmed_passages]
    passages = [one for one in passages_in(form.answers["words"]) if one.key not in confirmed]
    if passages:
        return _questions(http, found, asked, form, passages=passages)
    with suppress(TooLate):  # the page says until when it could be changed
        answer(asked, **form.answers)
    return redirect("assistance:outcome", token, asked.after)


def _questions(http, found: Request, asked: Outcome, form: OutcomeForm, *, status: int = 200, **more):
    context = {
        "found": found,
        "title": say("assistance.outcome.title"),
        "lead": say(f"assistance.outcome.lead.{asked.after}"),
        "form": form,
        **more,
    }
    return render(http, "assistance/outcome.html", context, status=status)


def _thanks(http, found: Request, asked: Outcome):
    """What was answered, in the words of the questions."""
    form = OutcomeForm()
    told = OutcomeForm.initial_of(asked)
    answers = [
        (form.fields["stage"].label, say(f"assistance.outcome.stage.{told['stage']}")),
        (form.fields["helped"].label, say(f"assistance.outcome.helped.{told['helped']}")),
        (form.fields["words"].label, told["words"]),
    ]
    address = reverse("assistance:outcome", args=[found.token(), asked.after])
    context = {
        "found": found,
        "title": say("assistance.outcome.thanks.title"),
        "answers": [(label, words) for label, words in answers if words],
        "goes_to_directory": bool(found.jurisdiction_id and asked.stage),
        "change_at": f"{address}?change=1" if may_answer(asked) else "",
        "until": in_words(last_day(asked)),
    }
    return render(http, "assistance/outcome_thanks.html", context)

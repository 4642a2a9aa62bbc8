""" "Your county has already asked": told privately, without who; and asking to join."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from sites.assistance.join_form import JoinForm, when_asked
from sites.assistance.models import JoinRequest, Request
from sites.assistance.places import already_asked
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGE_OF, pages_after

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
JOINS, HOUR = 10, 3600  # letters to owners of requests that one network may bring about within an hour


@require_safe
@by_private_link
def already(http, found: Request, token: str):
    """What is known of earlier requests, and the two ways on."""
    earlier = already_asked(found)
    if not earlier:
        return redirect("assistance:tasks", token)
    asked = _asked(found)
    context = {
        "found": found,
        "title": say(f"assistance.already.title.{_area(found)}"),
        "earlier": [
            (words, one.pk in asked) for words, one in zip(when_asked(earlier), earlier, strict=True)
        ],
        "may_join": any(one.pk not in asked for one in earlier),
        "go_on": _next_address(http, found, token),
    }
    return render(http, "assistance/already.html", context)


@GET_OR_POST
@by_private_link
def join(http, found: Request, token: str):
    """Ask the owner of an earlier request to be let in. Asking twice is asking once."""
    earlier, asked = already_asked(found), _asked(found)
    if {one.pk for one in earlier} <= asked:
        return redirect("assistance:already", token)
    form = JoinForm(http.POST or None, earlier=earlier, asked=asked, own=found)
    status = 200
    if http.method == "POST" and form.is_valid():
        if not too_many(http, "assistance-join", limit=JOINS, seconds=HOUR):
            chosen, values = form.chosen()
            JoinRequest.ask(chosen, found, **values)
            return redirect("assistance:already", token)
        form.add_error(None, say("forms.too_many"))
        status = 429
    context = {"found": found, "title": say("assistance.join.title"), "form": form}
    return render(http, "assistance/join.html", context, status=status)


def _asked(found: Request) -> set[int]:
    """The keys of the requests that this one asked to join."""
    return set(JoinRequest.objects.filter(asked_from=found).values_list("request_id", flat=True))


def _area(found: Request) -> str:
    """What the two have in common."""
    return "county" if found.county_fips else "state" if found.place_kind == "state" else "place"


def _next_address(http, found: Request, token: str) -> str:
    """The page after the one that brought the news, or the list of all."""
    came_from = http.GET.get("after", "")
    following = pages_after(came_from) if came_from in PAGE_OF and found.is_draft else ()
    if following:
        return reverse("assistance:ask_page", args=[token, following[0].slug])
    return reverse("assistance:tasks", args=[token])

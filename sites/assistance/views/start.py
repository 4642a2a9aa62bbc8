"""The way in: who comes, help for a person in need, the start page and the form on paper. Nothing is stored."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadbureau.content.models import Page
from leadbureau.content.pages import apart, page_or_blank
from leadbureau.content.wording import say
from sites.assistance.doors import WhoForm
from sites.assistance.local_contacts import contacts_in, states_with_contacts
from sites.assistance.questions import PAGES


@require_safe
def start(http):
    page = page_or_blank("assistance")
    # The door for people in need stands at the top whatever staff wrote.
    sections = apart(page, "in-need")["rest"]
    return render(http, "assistance/start.html", {"page": page, "pages": PAGES, "sections": sections})


@require_safe
def who(http):
    """Which door is the right one. The button has a name, so that pressing it without a choice is noticed."""
    pressed = "go" in http.GET or "who" in http.GET
    form = WhoForm(http.GET if pressed else None)
    if pressed and form.is_valid():
        return redirect(form.leads_to())
    context = {"page": _worded("who"), "crumbs": _crumbs(), "form": form}
    return render(http, "assistance/who.html", context)


@require_safe
def help_now(http):
    """Where a person or a family finds help today: a list of numbers and addresses, and no form of ours."""
    states = states_with_contacts()
    chosen = next((state for state in states if state.usps == http.GET.get("state")), None)
    context = {
        "page": _worded("help_now"),
        "crumbs": _crumbs(),
        "states": states,
        "chosen": chosen,
        "places": contacts_in(chosen.usps) if chosen else [],
    }
    return render(http, "assistance/help_now.html", context)


@require_safe
def paper(http):
    context = {"page": page_or_blank("assistance/paper"), "pages": PAGES, "crumbs": _crumbs()}
    return render(http, "assistance/paper.html", context)


def _worded(name: str) -> Page:
    """A page whose words are all wordings: it stands even when staff deleted every page."""
    title, lead = say(f"assistance.{name}.title"), say(f"assistance.{name}.lead")
    return Page(title=title, lead=lead, description=say(f"assistance.{name}.description"))


def _crumbs() -> list[tuple[str, str]]:
    return [(page_or_blank("assistance").title, reverse("assistance:start"))]

"""The pages of the form."""

from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from leadbureau.kit.retention import kept
from sites.assistance.forms import form_for
from sites.assistance.models import Request
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGE_OF, PAGES, Page, pages_after, pages_before

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# How often one network may begin a request within an hour; a whole city hall may share one.
STARTS, HOUR = 30, 3600


@GET_OR_POST
def ask(http):
    """The first page. Nothing is stored until it is posted; the same opened form makes one request only."""
    page = PAGES[0]
    form = form_for(page, first=True)(http.POST or None)
    if http.method == "POST" and form.is_valid():
        if not too_many(http, "assistance-start", limit=STARTS, seconds=HOUR):
            return _begin(page, form)
        form.add_error(None, say("forms.too_many"))
        return _page(http, page, form, status=429)
    return _page(http, page, form)


def _begin(page: Page, form):
    nonce = form.cleaned_data["nonce"]
    found = Request.objects.filter(nonce=nonce).first()
    if found is None:
        try:
            found = Request.objects.begin(page, form.good_answers(), nonce=nonce, suspicion=form.suspicion)
        except IntegrityError:  # the second of two clicks, a moment behind the first
            found = Request.objects.get(nonce=nonce)
    elif found.is_draft:
        found.save_page(page, form.good_answers())
    if not found.is_draft:
        return redirect("assistance:sent", found.token())
    found.mail_link()
    return redirect("assistance:ask_page", found.token(), pages_after(page.slug)[0].slug)


@GET_OR_POST
@by_private_link
def ask_page(http, found: Request, token: str, page: str):
    """A page of the form: shown as it was saved, saved as it is posted, whatever is missing."""
    if page not in PAGE_OF:  # an address cut short or mistyped; a 404 would be logged with the token in it
        return redirect("assistance:status", token)
    if not found.is_draft:
        return redirect("assistance:sent", token)
    chosen = PAGE_OF[page]
    if http.method != "POST":
        return _page(http, chosen, form_for(chosen)(initial=found.answers()), found=found)
    form = form_for(chosen)(http.POST)
    right = form.is_valid()
    found.save_page(chosen, form.good_answers())
    if not right:
        return _page(http, chosen, form, found=found)
    found.mail_link()
    return redirect(_next_address(http, token, chosen))


def _next_address(http, token: str, page: Page) -> str:
    following = pages_after(page.slug)
    if "then" in http.GET or not following:
        return reverse("assistance:check", args=[token])
    return reverse("assistance:ask_page", args=[token, following[0].slug])


def _page(http, page: Page, form, *, found: Request | None = None, status: int = 200):
    before = pages_before(page.slug)
    context = {
        "title": page.title,
        "asked": page,
        "form": form,
        "found": found,
        "pages": PAGES,
        "number": len(before) + 1,
        "previous": before[-1] if before else None,
        "checking": "then" in http.GET,
        "days_kept": kept("assistance.drafts").days,
    }
    return render(http, "assistance/ask.html", context, status=status)

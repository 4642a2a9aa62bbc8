"""The pages of the form, and the list of all that a request consists of."""

from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.private_links import private_page
from leadbureau.kit.rate import too_many
from sites.assistance import places
from sites.assistance.forms import form_for
from sites.assistance.models import Request
from sites.assistance.models.answers import ChangedMeanwhile
from sites.assistance.models.sharing import SHAREABLE
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.private import by_private_link
from sites.assistance.questions import PAGE_OF, PAGES, Page, pages_after, pages_before
from sites.assistance.task_list import shares_of, tasks_of
from sites.assistance.two_versions import TwoVersions
from sites.assistance.typed import typed_in_words
from sites.assistance.views.saving import Saved, opened_form, save_posted

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# How often one network may begin a request, or have a link mailed, within an hour; a whole city hall may share one.
STARTS, HOUR = 30, 3600


@GET_OR_POST
def ask(http):
    """The first page. Nothing is stored until it is posted; the same opened form makes one request only."""
    page = PAGES[0]
    form = form_for(page, first=True)(http.POST or None)
    if http.method == "POST" and form.is_valid():
        if not too_many(http, "assistance-start", limit=STARTS, seconds=HOUR):
            return _begin(http, page, form)
        form.add_error(None, say("forms.too_many"))
        return _page(http, page, Saved(form, 0), status=429)
    return _page(http, page, Saved(form, 0))


@private_page
def _begin(http, page: Page, form):
    """Once a form: sent again with other words it changes the draft, unless that was changed elsewhere since."""
    nonce = form.cleaned_data["nonce"]
    found = Request.objects.filter(nonce=nonce).first()
    if found is None:
        try:
            found = Request.objects.begin(page, form.good_answers(), nonce=nonce, suspicion=form.suspicion)
        except IntegrityError:  # the second of two clicks, a moment behind the first
            found = Request.objects.get(nonce=nonce)
    elif found.is_draft:
        try:
            found.save_page(page, form.good_answers(), version=1)
        except ChangedMeanwhile as changed:
            both = TwoVersions(
                page, http.POST, form.good_answers(), found.answers(), changed.theirs, changed.version
            )
            return _two_versions(http, page, Saved(form, changed.version, both), found)
    if not found.is_draft:
        return redirect("assistance:sent", found.token())
    found.mail_link()
    return redirect("assistance:tasks", found.token())


@require_safe
@by_private_link
def tasks(http, found: Request, token: str):
    """All sections with what is done and who has them. When nothing can be changed, where the request stands."""
    if not found.may("edit", Doer.REQUESTER):
        return redirect("assistance:status", token)
    saved_page = PAGE_OF.get(http.GET.get("saved", ""))
    shares = shares_of(found)
    current = {slug: share for slug, share in shares.items() if share.is_current}
    context = {
        "found": found,
        "title": say("assistance.tasks.title" if found.is_draft else "assistance.tasks.title_sent"),
        "groups": tasks_of(found, token, shares),
        "saved_page": saved_page,
        "shareable": [(page, current.get(page.slug)) for page in SHAREABLE],
        "already": places.already_asked(found),
        "kept_until": found.kept_until,
    }
    return render(http, "assistance/tasks.html", context)


@GET_OR_POST
@by_private_link
def ask_page(http, found: Request, token: str, page: str):
    """A page of the form: shown as it was saved, saved as it is posted, whatever is missing."""
    if page not in PAGE_OF:  # an address cut short or mistyped
        return redirect("assistance:tasks", token)
    chosen = PAGE_OF[page]
    try:
        if http.method == "POST":
            return _save(http, found, token, chosen)
        if not found.may("edit", Doer.REQUESTER):
            raise NotAllowed
    except NotAllowed:
        return _too_late(http, found, chosen)
    return _page(http, chosen, opened_form(found, chosen), found=found)


def _save(http, found: Request, token: str, page: Page):
    told = places.news_of(found, page)
    saved = save_posted(found, page, http.POST, Doer.REQUESTER)
    if saved.both:
        return _two_versions(http, page, saved, found)
    has_new_address = saved.is_kept and found.email != found.link_mailed_to
    if has_new_address and not too_many(http, "assistance-link", limit=STARTS, seconds=HOUR):
        found.mail_link()
    if not saved.is_right:
        return _page(http, page, saved, found=found)
    if places.news_of(found, page) - told:  # led there once, when the place brings the news
        return redirect(reverse("assistance:already", args=[token]) + f"?after={page.slug}")
    return redirect(_next_address(http, found, token, page))


def _next_address(http, found: Request, token: str, page: Page) -> str:
    """The list when it was asked for or the request was sent; else the check that one came from, or the next page."""
    following = pages_after(page.slug)
    if not found.is_draft or http.POST.get("to") == "list" or not following:
        return reverse("assistance:tasks", args=[token]) + f"?saved={page.slug}"
    if "then" in http.GET:
        return reverse("assistance:check", args=[token])
    return reverse("assistance:ask_page", args=[token, following[0].slug])


def _address(found: Request, page: Page) -> str:
    return reverse("assistance:ask_page", args=[found.token(), page.slug])


def _page(http, page: Page, saved: Saved, *, found: Request | None = None, status: int = 200):
    before = pages_before(page.slug)
    context = {
        "title": page.title,
        "asked": page,
        "form": saved.form,
        "version": saved.version,
        "is_kept": saved.is_kept,
        "passages": saved.passages,
        "found": found,
        "share": found and found.shares.current().filter(page=page.slug).first(),
        "may_share": page in SHAREABLE,
        "pages": PAGES,
        "number": len(before) + 1,
        "checking": "then" in http.GET,
    }
    return render(http, "assistance/ask.html", context, status=status)


def _two_versions(http, page: Page, saved: Saved, found: Request):
    """Somebody else saved this page meanwhile: both versions, to choose from. 409, as nothing was kept."""
    context = {
        "title": say("assistance.conflict.title"),
        "asked": page,
        "both": saved.both,
        "found": found,
        "to": http.POST.get("to", ""),
        "action": "" if http.resolver_match.url_name == "ask_page" else _address(found, page),
    }
    return render(http, "assistance/conflict.html", context, status=409)


def _too_late(http, found: Request, page: Page):
    """The Bureau has begun its work: what was typed is shown, and where it can go."""
    context = {
        "title": say("assistance.too_late.title"),
        "found": found,
        "asked": page,
        "typed": typed_in_words(http.POST, page.questions, found.answers()),
        "may_add": found.may("supplement", Doer.REQUESTER),
    }
    return render(http, "assistance/too_late.html", context, status=409 if http.method == "POST" else 200)

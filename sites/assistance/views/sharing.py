"""Handing a section to a colleague, and the colleague's own page."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leadbureau.content.wording import say
from leadbureau.kit.rate import too_many
from sites.assistance.models import Request, Share
from sites.assistance.models.sharing import SHAREABLE, CannotShare, why_not
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.private import by_colleagues_link, by_private_link
from sites.assistance.questions import PAGE_OF, Page
from sites.assistance.share_form import ShareForm
from sites.assistance.typed import typed_in_words
from sites.assistance.views.saving import Saved, opened_form, save_posted

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
HANDED, HOUR = 20, 3600  # letters to colleagues that one network may bring about within an hour


@GET_OR_POST
@by_private_link
def share(http, found: Request, token: str, page: str):
    """Give one section to somebody, write to them again, or take it back."""
    chosen = PAGE_OF.get(page)
    if chosen not in SHAREABLE or not found.may("share", Doer.REQUESTER):
        return redirect("assistance:tasks", token)
    current = found.shares.current().filter(page=chosen.slug).first()
    if http.method != "POST":
        return _share_page(http, found, chosen, current, ShareForm())
    here = reverse("assistance:share", args=[token, chosen.slug])
    try:
        if http.POST.get("do") == "take_back":
            if current:
                current.take_back()
            return redirect(here)
        if http.POST.get("do") == "again":
            return _write_again(http, found, chosen, current, here)
        return _hand_over(http, found, chosen, current, here)
    except CannotShare as refusal:
        if refusal.reason == "taken":  # the second of two clicks, or of two people
            return redirect(here)
        return _share_page(http, found, chosen, current, ShareForm(http.POST), refusal.reason, 409)
    except NotAllowed:
        return redirect(here)


def _hand_over(http, found: Request, page: Page, current: Share | None, here: str):
    form = ShareForm(http.POST)
    if current:
        return redirect(here)
    if not form.is_valid():
        return _share_page(http, found, page, current, form)
    if too_many(http, "assistance-share", limit=HANDED, seconds=HOUR):
        return _share_page(http, found, page, current, form, "too_often", 429)
    Share.hand_over(found, page, **form.cleaned_data)
    return redirect(f"{here}?written=1")


def _write_again(http, found: Request, page: Page, current: Share | None, here: str):
    if current is None:
        return redirect(here)
    if too_many(http, "assistance-share", limit=HANDED, seconds=HOUR):
        return _share_page(http, found, page, current, ShareForm(), "too_often", 429)
    current.mail_again()
    return redirect(f"{here}?written=1")


def _share_page(http, found, page, current, form, refusal: str = "", status: int = 200):
    before = found.shares.filter(Q(done_at__isnull=False), page=page.slug).last()
    hindrance = refusal or why_not(found)
    context = {
        "title": say(f"assistance.share.{'title_with' if current else 'title'}", section=page.title),
        "found": found,
        "asked": page,
        "share": current,
        "before": before,
        "form": form,
        "written": "written" in http.GET,
        "hindrance": say(f"assistance.share.cannot.{hindrance}") if hindrance else "",
        "hindered_by": hindrance,
    }
    return render(http, "assistance/share.html", context, status=status)


@GET_OR_POST
@by_colleagues_link
def colleague(http, given: Share, token: str):
    """One section, for the colleague who was asked: saved whatever is missing, until they say that it is finished."""
    page, found = given.section, given.request
    if given.done_at or page is None:
        return _over(http, given, "done")
    if not found.may("edit", Doer.COLLEAGUE):
        return _over(http, given, "sent")
    if http.method != "POST":
        return _section(http, given, page, opened_form(found, page))
    try:
        saved = save_posted(found, page, http.POST, Doer.COLLEAGUE)
        if saved.both:
            return _two_versions(http, given, page, saved)
        if not saved.is_right:
            return _section(http, given, page, saved)
        if http.POST.get("do") != "finish":
            return redirect(reverse("assistance:colleague", args=[token]) + "?saved=1")
        given.finish()
    except NotAllowed:
        return _over(http, given, "sent")
    return redirect("assistance:colleague", token)


def _section(http, given: Share, page: Page, saved: Saved):
    context = {
        "title": page.title,
        "share": given,
        "found": given.request,
        "asked": page,
        "form": saved.form,
        "version": saved.version,
        "is_kept": saved.is_kept,
        "passages": saved.passages,
        "was_saved": "saved" in http.GET,
    }
    return render(http, "assistance/colleague.html", context)


def _two_versions(http, given: Share, page: Page, saved: Saved):
    context = {
        "title": say("assistance.conflict.title"),
        "share": given,
        "asked": page,
        "both": saved.both,
        "do": http.POST.get("do", ""),
    }
    return render(http, "assistance/conflict.html", context, status=409)


def _over(http, given: Share, kind: str):
    """Nothing is left to do here: thanks, or the request has moved on."""
    name, section = given.request.contact_name, given.section
    context = {
        "title": say(f"assistance.colleague.{kind}.title"),
        "text": say(f"assistance.colleague.{kind}.text", name=name),
        "kind": kind,
        "share": given,
        "typed": typed_in_words(http.POST, section.questions, given.request.answers()) if section else [],
    }
    return render(http, "assistance/colleague_over.html", context)

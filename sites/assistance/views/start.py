"""The way in: the start page and the paper form. Nothing is stored here."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.pages import apart, page_or_blank
from sites.assistance.questions import PAGES

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def start(http):
    page = page_or_blank("assistance")
    context = {"page": page, "pages": PAGES, **apart(page, "in-need")}
    return render(http, "assistance/start.html", context)


@require_safe
def paper(http):
    context = {"page": page_or_blank("assistance/paper"), "pages": PAGES, "crumbs": _crumbs()}
    return render(http, "assistance/paper.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(page_or_blank("assistance").title, "/assistance/")]

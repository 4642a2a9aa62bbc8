"""The one door to a request: its private link."""

from functools import wraps

from django.shortcuts import render
from django.utils import timezone

from leadbureau.content.wording import say
from leadbureau.kit.private_links import private_page
from sites.assistance.models import Request
from sites.assistance.models.letters import DRAFT_KEPT


def by_private_link(view):
    """Opens the request of the token in the address for a view, or shows a clear page with status 404."""

    @private_page
    @wraps(view)
    def opened(http, token: str, *args, **kwargs):
        found = Request.objects.with_token(token).select_related("state").first()
        if found is None or found.is_expired(timezone.now()):
            context = {"title": say("assistance.no_request.title"), "days_kept": DRAFT_KEPT.days}
            return render(http, "assistance/no_request.html", context, status=404)
        return view(http, found.opened_with(token), token, *args, **kwargs)

    return opened

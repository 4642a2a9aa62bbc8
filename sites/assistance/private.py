"""The one door to a request: its private link."""

from functools import wraps

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from leadbureau.content.wording import say
from sites.assistance.models import Request
from sites.assistance.models.letters import DRAFT_KEPT

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def by_private_link(view):
    """Opens the request of the token in the address for a view, or shows a clear page with status 404.

    Exempt from the CSRF check, for two reasons. Nobody can forge a POST to an address that he does not know,
    and no cookie gives any power here. And browsers send "Origin: null" from a page whose referrer policy is
    no-referrer, which the check refuses; the policy is worth more, as it keeps the address to ourselves.
    It also means that a page left open for weeks can still be saved.
    """

    @csrf_exempt
    @wraps(view)
    def opened(http, token: str, *args, **kwargs):
        found = Request.objects.with_token(token).select_related("state").first()
        if found is None or found.is_expired(timezone.now()):
            context = {"title": say("assistance.no_request.title"), "days_kept": DRAFT_KEPT.days}
            response = render(http, "assistance/no_request.html", context, status=404)
            # Django logs the addresses of 404s; this one may be a key.
            response._has_been_logged = True  # type: ignore[attr-defined]
        else:
            response = view(http, found.opened_with(token), token, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return opened

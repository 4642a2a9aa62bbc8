"""Pages for what goes wrong. They need no database, so that they work when it does not."""

import re
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template import loader
from django.urls import Resolver404

from leadbureau.kit.private_links import PRIVATE_PATH

RETRY_AFTER = 60  # seconds
_PAGE = re.compile(r"/[a-z0-9-]+(/[a-z0-9-]+)*/")


def _page(status: int, template: str = "", **context) -> HttpResponse:
    html = loader.get_template(f"errors/{template or status}.html").render({**context, "status": status})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def bad_request(request, exception=None):
    """Django reports a body that is too large as a bad request; a reader is told the real reason."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page(400)


def forbidden(request, exception=None):
    return _page(403)


def not_found(request, exception=None):
    """Offers a search for the words of the address; one typed with capitals leads to the same in small letters.

    Only when no view took the address as it stands: numbers, private links and files keep their capitals.
    """
    if PRIVATE_PATH.match(request.path):  # what stands in it may be a key: nothing repeats it
        return _page(404)
    small = request.path.lower()
    unknown = isinstance(exception, Resolver404) and request.method in ("GET", "HEAD")
    if unknown and small != request.path and _PAGE.fullmatch(small):
        return HttpResponsePermanentRedirect(small)
    words = request.path.replace("/", " ").replace("-", " ").split()
    return _page(404, query=" ".join(words)[:100])


def too_large(request, exception=None):
    """Leads back to the form, which is at the same address; that may be a key, so no referrer tells it."""
    response = _page(413, back=request.path)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def too_many(request, exception=None):
    return _page(429)


def server_error(request):
    """Django calls this while it handles the exception, so a database that is away can be told apart."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _page(500)


def unavailable(request, exception=None):
    response = _page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request, reason=""):
    """The form was open too long, or cookies are off: say so; the browser's back button keeps the words."""
    return _page(403, "csrf")

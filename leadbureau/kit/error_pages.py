"""Pages for what goes wrong. They need no database, so that they work when it does not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader


def _page(request, status: int, **context) -> HttpResponse:
    html = loader.get_template(f"errors/{status}.html").render({**context, "status": status})
    return HttpResponse(html, status=status)


def bad_request(request, exception=None):
    return _page(request, 400)


def forbidden(request, exception=None):
    return _page(request, 403)


def not_found(request, exception=None):
    return _page(request, 404)


def too_large(request, exception=None):
    return _page(request, 413)


def too_many(request, exception=None):
    return _page(request, 429)


def server_error(request):
    return _page(request, 500)


def unavailable(request, exception=None):
    return _page(request, 503)


def csrf_failure(request, reason=""):
    """The form was open too long, or cookies are off: say so; the browser's back button keeps the words."""
    return render(None, "errors/csrf.html", {"status": 403}, status=403)

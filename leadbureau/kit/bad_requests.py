"""Requests that no page can answer are refused at the door, with a page that says why."""

from django.conf import settings

from leadbureau.kit import error_pages

# Bytes. Our own longest address is under 400; up to here a page answers itself and keeps the words, beyond it
# nobody typed them.
LONGEST_QUERY_STRING = 32 * 1024


class RefuseBadRequestsMiddleware:
    """NUL bytes get a 400, bodies over the limit a 413, endless query strings a 400; before any database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or _is_endless(query):
            return error_pages.bad_request(request)
        if _length(request) > settings.UPLOAD_LIMIT:
            return error_pages.too_large(request)
        return self.get_response(request)


def _is_endless(query: str) -> bool:
    """Too long, or of more parameters than Django reads: whoever asks it for them, the error page too, would fail."""
    return len(query) > LONGEST_QUERY_STRING or query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def _length(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

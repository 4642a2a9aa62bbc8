"""Who is calling: the address of the visitor's end of the line."""

from ipaddress import ip_address

from django.conf import settings


def client_address(request) -> str:
    """The client's IP address as text, or "" when none is to be trusted.

    With PROXY_COUNT proxies of our own, each has added the address that called it at the right end of
    X-Forwarded-For; what stands further left was written by the visitor and is worth nothing.
    """
    if settings.PROXY_COUNT:
        calls = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if calls != [""] and len(calls) >= settings.PROXY_COUNT:
            return _address(calls[-settings.PROXY_COUNT])
    return _address(request.META.get("REMOTE_ADDR") or "")


def _address(text: str) -> str:
    """The address without port or brackets; "" when the text is no address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""

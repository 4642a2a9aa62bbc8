"""Files that machines look for at a fixed address: robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadbureau.content.layout import layout

# Private pages and endless combinations; what is public is in the sitemap.
NOT_FOR_ROBOTS = ["/admin/", "/assistance/r/", "/assistance/ask/", "/sites/confirm/", "/search/"]

SECURITY_TXT_LASTS = timedelta(days=180)  # RFC 9116 advises less than a year


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return _text(lines)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires some months after the day on which it is read: the running site vouches for it."""
    email = layout().details.email
    today = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{email}" if email else f"Contact: {settings.SITE_URL}/contact/",
        f"Expires: {_rfc3339(today + SECURITY_TXT_LASTS)}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        f"Policy: {settings.SITE_URL}/security/",
    ]
    return _text(lines)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Pages name their icon; this is for readers that ask for the old address without looking."""
    return HttpResponseRedirect(static("images/icon-32.png"))


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""The site's addresses, and one that breaks, so that the pages for errors can be seen in a browser."""

from django.urls import path

from leadbureau.kit import error_pages
from leadbureau.urls import handler400, handler403, handler404, handler500
from leadbureau.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGES = {
    400: error_pages.bad_request,
    403: error_pages.forbidden,
    413: error_pages.too_large,
    429: error_pages.too_many,
    503: error_pages.unavailable,
}


def broken(request):
    raise RuntimeError("This view of the tests breaks on purpose.")


def with_status(request, status: int):
    return PAGES[status](request)


urlpatterns = [
    path("test/broken/", broken),
    path("test/error/<int:status>/", with_status),
    *of_the_site,
]

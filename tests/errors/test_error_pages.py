import pytest
from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client
from django.urls import path

from leadbureau import urls
from leadbureau.kit import error_pages

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


def _raise(error):
    def view(request):
        raise error

    return view


def _read_post(request):
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("forbidden/", _raise(PermissionDenied())),
    path("fields/", _raise(TooManyFieldsSent())),
    path("broken/", _raise(RuntimeError("a secret of the code"))),
    path("away/", _raise(OperationalError("connection refused"))),
    path("closed/", _raise(InterfaceError("connection already closed"))),
    path("read/", _read_post),
]


@pytest.fixture
def quiet_client(settings):
    """A client that gets the page for an error, as a visitor does; no database may be asked."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "There is no page at this address"),
        ("/forbidden/", 403, "This page is not open to you"),
        ("/fields/", 400, "That request was not understood"),
        ("/broken/", 500, "Something went wrong on our side"),
        ("/away/", 503, "This site is resting for a moment"),
        ("/closed/", 503, "This site is resting for a moment"),
    ],
)
def test_what_goes_wrong_gets_its_own_page_without_a_database(quiet_client, address, status, words):
    response = quiet_client.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert html.count("<h1>") == 1
    assert "secret" not in html
    assert "Traceback" not in html
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_an_outage_says_when_to_come_back(quiet_client):
    assert quiet_client.get("/away/")["Retry-After"] == "60"


def test_a_missing_page_offers_a_search_for_the_words_of_its_address(quiet_client):
    html = quiet_client.get("/new-mexico/santa-fe/").content.decode()
    assert 'value="new mexico santa fe"' in html
    for address in ('action="/search/"', 'href="/sites/"', 'href="/assistance/"'):
        assert address in html


def test_a_form_that_is_too_large_is_a_413_and_not_a_mystery(quiet_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = quiet_client.post("/read/", {"text": "x" * 500})
    assert (
        quiet_client.post("/read/", "x" * 500, content_type="application/x-www-form-urlencoded").status_code
        == 413
    )
    assert response.status_code == 413
    assert "That is too large to send" in response.content.decode()


def test_too_many_fields_are_a_400(quiet_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    assert quiet_client.post("/read/", {f"f{number}": "1" for number in range(9)}).status_code == 400


def test_a_body_over_the_limit_is_refused_before_it_is_read(quiet_client, settings):
    response = quiet_client.post(
        "/read/", b"x", content_type="text/plain", CONTENT_LENGTH=str(settings.UPLOAD_LIMIT + 1)
    )
    assert response.status_code == 413


def test_a_forged_or_expired_form_is_asked_for_again(settings):
    settings.ROOT_URLCONF = __name__
    response = Client(enforce_csrf_checks=True).post("/read/", {"a": "1"})
    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503, "csrf"])
def test_every_error_page_is_whole_and_titled(status):
    html = error_pages._page(
        status if status != "csrf" else 403, "csrf" if status == "csrf" else ""
    ).content.decode()
    assert html.startswith("<!doctype html>")
    assert html.count("<h1>") == 1
    assert "<title> –" not in html
    assert "style=" not in html
    assert "<script" not in html


def test_the_old_address_of_the_icon_leads_to_the_icon(client):
    assert client.get("/favicon.ico")["Location"] == static("images/icon-32.png")

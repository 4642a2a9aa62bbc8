from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partners.logos import LARGEST
from partners.models import ListingRequest
from tests.contact.factories import a_picture
from tests.partners.factories import a_kind, request_fields

pytestmark = pytest.mark.django_db

URL = "/partners/join/"


def send(client, **changes):
    return client.post(URL, request_fields(kind=a_kind(), **changes))


def page_of(response) -> str:
    return response.content.decode()


def test_every_heading_can_be_chosen_and_nothing_else(client):
    kind = a_kind(name="Universities of Example")
    assert "Universities of Example" in page_of(client.get(URL))
    response = client.post(URL, {**request_fields(kind=kind), "kind": "999"})
    assert "Choose one of these headings." in page_of(response)


def test_a_website_may_be_written_without_its_beginning(client):
    send(client, website="www.example.org")
    assert ListingRequest.objects.get().website == "https://www.example.org"


@pytest.mark.parametrize("website", ["javascript:alert(1)", "not a site", "ftp://example.org", "https://"])
def test_what_is_no_website_is_an_error_that_keeps_the_words(client, website):
    response = send(client, website=website)
    assert response.status_code == 200
    assert "We train officers." in page_of(response)
    assert not ListingRequest.objects.filter(website__startswith="javascript").exists()


def test_a_logo_is_cleaned_made_small_and_kept_out_of_public_sight(client, settings):
    assert send(client, logo=a_picture(size=(1600, 1600))).status_code == 302
    row = ListingRequest.objects.get()
    with row.logo.open() as file:
        image = Image.open(file)
        assert image.width <= LARGEST[0]
        assert image.height <= LARGEST[1]
    assert Path(row.logo.name).parts[0] == "held"
    assert client.get(f"/media/{row.logo.name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("logo.png", b"MZ\x90 this is a program"),
        ("logo.png", b"\x89PNG\r\n\x1a\n cut off"),
        ("logo.pdf", b"%PDF-1.7"),
    ],
)
def test_a_file_that_is_no_picture_is_an_error_beside_the_field(client, name, content):
    response = send(client, logo=SimpleUploadedFile(name, content, content_type="image/png"))
    assert response.status_code == 200
    assert 'id="id_logo_error"' in page_of(response)
    assert "We train officers." in page_of(response)
    assert not ListingRequest.objects.exists()


def test_a_form_that_comes_back_asks_for_the_logo_again(client):
    response = send(client, email="no address", logo=a_picture())
    assert "Choose your file again" in page_of(response)


def test_a_double_click_with_a_logo_keeps_one_request_and_one_file(client, settings):
    fields = request_fields(kind=a_kind())
    for _ in range(2):
        assert client.post(URL, {**fields, "logo": a_picture()}).status_code == 302
    assert ListingRequest.objects.count() == 1

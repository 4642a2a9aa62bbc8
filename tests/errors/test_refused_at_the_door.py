"""Requests that no page can answer get a page that says so, and never an error of ours."""

from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.django_db
MOST = 1000  # fields that Django reads of an address or of a form


def fields(count: int) -> str:
    return urlencode([("a", "1")] * count)


@pytest.mark.parametrize("address", ["/", "/sites/", "/search/", "/contact/", "/sites/directory.csv"])
def test_an_address_of_too_many_parameters_is_refused(client, address):
    response = client.get(f"{address}?{fields(MOST + 1)}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_an_address_of_as_many_as_are_read_is_answered(client):
    assert client.get(f"/search/?{fields(MOST)}").status_code == 200


@pytest.mark.parametrize("address", ["/contact/", "/partners/join/", "/admin/login/"])
def test_a_form_of_too_many_fields_is_refused(client, address):
    response = client.post(address, fields(MOST + 1), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_an_address_of_endless_parameters_is_refused_when_it_is_posted_to(client):
    assert client.post(f"/contact/?{fields(MOST + 1)}", {}).status_code == 400

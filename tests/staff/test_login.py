import pytest

from leadbureau.staff import LOGIN_TRIES
from tests.staff.factories import make_staff

LOGIN = "/admin/login/"


def attempt(client, typed="wrong", **more):
    return client.post(LOGIN, {"username": "someone", "password": typed}, **more)


def test_who_tries_too_often_is_told_to_wait(client, db):
    make_staff()
    answers = [attempt(client).status_code for _ in range(LOGIN_TRIES + 1)]
    assert answers == [200] * LOGIN_TRIES + [429]
    response = attempt(client, typed="a long password")
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "Wait 5 minutes" in response.text
    assert "_auth_user_id" not in client.session


def test_another_address_is_not_locked_out_with_it(client, db):
    make_staff()
    for _ in range(LOGIN_TRIES + 1):
        attempt(client)
    response = attempt(client, typed="a long password", REMOTE_ADDR="203.0.113.9")
    assert response.headers["Location"] == "/admin/"


def test_the_page_of_the_login_is_never_limited(client, db):
    assert {client.get(LOGIN).status_code for _ in range(LOGIN_TRIES + 2)} == {200}


@pytest.mark.parametrize("address", ["/admin/", "/admin/content/page/", "/admin/style-guide/"])
def test_nothing_is_shown_before_the_login(client, db, address):
    assert client.get(address).headers["Location"] == f"{LOGIN}?next={address}"

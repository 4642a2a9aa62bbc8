from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.assistance.models import Event, Request
from sites.assistance.moves import Status
from tests.assistance.factories import a_request, posted, staff_member

pytestmark = pytest.mark.django_db


def addresses(request):
    token = request.token()
    return [
        reverse("assistance:ask_page", args=[token, "your-place"]),
        reverse("assistance:tasks", args=[token]),
        reverse("assistance:share", args=[token, "your-place"]),
        reverse("assistance:replace_link", args=[token]),
        reverse("assistance:check", args=[token]),
        reverse("assistance:sent", args=[token]),
        reverse("assistance:status", args=[token]),
        reverse("assistance:withdraw", args=[token]),
    ]


def state_of_everything():
    return [list(Request.objects.values()), Letter.objects.count(), Event.objects.count()]


@pytest.mark.parametrize("status", Status)
def test_looking_changes_nothing_however_often(client, status):
    request = a_request(status=status)
    before = state_of_everything()
    for address in addresses(request) * 2:
        assert client.get(address).status_code in (200, 302)
    assert state_of_everything() == before


@pytest.mark.parametrize("status", [Status.DRAFTED, Status.RECEIVED])
def test_private_pages_are_not_stored_not_indexed_and_never_in_a_referrer(client, status):
    request = a_request(status=status)
    for address in [*addresses(request), "/assistance/r/wrong/"]:
        response = client.get(address)
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_token_is_in_no_title_and_not_in_the_head(client):
    request = a_request(status=Status.RECEIVED)
    for address in addresses(request):
        head = client.get(address).content.decode().partition("</head>")[0]
        assert request.token() not in head


def test_the_database_does_not_hold_the_token():
    request = a_request()
    assert request.token() not in str(Request.objects.values().get())


def test_a_link_given_out_under_an_older_secret_key_still_opens_and_is_mailed_again_unchanged(
    client, settings
):
    request = a_request(status=Status.RECEIVED)
    link = reverse("assistance:status", args=[request.token()])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret-key" * 3
    assert client.get(link).status_code == 200
    assert request.private_link().endswith(link)


def test_a_wrong_link_says_how_to_get_help(client):
    response = client.get("/assistance/r/not-a-token/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'href="/contact/?about=assistance"' in page and 'href="/assistance/"' in page
    assert 'action="/assistance/link/"' in page and 'name="email"' in page


def test_a_draft_is_good_for_ninety_days_after_it_was_saved_and_then_gone(client):
    fresh, old = a_request(days_old=89), a_request(days_old=90)
    assert client.get(addresses(fresh)[0]).status_code == 200
    assert client.get(addresses(old)[0]).status_code == 404
    assert list(Request.objects.expired()) == [old]


def test_saving_gives_a_draft_ninety_more_days(client):
    request = a_request(days_old=89)
    client.post(addresses(request)[0], posted(2))
    assert not Request.objects.expired(timezone.now() + timedelta(days=89)).exists()


def test_a_request_that_was_sent_does_not_expire():
    request = a_request(status=Status.RECEIVED, days_old=400)
    assert (list(Request.objects.expired()), request.link_opens()) == ([], True)


def test_a_private_page_can_be_posted_without_any_cookie():
    request = a_request()
    response = Client(enforce_csrf_checks=True).post(
        addresses(request)[0], posted(2, place="Santa Fe County")
    )
    assert (response.status_code, Request.objects.get().place) == (302, "Santa Fe County")


def test_private_pages_set_no_cookie(client):
    request = a_request()
    for address in addresses(request):
        client.get(address)
    assert not client.cookies


def test_private_notes_owners_and_voided_letters_are_not_on_the_status_page(client):
    request = a_request(status=Status.DECLINED)
    request.reopen(by=staff_member())
    request.add_note("Rather difficult on the phone.", by=staff_member())
    request.assign(to=staff_member(), by=staff_member())
    page = client.get(reverse("assistance:status", args=[request.token()])).content.decode()
    assert "difficult" not in page and "cass" not in page and "Here is our answer" not in page
    assert "We have reopened your request" in page


def test_a_link_outlives_a_lost_secret_key_and_looking_does_not_replace_it(client, settings):
    request = a_request(status=Status.RECEIVED)
    addresses_before, before = addresses(request), state_of_everything()
    settings.SECRET_KEY = "a-new-key-and-the-old-one-is-lost" * 2
    assert client.get(addresses_before[2]).status_code == 200
    assert state_of_everything() == before
    newly_mailed = Request.objects.get().private_link()
    assert client.get("/" + newly_mailed.split("/", 3)[3]).status_code == 200


def test_a_page_that_does_not_exist_leads_to_the_list_of_all_pages(client):
    token = a_request().token()
    response = client.get(reverse("assistance:ask_page", args=[token, "no-such-page"]))
    assert response["Location"] == reverse("assistance:tasks", args=[token])

"""The private link: lost and mailed again, replaced, taken back, damaged on its way, and in no log."""

import io
import logging
import logging.config
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from gunicorn.config import Config

from leadbureau.mail.models import Letter
from leadbureau.management.commands.serve import _commands
from sites.assistance.lost_link import mail_lost_links
from sites.assistance.models import Endorsement, Event, Request, Share
from sites.assistance.moves import NotAllowed, Status
from sites.assistance.questions import PAGE_OF
from tests.assistance.factories import a_request, staff_member

pytestmark = pytest.mark.django_db
LOST = "/assistance/link/"


def mailed() -> list[str]:
    return list(Letter.objects.filter(name="assistance/link").order_by("pk").values_list("about", flat=True))


def status_of(request, token=""):
    return reverse("assistance:status", args=[token or request.token()])


# Lost ----------------------------------------------------------------------------------------------------


def test_whoever_lost_the_link_gets_a_letter_for_each_live_request(client):
    draft, sent = a_request(), a_request(status=Status.RECEIVED)
    a_request(email="somebody@example.gov")
    response = client.post(LOST, {"email": " DANA@example.gov "})
    assert response["Location"] == "/assistance/link/asked/"
    assert sorted(mailed()) == sorted([draft.reference, sent.reference])


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client):
    a_request()
    answers = [client.post(LOST, {"email": email}) for email in ("dana@example.gov", "nobody@example.gov")]
    assert [(one.status_code, one["Location"], one.content) for one in answers] == [
        (302, "/assistance/link/asked/", b"")
    ] * 2
    assert "whether an address is known" in client.get("/assistance/link/asked/").content.decode()


def test_a_reference_picks_one_request_and_a_mistyped_one_does_no_harm(client):
    first, second = a_request(), a_request()
    client.post(LOST, {"email": "dana@example.gov", "reference": first.reference.lower()})
    assert mailed() == [first.reference]
    client.post(LOST, {"email": "dana@example.gov", "reference": "TA-000-000-0"})
    assert sorted(mailed()[1:]) == sorted([first.reference, second.reference])


def test_nothing_is_mailed_for_what_is_over_suspected_or_taken_back(client):
    a_request(days_old=90)
    a_request(suspicion="It has 9 links.")
    a_request(status=Status.RECEIVED).take_back_link(by=staff_member())
    client.post(LOST, {"email": "dana@example.gov"})
    assert mailed() == []


def test_a_link_that_nobody_used_for_ninety_days_is_replaced_when_it_is_asked_for(client):
    request = a_request(status=Status.RECEIVED)
    old = request.token()
    Request.objects.update(link_used_at=timezone.now() - timedelta(days=90))
    assert client.get(status_of(request, old)).status_code == 404
    client.post(LOST, {"email": "dana@example.gov"})
    assert client.get(status_of(Request.objects.get())).status_code == 200
    assert client.get(status_of(request, old)).status_code == 404


def test_one_address_gets_few_letters_however_many_networks_ask():
    a_request()
    assert [mail_lost_links("dana@example.gov") for _ in range(5)] == [1, 1, 1, 0, 0]


def test_one_network_may_not_try_many_addresses(client):
    answers = [client.post(LOST, {"email": f"{number}@example.gov"}).status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


def test_an_address_that_is_none_is_an_error_with_the_words_kept(client):
    page = client.post(LOST, {"email": "dana", "reference": "TA-1"}).content.decode()
    assert 'href="#id_email"' in page and 'value="dana"' in page and 'value="TA-1"' in page


def test_the_form_works_from_a_private_page_whose_browser_sends_no_origin(client):
    a_request()
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert strict.post(LOST, {"email": "dana@example.gov"}).status_code == 302
    assert len(mailed()) == 1 and not strict.cookies


# Replaced and taken back ---------------------------------------------------------------------------------


def replaced(client, request, token, nonce="n" * 22):
    return client.post(reverse("assistance:replace_link", args=[token]), {"nonce": nonce})


def test_a_new_link_stops_the_old_one_at_once_is_shown_and_mailed(client):
    request = a_request(status=Status.RECEIVED)
    old = request.token()
    page = client.get(replaced(client, request, old)["Location"]).content.decode()
    new = Request.objects.get()
    assert new.private_link() in page and new.token() != old
    assert client.get(status_of(request, old)).status_code == 404
    assert client.get(status_of(new)).status_code == 200
    assert mailed() == [request.reference]
    assert new.events.filter(action=Event.Action.LINK_RENEWED, doer="requester").count() == 1


def test_a_second_click_on_the_old_page_finds_the_link_that_the_first_one_made(client):
    request = a_request(status=Status.RECEIVED)
    old = request.token()
    first, second = replaced(client, request, old), replaced(client, request, old)
    assert first["Location"] == second["Location"]
    assert request.events.filter(action=Event.Action.LINK_RENEWED).count() == 1


def test_whoever_has_only_the_old_link_does_not_find_the_new_one(client):
    request = a_request(status=Status.RECEIVED)
    old = request.token()
    replaced(client, request, old)
    assert replaced(client, request, old, nonce="x" * 22).status_code == 404


def test_without_an_address_the_new_link_is_only_shown(client):
    request = a_request(email=None)
    page = client.get(replaced(client, request, request.token())["Location"]).content.decode()
    assert Request.objects.get().private_link() in page and "Copy it before you close" in page
    assert mailed() == []


def test_staff_take_a_link_back_and_make_a_new_one(client):
    request = a_request(status=Status.RECEIVED)
    old = request.token()
    request.take_back_link(by=staff_member())
    assert client.get(status_of(request, old)).status_code == 404
    with pytest.raises(NotAllowed):
        request.take_back_link(by=staff_member())
    request.replace_link(by=staff_member())
    assert client.get(status_of(Request.objects.get())).status_code == 200
    done = request.events.filter(by=staff_member(), action__startswith="link").values_list(
        "action", flat=True
    )
    assert list(done) == ["link_revoked", "link_renewed"]


# Damaged -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", ".", "/.", ").", "/add", "/?utm=1", "/nothing/like/it/"])
def test_a_link_with_something_at_its_end_still_leads_to_the_request(client, ending):
    request = a_request(status=Status.IN_REVIEW)
    response = client.get(f"/assistance/r/{request.token()}{ending}", follow=True)
    assert response.status_code == 200 and request.reference in response.content.decode()


@pytest.mark.parametrize("kind", ["r", "ask", "c", "e"])
@pytest.mark.parametrize("rest", ["x/", "x/y/z/", "x" * 42, "%20/", "a.b/c"])
def test_what_is_no_link_gets_the_private_page_that_helps(client, kind, rest):
    response = client.get(f"/assistance/{kind}/{rest}", follow=True)
    assert response.status_code == 404 and 'action="/assistance/link/"' in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer" and response["Cache-Control"] == "no-store, private"


# In no log -----------------------------------------------------------------------------------------------


@pytest.fixture
def log(monkeypatch):
    """All lines that the site's own logging writes, as it writes them."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logging.config.dictConfig(site_settings.LOGGING)
    yield stream
    monkeypatch.undo()
    logging.config.dictConfig(site_settings.LOGGING)


def private_addresses() -> list[tuple[str, str]]:
    """Each private address there can be, with its token."""
    request = a_request(status=Status.RECEIVED)
    share = Share.hand_over(request, PAGE_OF["the-problem"], name="Ray", email="ray@example.gov")
    asked = Endorsement.objects.create(
        request=request, office="chief", name="Chief", title="Chief", email="chief@example.gov"
    )
    rows = [("r", request), ("ask", request), ("c", share), ("e", asked)]
    return [(f"/assistance/{kind}/{row.token()}", row.token()) for kind, row in rows]


@pytest.mark.parametrize("end", ["/", "", "/nothing/", "/a/b/c/", "x/", "/%00/", "/check/", "/the-problem/"])
@pytest.mark.parametrize("method", ["get", "post", "put", "options"])
def test_no_address_of_a_private_page_gets_into_the_log(log, method, end):
    browser = Client(raise_request_exception=False)
    for start, token in private_addresses():
        for address in (start + end, (start + end).upper(), start[:-5] + end):
            getattr(browser, method)(address, {"do": "x"} if method == "post" else None)
        assert "…" in log.getvalue()
        assert token[:30] not in log.getvalue() and token[:30].upper() not in log.getvalue()


def test_a_private_page_that_breaks_logs_the_error_without_the_link(log, monkeypatch):
    request = a_request()
    token = request.token()
    monkeypatch.setattr("sites.assistance.views.asking.tasks_of", lambda *args: reverse("none", args=[token]))
    response = Client(raise_request_exception=False).get(reverse("assistance:tasks", args=[token]))
    assert response.status_code == 500
    assert "Traceback" in log.getvalue() and "NoReverseMatch" in log.getvalue()
    assert token not in log.getvalue()


def test_gunicorn_keeps_no_log_of_visits_and_quotes_no_link_from_a_request_that_it_cannot_read():
    command = _commands("127.0.0.1", 8000)[0]
    config = Config()
    options = vars(config.parser().parse_args(command[3:]))
    for name in ("logger_class", "accesslog", "loglevel"):
        if options.get(name) is not None:
            config.set(name, options[name])
    assert config.accesslog is None
    lines = io.StringIO()
    log = config.logger_class(config)
    log.error_log.handlers[0].setStream(lines)
    log.warning("Invalid request: %s", f"GET /assistance/r/{'t' * 43} / HTTP/1.1")
    assert "Invalid request: GET /assistance/r/…" in lines.getvalue() and "tttt" not in lines.getvalue()


def test_no_page_of_an_error_repeats_a_private_address(client):
    token = a_request().token()
    page = client.get(f"/ASSISTANCE/R/{token}/").content.decode()
    assert token not in page and token.lower() not in page.lower()

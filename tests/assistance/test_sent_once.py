"""Twenty at the same moment, on the database that the site runs on: a SQLite file, or PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import cycle
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.assistance.files import storage
from sites.assistance.models import Attachment, Endorsement, FrozenReport, Request
from sites.assistance.models.answers import NotComplete
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.questions import PAGE_OF
from sites.assistance.reports.frozen import freeze
from sites.assistance.reports.period import Period
from tests.assistance.factories import a_request, a_state, first_page, staff

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20
PROBLEM = PAGE_OF["the-problem"]


@pytest.fixture(autouse=True)
def _own_file(monkeypatch, tmp_path):
    """Threads get the file that SQLite needs to queue writers: the test database in memory has no locks."""
    if connection.vendor == "sqlite":
        file = tmp_path / "together.sqlite3"
        connection.cursor().execute(f"VACUUM INTO '{file}'")
        in_a_file = {**connections.settings["default"], "NAME": str(file)}
        monkeypatch.setitem(connections.settings, "default", in_a_file)


@pytest.fixture
def apart():
    """Runs something in a thread, on the connection of that thread."""

    def run(function, *args):
        with ThreadPoolExecutor(1) as one:
            return one.submit(_closing, function, *args).result()

    return run


def together(function) -> list:
    """What MANY threads got that began at the same moment."""
    start = Barrier(MANY)

    def begin(_):
        start.wait()
        return _closing(function)

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(begin, range(MANY)))


def _closing(function, *args):
    try:
        return function(*args)
    finally:
        connections.close_all()


def post(address, data=None):
    response = Client().post(address, data or {})
    return response.status_code, response["Location"]


def counts():
    receipts = Letter.objects.filter(name="assistance/send").count()
    sent = sum(request.events.filter(action="send").count() for request in Request.objects.all())
    return {"requests": Request.objects.count(), "sendings": sent, "receipts": receipts}


def test_twenty_simultaneous_sends_give_one_request_and_one_receipt(apart, settings):
    settings.STAFF_EMAILS = ["intake@example.org"]
    request = apart(a_request)
    check, sent = (reverse(f"assistance:{name}", args=[request.token()]) for name in ("check", "sent"))
    assert together(partial(post, check)) == [(302, sent)] * MANY
    assert apart(counts) == {"requests": 1, "sendings": 1, "receipts": 1}
    assert (
        apart(lambda: Letter.objects.filter(to_fingerprint__gt="", name="assistance/staff_new").count()) == 1
    )


def test_twenty_first_pages_of_one_form_begin_one_request_with_one_link(apart):
    apart(a_state)
    form = first_page()
    answers = together(lambda: post(reverse("assistance:ask"), form))
    assert len(set(answers)) == 1 and answers[0][0] == 302
    assert apart(Request.objects.count) == 1
    assert apart(Letter.objects.filter(name="assistance/link").count) == 1


def test_of_a_sending_and_a_withdrawal_among_twenty_every_one_is_whole_or_refused(apart):
    request = apart(a_request)
    apart(lambda: Request.objects.get(pk=request.pk).send())

    def withdraw():
        try:
            Request.objects.get(pk=request.pk).withdraw()
        except NotAllowed:
            return 0
        return 1

    assert sum(together(withdraw)) == 1
    check = reverse("assistance:check", args=[request.token()])
    assert {status for status, _ in together(partial(post, check))} == {302}
    assert apart(counts) == {"requests": 1, "sendings": 1, "receipts": 1}


def test_while_a_colleague_empties_an_answer_nothing_is_sent_without_it(apart):
    request = apart(a_request)
    turns = iter(range(MANY))

    def send_or_empty():
        row = Request.objects.get(pk=request.pk)
        with suppress(NotAllowed, NotComplete):
            row.send() if next(turns) % 2 else row.edit_page(PROBLEM, {"problem": ""}, doer=Doer.COLLEAGUE)

    together(send_or_empty)
    row = apart(lambda: Request.objects.get(pk=request.pk))
    assert row.is_draft == bool(apart(row.missing))


def test_twenty_clicks_on_support_are_one_support_and_twenty_askings_one_letter(apart):
    request = apart(a_request)
    who = {"office": "chief", "name": "Ada Roy", "title": "Chief", "email": "roy@example.gov"}
    together(partial(post, reverse("assistance:support", args=[request.token()]), who))
    assert apart(Letter.objects.filter(name="assistance/endorse_ask").count) == 1
    asked = apart(Endorsement.objects.get)
    together(partial(post, reverse("assistance:endorse", args=[apart(asked.token)])))
    assert apart(request.events.filter(action="endorsed").count) == 1
    assert apart(Letter.objects.filter(name="assistance/endorsed").count) == 1


def test_a_report_that_two_people_freeze_at_the_same_moment_is_stored_once(apart):
    people = apart(lambda: [staff(username="cass"), staff(username="eve")])
    quarter, turns = Period(date(2026, 1, 1), date(2026, 3, 31)), cycle(people)
    done = together(lambda: freeze(quarter, title="For the foundation", by=next(turns)))
    assert len({report.pk for report, _ in done}) == 1 == sum(is_new for _, is_new in done)
    assert apart(FrozenReport.objects.count) == 1


def test_of_twenty_different_files_five_are_kept_and_of_twenty_equal_ones_one(apart):
    request, other = apart(a_request), apart(a_request)
    different = [SimpleUploadedFile("plan.txt", b"plan %d" % number) for number in range(MANY)]

    def bring(address, file):
        return Client().post(address, {"file": file, "purpose": "document"}).status_code

    answers = together(lambda: bring(reverse("assistance:files", args=[request.token()]), different.pop()))
    assert sorted(answers) == [200] * 15 + [302] * 5
    page = reverse("assistance:files", args=[other.token()])
    assert together(lambda: bring(page, SimpleUploadedFile("plan.txt", b"plan"))) == [302] * MANY
    kept = apart(lambda: set(Attachment.objects.values_list("stored_as", flat=True)))
    assert (len(kept), set(storage.names())) == (6, kept)

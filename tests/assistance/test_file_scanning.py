"""The virus scanner: a small stand-in for ClamAV's daemon speaks its protocol."""

import socket
import struct
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.assistance.files import scanning, storage
from sites.assistance.files.refusal import Refused
from sites.assistance.files.scanning import scan_waiting
from sites.assistance.models import Attachment
from sites.assistance.moves import Doer, Status
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db
BAD = b"This text stands for a virus."


class StandIn:
    """Listens on a socket and answers INSTREAM as clamd(8) says: chunks with their length before them, then 0."""

    def __init__(self, listening: socket.socket):
        self.listening, self.asked, self.answer = listening, [], None
        listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:  # the test is over
                return
            with connection, connection.makefile("rb") as heard:
                self._talk(connection, heard)

    def _talk(self, connection, heard):
        if heard.readline() != b"nINSTREAM\n":
            return
        data = b""
        while size := struct.unpack("!L", heard.read(4))[0]:
            data += heard.read(size)
        self.asked.append(data)
        found = b"stream: Test.Virus-1 FOUND" if BAD in data else b"stream: OK"
        connection.sendall((self.answer if self.answer is not None else found) + b"\n")


@pytest.fixture
def clamd(settings, tmp_path):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "clamd.ctl"))
    settings.CLAMAV_URL = f"unix://{tmp_path}/clamd.ctl"
    yield StandIn(listening)
    listening.close()


def add(request, content=b"Our plan.", name="plan.txt"):
    return Attachment.objects.add(request, SimpleUploadedFile(name, content), "document")


def scans() -> list[str]:
    return list(Attachment.objects.values_list("scan", flat=True))


def test_a_new_file_waits_and_cannot_be_downloaded_until_it_is_found_clean(client, clamd):
    request = a_request()
    row = add(request)
    address = reverse("assistance:file", args=[request.token(), row.stored_as])
    assert (row.scan, client.get(address).status_code) == ("waiting", 404)
    assert "Our virus scanner has still to look at it" in client.get(address).content.decode()
    assert scan_waiting() == 1
    assert (scans(), clamd.asked) == (["clean"], [b"Our plan."])
    assert client.get(address).content == b"Our plan."


def test_a_scanner_on_the_network_is_asked_in_the_same_way(settings):
    listening = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    stand_in = StandIn(listening)
    add(a_request(), b"x" * 300_000)
    assert (scan_waiting(), scans(), len(stand_in.asked[0])) == (1, ["clean"], 300_000)
    listening.close()


def test_what_is_infected_is_deleted_and_everybody_is_told(client, clamd, django_capture_on_commit_callbacks):
    request = a_request(status=Status.RECEIVED)
    row = add(request, BAD)
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting() == 1
    row.refresh_from_db()
    assert (row.scan, row.finding, row.may_be_downloaded) == ("infected", "Test.Virus-1", False)
    assert list(storage.names()) == []
    event = request.events.last()
    assert (event.action, event.doer, event.words) == ("file_held_back", Doer.SITE, "Test.Virus-1")
    assert list(Attachment.objects.held_back()) == [row]
    page = client.get(reverse("assistance:files", args=[request.token()])).content.decode()
    assert "plan.txt" in page and "Our virus scanner found something in this file" in page


def test_the_letter_says_what_to_do_and_has_no_content(clamd):
    request = a_request(status=Status.RECEIVED)
    add(request, BAD, "Dana's secret.txt")
    scan_waiting()
    letter = Letter.objects.get(name="assistance/file_refused")
    assert letter.to == "dana@example.gov" and request.reference in letter.subject
    assert "[private link]" in letter.body and "new PDF" in letter.body
    assert "secret" not in letter.body and "Test.Virus" not in letter.body


def test_what_looks_like_a_machine_gets_no_letter(clamd):
    add(a_request(suspicion="It has 9 links."), BAD)
    assert (scan_waiting(), scans()) == (1, ["infected"])
    assert not Letter.objects.filter(name="assistance/file_refused").exists()


def test_an_infected_file_takes_no_place_and_is_not_taken_again(clamd):
    request = a_request()
    add(request, BAD)
    scan_waiting()
    with pytest.raises(Refused) as refused:
        add(request, BAD, "renamed.txt")
    assert refused.value.code == "held_back"
    for number in range(5):
        add(request, b"plan %d" % number)
    assert Attachment.objects.kept().count() == 5


def test_without_a_scanner_nothing_waits(settings):
    assert (add(a_request()).scan, scan_waiting()) == ("not_asked", 0)


def test_a_scanner_that_is_away_leaves_files_waiting_and_they_are_asked_about_again(
    settings, tmp_path, clamd
):
    there, settings.CLAMAV_URL = settings.CLAMAV_URL, f"unix://{tmp_path}/nobody.ctl"
    add(a_request()), add(a_request())
    assert (scan_waiting(), scans()) == (0, ["waiting"] * 2)
    settings.CLAMAV_URL = there
    assert (scan_waiting(), scans()) == (2, ["clean"] * 2)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: ERROR",
        b"INSTREAM size limit exceeded. ERROR",
        b"stream: Can't allocate ERROR",
        b"OK",
        b"\xff",
    ],
)
def test_no_answer_but_ok_makes_a_file_clean(clamd, answer):
    clamd.answer = answer
    add(a_request())
    assert (scan_waiting(), scans()) == (0, ["waiting"])


def test_a_scanner_that_hangs_holds_nothing_up_for_long(clamd, monkeypatch):
    monkeypatch.setattr(scanning, "TIMEOUT", 0.1)
    monkeypatch.setattr(StandIn, "_talk", lambda self, connection, heard: heard.read())
    add(a_request())
    assert (scan_waiting(), scans()) == (0, ["waiting"])


def test_a_file_that_the_scanner_cannot_take_does_not_keep_others_from_it(clamd):
    hard, easy = add(a_request(), b"hard"), add(a_request(), b"easy")
    clamd.answer = b"stream: Can't allocate ERROR"
    assert scan_waiting() == 0
    clamd.answer = None
    assert scan_waiting() == 2
    assert clamd.asked == [b"hard", b"easy", b"hard"]
    assert {Attachment.objects.get(pk=row.pk).scan for row in (hard, easy)} == {"clean"}


def test_what_waits_too_long_is_shown_to_staff(settings):
    settings.CLAMAV_URL = "unix:///nowhere"
    row = add(a_request())
    assert not Attachment.objects.stuck().exists()
    assert list(Attachment.objects.stuck(timezone.now() + timedelta(hours=2))) == [row]


def test_a_file_that_was_removed_or_emptied_meanwhile_is_left_alone(clamd):
    row = add(a_request())
    row.purge()
    assert (row.mark_clean(), row.hold_back("Test"), scan_waiting()) == (False, False, 0)


@pytest.mark.parametrize("url", ["/run/clamd.ctl", "http://localhost:3310", "unix://run/clamd.ctl", "tcp://"])
def test_an_address_of_another_kind_says_what_was_wanted(settings, url):
    settings.CLAMAV_URL = url
    with pytest.raises(ImproperlyConfigured, match=r"unix:///run/clamav/clamd\.ctl"):
        scanning.scan(b"words")

"""Bringing files, taking them back, and what becomes of them with their request."""

import io
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit import pictures
from leadbureau.kit.encrypted import CannotDecrypt
from leadbureau.mail.models import Letter
from sites.assistance.files import storage
from sites.assistance.files.sweeping import missing_files, sweep
from sites.assistance.models import Attachment, Event, Request
from sites.assistance.models.attachment import safe_name
from sites.assistance.moves import CLOSED, Doer, NotAllowed, Status
from tests.assistance.factories import a_request, staff_member
from tests.assistance.samples import a_docx, a_pdf

pytestmark = pytest.mark.django_db


def an_upload(content=b"Our plan, in words.", name="plan.txt"):
    return SimpleUploadedFile(name, content)


def add(request, content=b"Our plan, in words.", name="plan.txt", **more):
    return Attachment.objects.add(request, an_upload(content, name), "document", **more)


def page_of(request) -> str:
    return reverse("assistance:files", args=[request.token()])


def bring(client, request, content=b"Our plan, in words.", name="plan.txt", **data):
    return client.post(page_of(request), {"file": an_upload(content, name), "purpose": "document", **data})


def stored() -> list[str]:
    return list(storage.names())


def told(request) -> list[tuple]:
    return [(event.action, event.doer, event.words) for event in request.events.exclude(action="started")]


# Bringing ----------------------------------------------------------------------------------------------


def test_a_file_is_kept_and_the_page_says_so(client):
    request = a_request()
    response = bring(client, request)
    assert response["Location"] == f"{page_of(request)}?said=added"
    row = Attachment.objects.get()
    assert (row.name, row.kind, row.size, row.purpose) == ("plan.txt", "txt", 19, "document")
    assert (row.content(), row.may_be_downloaded) == (b"Our plan, in words.", True)
    assert told(request) == [("add_file", Doer.REQUESTER, "plan.txt")]
    page = client.get(response["Location"]).content.decode()
    assert "The file is added." in page and "You can add 4 more" in page


def test_what_lies_on_the_disk_is_encrypted_and_for_this_account_alone(settings):
    add(a_request())
    [path] = [found for found in Path(settings.PRIVATE_ROOT).rglob("*") if found.is_file()]
    assert path.parent.name == path.name[:2] and b"plan" not in path.read_bytes()
    folders = [found for found in path.parents if settings.PRIVATE_ROOT in (found, *found.parents)]
    assert {stat.S_IMODE(found.stat().st_mode) for found in folders} == {0o700}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_large_upload_never_touches_the_disk_unencrypted(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"  # to write there would fail
    request = a_request()
    assert bring(client, request, b"a" * 9_000_000).status_code == 302
    assert Attachment.objects.get().size == 9_000_000


def test_the_database_holds_no_name_and_no_plain_digest():
    add(a_request(), b"secret", "Dana's plan.txt")
    row = str(Attachment.objects.values_list("fingerprint", "stored_as").get())
    assert "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b" not in row  # its SHA-256


def test_the_same_content_twice_is_one_file(client):
    request = a_request()
    bring(client, request)
    response = bring(client, request, name="the same.txt")
    assert response["Location"].endswith("?said=known")
    assert (Attachment.objects.get().name, len(stored()), len(told(request))) == ("plan.txt", 1, 1)


def test_the_same_content_in_two_requests_is_two_files():
    add(a_request()), add(a_request())
    assert (Attachment.objects.count(), len(stored())) == (2, 2)


def test_a_sixth_file_is_refused_and_leaves_nothing_behind(client):
    request = a_request()
    for number in range(5):
        add(request, b"plan %d" % number)
    assert "the most a request can hold" in client.get(page_of(request)).content.decode()
    page = bring(client, request, b"plan 6").content.decode()
    assert "A request holds 5 files at most." in page
    assert (Attachment.objects.count(), len(stored())) == (5, 5)


def test_a_file_that_is_refused_is_complained_of_beside_the_field_and_in_the_summary(client):
    request = a_request()
    response = bring(client, request, b"MZ\x90\x00", "plan.pdf")
    page = response.content.decode()
    assert response.status_code == 200
    assert '<a href="#id_file">This is not a kind of file that we take' in page
    assert 'id="id_file_error"' in page and 'aria-invalid="true"' in page
    assert (stored(), Attachment.objects.count()) == ([], 0)


@pytest.mark.parametrize("data", [{}, {"purpose": "document"}, {"file": "text", "purpose": "document"}])
def test_no_file_is_asked_for(client, data):
    page = client.post(page_of(a_request()), data).content.decode()
    assert page.count("Choose a file, then press") >= 2


def test_who_forgets_to_say_what_it_is_must_choose_the_file_again_and_is_told_so(client):
    page = client.post(page_of(a_request()), {"file": an_upload(), "purpose": "nonsense"}).content.decode()
    assert "Choose your file again" in page and not Attachment.objects.exists()


def test_a_body_that_was_cut_off_is_asked_for_again(client):
    response = client.post(
        page_of(a_request()), b"--x\r\nhalf", content_type="multipart/form-data; boundary=x"
    )
    assert (response.status_code, Attachment.objects.count()) == (200, 0)
    no_boundary = client.post(page_of(a_request()), b"x", content_type="multipart/form-data")
    assert "Choose a file, then press" in no_boundary.content.decode()


def test_a_file_a_little_too_large_gets_our_own_sentence(client):
    page = bring(client, a_request(), b"a" * int(10.4 * 1024**2)).content.decode()
    assert "The file has 10.4 MB, and at most 10 MB fit." in page


def test_what_is_far_too_large_gets_a_page_that_leads_back(client, settings):
    page_address = page_of(a_request())
    response = client.post(page_address, b"", "multipart/form-data", CONTENT_LENGTH=str(30 * 1024**2))
    page = response.content.decode()
    assert (response.status_code, response["Referrer-Policy"]) == (413, "no-referrer")
    assert f'href="{page_address}"' in page
    assert f"{pictures.LARGEST_FILE // 1024**2} MB at most" in page


def test_one_network_brings_no_endless_files(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.files.FILES", 2)
    answers = [bring(client, a_request()).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_files_can_be_brought_without_a_cookie():
    assert bring(Client(enforce_csrf_checks=True), a_request()).status_code == 302


# Where the request stands ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_files_are_taken_in_drafts_and_while_it_is_open(client, status):
    request = a_request(status=status)
    allowed = status not in CLOSED
    page = client.get(page_of(request)).content.decode()
    assert ('type="file"' in page, "No more files can be added" in page) == (allowed, not allowed)
    bring(client, request)
    assert Attachment.objects.exists() is allowed and len(stored()) == int(allowed)


@pytest.mark.parametrize("status", [Status.DRAFTED, Status.RECEIVED, Status.IN_REVIEW, Status.ACTIVE])
def test_files_are_taken_back_until_the_review_begins(client, status, django_capture_on_commit_callbacks):
    request = a_request(status=status)
    row = add(request)
    allowed = status in (Status.DRAFTED, Status.RECEIVED)
    button = f'name="remove" value="{row.stored_as}"'
    assert (button in client.get(page_of(request)).content.decode()) is allowed
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(request), {"remove": row.stored_as})
    assert (Attachment.objects.exists(), stored()) == ((False, []) if allowed else (True, [row.stored_as]))


def test_taking_a_file_back_twice_is_once_and_is_told_once(client):
    request = a_request()
    row = add(request)
    for _ in range(2):
        response = client.post(page_of(request), {"remove": row.stored_as})
        assert response["Location"].endswith("?said=removed")
    assert [action for action, _, _ in told(request)] == ["add_file", "remove_file"]


def test_nobody_takes_back_a_file_of_another_request(client):
    row = add(a_request())
    client.post(page_of(a_request()), {"remove": row.stored_as})
    assert Attachment.objects.get() == row


def test_a_request_in_quarantine_takes_no_file():
    request = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    with pytest.raises(NotAllowed):
        add(request)
    assert stored() == []


def test_staff_add_a_file_in_their_own_name():
    request = a_request(status=Status.IN_REVIEW)
    add(request, by=staff_member())
    assert told(request)[-1] == ("add_file", Doer.STAFF, "plan.txt")


@pytest.mark.parametrize(
    ("status", "by_staff", "notices"),
    [
        (Status.DRAFTED, False, 0),
        (Status.RECEIVED, False, 0),
        (Status.IN_REVIEW, False, 1),
        (Status.ACTIVE, False, 1),
        (Status.ACTIVE, True, 0),
    ],
)
def test_staff_hear_once_of_files_that_come_after_the_review_has_begun(settings, status, by_staff, notices):
    settings.STAFF_EMAILS = ["team@example.org"]
    request = a_request(status=status)
    for content in (b"One.", b"Two."):
        add(request, content, "Dana's plan.txt", by=staff_member() if by_staff else None)
    letters = Letter.objects.filter(name="assistance/staff_file")
    assert letters.count() == notices
    assert not any("Dana" in f"{letter.subject} {letter.body}" for letter in letters)


# Deleting ----------------------------------------------------------------------------------------------


def test_staff_empty_a_file_for_a_reason_and_its_row_stays(django_capture_on_commit_callbacks):
    request = a_request(status=Status.IN_REVIEW)
    row = add(request)
    with django_capture_on_commit_callbacks(execute=True):
        row.empty(by=staff_member(), reason="It named participants.")
    row.refresh_from_db()
    assert (stored(), row.may_be_downloaded, row.purged_at is None) == ([], False, False)
    assert told(request)[-1] == ("remove_file", Doer.STAFF, "It named participants.")
    with pytest.raises(NotAllowed):
        row.empty(by=staff_member(), reason="Again.")


def test_purging_deletes_the_content_once_and_only_when_it_is_committed(django_capture_on_commit_callbacks):
    row = add(a_request())
    with django_capture_on_commit_callbacks() as callbacks:
        assert (row.purge(), row.purge()) == (True, False)
    assert stored() == [row.stored_as]
    for callback in callbacks:
        callback()
    assert stored() == []


@pytest.mark.parametrize("erase", [lambda row: row.delete(), lambda row: Request.objects.all().erase()])
def test_a_request_takes_its_files_along(erase, django_capture_on_commit_callbacks):
    request = a_request()
    add(request), add(request, b"More.")
    with django_capture_on_commit_callbacks(execute=True):
        erase(request)
    assert (stored(), Event.objects.count()) == ([], 0)


def test_the_sweep_takes_files_without_a_row_after_a_day_and_no_others(caplog):
    kept, lost = add(a_request()), add(a_request())
    Attachment.objects.filter(pk=lost.pk).delete()
    assert (sweep(), len(stored())) == (0, 2)
    assert sweep(timezone.now() + timedelta(days=2)) == 1
    assert stored() == [kept.stored_as]


def test_the_sweep_takes_what_was_written_half(settings):
    kept = add(a_request())
    half = Path(settings.PRIVATE_ROOT) / "assistance" / kept.stored_as[:2] / ".new-half"
    half.write_bytes(b"x")
    assert (sweep(timezone.now() + timedelta(days=2)), half.exists()) == (1, False)


def test_a_row_whose_content_is_missing_is_named_and_not_taken_for_deleted(caplog):
    row = add(a_request())
    storage.delete(row.stored_as)
    assert (sweep(), missing_files()) == (0, [row.stored_as])
    assert row.stored_as in caplog.text
    assert Attachment.objects.get().purged_at is None


# Keys --------------------------------------------------------------------------------------------------


def test_files_are_written_anew_under_the_first_key_and_a_second_run_has_nothing_to_do(settings):
    row = add(a_request())
    newest = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [newest, *settings.ENCRYPTION_KEYS]
    assert (storage.rotate(), storage.rotate()) == (1, 0)
    settings.ENCRYPTION_KEYS = [newest]
    assert row.content() == b"Our plan, in words."


def test_changing_keys_goes_past_a_file_that_no_key_opens_and_says_so_at_the_end(settings):
    first, second = add(a_request()), add(a_request())
    storage._path(min(first.stored_as, second.stored_as)).write_bytes(b"damaged")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.ENCRYPTION_KEYS]
    with pytest.raises(CannotDecrypt, match="1 files"):
        storage.rotate()
    assert storage.read(max(first.stored_as, second.stored_as)) == b"Our plan, in words."


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", ".new-" + "a" * 40, "short"])
def test_only_random_names_lead_to_a_file(name):
    with pytest.raises(ValueError, match="Not the name"):
        storage.read(name)


# Names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("plan.pdf", "pdf", "plan.pdf"),
        ("PLAN.PDF", "pdf", "PLAN.PDF"),
        ("photo.jpeg", "jpg", "photo.jpeg"),
        ("budget.exe", "png", "budget.png"),
        ("budget v1.2 final", "pdf", "budget v1.2 final.pdf"),
        ("C:\\Users\\dana\\plan.docx", "docx", "plan.docx"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("plan\u202efdp.exe", "pdf", "plan fdp.pdf"),
        ('a"b\r\nX: 1;c.pdf', "pdf", "a b X 1 c.pdf"),
        (".pdf", "pdf", "file.pdf"),
        ("", "csv", "file.csv"),
        ("año 2026 – plan.odt", "odt", "año 2026 – plan.odt"),
        ("a" * 300 + ".pdf", "pdf", "a" * 120 + ".pdf"),
    ],
)
def test_a_file_is_handed_out_under_a_name_that_does_no_harm(name, kind, shown):
    assert safe_name(name, kind) == shown


def test_names_of_any_length_and_kind_can_be_brought(client):
    request = a_request()
    for number, name in enumerate(["x" * 200 + ".pdf", "план.pdf", "計画.docx"]):
        content = a_docx() if name.endswith("docx") else a_pdf(b"%% %d\n" % number)
        client.post(page_of(request), {"file": io_named(content, name), "purpose": "support"})
    assert [row.name[-8:] for row in request.attachments.all()] == ["xxxx.pdf", "план.pdf", "計画.docx"[-8:]]


def io_named(content: bytes, name: str):
    file = io.BytesIO(content)
    file.name = name
    return file

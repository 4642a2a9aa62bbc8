"""Files are handed out to whoever brought them and to staff who may read them; nobody else, and never unnoted."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sites.assistance.files import storage
from sites.assistance.models import Access, Attachment, Endorsement, Share
from sites.assistance.moves import Status
from tests.assistance.factories import a_request, staff, staff_member

pytestmark = pytest.mark.django_db


def a_file(request, content=b"Our plan.", name="plan.txt"):
    return Attachment.objects.add(request, SimpleUploadedFile(name, content), "document")


def address(request, row) -> str:
    return reverse("assistance:file", args=[request.token(), row.stored_as])


def admin_address(row) -> str:
    return reverse("admin:assistance_attachment_download", args=[row.pk])


def noted() -> list[tuple]:
    return list(Access.objects.values_list("what", "by__username", "detail"))


def somebody(client, *codenames, username="sam"):
    person = staff(username=username, superuser=False)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(person)
    return person


@pytest.mark.parametrize("who", ["requester", "staff"])
def test_a_file_is_a_download_that_no_browser_opens(client, who):
    request = a_request(status=Status.RECEIVED)
    row = a_file(request, b"<b>Our plan</b>", "año “2026”.html")
    client.force_login(staff_member())
    response = client.get(address(request, row) if who == "requester" else admin_address(row))
    assert (response.status_code, response.content) == (200, b"<b>Our plan</b>")
    assert response["Content-Type"] == "text/plain"
    expected = "attachment; filename*=utf-8''a%C3%B1o%20%E2%80%9C2026%E2%80%9D.txt"
    assert response["Content-Disposition"] == expected
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_every_download_is_noted_with_who(client):
    request = a_request(status=Status.RECEIVED)
    row = a_file(request)
    client.get(address(request, row))
    client.head(address(request, row))
    client.force_login(staff_member())
    client.get(admin_address(row))
    assert sorted(noted(), key=str) == [("file", "cass", row.stored_as), ("file", None, row.stored_as)]


def test_the_link_of_another_request_opens_no_file(client):
    row = a_file(a_request())
    response = client.get(address(a_request(), row))
    assert (response.status_code, noted()) == (404, [])
    assert "This file is not here" in response.content.decode()


@pytest.mark.parametrize("token", ["wrong", "a" * 43])
def test_a_wrong_link_opens_no_file(client, token):
    row = a_file(a_request())
    response = client.get(reverse("assistance:file", args=[token, row.stored_as]))
    assert (response.status_code, noted()) == (404, [])


def test_a_link_that_was_taken_back_opens_no_file(client):
    request = a_request()
    old = address(request, a_file(request))
    request.revoke_link()
    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"scan": "waiting"}, "has still to look at it"),
        ({"scan": "infected"}, "found something in this file"),
        ({"purged_at": "2026-03-01T12:00Z"}, "was deleted on 1 March 2026"),
    ],
)
def test_what_waits_is_held_back_or_was_deleted_is_never_handed_out(client, fields, says):
    request = a_request(status=Status.RECEIVED)
    row = a_file(request)
    Attachment.objects.update(**fields)
    client.force_login(staff_member())
    shown = client.get(address(request, row))
    for response in (shown, client.get(admin_address(row))):
        assert (response.status_code, b"Our plan." in response.content) == (404, False)
    assert says in shown.content.decode()
    assert noted() == []


def test_a_missing_or_unreadable_file_says_so_to_both(client, settings):
    request = a_request(status=Status.RECEIVED)
    row = a_file(request)
    client.force_login(staff_member())
    storage._path(row.stored_as).write_bytes(b"damaged")
    assert "None of ENCRYPTION_KEYS opens it" in client.get(admin_address(row)).content.decode()
    storage.delete(row.stored_as)
    assert "missing from the private folder" in client.get(admin_address(row)).content.decode()
    assert "please tell us" in client.get(address(request, row)).content.decode()
    assert noted() == []


@pytest.mark.parametrize(
    ("codenames", "status"),
    [([], 403), (["view_request", "change_request", "view_attachment"], 403), (["see_personal"], 200)],
)
def test_staff_need_the_right_to_read_what_requesters_wrote(client, codenames, status):
    row = a_file(a_request(status=Status.RECEIVED))
    somebody(client, *codenames)
    assert client.get(admin_address(row)).status_code == status
    assert len(noted()) == (status == 200)


def test_strangers_are_asked_to_sign_in(client):
    row = a_file(a_request(status=Status.RECEIVED))
    assert client.get(admin_address(row))["Location"].startswith("/admin/login/")


def test_the_files_of_a_draft_are_not_for_staff_yet(client):
    row = a_file(a_request())
    client.force_login(staff_member())
    assert client.get(admin_address(row)).status_code == 403


def test_staff_delete_a_content_by_a_page_that_asks_why(client, django_capture_on_commit_callbacks):
    request = a_request(status=Status.RECEIVED)
    row = a_file(request)
    client.force_login(staff_member())
    page = reverse("admin:assistance_attachment_do", args=[row.pk, "delete-content"])
    assert "This field is required" in client.post(page, {"reason": ""}).content.decode()
    assert row.content() == b"Our plan."
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page, {"reason": "It named participants."})
    assert response["Location"] == reverse("admin:assistance_attachment_change", args=[row.pk])
    assert client.get(response["Location"])["Location"].endswith(f"/request/{request.pk}/change/#case-files")
    assert (list(storage.names()), request.events.last().words) == ([], "It named participants.")


def test_who_may_not_read_a_file_may_not_empty_it(client):
    row = a_file(a_request(status=Status.RECEIVED))
    somebody(client, "view_attachment", "change_attachment")
    page = reverse("admin:assistance_attachment_do", args=[row.pk, "delete-content"])
    assert client.post(page, {"reason": "x"}).status_code == 403
    assert row.content() == b"Our plan."


def test_files_have_no_list_of_their_own_in_the_admin(client):
    row = a_file(a_request(status=Status.RECEIVED))
    client.force_login(staff_member())
    queue = reverse("admin:assistance_request_changelist")
    assert client.get(reverse("admin:assistance_attachment_changelist"))["Location"] == queue
    assert client.get(reverse("admin:assistance_attachment_change", args=[row.pk + 1]))["Location"] == queue
    assert "/assistance/attachment/" not in client.get(reverse("admin:index")).content.decode()


# What staff add -----------------------------------------------------------------------------------------


def test_staff_add_a_file_that_came_another_way_and_it_is_checked_like_any(client):
    request = a_request(status=Status.ACTIVE)
    client.force_login(staff_member())
    page = reverse("admin:assistance_attachment_add_for", args=[request.pk])
    case = reverse("admin:assistance_request_change", args=[request.pk])
    assert page in client.get(case).content.decode()
    bad = client.post(page, {"file": SimpleUploadedFile("plan.pdf", b"MZ\x90\x00"), "purpose": "support"})
    assert "This is not a kind of file that we take" in bad.content.decode()
    good = client.post(page, {"file": SimpleUploadedFile("plan.txt", b"Our plan."), "purpose": "support"})
    assert good["Location"] == f"{case}#case-files"
    assert (Attachment.objects.get().purpose, request.events.last().by) == ("support", staff_member())


@pytest.mark.parametrize(("status", "code"), [(Status.DRAFTED, 403), (Status.COMPLETED, 200)])
def test_staff_add_no_file_to_a_draft_or_a_closed_request(client, status, code):
    page = reverse("admin:assistance_attachment_add_for", args=[a_request(status=status).pk])
    client.force_login(staff_member())
    answer = client.post(page, {"file": SimpleUploadedFile("plan.txt", b"Our plan."), "purpose": "document"})
    assert (answer.status_code, Attachment.objects.exists()) == (code, False)


@pytest.mark.parametrize(
    "codenames", [["change_request", "add_attachment"], ["see_personal", "view_request"]]
)
def test_who_may_not_read_or_change_a_case_adds_no_file_to_it(client, codenames):
    request = a_request(status=Status.ACTIVE)
    somebody(client, *codenames)
    page = reverse("admin:assistance_attachment_add_for", args=[request.pk])
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("model", [Share, Endorsement])
def test_the_link_of_a_colleague_or_a_supporter_opens_no_file(client, model):
    request = a_request()
    row = a_file(request)
    other = model.objects.create(request=request, name="Kim", email="kim@example.gov")
    for name in ("file", "files"):
        args = [other.token(), row.stored_as] if name == "file" else [other.token()]
        response = client.get(reverse(f"assistance:{name}", args=args))
        assert (response.status_code, b"plan.txt" in response.content) == (404, False)

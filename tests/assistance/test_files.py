import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sites.assistance.models import Attachment
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db


def an_upload(content=b"Our plan, in words.", name="plan.txt"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept(client, settings):
    request = a_request()
    page = reverse("assistance:files", args=[request.token()])
    response = client.post(page, {"file": an_upload(), "purpose": "document"})
    assert response["Location"] == f"{page}?said=added"
    row = Attachment.objects.get()
    assert (row.name, row.kind, row.size, row.content()) == ("plan.txt", "txt", 19, b"Our plan, in words.")

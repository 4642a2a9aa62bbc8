from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sites.certification.models import Certificate, State
from tests.certification.factories import a_certificate, a_manager, a_place

pytestmark = pytest.mark.django_db

LIST = "admin:certification_certificate_changelist"


@pytest.fixture
def manager(client):
    user = a_manager()
    client.force_login(user)
    return user


def grant(client, place):
    today = timezone.localdate()
    fields = {
        "jurisdiction": place.pk,
        "program": "LEAD Exampleton",
        "conditions": "",
        "assessed_by": "The Bureau",
        "granted_on": str(today),
        "valid_until": str(today + timedelta(days=730)),
    }
    return client.post(reverse("admin:certification_certificate_add"), fields, follow=True)


def test_a_manager_grants_a_certificate(client, manager):
    grant(client, a_place())
    certificate = Certificate.objects.get()
    assert certificate.granted_by == manager
    assert certificate.state == State.VALID


def test_a_second_grant_for_a_place_is_an_error_of_the_form(client, manager):
    place = a_place()
    grant(client, place)
    response = grant(client, place)
    assert "The new one may begin the day after" in response.content.decode()
    assert Certificate.objects.count() == 1


def test_who_is_slower_than_a_colleague_is_told(client, manager, monkeypatch):
    place = a_place()
    grant(client, place)
    monkeypatch.setattr(Certificate, "clean", lambda self: None)
    monkeypatch.setattr(Certificate, "validate_constraints", lambda self, exclude=None: None)
    response = grant(client, place)
    assert "This place has certificate" in response.content.decode()
    assert Certificate.objects.count() == 1


def test_a_manager_withdraws_with_a_public_reason(client, manager):
    today = timezone.localdate()
    certificate = a_certificate(first=today - timedelta(days=2), last=today + timedelta(days=2))
    url = reverse("admin:certification_certificate_do", args=[certificate.pk, "withdraw"])
    assert "From today on the certificate is not valid" in client.get(url).content.decode()
    client.post(url, {"reason": ""})
    certificate.refresh_from_db()
    assert certificate.state == State.VALID
    client.post(url, {"reason": "The program has ended."})
    certificate.refresh_from_db()
    assert certificate.state == State.WITHDRAWN
    assert certificate.withdrawn_by == manager


def test_nobody_deletes_a_certificate(client, manager):
    certificate = a_certificate()
    response = client.post(
        reverse("admin:certification_certificate_delete", args=[certificate.pk]), {"post": "yes"}
    )
    assert response.status_code == 403
    assert Certificate.objects.exists()


@pytest.mark.parametrize("today", ["valid", "expired", "withdrawn"])
def test_the_list_can_be_filtered_by_what_certificates_are_today(client, manager, today):
    a_certificate(
        first=timezone.localdate() - timedelta(days=9), last=timezone.localdate() - timedelta(days=2)
    )
    page = client.get(reverse(LIST), {"today": today, "q": "exampleton"}).content.decode()
    assert ("1 certificate" in page) == (today == "expired")

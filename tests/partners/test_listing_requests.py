from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.models import Letter, NotAllowed
from leadbureau.purging import chores
from partners.logos import check_logo
from partners.models import ListingRequest, Partner
from partners.waiting import waiting
from tests.contact.factories import a_colleague, a_picture
from tests.partners.factories import a_kind, a_partner, a_request

pytestmark = pytest.mark.django_db


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("name", flat=True))


def test_accepting_makes_a_partner_that_is_not_shown_yet_and_writes_a_letter(client):
    request = a_request(place="Dayton, Ohio", website="https://example.org", logo=check_logo(a_picture()))
    partner = request.accept(by=a_colleague())
    assert (partner.name, partner.place, partner.visible) == ("Example Alliance", "Dayton, Ohio", False)
    assert (partner.logo_width, partner.logo_height) == (480, 160)
    assert client.get(partner.logo.url).status_code == 200
    assert request.state == ListingRequest.State.ACCEPTED
    assert letters() == ["listing_receipt", "listing_accepted"]


def test_declining_says_why(client):
    request = a_request()
    request.decline(by=a_colleague(), reason="We list only organizations that work with LEAD.")
    assert request.state == ListingRequest.State.DECLINED
    assert (
        "We list only organizations that work with LEAD." in Letter.objects.get(name="listing_declined").body
    )
    assert not Partner.objects.exists()


def test_two_who_decide_at_once_send_one_letter():
    request = a_request()
    same = ListingRequest.objects.get(pk=request.pk)
    request.accept(by=a_colleague())
    with pytest.raises(NotAllowed, match="casey has already decided: accepted"):
        same.decline(by=a_colleague(name="lee"), reason="No.")
    assert letters() == ["listing_receipt", "listing_accepted"]
    assert ListingRequest.objects.get().state == ListingRequest.State.ACCEPTED


def test_a_request_in_quarantine_is_let_in_before_it_is_decided():
    request = a_request(suspicion="It has 9 links.")
    assert letters() == []
    with pytest.raises(NotAllowed, match="quarantine"):
        request.accept(by=a_colleague())
    request.release(by=a_colleague())
    assert letters() == ["listing_receipt"]
    assert request.is_waiting


def test_a_partner_that_stands_already_is_not_made_twice():
    kind = a_kind()
    a_partner(name="Example Alliance", kind=kind)
    request = a_request(kind=kind)
    with pytest.raises(NotAllowed, match="already among the partners"):
        request.accept(by=a_colleague())
    assert ListingRequest.objects.get().is_waiting
    assert letters() == ["listing_receipt"]


@pytest.mark.parametrize(
    "change", [{"state": "accepted"}, {"decided_at": timezone.now()}, {"reason": "x"}, {"state": "declined"}]
)
def test_the_database_refuses_half_a_decision(change):
    a_request()
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingRequest.objects.update(**change)


def test_requests_go_when_their_time_is_over_and_their_logos_with_them(django_capture_on_commit_callbacks):
    now = timezone.now()
    kind, logo = a_kind(), check_logo(a_picture())
    waits, suspect = a_request(kind=kind), a_request(kind=kind, suspicion="x", logo=logo)
    no, yes = a_request(kind=kind), a_request(kind=kind)
    no.decline(by=a_colleague(), reason="No.", now=now - timedelta(days=731))
    yes.accept(by=a_colleague()).delete()
    ListingRequest.objects.update(received_at=now - timedelta(days=31))
    storage, path = suspect.logo.storage, suspect.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        assert chores(now) == 3
    assert list(ListingRequest.objects.all()) == [waits]
    assert not storage.exists(path)


def test_what_waits_is_told_on_the_first_page():
    kind, casey = a_kind(), a_colleague()
    a_request(kind=kind, organization="One")
    a_request(kind=kind, organization="Two", suspicion="x")
    a_request(kind=kind, organization="Three").accept(by=casey)
    assert [(line.count, line.label) for line in waiting(casey)] == [
        (1, "organization asks to be listed"),
        (1, "accepted partner is not shown yet"),
        (1, "request to be listed is in quarantine"),
    ]


def test_staff_decide_in_the_admin(client):
    request, casey = a_request(logo=check_logo(a_picture())), a_colleague()
    client.force_login(casey)
    change = client.get(reverse("admin:partners_listingrequest_change", args=[request.pk])).content.decode()
    assert "Accept: make the partner" in change
    assert "Let it in" not in change
    logo = client.get(reverse("admin:partners_listingrequest_logo", args=[request.pk]))
    assert b"".join(logo.streaming_content).startswith(b"\x89PNG")
    url = reverse("admin:partners_listingrequest_do", args=[request.pk, "decline"])
    client.post(url, {"reason": ""})
    assert ListingRequest.objects.get().is_waiting
    client.post(url, {"reason": "Not yet."})
    assert ListingRequest.objects.get().decided_by == casey


def test_a_logo_that_waits_is_shown_to_nobody_but_staff(client):
    request = a_request(logo=check_logo(a_picture()))
    assert client.get(reverse("admin:partners_listingrequest_logo", args=[request.pk])).status_code == 302


def test_a_partner_of_staff_gets_a_checked_logo_and_no_year_to_come(client):
    kind = a_kind()
    client.force_login(a_colleague())
    fields = {
        "name": "Example",
        "kind": kind.pk,
        "order": 10,
        "visible": "on",
        "since": 2999,
        "logo": a_picture(),
    }
    page = client.post(reverse("admin:partners_partner_add"), fields).content.decode()
    assert "This year is still to come." in page
    client.post(reverse("admin:partners_partner_add"), {**fields, "since": 2015, "logo": a_picture()})
    assert Partner.objects.get().logo_width == 480

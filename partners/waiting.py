"""Requests to be listed, for the admin's first page."""

from django.urls import reverse

from leadbureau.kit.waiting import Waiting
from partners.models import ListingRequest, Partner


def waiting(user) -> list[Waiting]:
    if not user.has_perm("partners.view_listingrequest"):
        return []
    requests = ListingRequest.objects.waiting().count()
    held = ListingRequest.objects.quarantined().count()
    unshown = Partner.objects.filter(visible=False, asked_by__isnull=False).count()
    address = reverse("admin:partners_listingrequest_changelist")
    partners = reverse("admin:partners_partner_changelist")
    lines = [
        Waiting(
            label="organization asks to be listed" if requests == 1 else "organizations ask to be listed",
            count=requests,
            url=f"{address}?state__exact=received&quarantine=no",
        ),
        Waiting(
            label="accepted partner is not shown yet"
            if unshown == 1
            else "accepted partners are not shown yet",
            count=unshown,
            url=f"{partners}?visible__exact=0",
        ),
        Waiting(
            label="request to be listed is in quarantine"
            if held == 1
            else "requests to be listed are in quarantine",
            count=held,
            url=f"{address}?quarantine=yes",
        ),
    ]
    return [line for line in lines if line.count]

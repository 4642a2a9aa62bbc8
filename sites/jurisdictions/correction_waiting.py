"""Corrections that wait for a decision, for the admin's first page."""

from django.urls import reverse
from django.utils import timezone

from leadbureau.kit import working_days
from leadbureau.kit.waiting import Waiting
from sites.jurisdictions.models import Correction

SOON = 5  # working days; then the line is urgent


def waiting(user) -> list[Waiting]:
    if not user.has_perm("jurisdictions.change_correction"):
        return []
    rows = Correction.objects.waiting()
    count = rows.count()
    held = Correction.objects.quarantined().count()
    address = reverse("admin:jurisdictions_correction_changelist")
    lines = [
        Waiting(
            label="correction to look at" if count == 1 else "corrections to look at",
            count=count,
            url=f"{address}?stands=waiting",
            urgent=_one_is_old(rows),
        ),
        Waiting(
            label="correction is in quarantine" if held == 1 else "corrections are in quarantine",
            count=held,
            url=f"{address}?stands=quarantine",
        ),
    ]
    return [line for line in lines if line.count]


def _one_is_old(rows) -> bool:
    oldest = rows.order_by("received_at").values_list("received_at", flat=True).first()
    if oldest is None:
        return False
    return working_days.add(timezone.localdate(oldest), SOON) < timezone.localdate()

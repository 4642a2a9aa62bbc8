from datetime import date
from itertools import count

from django.contrib.auth import get_user_model

from sites.certification.models import Certificate
from sites.jurisdictions.models import Jurisdiction, State

_numbers = count(1)


def a_manager(*, name="manager"):
    user, _ = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True, "is_superuser": True}
    )
    return user


def a_state(*, usps="NM", name="New Mexico", fips="35"):
    return State.objects.get_or_create(usps=usps, defaults={"name": name, "fips": fips})[0]


def a_place(*, name="LEAD Exampleton", state=None, visibility="named"):
    return Jurisdiction.objects.create(
        name=name,
        kind="city",
        state=state or a_state(),
        slug=f"place-{next(_numbers)}",
        locality=name,
        visibility=visibility,
        ground="public-source",
    )


def a_certificate(*, place=None, first=date(2026, 1, 10), last=date(2028, 1, 9), by=None, **fields):
    return Certificate.grant(
        by=by or a_manager(),
        jurisdiction=place or a_place(),
        granted_on=first,
        valid_until=last,
        **{"program": "LEAD Exampleton", "assessed_by": "The Bureau", **fields},
    )

"""Fills the database of a test server: `make run`'s first content, staff, certificates, requests for help.

Run as `python -m tests.browser.furnish`; prints, as JSON, the addresses that only these rows have.
"""

import json
import os
from functools import partial
from io import StringIO

import django

PASSWORD = "Only for the browser tests 1"
# What each may do comes from the groups of `manage.py groups`; only the manager may see everything.
STAFF = {"editor": "Editor", "caseworker": "Caseworker", "manager": None}


def furnish() -> dict[str, str]:
    """Makes the rows; gives the parts of addresses that the list of pages fills in."""
    from django.core.management import call_command

    from leadbureau.content import chores
    from tests.browser.furnish_requests import requests

    # One picture cut for all screens shows what the others would; each takes seconds.
    chores.cut_pictures = partial(chores.cut_pictures, 1)
    call_command("prepare", stdout=StringIO())
    staff = {name: _member(name, group) for name, group in STAFF.items()}
    return {**_certificates(staff["manager"]), **requests(), **_told(), **_admin(staff["manager"])}


def _member(name: str, group: str | None):
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(
        name, f"{name}@example.org", PASSWORD, is_staff=True, is_superuser=group is None
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def _certificates(by) -> dict[str, str]:
    """One that is valid, and one that was taken back."""
    from datetime import timedelta

    from django.utils import timezone

    from sites.certification.models import Certificate
    from sites.jurisdictions.models import Jurisdiction

    day = timezone.localdate()
    granted = {}
    for slug in ("santa-fe", "rio-arriba-county"):
        place = Jurisdiction.objects.get(state__usps="NM", slug=slug)
        granted[slug] = Certificate.grant(
            by=by,
            jurisdiction=place,
            program=place.name,
            assessed_by="Two organizations of the tests",
            granted_on=day - timedelta(days=100),
            valid_until=day + timedelta(days=600),
        )
    granted["rio-arriba-county"].withdraw(by=by, reason="The program has ended.")
    return {
        "certificate": granted["santa-fe"].number,
        "withdrawn_certificate": granted["rio-arriba-county"].number,
    }


def _told() -> dict[str, str]:
    """What readers and a jurisdiction say of Santa Fe's entry, and somebody who would like to talk to it."""
    from uuid import uuid4

    from sites.jurisdictions.models import Introduction, Jurisdiction
    from tests.jurisdictions.confirming import a_link
    from tests.jurisdictions.corrections import a_correction, a_sheet

    place = Jurisdiction.objects.get(state__usps="NM", slug="santa-fe")
    one = a_correction(place=place)
    sheet = a_sheet(place, summary="The second LEAD in the country, run by the city.", hosts_visits="yes")
    asked = Introduction.keep(
        once=uuid4(), place=place, name="Ana Example", organization="Taos County", where="Taos County, NM",
        email="ana@example.org", words="How did you begin?",
    )  # fmt: skip
    albany = Jurisdiction.objects.get(state__usps="NY", slug="albany")
    link = a_link(place=albany)
    return {
        "confirming": link.address().rstrip("/").rpartition("/")[2],
        "place_pk": str(place.pk),
        "correction_pk": str(one.pk),
        "sheet": str(sheet[0].sheet),
        "introduction_pk": str(asked.pk),
    }


def _admin(manager) -> dict[str, str]:
    from leadbureau.content.models import Page, Picture, Section
    from leadbureau.content.versions import keep_first, versions_of
    from leadbureau.mail.models import Letter

    home = Page.objects.get(slug="")
    Page.objects.filter(pk=home.pk).update(lead=f"Earlier words. {home.lead}")
    keep_first(home)
    home.save()
    return {
        "home_pk": str(home.pk),
        "version_pk": str(versions_of(home).get().pk),
        "section_pk": str(Section.objects.filter(page__slug="about", items__isnull=False).first().pk),
        "picture_pk": str(Picture.objects.first().pk),
        "letter_pk": str(Letter.objects.exclude(state=Letter.State.DRAFTED).first().pk),
        "report_pk": str(_frozen_report(manager).pk),
    }


def _frozen_report(by):
    from django.utils import timezone

    from sites.assistance.reports.frozen import freeze
    from sites.assistance.reports.period import Period

    today = timezone.localdate()
    return freeze(Period(today.replace(month=1, day=1), today), title="This year so far", by=by)[0]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.browser.settings")
    django.setup()
    print(json.dumps(furnish()))

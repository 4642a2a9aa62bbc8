"""A place that is hidden or only counted, and what is private of a named one, stand on no page and in no file.

Every text of theirs holds the same made-up word; the whole site is read, and everything that a link does not
lead to as well, and the word must be nowhere.
"""

import gzip
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from leadbureau.content.models import BureauDetails
from sites.jurisdictions.models import ChangeNote, Correction, Introduction, Jurisdiction, PrivateContact
from tests.jurisdictions.factories import make_change, make_place
from tests.whole_site.pages import crawl

WORD = "xyzzyville"
SLUG = "plughton"  # of their addresses; a page that is not found repeats what was asked for
ASKED = [
    "/sites/?q=xyzzyville",
    "/sites/?near=87501",
    "/sites/?near=Santa+Fe%2C+NM",
    "/sites/?year=2015",
    "/sites/?state=nm&sort=launch",
    "/sites/?state=wy",
    "/sites/?kind=county&stage=exploring",
    "/sites/?setting=rural",
    "/sites/?hosts=yes",
    "/sites/like/?population=10k-50k&setting=rural&lead_agency_kind=sheriff",
    "/sites/embed/",
    "/sites/embed/?state=nm",
    "/sites/embed/?state=wy",
    "/sites/nm/",
    "/sites/wy/",
    "/sites/nm/?page=1",
    "/sites/nm/open/",
    "/sites/nm/brief/",
    "/sites/wy/brief/",
    "/sites/nm/open/brief/",
    "/sites/nm/open/wrong/",
    "/sites/nm/open/wrong/?field=lead_agency",
    "/sites/nm/open/introduction/",
    "/sites/data/",
    "/sites/directory.csv",
    "/sites/directory.csv?state=nm",
    "/sites/directory.json",
    "/sites/directory.json?q=xyzzyville",
    "/sites/directory.geojson",
    "/sites/directory.geojson?state=wy",
    "/sites/changes.csv",
    "/sites/changes.atom",
    "/sites/changes.atom?page=2",
    "/search/?q=xyzzyville",
    "/sitemap.xml",
    "/",
]
# What somebody typed may be repeated to him; nothing else may hold the word.
TYPED = [f"q={WORD}", f'value="{WORD}"', f"“{WORD}”", f'"q":"{WORD}"', f"<b>{WORD}</b>"]
CLOSED = ["", "brief/", "wrong/", "wrong/?field=name", "introduction/"]


def secret_place(slug: str, usps: str, visibility: str) -> Jurisdiction:
    place = make_place(
        name=f"{WORD} LEAD", slug=f"{SLUG}-{slug}", usps=usps, visibility=visibility, stage=None,
        locality=WORD, county=WORD, lead_agency=WORD, local_partners=WORD, offers=WORD, summary=WORD,
        note=WORD, website=f"https://{WORD}.example", source_title=WORD, source_url=f"https://{WORD}.example",
        public_contact=WORD, kind="county", setting="rural", population="10k-50k", hosts_visits="yes",
        lead_agency_kind="sheriff", latitude=35.7 if usps == "NM" else 42.8,
        longitude=-106.0 if usps == "NM" else -107.5,
    )  # fmt: skip
    make_change(place, stage="launched", year=2014, note=WORD, source_title=WORD)
    make_change(place, stage="exploring", year=2016, note=WORD, source_title=WORD)
    ChangeNote.objects.create(place=place, field="name", was=WORD, now=WORD, on=date(2026, 5, 1))
    return place


@pytest.fixture
def secrets(db) -> list[Jurisdiction]:
    """Hidden and counted places in a state with a named one and in a state without, and private words of that one."""
    BureauDetails.objects.create()
    named = make_place(
        name="Open LEAD", slug="open", ground="consent", consent_by=WORD, consent_on=date(2026, 5, 1),
        consent_how=WORD, setting="rural", population="10k-50k", lead_agency_kind="sheriff",
    )  # fmt: skip
    PrivateContact.objects.create(place=named, name=WORD, role=WORD, email=f"me@{WORD}.example", phone=WORD)
    sent = {"nonce": "6f3f0f4e-7c1e-5a44-9f5e-2a1d1c0b7e12", "received_at": timezone.now()}
    Correction.objects.create(
        place=named, field="name", proposed=WORD, reason=WORD, reporter_name=WORD,
        reporter_email=f"me@{WORD}.example", number="CO-1", **sent,
    )  # fmt: skip
    Introduction.objects.create(
        place=named, name=WORD, organization=WORD, where=WORD, email=f"me@{WORD}.example", words=WORD,
        number="IN-1", **sent,
    )  # fmt: skip
    return [
        secret_place(f"{visibility}-{number}", usps, visibility)
        for usps in ("NM", "WY")
        for visibility in ("hidden", "counted")
        for number in range(2)
    ]


def body_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode("utf-8", errors="ignore").lower()


def test_no_page_that_a_reader_can_reach_names_what_is_not_named(secrets):
    found = crawl()
    read = {address: body_of(page.response) for address, page in found.items()}
    leaks = [address for address, text in read.items() if WORD in text or SLUG in text]
    assert len(found) > 60 and leaks == []


@pytest.mark.parametrize("address", ASKED)
def test_no_question_brings_it_to_light(secrets, address):
    response = Client().get(address)
    assert response.status_code == 200
    shown = body_of(response)
    for repeated in TYPED:
        shown = shown.replace(repeated, "")
    assert WORD not in shown and SLUG not in shown


@pytest.mark.parametrize("end", CLOSED)
def test_its_own_addresses_answer_as_if_it_did_not_exist(secrets, end):
    for place in secrets:
        response = Client().get(place.get_absolute_url() + end)
        assert response.status_code == 404
        assert WORD not in body_of(response)


def test_the_two_that_are_only_counted_are_fewer_than_three(secrets, client):
    for usps in ("nm", "wy"):
        assert "fewer than 3" in body_of(client.get(f"/sites/{usps}/"))

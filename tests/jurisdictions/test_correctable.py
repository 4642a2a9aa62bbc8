"""The table of what may be corrected in an entry."""

import pytest
from django.core.exceptions import ValidationError

from sites.jurisdictions.correctable import FACTS, apply, cast, current, gather, in_words, inputs, is_same
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange
from tests.jurisdictions.factories import make_change, make_place

pytestmark = pytest.mark.django_db

CHANGES = {
    "name": ("LEAD Santa Fe", "Santa Fe LEAD"),
    "stage": ("operating\n2014\nSanta Fe Reporter", "paused\n2025-06\nSanta Fe New Mexican\nhttps://example.org/a"),
    "launched": ("", "launched\n2014-04-17\nSanta Fe Reporter"),
    "kind": ("city", "county"),
    "locality": ("Santa Fe", "Santa Fe and Pojoaque"),
    "county": ("", "Santa Fe County"),
    "population": ("", "50k-250k"),
    "setting": ("", "mixed"),
    "lead_agency": ("", "The Life Link"),
    "lead_agency_kind": ("", "nonprofit"),
    "local_partners": ("", "Santa Fe Police Department\nDistrict Attorney"),
    "offers": ("", "Case management, day and night."),
    "hosts_visits": ("", "yes"),
    "public_contact": ("", "City of Santa Fe, 505-555-0100"),
    "website": ("", "https://lead-santafe.org"),
    "summary": ("", "The second city to follow Seattle."),
    "note": ("", "paid by the city"),
    "position": ("35.6567, -105.9821", "35.6870, -105.9378"),
}  # fmt: skip


def a_place(**fields):
    return make_place(source_title="Santa Fe Reporter", **fields)


def test_every_fact_is_tried_here():
    assert list(CHANGES) == list(FACTS)


@pytest.mark.parametrize("name", CHANGES)
def test_a_proposal_becomes_what_stands_in_the_entry(name):
    place = a_place()
    before, after = CHANGES[name]
    assert current(place, name) == before
    assert not is_same(place, name, after)
    row = apply(place, name, after)
    row.full_clean()
    row.save()
    saved = Jurisdiction.objects.get()
    assert (current(saved, name), is_same(saved, name, after)) == (after, True)


@pytest.mark.parametrize("name", CHANGES)
def test_a_form_is_filled_with_what_stands_and_gives_it_back(name):
    place = a_place(website="https://lead-santafe.org", setting="urban")
    place.changes.all().delete()
    make_change(place, stage=Stage.LAUNCHED, year=2014, month=4)
    fields = inputs(name, place)
    answers = {key: str(field.initial or "") for key, field in fields.items()}
    if "year" in answers:
        answers |= {"year": "2014", "month": "4", "source_title": "Elsewhere"}
    assert is_same(place, name, gather(name, answers))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("name", "", "Answer this|required"),
        ("name", "x" * 161, "160"),
        ("kind", "village", "village"),
        ("hosts_visits", "perhaps", "perhaps"),
        ("website", "javascript:alert(1)", "not the address of a page"),
        ("website", "ftp://example.org", "not the address of a page"),
        ("position", "north", "Write latitude and longitude"),
        ("position", "135, 0", "Write latitude and longitude"),
        ("stage", "resting\n2020\nA source", "stage"),
        ("stage", "paused\n2020-13\nA source", "no such date"),
        ("stage", "paused\n\nA source", "at least the year"),
        ("stage", "paused\n2199\nA source", "between|from"),
        ("stage", "paused\n2020", "where it is written"),
        ("launched", "paused\n2020\nA source", "stage"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(name, text, message):
    with pytest.raises(ValidationError, match=message):
        cast(name, text)


def test_a_fact_that_may_be_missing_can_be_taken_away():
    place = a_place(website="https://gone.example.org")
    assert apply(place, "website", "").website == ""


def test_the_public_reads_labels_and_dates_never_codes():
    words = {name: in_words(name, after) for name, (_, after) in CHANGES.items()}
    assert words["kind"] == "County"
    assert words["population"] == "50,000 to 250,000 people"
    assert words["stage"] == "Paused, in June 2025"
    assert words["launched"] == "17 April 2014"
    assert in_words("stage", "what was once kept") == "what was once kept"


def test_a_launch_is_mended_where_it_stands_and_a_stage_is_added():
    place = a_place(stage=None)
    wrong = make_change(place, stage=Stage.LAUNCHED, year=2016)
    assert apply(place, "launched", "launched\n2014\nSanta Fe Reporter").pk == wrong.pk
    added = apply(place, "stage", "ended\n2024\nSanta Fe Reporter")
    assert isinstance(added, StageChange) and added.pk is None

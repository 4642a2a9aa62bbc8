"""States, places and changes for the tests of this app and of those above it."""

from datetime import date

from django.db import connection

from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.seeding import load_states

STAGES = list(Stage)


def make_states() -> None:
    """All 56 of them, once."""
    if not State.objects.exists():
        load_states()


def make_place(
    *, name="LEAD Santa Fe", usps="NM", slug="santa-fe", visibility="named", stage=Stage.OPERATING, **fields
):
    """A place with one change; `stage=None` for a place without a history."""
    make_states()
    defaults = {
        "kind": "city",
        "locality": "Santa Fe",
        "latitude": 35.6567,
        "longitude": -105.9821,
        "ground": "public-source",
    }
    place = Jurisdiction.objects.create(
        name=name,
        slug=slug,
        visibility=visibility,
        state=State.objects.get(usps=usps),
        **{**defaults, **fields},
    )
    if stage:
        make_change(place, stage=stage, year=2014)
    return place


def make_change(place, *, stage=Stage.LAUNCHED, year=None, month=None, day=None, **fields) -> StageChange:
    defaults = {"source_title": "Santa Fe Reporter", "read_on": date(2026, 11, 23)}
    return StageChange.objects.create(
        jurisdiction=place, stage=stage, year=year, month=month, day=day, **{**defaults, **fields}
    )


def make_many_places(count: int) -> None:
    """Places all over the country, with two changes each, in a few statements."""
    make_states()
    states = [state for state in State.objects.order_by("usps") if state.usps in OUTLINES]
    places = Jurisdiction.objects.bulk_create(
        Jurisdiction(
            name=f"Place {number}",
            slug=f"place-{number}",
            kind="city",
            locality=f"Town {number}",
            state=states[number % len(states)],
            latitude=30 + number % 170 / 10,
            longitude=-120 + number % 450 / 10,
            visibility="named",
            ground="public-source",
        )
        for number in range(count)
    )
    StageChange.objects.bulk_create(
        StageChange(
            jurisdiction=place,
            stage=stage,
            year=year,
            source_title="A source",
            read_on=date(2026, 11, 23),
        )
        for number, place in enumerate(places)
        for stage, year in ((Stage.LAUNCHED, 2012 + number % 9), (STAGES[number % 6], 2022))
    )
    if connection.vendor == "postgresql":
        # Its planner still believes the tables to be empty; outside of a test autovacuum tells it.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

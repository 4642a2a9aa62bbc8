"""The first content: all states and territories, their laws and money, and the places on public record."""

import csv
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from leadbureau.kit.seed_files import SeedError, check_keys, checked, read
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State, StateMeasure
from sites.jurisdictions.models.changes import COMING
from sites.jurisdictions.outlines import OUTLINES

SEED = Path(__file__).parent / "seed"
READ_ON = date(2026, 11, 23)  # the day on which the sources of the seed were read
# The same identifiers on every installation that starts from this seed.
NAMES = uuid.UUID("6f3f0f4e-7c1e-5a44-9f5e-2a1d1c0b7e11")
TERRITORIES = (
    ("AS", "60", "American Samoa"),
    ("GU", "66", "Guam"),
    ("MP", "69", "Northern Mariana Islands"),
    ("PR", "72", "Puerto Rico"),
    ("VI", "78", "U.S. Virgin Islands"),
)
PLAIN = (
    "name", "kind", "note", "slug", "county", "county_fips", "lead_agency", "website", "summary",
    "source_title",
)  # fmt: skip


@transaction.atomic
def load() -> int:
    """Rows made; none when there are states already. Raises SeedError for a file that says something odd."""
    if State.objects.exists():
        return 0
    made = load_states() + load_measures(SEED / "states.toml")
    return made + load_places(SEED / "places.csv")


def load_states() -> int:
    states = [
        State(usps=outline.usps, fips=outline.fips, name=outline.name, kind=_kind(outline.usps))
        for outline in OUTLINES.values()
    ]
    states += [
        State(usps=usps, fips=fips, name=name, kind=State.Kind.TERRITORY) for usps, fips, name in TERRITORIES
    ]
    State.objects.bulk_create(states)
    return len(states)


def _kind(usps: str) -> State.Kind:
    return State.Kind.DISTRICT if usps == "DC" else State.Kind.STATE


def load_measures(file: Path) -> int:
    states = {state.usps: state for state in State.objects.all()}
    made = 0
    for row in read(file, {"states"}).get("states", []):
        where = f"{file.name}, {row.get('usps')}"
        check_keys(row, allowed={"usps", "summary", "measures"}, required=("usps",), where=where)
        if row["usps"] not in states:
            raise SeedError(f"{where}: there is no such state.")
        state = states[row["usps"]]
        for measure in row.get("measures", []):
            checked(StateMeasure(state=state, **measure), where, exclude=("state",)).save()
            made += 1
        state.summary = row.get("summary", "")
        state.save()
    return made


def load_places(file: Path) -> int:
    if not file.exists():
        return 0
    states = {state.usps: state for state in State.objects.all()}
    with file.open(encoding="utf-8", newline="") as rows:
        places = [(row, _place(row, states[row["state"]], file.name)) for row in csv.DictReader(rows)]
    Jurisdiction.objects.bulk_create(place for _, place in places)
    changes = StageChange.objects.bulk_create(
        change for row, place in places for change in _changes(row, place)
    )
    return len(places) + len(changes)


def _place(row: dict, state: State, file: str) -> Jurisdiction:
    place = Jurisdiction(
        **{name: row[name].strip() for name in PLAIN},
        state=state,
        identifier=uuid.uuid5(NAMES, f"{state.slug}/{row['slug']}"),
        locality=row["place"],
        source_url=row["source"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        on_bureau_page=row["on_bureau_page"] == "yes",
        visibility=Jurisdiction.Visibility.NAMED,
        ground=Jurisdiction.Ground.PUBLIC_SOURCE,
        checked_on=READ_ON,
    )
    place.clean()
    return checked(place, f"{file}, {row['slug']}", exclude=("identifier",))  # type: ignore[return-value]


def _changes(row: dict, place: Jurisdiction) -> Iterator[StageChange]:
    """The start, where it is known, and what the source says of the stage, as of the day of the source."""
    shared = {
        "jurisdiction": place,
        "source_title": row["source_title"],
        "source_url": row["source"],
        "read_on": READ_ON,
    }
    stage = Stage(row["stage"])
    # A start in the future of a place that is still exploring or developing is a plan, not a change.
    started = None if stage in COMING else PartialDate.read(row["launched_date"] or row["launched_year"])
    if started:
        sure = row["year_is_sure"] == "yes" and (stage != Stage.LAUNCHED or row["stage_is_sure"] == "yes")
        yield StageChange(stage=Stage.LAUNCHED, certainty=_certainty(sure), **_parts(started), **shared)
    if stage != Stage.LAUNCHED or not started:
        yield StageChange(
            stage=stage,
            certainty=_certainty(row["stage_is_sure"] == "yes"),
            dated_by=StageChange.DatedBy.REPORT,
            **_parts(PartialDate.read(row["stage_date"])),
            **shared,
        )


def _certainty(sure: bool) -> StageChange.Certainty:
    return StageChange.Certainty.SURE if sure else StageChange.Certainty.UNSURE


def _parts(when: PartialDate | None) -> dict:
    return {"year": when.year, "month": when.month, "day": when.day} if when else {}

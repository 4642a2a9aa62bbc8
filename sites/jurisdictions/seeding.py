"""The first content: all states and territories, their laws and money, and the places on public record.

What places.csv says of a place beside its story, and by which rule:

- geoid: the Census's code of the city (7 digits), county (5) or state (2); a region has none. Source: Open Civic
  Data division identifiers, 2014, made from Census files; Louisville: the Census's "balance" of the metro government.
- kind: a county where the effort bears a county's name and an office of that county leads it, and in Hawaii, where
  the Census knows no cities.
- population: the band of the city or county, or of a region's counties together. Sources: 2020 Census as the USDA
  lists it, the Census estimate of July 2020 where that was not at hand, and GeoNames (2026) for cities.
- setting: from the Rural-Urban Continuum Codes 2023 (USDA) of the county or counties; metropolitan membership as
  the Census drew it in 2020 where the code was not at hand. Codes 4 to 9: rural. Codes 1 to 3: urban; but a whole
  county of fewer than 50,000 people inside a metropolitan area is mixed, as is a region that has both.
- lead_agency_kind: read from lead_agency; "coalition" for several equal partners of different kinds.
"""

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
    "source_title", "geoid", "population", "setting", "lead_agency_kind", "offers", "hosts_visits",
)  # fmt: skip


@transaction.atomic
def load() -> int:
    """Rows made; none when there are states already. Raises SeedError for a file that says something odd."""
    if State.objects.exists():
        return 0
    made = load_states() + load_measures(SEED / "states.toml")
    told = read_changes(SEED / "changes.csv")
    return made + load_places(SEED / "places.csv", told) + load_changes(told)


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


def read_changes(file: Path) -> list[dict]:
    """The steps of places beyond a start and a report, as changes.csv tells them."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            {**row, "where": f"{file.name}, {row['slug']}, {row['date']}"} for row in csv.DictReader(rows)
        ]


def load_places(file: Path, told: list[dict]) -> int:
    states = {state.usps: state for state in State.objects.all()}
    with file.open(encoding="utf-8", newline="") as rows:
        places = [(row, _place(row, states[row["state"]], file.name)) for row in csv.DictReader(rows)]
    Jurisdiction.objects.bulk_create(place for _, place in places)
    reported = {(row["state"], row["slug"]) for row in told if row["instead_of_report"] == "yes"}
    changes = StageChange.objects.bulk_create(
        change
        for row, place in places
        for change in _changes(row, place, is_reported=(row["state"], row["slug"]) in reported)
    )
    return len(places) + len(changes)


def load_changes(told: list[dict]) -> int:
    """Raises SeedError for a place that nobody knows, or a date that is none."""
    places = {(place.state.usps, place.slug): place for place in Jurisdiction.objects.select_related("state")}
    unknown = [row["where"] for row in told if (row["state"], row["slug"]) not in places]
    if unknown:
        raise SeedError(f"{unknown[0]}: there is no such place.")
    changes = [_told_change(row, places[row["state"], row["slug"]]) for row in told]
    return len(StageChange.objects.bulk_create(changes))


def _told_change(row: dict, place: Jurisdiction) -> StageChange:
    names = ("stage", "dated_by", "certainty", "source_title", "source_url", "note")
    change = StageChange(
        jurisdiction=place,
        read_on=READ_ON,
        **_parts(PartialDate.read(row["date"])),
        **{name: row[name] for name in names},
    )
    return checked(change, row["where"], exclude=("jurisdiction",))  # type: ignore[return-value]


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
        local_partners="\n".join(partner.strip() for partner in row["local_partners"].split(";")),
        checked_on=READ_ON,
    )
    place.clean()
    return checked(place, f"{file}, {row['slug']}", exclude=("identifier",))  # type: ignore[return-value]


def _changes(row: dict, place: Jurisdiction, *, is_reported: bool) -> Iterator[StageChange]:
    """The start, where it is known, and what the source says of the stage, as of the day of the source.

    The second is left out where changes.csv tells it better (is_reported).
    """
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
    if not is_reported and (stage != Stage.LAUNCHED or not started):
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

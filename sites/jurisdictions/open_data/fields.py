"""What the files hold: one table for the columns, for the values, and for the page that documents them.

The names and their order are stable, since programs read them: a new field goes to the end of its table.
Each has its description in the wordings, as sites.data.field.<name>.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from sites.jurisdictions.models import Jurisdiction, StageChange

Value = str | int | float | bool | list[str] | None  # None: not recorded


@dataclass(frozen=True)
class Field:
    """`type` in words of the wordings: text, code, codes, date, number, truth, address, word."""

    name: str
    type: str
    value: Callable[[Any], Value]


@dataclass(frozen=True)
class PlaceRow:
    """A place with what its history says on a day."""

    place: Jurisdiction
    current: StageChange | None
    started: StageChange | None

    @classmethod
    def of(cls, place: Jurisdiction, on: date | None = None) -> "PlaceRow":
        """Needs the place's history, states and `certified` read before."""
        return cls(place, place.change_on(on), place.launch(on))


def _place(name: str, type: str, attribute: str = "") -> Field:
    return Field(name, type, lambda row: getattr(row.place, attribute or name))


def _stage(name: str, type: str, value: Callable[[StageChange], Value]) -> Field:
    return Field(name, type, lambda row: value(row.current) if row.current else None)


def _iso(change: StageChange | None) -> str | None:
    return change.when.iso() if change and change.when else None


def address(place: Jurisdiction) -> str:
    """The whole address of its page."""
    return settings.SITE_URL + place.get_absolute_url()


PLACE_FIELDS = (
    Field("id", "code", lambda row: str(row.place.identifier)),
    Field("url", "address", lambda row: address(row.place)),
    _place("name", "text"),
    _place("kind", "word"),
    _place("place", "text", "locality"),
    _place("county", "text"),
    Field("county_fips", "codes", lambda row: row.place.county_fips.split()),
    Field("state", "code", lambda row: row.place.state.usps),
    Field("state_name", "text", lambda row: row.place.state.name),
    Field("state_fips", "code", lambda row: row.place.state.fips),
    _stage("stage", "word", lambda change: change.stage),
    _stage("stage_date", "date", _iso),
    _stage("stage_date_is", "word", lambda change: change.dated_by if change.when else None),
    _stage("stage_certainty", "word", lambda change: change.certainty),
    _stage("stage_source_title", "text", lambda change: change.source_title),
    _stage("stage_source_url", "address", lambda change: change.source_url),
    Field("launched", "date", lambda row: _iso(row.started)),
    Field("launched_certainty", "word", lambda row: row.started.certainty if row.started else None),
    _place("certified", "truth"),
    _place("lead_agency", "text"),
    _place("website", "address"),
    _place("summary", "text"),
    _place("note", "text"),
    _place("source_title", "text"),
    _place("source_url", "address"),
    _place("latitude", "number"),
    _place("longitude", "number"),
    Field("checked_on", "date", lambda row: _day(row.place.checked_on)),
    Field("updated_on", "date", lambda row: _day(timezone.localdate(row.place.updated_at))),
    Field("confirmed_on", "date", lambda row: _day(row.place.confirmed_on)),
    _place("geoid", "code"),
    Field("also_in", "codes", lambda row: [state.usps for state in row.place.also_in.all()]),
    _place("lead_agency_kind", "word"),
    _place("local_partners", "text"),
    _place("offers", "text"),
    _place("population", "word"),
    _place("setting", "word"),
    _place("hosts_visits", "word"),
    _place("public_contact", "text"),
    _place("named_because", "word", "ground"),
)
CHANGE_FIELDS = (
    Field("place_id", "code", lambda change: str(change.jurisdiction.identifier)),
    Field("url", "address", lambda change: address(change.jurisdiction)),
    Field("name", "text", lambda change: change.jurisdiction.name),
    Field("state", "code", lambda change: change.jurisdiction.state.usps),
    Field("stage", "word", lambda change: change.stage),
    Field("date", "date", _iso),
    Field("date_is", "word", lambda change: change.dated_by),
    Field("certainty", "word", lambda change: change.certainty),
    Field("source_title", "text", lambda change: change.source_title),
    Field("source_url", "address", lambda change: change.source_url),
    Field("note", "text", lambda change: change.note),
)
# Of a step of the history inside the JSON of its place.
STEP_FIELDS = tuple(
    field for field in CHANGE_FIELDS if field.name not in ("place_id", "url", "name", "state")
)


def values(fields: tuple[Field, ...], row: PlaceRow | StageChange) -> dict[str, Value]:
    """The fields of a row by their names; None where nothing is recorded."""
    found = {field.name: field.value(row) for field in fields}
    return {name: None if value in ("", []) else value for name, value in found.items()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

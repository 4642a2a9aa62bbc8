"""The columns of a file of places: which of them are read, into which field, and how a cell is understood.

The names are those of the open data (open_data/fields.py), with a few that are for staff alone.
"""

import re
from collections.abc import Iterable

from import_export.fields import Field
from import_export.widgets import Widget

from sites.jurisdictions.importing.dates import read_day
from sites.jurisdictions.models import traits

_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r\n])")  # what open_data/writers.py puts before a formula
STAGE_COLUMNS = (
    "stage", "stage_date", "stage_date_is", "stage_certainty", "stage_source_title", "stage_source_url",
)  # fmt: skip
# Told by the site and never read, since they follow from the others or are the place's own to say.
TOLD = frozenset(
    (
        "state_name", "state_fips", "launched", "launched_certainty", "certified", "updated_on", "confirmed_on",
        "generated_on", "license", "attribution",
    )
)  # fmt: skip


def unescaped(cell: str) -> str:
    """A cell as it was before it was made safe for spreadsheets."""
    return _ESCAPED.sub("", cell).replace("\r\n", "\n").strip()


class Words(Widget):
    """Text as it is."""

    def clean(self, value, row=None, **kwargs):
        return unescaped(value or "")

    def render(self, value, obj=None, **kwargs) -> str:
        return "" if value is None else str(value)


class Choice(Words):
    """One of the words that the open data uses. An empty cell is `empty`."""

    def __init__(self, choices: Iterable[str], empty: str = ""):
        super().__init__()
        self.choices, self.empty = list(choices), empty

    def clean(self, value, row=None, **kwargs):
        word = super().clean(value).lower()
        if word and word not in self.choices:
            raise ValueError(f"“{value}” is not known here. Write one of these: {', '.join(self.choices)}.")
        return word or self.empty


class Kept(Choice):
    """A choice that an empty cell leaves as it is."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value) or None


class Codes(Words):
    """Codes of digits, parted by one space. Spreadsheets cut a zero at the start; here it comes back."""

    def __init__(self, *lengths: int):
        super().__init__()
        self.lengths = lengths

    def clean(self, value, row=None, **kwargs):
        return " ".join(self._whole(code) for code in super().clean(value).split())

    def _whole(self, code: str) -> str:
        return f"0{code}" if code.isdecimal() and len(code) + 1 in self.lengths else code


class Geoid(Codes):
    """The Census's own code: a state has 2 digits, a county 5, a city 7; a tribal nation 4, or letters too."""

    def clean(self, value, row=None, **kwargs):
        code = Words.clean(self, value)
        if (row or {}).get("kind", "").strip().lower() != traits.Kind.TRIBAL_NATION:
            return self._whole(code)
        return f"0{code}" if code.isdecimal() and len(code) == 3 else code


class Degrees(Words):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        try:
            return float(text) if text else None
        except ValueError as error:
            raise ValueError(f"“{text}” is no number of degrees like 35.6567 or -105.9821.") from error


class Day(Words):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        try:
            return read_day(text) if text else None
        except ValueError as error:
            raise ValueError(
                f"“{text}” is no day. Write year, month, day: 2026-05-31, or month/day/year: 5/31/2026."
            ) from error


def _column(attribute: str, widget: Widget, name: str = "") -> Field:
    return Field(attribute=attribute, column_name=name or attribute, widget=widget)


_WORDS = Words()
PLAIN = (
    _column("name", _WORDS),
    _column("kind", Choice(traits.Kind.values)),
    _column("locality", _WORDS, "place"),
    _column("county", _WORDS),
    _column("county_fips", Codes(5)),
    _column("lead_agency", _WORDS),
    _column("website", _WORDS),
    _column("summary", _WORDS),
    _column("note", _WORDS),
    _column("source_title", _WORDS),
    _column("source_url", _WORDS),
    _column("latitude", Degrees()),
    _column("longitude", Degrees()),
    _column("checked_on", Day()),
    _column("geoid", Geoid(2, 5, 7)),
    _column("lead_agency_kind", Choice(traits.AgencyKind.values)),
    _column("local_partners", _WORDS),
    _column("offers", _WORDS),
    _column("population", Choice(traits.PopulationBand.values)),
    _column("setting", Choice(traits.Setting.values)),
    _column("hosts_visits", Choice(traits.HostsVisits.values)),
    _column("public_contact", _WORDS),
    _column("ground", Choice(traits.Ground.values), "named_because"),
    Field("visibility", "visibility", Kept(traits.Visibility.values), saves_null_values=False),
    _column("consent_by", _WORDS),
    _column("consent_on", Day()),
    _column("consent_how", _WORDS),
)
# id, url, state and slug say which place it is; also_in and the stage are kept in tables of their own.
READ = frozenset(
    {column.column_name for column in PLAIN} | {"id", "url", "state", "slug", "also_in", *STAGE_COLUMNS}
)
COLUMN_OF = {column.attribute: column.column_name for column in PLAIN}

"""The counties and what the Census counts as such, by their FIPS code, from data/counties.csv.

The 2017 edition: 3,231 rows with Puerto Rico and the islands; Connecticut has its eight old counties.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).parent / "data" / "counties.csv"
CITIES_FROM = 510  # the last three digits of a code: independent cities are numbered from here
ALASKA_CENSUS_AREAS = {
    "02016", "02050", "02070", "02105", "02158", "02180", "02198", "02240", "02261", "02290",
}  # fmt: skip
# What a county is called where it is not called a county.
CALLED = {"AK": "Borough", "AS": "District", "LA": "Parish", "MP": "", "GU": "", "DC": "", "PR": "Municipio"}
ISLANDS = {"78010", "78020", "78030", "60030", "60040"}  # St. Croix, St. John, St. Thomas; Rose, Swains


@dataclass(frozen=True)
class County:
    """A county or its equivalent; the position is its centroid in degrees."""

    fips: str
    usps: str
    name: str
    latitude: float
    longitude: float

    @property
    def full_name(self) -> str:
        """ "Santa Fe County", "Orleans Parish", "Baltimore city", "District of Columbia"."""
        return f"{self.name} {self.called}".strip()

    @property
    def called(self) -> str:
        """The word that follows its name: "County", "Parish", "city"; empty where none does."""
        if self.fips in ISLANDS or self.fips == "32510":  # Carson City has "City" in its name
            return ""
        if self.usps in ("VA", "MD", "MO") and int(self.fips[2:]) >= CITIES_FROM:
            return "city"
        if self.fips in ALASKA_CENSUS_AREAS:
            return "Census Area"
        return CALLED.get(self.usps, "County")


@cache
def counties() -> Mapping[str, County]:
    """All of them by their code; read once a process (about 1 MB)."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({county.fips: county for county in _read(csv.DictReader(rows))})


def of_state(usps: str) -> list[County]:
    """The counties of a state in the order of their names."""
    found = [county for county in counties().values() if county.usps == usps]
    return sorted(found, key=lambda county: (county.name, county.fips))


def _read(rows) -> Iterator[County]:
    for row in rows:
        position = float(row["latitude"]), float(row["longitude"])
        yield County(row["fips"], row["usps"], row["name"], *position)

"""The files in other people's programs: a spreadsheet, a map, a search engine for data."""

import csv
import io
import json
import re

import pytest
from openpyxl import Workbook, load_workbook

from sites.jurisdictions.open_data.fields import CHANGE_FIELDS, PLACE_FIELDS
from tests.jurisdictions.factories import make_change, make_place

pytestmark = pytest.mark.django_db
ODD = "Doña Ana \"LEAD\", Española; =SUM(1)\nʻOkina – 10 % <b> 'quoted'"


def test_a_spreadsheet_opens_the_csv_and_loses_nothing(client):
    make_place(
        name=ODD, lead_agency=ODD, note="=1+1", local_partners="One\nTwo", county_fips="35049 35028",
        geoid="3570500", public_contact="+1 505 555 0100",
    )  # fmt: skip
    [place] = client.get("/sites/directory.json").json()["places"]
    cells = in_a_spreadsheet(client.get("/sites/directory.csv").content)
    row = dict(zip(cells[0], cells[1], strict=True))
    assert row["name"] == row["lead_agency"] == place["name"] == ODD
    assert row["note"] == "'=1+1" and row["public_contact"] == "'+1 505 555 0100"
    assert row["local_partners"] == "One\nTwo"
    assert (row["county_fips"], row["geoid"], row["state_fips"]) == ("35049 35028", "3570500", "35")
    assert len(cells) == 2 and len(cells[0]) == len(cells[1]) == len(PLACE_FIELDS) + 3


def in_a_spreadsheet(content: bytes) -> list[list[str]]:
    """Opened as text, saved as a workbook, opened again: what a person at a spreadsheet has before him."""
    book = Workbook()
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        book.active.append(row)
    formulas = [cell for line in book.active.iter_rows() for cell in line if cell.data_type == "f"]
    assert not formulas, "A cell would be computed, not shown."
    saved = io.BytesIO()
    book.save(saved)
    rows = load_workbook(saved).active.iter_rows(values_only=True)
    return [["" if value is None else value for value in row] for row in rows]


def test_the_json_gives_each_place_its_history_and_null_for_what_is_not_recorded(client):
    place = make_place(stage=None)
    make_change(place, year=2014, month=4)
    make_change(place, stage="ended", year=2020, note="Money ran out.")
    [found] = client.get("/sites/directory.json").json()["places"]
    assert [(step["stage"], step["date"], step["note"]) for step in found["history"]] == [
        ("launched", "2014-04", None),
        ("ended", "2020", "Money ran out."),
    ]
    assert found["website"] is None and found["county_fips"] is None and found["certified"] is False
    assert found["named_because"] == "public-source"


def test_the_geojson_is_what_rfc_7946_asks_for(client):
    make_place()
    make_place(slug="hagatna", usps="GU", latitude=13.4757, longitude=144.7489)
    make_place(slug="anywhere", latitude=None, longitude=None)
    data = client.get("/sites/directory.geojson").json()
    assert client.get("/sites/directory.geojson")["Content-Type"] == "application/geo+json"
    assert data["type"] == "FeatureCollection" and "crs" not in data
    assert data["bbox"] == [144.7489, 13.4757, -105.9821, 35.6567]  # over the 180th meridian
    for feature in data["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        assert not {"latitude", "longitude"} & set(feature["properties"])
        if feature["geometry"]:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180 and -90 <= latitude <= 90
    assert sum(feature["geometry"] is None for feature in data["features"]) == 1


def test_the_page_explains_every_field_of_every_file(client):
    make_place(geoid="3570500", stage="launched")
    page = client.get("/sites/data/").content.decode()
    for field in (*PLACE_FIELDS, *CHANGE_FIELDS):
        assert f"<code>{field.name}</code>" in page, field.name
    assert "3570500" in page and "CC BY 4.0" in page
    for name in ("directory.csv", "directory.json", "directory.geojson", "changes.csv", "changes.atom"):
        assert f'href="/sites/{name}"' in page


def test_a_search_engine_for_data_finds_a_dataset(client):
    [text] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get("/sites/data/").content.decode()
    )
    dataset = json.loads(text)
    assert dataset["@type"] == "Dataset"
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [file["contentUrl"].rpartition("/")[2] for file in dataset["distribution"]] == [
        "directory.csv",
        "directory.json",
        "directory.geojson",
        "changes.csv",
    ]

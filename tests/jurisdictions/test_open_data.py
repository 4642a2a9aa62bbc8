"""The files: the same places as the page, nothing lost on the way, nothing hidden shown."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from sites.jurisdictions.models import Stage
from sites.jurisdictions.open_data.fields import CHANGE_FIELDS, PLACE_FIELDS
from sites.jurisdictions.open_data.views import ENTRIES
from tests.jurisdictions.factories import make_change, make_many_places, make_place

pytestmark = pytest.mark.django_db
FILES = ["directory.csv", "directory.json", "directory.geojson", "changes.csv", "changes.atom"]
ATOM = "{http://www.w3.org/2005/Atom}"


def rows(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_csv_loses_nothing(client):
    make_place(
        name='The "Española", LEAD', lead_agency="City;\nCounty", note="ʻOkina", county_fips="06075",
        identifier="6f3f0f4e-7c1e-5a44-9f5e-2a1d1c0b7e12",
    )  # fmt: skip
    [row] = rows(client.get("/sites/directory.csv"))
    assert tuple(row) == (*(field.name for field in PLACE_FIELDS), "generated_on", "license", "attribution")
    expected = {
        "id": "6f3f0f4e-7c1e-5a44-9f5e-2a1d1c0b7e12",
        "name": 'The "Española", LEAD',
        "lead_agency": "City;\nCounty",
        "note": "ʻOkina",
        "county_fips": "06075",
        "state": "NM",
        "state_fips": "35",
        "stage": "operating",
        "stage_date": "2014",
        "stage_certainty": "sure",
        "certified": "no",
        "latitude": "35.6567",
        "longitude": "-105.9821",
        "license": "CC BY 4.0",
        "attribution": "LEAD National Support Bureau",
    }
    assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")'])
def test_a_spreadsheet_takes_no_text_for_a_formula(client, text):
    make_place(name=text, locality=text, note=text)
    [row] = rows(client.get("/sites/directory.csv"))
    assert row["name"] == row["place"] == row["note"] == f"'{text}"
    [change] = rows(client.get("/sites/changes.csv"))
    assert change["name"] == f"'{text}"
    assert client.get("/sites/directory.json").json()["places"][0]["name"] == text


def test_the_three_forms_hold_the_same_places(client):
    make_place(lead_agency="City", latitude=None, longitude=None)
    make_place(slug="albany", name="Albany LEAD", usps="NY", latitude=42.65, longitude=-73.76)
    from_csv = rows(client.get("/sites/directory.csv"))
    from_json = client.get("/sites/directory.json").json()
    features = client.get("/sites/directory.geojson").json()["features"]
    assert [row["id"] for row in from_csv] == [row["id"] for row in from_json["places"]]
    assert [row["id"] for row in from_json["places"]] == [feature["id"] for feature in features]
    assert from_json["count"] == 2
    assert [feature["geometry"] for feature in features] == [
        None,
        {"type": "Point", "coordinates": [-73.76, 42.65]},
    ]


def test_the_json_says_when_by_whom_and_under_which_licence(client):
    make_place()
    for name in ("directory.json", "directory.geojson"):
        about = client.get(f"/sites/{name}?state=nm").json()
        assert about["license"] == "CC BY 4.0" and about["generated_on"] and about["attribution"]
        assert about["filters"] == {"state": "nm"}


def test_the_files_take_the_filters_of_the_page(client):
    make_place()
    make_place(
        slug="albany", name="Albany LEAD", usps="NY", stage="exploring", latitude=42.65, longitude=-73.76
    )
    for query in ("state=ny", "stage=exploring", "q=albany", "near=12207&stage=exploring"):
        assert [row["name"] for row in rows(client.get(f"/sites/directory.csv?{query}"))] == ["Albany LEAD"]
    assert rows(client.get("/sites/directory.csv?year=2012")) == []


def test_an_empty_file_still_has_its_columns(client):
    head = client.get("/sites/directory.csv?q=zzz").content.decode("utf-8-sig").split("\r\n")[0]
    assert head.startswith("id,url,name,")


@pytest.mark.parametrize("name", FILES[:3])
@pytest.mark.parametrize("query", ["near=abc", "state=zz", "stage=x", "year=12", "q=" + "x" * 300])
def test_a_wrong_question_gets_400_and_the_reason(client, name, query):
    response = client.get(f"/sites/{name}?{query}")
    assert response.status_code == 400
    assert response.content.decode().startswith(query.split("=")[0] + ": ")


@pytest.mark.parametrize("name", FILES)
def test_other_sites_may_read_the_files_and_only_these(client, name):
    make_place()
    response = client.get(f"/sites/{name}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get("/sites/")
    assert "Access-Control-Allow-Origin" not in page and page["Cross-Origin-Resource-Policy"] == "same-origin"


def test_every_dated_change_is_told_and_no_other(client):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014, month=4)
    make_change(place, stage=Stage.OPERATING, year=2021, dated_by="report", certainty="unsure")
    make_change(place, stage=Stage.EXPLORING)
    found = rows(client.get("/sites/changes.csv"))
    assert list(found[0])[: len(CHANGE_FIELDS)] == [field.name for field in CHANGE_FIELDS]
    assert [(row["stage"], row["date"], row["date_is"], row["certainty"]) for row in found] == [
        ("operating", "2021", "report", "unsure"),
        ("launched", "2014-04", "event", "sure"),
    ]


def test_the_feed_has_an_entry_for_each_change_in_pages(client):
    make_many_places(ENTRIES)
    first = ElementTree.fromstring(client.get("/sites/changes.atom").content)
    following = [link.get("href") for link in first.findall(f"{ATOM}link") if link.get("rel") == "next"]
    assert len(first.findall(f"{ATOM}entry")) == ENTRIES and following[0].endswith(
        "/sites/changes.atom?page=2"
    )
    second = ElementTree.fromstring(client.get("/sites/changes.atom?page=2").content)
    ids = [entry.findtext(f"{ATOM}id") for page in (first, second) for entry in page.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2 * ENTRIES


def test_the_feed_names_its_author(client):
    feed = ElementTree.fromstring(client.get("/sites/changes.atom").content)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "LEAD National Support Bureau"


def test_the_feed_takes_odd_text_and_odd_pages(client):
    make_place(name="A & B <b>\x0bx", stage="launched")
    for page in ("", "?page=0", "?page=99", "?page=abc"):
        feed = ElementTree.fromstring(client.get(f"/sites/changes.atom{page}").content)
        assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "A & B <b>x, New Mexico: launched 2014"


HIDDEN = [
    "/sites/",
    "/sites/?q=secret",
    "/sites/?near=87501",
    "/sites/?year=2020",
    "/sites/?state=nm",
    "/sites/nm/",
    "/sites/nm/open/",
    "/sitemap.xml",
    "/search/?q=secret",
    *(f"/sites/{name}" for name in FILES),
]


@pytest.mark.parametrize("address", HIDDEN)
def test_a_place_that_is_not_shown_leaks_from_nowhere(client, address):
    make_place(name="Open LEAD", slug="open")
    hidden = make_place(name="Secretplace", slug="secretplace", locality="Secretville", visibility="hidden")
    make_change(hidden, stage=Stage.PAUSED, year=2015, note="secretnote")
    seen = client.get(address).content.decode().lower()
    for word in ("secretplace", "secretville", "secretnote"):
        assert word not in seen
    assert client.get("/sites/nm/secretplace/").status_code == 404


def test_a_geojson_point_is_longitude_then_latitude(client):
    make_place()
    feature = json.loads(client.get("/sites/directory.geojson").content)["features"][0]
    assert feature["geometry"]["coordinates"] == [-105.9821, 35.6567]

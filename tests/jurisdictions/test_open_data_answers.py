"""How the files are answered: prepared when the places change, and 304 to whoever has the present state."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sites.jurisdictions.models import Jurisdiction, PreparedFile
from sites.jurisdictions.prepared import prepare_all, prepared
from sites.jurisdictions.stamp import directory_stamp
from tests.jurisdictions.factories import make_change, make_place

pytestmark = pytest.mark.django_db
FILES = ["directory.csv", "directory.json", "directory.geojson", "changes.csv", "changes.atom"]


def headers_of(client, address: str) -> dict[str, str]:
    response = client.get(address)
    return {"If-None-Match": response["ETag"], "If-Modified-Since": response["Last-Modified"]}


@pytest.mark.parametrize("address", [*FILES, "directory.csv?state=nm", "changes.atom?page=2"])
def test_who_has_the_present_state_is_told_so_by_one_query(client, address):
    make_place()
    for header, value in headers_of(client, f"/sites/{address}").items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/sites/{address}", headers={header: value})
        assert (response.status_code, response.content) == (304, b""), header
        assert response["ETag"] and response["Access-Control-Allow-Origin"] == "*"
        assert len(queries) == 1


def test_any_change_of_a_place_its_history_or_its_number_is_a_new_state(client):
    place = make_place()
    seen = {headers_of(client, "/sites/directory.csv")["If-None-Match"]}
    changes = [
        lambda: place.save(),
        lambda: make_change(place, year=2020),
        lambda: place.changes.first().delete(),
        lambda: place.state.save(),
        lambda: Jurisdiction.objects.all().delete(),
    ]
    for change in changes:
        change()
        etag = headers_of(client, "/sites/directory.csv")["If-None-Match"]
        assert etag not in seen
        seen.add(etag)


def test_the_next_day_is_a_new_state_since_certificates_end_by_the_calendar():
    today, tomorrow = timezone.now(), timezone.now() + timedelta(days=1)
    assert directory_stamp(today).tag == directory_stamp(today).tag != directory_stamp(tomorrow).tag


def test_a_file_with_filters_is_another_file(client):
    make_place()
    etag = headers_of(client, "/sites/directory.csv")["If-None-Match"]
    response = client.get("/sites/directory.csv?state=nm", headers={"If-None-Match": etag})
    assert response.status_code == 200


def test_the_worker_makes_the_files_ahead_and_once(client):
    make_place()
    assert prepare_all() >= len(FILES)
    assert prepare_all() == 0
    made = set(PreparedFile.objects.values_list("name", flat=True))
    assert set(FILES) <= made


def test_a_file_is_made_once_however_often_it_is_read(client):
    make_place()
    client.get("/sites/directory.csv")
    made = PreparedFile.objects.get(name="directory.csv")
    client.get("/sites/directory.csv")
    assert PreparedFile.objects.get(name="directory.csv").made_at == made.made_at


def test_readers_get_it_packed_or_plain_as_they_can_take_it(client):
    make_place()
    plain = client.get("/sites/directory.csv")
    packed = client.get("/sites/directory.csv", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == prepared("directory.csv").body
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_a_browser_may_ask_from_another_site_with_a_condition(client):
    response = client.options("/sites/directory.json")
    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert client.post("/sites/directory.json").status_code == 405

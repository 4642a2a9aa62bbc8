"""As many queries for 10,000 places as for 79, and never more than ten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadbureau.content.models import BureauDetails
from sites.jurisdictions.models import Jurisdiction
from tests.jurisdictions.factories import make_many_places

ADDRESSES = [
    "/sites/",
    "/sites/?near=87501",
    "/sites/?year=2017",
    "/sites/?state=nm",
    "/sites/?q=place&sort=launch",
    "/sites/nm/",
    "/sites/nm/place-32/",
    "/sites/nm/brief/",
    "/sites/nm/place-32/brief/",
    "/sites/like/?setting=urban",
    "/sites/embed/",
    "/sites/data/",
    "/sites/directory.csv",
    "/sites/directory.json",
    "/sites/directory.geojson",
    "/sites/changes.csv",
    "/sites/changes.atom",
]


def count_queries(client) -> dict[str, int]:
    for address in ADDRESSES:  # the index and the files are made once for a state of the directory
        client.get(address)
    found = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_places(client):
    BureauDetails.objects.create()
    make_many_places(79)
    few = count_queries(client)
    Jurisdiction.objects.all().delete()
    make_many_places(10_000)
    many = count_queries(client)
    assert max(few.values()) <= 10
    assert all(many[address] <= few[address] for address in ADDRESSES), (few, many)

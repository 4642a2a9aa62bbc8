from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from sites.certification.models import Certificate, NotAllowed
from tests.certification.factories import a_certificate, a_manager, a_place


@pytest.mark.django_db(transaction=True)
def test_of_two_who_certify_a_place_at_once_one_wins_and_the_other_is_told():
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite's test database is in memory and has one connection; there, writers queue anyway."
        )
    place, by, start = a_place(), a_manager(), Barrier(4)

    def grant(number: int) -> str:
        start.wait()
        try:
            a_certificate(place=place, by=by, first=date(2026, 1, 1 + number), last=date(2027, 1, 1))
        except NotAllowed as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "granted"

    with ThreadPoolExecutor(4) as four:
        answers = list(four.map(grant, range(4)))
    assert answers.count("granted") == 1
    assert sum("This place has certificate" in answer for answer in answers) == 3
    assert Certificate.objects.count() == 1

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from sites.assistance.casework import VERBS
from sites.assistance.models import Access, Request
from sites.assistance.moves import Status
from tests.assistance.desk import ADD, LIST, case, staff_with, step
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db
PERSONAL = (
    "Dana",
    "dana@example.gov",
    "Jail is where people end.",
    "Health director",
    "Call the chief",
    "Only us.",
)


@pytest.fixture
def row(caseworker):
    """A case with everything that is not for everybody."""
    found = a_request(status=Status.IN_REVIEW, by=caseworker)
    found.add_note("Only us.", by=caseworker)
    found.plan_next(action="Call the chief", on=timezone.localdate(), by=caseworker)
    return found


def test_without_the_permission_staff_see_where_cases_stand_and_nothing_personal(client, row):
    client.force_login(staff_with("view_request"))
    for address in (LIST, case(row), f"{LIST}{row.pk}/history/"):
        page = client.get(address)
        assert page.status_code == 200 and row.reference in page.text
        assert [word for word in PERSONAL if word in page.text] == [], address
    assert "In review" in client.get(case(row)).text and "Rio Arriba County, NM" in client.get(LIST).text
    assert not Access.objects.exists()


def test_without_the_permission_no_door_leads_to_what_was_written(client, row):
    client.force_login(staff_with("view_request", "change_request"))
    assert client.get(f"{LIST}{row.pk}/as-they-see-it/").status_code == 403
    for verb in VERBS:
        if verb.name not in ("assign", "place"):
            assert client.get(step(row, verb.name)).status_code == 403, verb.name
            assert client.post(step(row, verb.name), {"text": "x"}).status_code == 403, verb.name
    assert client.get(step(row, "assign")).status_code == 200
    assert [word for word in PERSONAL if word in client.get(step(row, "assign")).text] == []


def test_staff_who_may_only_look_see_no_buttons_and_take_no_moves(client, row):
    client.force_login(staff_with("view_request", "see_personal"))
    page = client.get(case(row)).text
    assert "Jail is where people end." in page and "/do/" not in page
    assert client.post(step(row, "activate"), {"plan": "x"}).status_code == 403
    assert client.get(ADD).status_code == 403


def test_the_queue_is_closed_to_those_who_may_not_see_requests(client, row):
    client.force_login(staff_with("view_tombstone"))
    assert [client.get(address).status_code for address in (LIST, case(row))] == [403, 403]


def test_reading_a_case_is_written_down_once_in_ten_minutes_for_each_person(client, caseworker, row):
    for _ in range(2):
        client.get(case(row))
    client.get(step(row, "activate"))
    assert [(one.what, one.by) for one in Access.objects.all()] == [("case", caseworker)]
    Access.objects.update(at=timezone.now() - timedelta(minutes=11))
    client.get(case(row))
    client.force_login(eve := staff_with("view_request", "see_personal"))
    page = client.get(case(row)).text
    assert [one.by for one in row.accesses.all()] == [eve, caseworker, caseworker]
    assert "Who has read it" in page and "eve: read the case" in page


def test_reading_a_draft_shows_nothing_and_is_not_written_down(client, caseworker):
    draft = a_request()
    client.get(case(draft))
    assert not Access.objects.exists()


def test_the_log_of_the_staff_site_holds_nothing_personal(client, caseworker, row):
    client.post(step(row, "note"), {"text": "Only us, again."})
    entry = LogEntry.objects.get()
    told = f"{entry.object_repr} {entry.change_message}"
    assert "Add a private note" in told
    assert [word for word in (*PERSONAL, "Only us") if word in told] == []


def test_a_case_is_named_by_its_reference_and_place_in_titles_and_addresses(client, caseworker, row):
    page = client.get(case(row)).text
    title = page[page.index("<title>") : page.index("</title>")]
    assert row.reference in title and [word for word in PERSONAL if word in title] == []
    assert str(Request.objects.get()) == f"{row.reference}: Rio Arriba County"

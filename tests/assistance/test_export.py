import csv
from io import StringIO

import pytest

from sites.assistance.models import Access
from sites.assistance.moves import Status
from tests.assistance.desk import LIST, staff_with
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db
PLAIN, NAMED = "export_chosen", "export_chosen_with_names"


def exported(client, action, *rows):
    posted = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"{LIST}?stands=all", posted)


def table(response) -> list[dict]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_file_without_names_tells_where_requests_stand_and_nobody_by_name(client, caseworker):
    row = a_request(status=Status.DECLINED)
    response = exported(client, PLAIN, row)
    line = table(response)[0]
    assert (line["reference"], line["status"], line["state"], line["help"]) == (
        row.reference,
        "declined",
        "NM",
        "design training",
    )
    words = ("Dana", "dana@example.gov", "Jail is where", "Health director")
    assert [word for word in words if word in response.text] == []
    assert response["Content-Type"].startswith("text/csv") and "attachment" in response["Content-Disposition"]
    assert not Access.objects.exists()


def test_the_file_with_names_is_for_those_who_may_and_is_written_down_for_each_request(client, caseworker):
    rows = [a_request(status=Status.RECEIVED), a_request(status=Status.ACTIVE)]
    found = table(exported(client, NAMED, *rows))
    assert {line["answer_contact_name"] for line in found} == {"Dana Ruiz"}
    assert found[0]["answer_problem"] == "Jail is where people end."
    read = [(one.what, one.by, one.request) for one in Access.objects.order_by("request__pk")]
    assert read == [("export", caseworker, row) for row in rows]


@pytest.mark.parametrize("permissions", [("view_request",), ("view_request", "see_personal")])
def test_without_the_permission_there_is_no_file_with_names(client, caseworker, permissions):
    row = a_request(status=Status.RECEIVED)
    client.force_login(staff_with(*permissions))
    assert NAMED not in client.get(LIST).text
    response = exported(client, NAMED, row)
    assert "text/csv" not in response["Content-Type"] and not Access.objects.exists()
    assert len(table(exported(client, PLAIN, row))) == 1


@pytest.mark.parametrize("typed", ["=1+1", "+1 505", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_no_answer_becomes_a_formula(client, caseworker, typed):
    row = a_request(status=Status.RECEIVED, problem=typed, place=typed)
    line = table(exported(client, NAMED, row))[0]
    assert (line["answer_problem"][0], line["place"][0]) == ("'", "'")


def test_drafts_are_never_in_the_file_with_names(client, caseworker):
    posted = {"action": NAMED, "_selected_action": [a_request().pk]}
    assert table(client.post(f"{LIST}?stands=drafts", posted)) == []

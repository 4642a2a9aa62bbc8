from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sites.assistance.models import Request
from sites.assistance.moves import Status
from sites.assistance.queue_load import load_per_person
from tests.assistance.desk import LIST, shown, staff_with
from tests.assistance.factories import a_request, a_state, staff

pytestmark = pytest.mark.django_db
OPEN = (Status.RECEIVED, Status.IN_REVIEW, Status.ACTIVE)


def given(request, **columns) -> Request:
    """The row with some columns as they would be after a while."""
    Request.objects.filter(pk=request.pk).update(**columns)
    request.refresh_from_db()
    return request


def test_the_queue_opens_on_what_is_open_our_turn_before_theirs_and_the_oldest_turn_first(client, caseworker):
    a_request(), a_request(status=Status.DECLINED)
    a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    theirs = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    active = a_request(status=Status.ACTIVE)
    young, old = a_request(status=Status.RECEIVED), a_request(status=Status.IN_REVIEW)
    given(old, answer_by="2026-01-02")
    given(theirs, turn_since=timezone.now() - timedelta(days=90))
    assert shown(client) == [old, young, active, theirs]


def test_days_of_earlier_turns_count_when_the_oldest_turn_is_looked_for(client, caseworker):
    later, sooner = a_request(status=Status.RECEIVED), a_request(status=Status.RECEIVED)
    given(later, turn_since=timezone.now() - timedelta(days=2), answer_by=date(2030, 1, 9))
    given(sooner, turn_since=timezone.now(), days_used=4, answer_by=date(2030, 1, 8))
    assert shown(client) == [sooner, later]


def test_what_is_shown_is_chosen_in_the_address(client, caseworker):
    draft, closed = a_request(), a_request(status=Status.DECLINED)
    held = a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    late = given(a_request(status=Status.RECEIVED), answer_by="2026-01-02")
    theirs = a_request(status=Status.IN_REVIEW, then=["ask_more"])
    back = a_request(status=Status.IN_REVIEW, then=["ask_more", "hand_back"])
    kinds = ("drafts", "closed", "quarantine", "late", "theirs", "answered")
    assert [shown(client, stands=kind) for kind in kinds] == [
        [draft],
        [closed],
        [held],
        [late],
        [theirs],
        [back],
    ]
    assert set(shown(client, stands="all")) == {closed, held, late, theirs, back}


def test_an_answer_that_came_back_stays_on_its_list_until_somebody_acts_on_it(client, caseworker):
    row = a_request(status=Status.IN_REVIEW, then=["ask_more", "hand_back"])
    row.add_note("Looks good.", by=caseworker)
    assert shown(client, stands="answered") == [row]
    a_second = a_request(status=Status.IN_REVIEW, then=["ask_more", "hand_back", "activate"])
    assert a_second not in shown(client, stands="answered")


def test_the_queue_is_narrowed_by_each_of_its_filters(client, caseworker):
    mel = staff(username="mel")
    a_state(usps="TX", name="Texas", fips="48")
    one = a_request(status=Status.RECEIVED, help=["site_visit"], sector="tribal", stage="exploring")
    other = a_request(
        status=Status.RECEIVED, help=["design", "training"], sector="health", stage="operating", state="TX"
    )
    one.assign(to=caseworker, by=caseworker), other.assign(to=mel, by=caseworker)
    one.plan_next(action="Call", on=timezone.localdate(), by=caseworker)
    queries = (
        {"help": "site_visit"},
        {"sector": "tribal"},
        {"stage": "exploring"},
        {"state": "NM"},
        {"owner": "me"},
        {"owner": caseworker.pk},
        {"next": "due"},
    )
    found = {str(query): shown(client, **query) for query in queries}
    assert [key for key, rows in found.items() if rows != [one]] == []
    assert (
        shown(client, help="design") == shown(client, next="none") == shown(client, owner=mel.pk) == [other]
    )


def test_a_kind_of_help_is_not_taken_for_another_that_begins_alike(client, caseworker):
    a_request(status=Status.RECEIVED, help=["presentation"])
    assert shown(client, help="present") == []


def test_what_nobody_answers_for_is_found_and_what_is_held_back_tells_why(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    assert shown(client, owner="nobody") == [row]
    assert "It has 9 links." in client.get(LIST, {"stands": "quarantine"}).text


@pytest.mark.parametrize("word", ["Rio Arriba", "New Mexico", "rio arriba county", "dana@example.gov"])
def test_a_request_is_found_by_its_place_state_agency_and_whole_address(client, caseworker, word):
    row = a_request(status=Status.RECEIVED)
    assert shown(client, q=word) == [row]


def test_a_reference_is_found_however_it_is_written_whatever_became_of_the_request(client, caseworker):
    row = a_request(status=Status.DECLINED)
    bare = row.reference.replace("-", "").lower()
    for typed in (row.reference, bare, bare[2:], " ".join(bare)):
        assert shown(client, q=typed) == [row], typed


def test_names_are_not_searched_and_an_address_only_by_those_who_may_see_it(client, caseworker):
    a_request(status=Status.RECEIVED)
    assert shown(client, q="Dana") == shown(client, q="dana@example.go") == []
    client.force_login(staff_with("view_request"))
    assert shown(client, q="dana@example.gov") == []


def test_a_chosen_status_is_shown_though_the_queue_opens_on_what_is_open(client, caseworker):
    closed, draft = a_request(status=Status.DECLINED), a_request()
    assert shown(client, status="declined") == [closed]
    assert shown(client, status="drafted") == [draft]


def test_the_filters_are_one_form_whose_empty_choices_leave_the_address(client, caseworker):
    response = client.get(LIST, {"q": "", "stands": "all", "owner": "", "help": "design"})
    assert response.url == f"{LIST}?stands=all&help=design"
    page = client.get(response.url).text
    assert (
        '<option value="design" selected>' in page
        and '<input type="hidden" name="stands" value="all">' in page
    )


def test_a_row_tells_place_help_turn_days_owner_and_next_action(client, caseworker):
    row = a_request(status=Status.RECEIVED, help=["site_visit", "peer"])
    row.assign(to=caseworker, by=caseworker)
    row.plan_next(action="Call the chief", on=timezone.localdate(), by=caseworker)
    page = client.get(LIST).text
    told = ("Rio Arriba County, NM", "Site visit, Peer place", "Ours, since", "5 working days left", "cass")
    assert [words for words in (*told, ", due</strong>: Call the chief") if words not in page] == []


def test_a_late_answer_says_by_how_many_working_days(client, caseworker):
    given(a_request(status=Status.RECEIVED), answer_by=date(2026, 1, 2))
    assert 'class="late"' in client.get(LIST).text and "working days late" in client.get(LIST).text


def test_the_queue_asks_the_database_no_more_for_a_thousand_requests_than_for_ten(client, caseworker):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        return len(queries)

    mel = staff(username="mel")
    for owner in (None, caseworker, mel):
        given(a_request(status=Status.RECEIVED), owner=owner)
    few = asked()
    like = Request.objects.get(owner=mel)
    Request.objects.bulk_create(
        Request(
            **{
                name: getattr(like, name)
                for name in ("status", "state_id", "turn", "answer_by", "sent_at", "help")
            },
            owner=(caseworker, mel, None)[number % 3],
            reference=f"TA-{number}",
            token_digest=str(number),
        )
        for number in range(1000)
    )
    assert (asked(), Request.objects.open().count()) == (few, 1003)


def test_the_load_of_each_person_is_counted_and_led_to(client, caseworker):
    mel = staff(username="mel", first_name="Mel", last_name="Ruiz")
    late = given(a_request(status=Status.RECEIVED), answer_by="2026-01-02", owner=mel)
    given(a_request(status=Status.IN_REVIEW, then=["ask_more"]), owner=mel)
    late.plan_next(action="Call", on=timezone.localdate(), by=mel)
    a_request(status=Status.RECEIVED), a_request(status=Status.DECLINED)
    counts = [(one.name, one.open, one.late, one.theirs, one.due) for one in load_per_person()]
    assert counts == [("Mel Ruiz", 2, 1, 1, 1), ("Nobody yet", 1, 0, 0, 0)]
    page = client.get(LIST).text
    assert f'href="?owner={mel.pk}&amp;stands=late"' in page and 'href="?owner=nobody"' in page


def test_many_are_given_to_one_person_with_an_event_for_each_that_changes_hands(client, caseworker):
    mel = staff(username="mel", first_name="Mel", last_name="Ruiz")
    rows = [a_request(status=Status.RECEIVED) for _ in range(3)]
    rows[0].assign(to=mel, by=caseworker)
    chosen = {"action": "assign_chosen", "_selected_action": [row.pk for row in [*rows, a_request()]]}
    page = client.post(LIST, chosen).text
    assert all(row.reference in page for row in rows) and "Mel Ruiz (1 open)" in page
    assert "This field is required." in client.post(LIST, {**chosen, "to": ""}).text
    assert Request.objects.filter(owner=mel).count() == 1
    page = client.post(LIST, {**chosen, "to": mel.pk}, follow=True).text
    assert "Requests that Mel Ruiz answers for now: 2 more." in page
    assert [row.events.filter(action="assign").count() for row in rows] == [1, 1, 1]
    assert set(Request.objects.filter(owner=mel)) == set(rows)


def test_only_who_may_work_on_requests_can_be_given_some(client, caseworker):
    staff_with("view_request", username="reader")
    row = a_request(status=Status.RECEIVED)
    page = client.post(LIST, {"action": "assign_chosen", "_selected_action": [row.pk]}).text
    assert "cass (0 open)" in page and "reader" not in page


def test_many_are_taken_off_everybody_only_by_saying_nobody(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    row.assign(to=caseworker, by=caseworker)
    client.post(LIST, {"action": "assign_chosen", "_selected_action": [row.pk], "to": "nobody"})
    row.refresh_from_db()
    assert (row.owner, row.events.filter(action="assign").count()) == (None, 2)

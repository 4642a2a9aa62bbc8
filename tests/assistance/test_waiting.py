from datetime import timedelta

import pytest
from django.utils import timezone

from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.moves import Status
from sites.assistance.queue_chores import remind_owners
from sites.assistance.waiting import waiting
from tests.assistance.desk import staff_with
from tests.assistance.factories import a_request, staff

pytestmark = pytest.mark.django_db


def lines(user) -> list[tuple]:
    return [(line.count, line.label, line.urgent) for line in waiting(user)]


def reminders() -> list[tuple]:
    return list(Letter.objects.filter(name="assistance/staff_next_action").values_list("about", flat=True))


def test_the_first_page_tells_what_waits_and_drafts_do_not(caseworker):
    a_request(), a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    late, soon = a_request(status=Status.IN_REVIEW), a_request(status=Status.IN_REVIEW)
    a_request(status=Status.RECEIVED), a_request(status=Status.RECEIVED)
    a_request(status=Status.ACTIVE, then=["ask_more", "hand_back"])
    Request.objects.filter(pk=late.pk).update(answer_by="2026-01-02")
    Request.objects.filter(pk=soon.pk).update(answer_by=timezone.localdate())
    assert lines(caseworker) == [
        (1, "answer to a request is late", True),
        (1, "answer to a request is due by tomorrow", True),
        (2, "new requests for help", False),
        (1, "request is answered and back with us", False),
        (1, "request is in quarantine", False),
    ]


def test_whoever_answers_for_a_request_sees_that_it_is_theirs_and_what_is_due(caseworker):
    other, row = staff(username="other"), a_request(status=Status.ACTIVE)
    row.assign(to=caseworker, by=caseworker)
    row.plan_next(action="Call", on=timezone.localdate(), by=caseworker)
    assert lines(caseworker) == [
        (1, "next action of yours is due", False),
        (1, "open request that you answer for", False),
    ]
    assert lines(other) == []


def test_each_line_leads_to_a_list_of_as_many(client, caseworker):
    row = a_request(status=Status.RECEIVED)
    row.assign(to=caseworker, by=caseworker)
    row.plan_next(action="Call", on=timezone.localdate(), by=caseworker)
    Request.objects.filter(pk=row.pk).update(answer_by="2026-01-02")
    a_request(status=Status.RECEIVED), a_request(status=Status.RECEIVED, suspicion="It has 9 links.")
    a_request(status=Status.IN_REVIEW, then=["ask_more", "hand_back"])
    found = {line.label: client.get(line.url).context["cl"].result_count for line in waiting(caseworker)}
    assert len(found) == 6 and found == {line.label: line.count for line in waiting(caseworker)}


def test_who_may_not_see_requests_is_told_of_none(caseworker):
    a_request(status=Status.RECEIVED)
    assert waiting(staff_with("view_tombstone")) == []


def test_the_owner_is_reminded_once_on_the_day_of_the_next_action_by_a_letter_without_content(caseworker):
    row, now = a_request(status=Status.ACTIVE), timezone.now()
    row.assign(to=caseworker, by=caseworker)
    row.plan_next(action="Call the chief", on=timezone.localdate() + timedelta(days=3), by=caseworker)
    assert remind_owners(now) == 0
    day = now + timedelta(days=3)
    assert (remind_owners(day), remind_owners(day), remind_owners(day + timedelta(days=9))) == (1, 0, 0)
    sent = Letter.objects.get(name="assistance/staff_next_action")
    assert (sent.to, f"/admin/assistance/request/{row.pk}/change/" in sent.body) == ("cass@example.org", True)
    assert [word for word in ("chief", "Dana") if word in sent.subject + sent.body] == []


def test_a_new_plan_is_reminded_of_anew_also_when_nothing_ran_on_its_day(caseworker):
    row = a_request(status=Status.ACTIVE)
    row.assign(to=caseworker, by=caseworker)
    for number in (1, 2):
        row.plan_next(action=f"Step {number}", on=timezone.localdate(), by=caseworker)
        assert remind_owners(timezone.now() + timedelta(days=5)) == 1
    assert reminders() == [row.reference] * 2


def test_nobody_is_reminded_of_what_is_closed_or_nobodys_or_theirs_no_more(caseworker):
    today = timezone.localdate()
    closed, free, gone = (
        a_request(status=status) for status in (Status.DECLINED, Status.ACTIVE, Status.ACTIVE)
    )
    left = staff(username="left", is_active=False)
    for row, owner in ((closed, caseworker), (free, None), (gone, left)):
        row.assign(to=owner, by=caseworker)
        row.plan_next(action="Call", on=today, by=caseworker)
    assert (remind_owners(), reminders()) == (0, [])

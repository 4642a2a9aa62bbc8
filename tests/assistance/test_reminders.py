from datetime import timedelta

import pytest
from django.utils import timezone

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance import chores
from sites.assistance.models import Request
from sites.assistance.reminders import remind_requesters
from tests.assistance.factories import WORDS, a_request, staff_member

pytestmark = pytest.mark.django_db


def kinds(request) -> list[str]:
    found = Letter.objects.about(request.reference).filter(name__contains="remind").order_by("pk")
    return [letter.name for letter in found]


def in_days(count: int):
    return timezone.now() + timedelta(days=count)


def test_who_is_waited_for_is_reminded_once_after_ten_working_days():
    request = a_request(status="in_review", then=["ask_more"])
    for day in range(40):
        remind_requesters(in_days(day))
        if day < 14:
            assert kinds(request) == []
    assert kinds(request) == ["assistance/remind_asked"]


def test_a_second_question_is_reminded_of_again():
    request = a_request(status="in_review", then=["ask_more"])
    remind_requesters(in_days(30))
    request.hand_back(now=in_days(31))
    request.ask_more(by=staff_member(), words=WORDS, now=in_days(32))
    remind_requesters(in_days(33))
    assert len(kinds(request)) == 1
    remind_requesters(in_days(60))
    assert len(kinds(request)) == 2


def test_a_draft_is_announced_two_weeks_before_it_is_deleted_and_once():
    request = a_request()
    assert remind_requesters(in_days(75)) == 0
    assert [remind_requesters(in_days(day)) for day in (77, 78, 89)] == [1, 0, 0]
    assert kinds(request) == ["assistance/remind_draft"]


def test_saving_a_draft_begins_its_time_anew_and_its_reminder_too():
    request = a_request()
    remind_requesters(in_days(77))
    Request.objects.update(saved_at=in_days(78))
    assert remind_requesters(in_days(100)) == 0
    assert remind_requesters(in_days(78 + 77)) == 1
    assert len(kinds(request)) == 2


def test_a_link_that_no_longer_opens_is_renewed_before_it_is_mailed(mailoutbox):
    request = a_request(status="in_review", then=["ask_more"])
    Request.objects.update(link_used_at=in_days(-200))
    remind_requesters(in_days(40))
    deliver_due(in_days(40))
    letter = next(mail for mail in mailoutbox if "reminder" in mail.subject)
    assert Request.objects.get().token() in letter.body
    assert Request.objects.get().link_opens(in_days(41))
    assert request.token() not in letter.body


@pytest.mark.parametrize("suspicion", ["It has 9 links."])
def test_what_may_be_spam_is_not_reminded(suspicion):
    a_request(suspicion=suspicion)
    assert remind_requesters(in_days(80)) == 0


def test_one_chore_that_fails_does_not_stop_the_others(monkeypatch):
    done = []

    def broken(now):
        raise ValueError

    def sound(now):
        done.append(now)
        return 2

    monkeypatch.setattr(chores, "EVERY", {broken: chores.HOUR, sound: chores.HOUR})
    assert (chores.chores(), chores.chores(), len(done)) == (2, 0, 1)

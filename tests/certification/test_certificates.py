from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leadbureau.kit import sayable
from sites.certification.models import Certificate, NotAllowed, State
from sites.jurisdictions.models import Jurisdiction
from tests.certification.factories import a_certificate, a_manager, a_place

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 10), date(2028, 1, 9)


def kinds_on(day):
    """In which of the public lists the certificates are on a day."""
    rows = Certificate.objects
    return [len(rows.valid(day)), len(rows.expired(day)), len(rows.withdrawn(day)), len(rows.published(day))]


@pytest.mark.parametrize(
    ("day", "state", "kinds"),
    [
        (date(2026, 1, 9), State.UPCOMING, [0, 0, 0, 0]),
        (FIRST, State.VALID, [1, 0, 0, 1]),
        (LAST, State.VALID, [1, 0, 0, 1]),
        (date(2028, 1, 10), State.EXPIRED, [0, 1, 0, 1]),
    ],
)
def test_a_certificate_is_valid_from_its_first_to_its_last_day(day, state, kinds):
    assert a_certificate(first=FIRST, last=LAST).state_on(day) == state
    assert kinds_on(day) == kinds


def test_a_withdrawn_certificate_is_not_valid_from_that_day_on():
    certificate = a_certificate(first=FIRST, last=LAST)
    certificate.withdraw(by=a_manager(), reason="The program has ended.", on=date(2027, 3, 1))
    assert [certificate.state_on(day) for day in (date(2027, 2, 28), date(2027, 3, 1), date(2030, 1, 1))] == [
        State.VALID,
        State.WITHDRAWN,
        State.WITHDRAWN,
    ]
    assert kinds_on(date(2027, 2, 28)) == [1, 0, 0, 1]
    assert kinds_on(date(2027, 3, 1)) == kinds_on(date(2030, 1, 1)) == [0, 0, 1, 1]


def test_today_is_counted_in_the_time_zone_of_the_bureau(settings, monkeypatch):
    settings.TIME_ZONE = "America/Los_Angeles"
    certificate = a_certificate(first=FIRST, last=LAST)
    still_the_ninth = datetime(2028, 1, 10, 7, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: still_the_ninth)
    assert certificate.state == State.VALID
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2028, 1, 10, 8, 30, tzinfo=UTC))
    assert certificate.state == State.EXPIRED
    assert not Certificate.objects.valid().exists()


def test_a_grant_gives_a_number_that_can_be_said():
    certificate = a_certificate()
    assert sayable.normalize(certificate.number, prefix="LB") == certificate.number
    assert Certificate.objects.by_number(certificate.number.lower().replace("-", " ")) == certificate


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (LAST, date(2029, 1, 1)),
        (date(2025, 1, 1), FIRST),
        (date(2026, 5, 1), date(2026, 6, 1)),
        (FIRST, LAST),
    ],
)
def test_a_place_has_one_certificate_at_a_time(first, last):
    place = a_place()
    a_certificate(place=place, first=FIRST, last=LAST)
    with pytest.raises(NotAllowed, match="10 January 2026 to 9 January 2028"):
        a_certificate(place=place, first=first, last=last)
    unsaved = Certificate(
        jurisdiction=place, granted_on=first, valid_until=last, program="x", assessed_by="x"
    )
    with pytest.raises(ValidationError, match="The new one may begin the day after"):
        unsaved.clean()
    assert Certificate.objects.count() == 1


def test_the_next_certificate_may_begin_the_day_after_or_after_a_withdrawal():
    place = a_place()
    first = a_certificate(place=place, first=FIRST, last=LAST)
    a_certificate(place=place, first=date(2028, 1, 10), last=date(2030, 1, 1))
    first.withdraw(by=a_manager(), reason="It has ended.", on=date(2027, 1, 1))
    a_certificate(place=place, first=date(2027, 1, 1), last=date(2028, 1, 9))
    a_certificate(first=FIRST, last=LAST)
    assert Certificate.objects.count() == 4


def test_one_withdrawn_on_its_first_day_leaves_room_for_the_right_one():
    place = a_place()
    wrong = a_certificate(place=place, first=FIRST, last=LAST)
    wrong.withdraw(by=a_manager(), reason="It was granted by mistake.", on=FIRST)
    right = a_certificate(place=place, first=FIRST, last=LAST)
    assert [wrong.state_on(FIRST), right.state_on(FIRST)] == [State.WITHDRAWN, State.VALID]


def test_what_has_run_out_or_is_withdrawn_cannot_be_withdrawn():
    certificate = a_certificate(first=FIRST, last=LAST)
    with pytest.raises(NotAllowed, match="Say why"):
        certificate.withdraw(by=a_manager(), reason="  ", on=FIRST)
    with pytest.raises(NotAllowed, match="ran out on 9 January 2028"):
        certificate.withdraw(by=a_manager(), reason="Late.", on=date(2028, 1, 10))
    certificate.withdraw(by=a_manager(), reason="It has ended.", on=FIRST)
    with pytest.raises(NotAllowed, match="already"):
        certificate.withdraw(by=a_manager(), reason="Again.", on=FIRST)
    certificate.refresh_from_db()
    assert certificate.withdrawn_reason == "It has ended."


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": date(2026, 1, 9)},
        {"withdrawn_on": date(2026, 2, 1)},
        {"withdrawn_reason": "Only a reason."},
        {"withdrawn_on": date(2025, 1, 1), "withdrawn_reason": "Before the grant."},
    ],
)
def test_the_database_refuses_rows_that_cannot_be(change):
    certificate = a_certificate(first=FIRST, last=LAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_a_place_is_certified_while_a_certificate_is_valid():
    place = a_place()
    a_certificate(place=place, first=FIRST, last=LAST)
    certified = [
        Jurisdiction.objects.with_certified(on).get().certified for on in (FIRST, LAST, date(2028, 1, 10))
    ]
    assert certified == [True, True, False]

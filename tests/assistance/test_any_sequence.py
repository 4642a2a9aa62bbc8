"""Whatever people do to a request, in whatever order and however long they wait, some things always hold."""

from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadbureau.kit import working_days
from leadbureau.mail.models import Letter
from sites.assistance.models import Event, Request
from sites.assistance.moves import CLOSED, MOVES, UNANSWERED, Doer, NotAllowed, Status, Turn
from sites.assistance.questions import PAGES
from tests.assistance.factories import WORDS, a_request, staff_member

# Before Christmas, and later than any day on which these tests run: a column filled by its default has the real time.
START = datetime(2035, 12, 20, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
STAFF_MOVES = [verb for verb, move in MOVES.items() if Doer.STAFF in move.doers and move.has_letter]
ASKER_MOVES = [verb for verb, move in MOVES.items() if Doer.REQUESTER in move.doers and move.has_letter]
STEPS = st.one_of(
    # One of the moves that the table allows at that point, by its place among them; most steps are such ones.
    *[st.tuples(st.sampled_from(["staff", "asker"]), st.integers(0, 11))] * 3,
    st.tuples(st.just("staff"), st.sampled_from(STAFF_MOVES)),
    st.tuples(st.just("asker"), st.sampled_from(ASKER_MOVES)),
    st.tuples(st.sampled_from(["staff", "asker"]), st.sampled_from(["save", "note", "assign"])),
)
# Hours between two steps: at once, the same day, over a weekend, past the thirty days of a withdrawal.
PAUSES = st.sampled_from([0, 0, 1, 9, 24, 24, 72, 24 * 8, 24 * 31])


class Undone(Exception):
    """Ends an example: the database is as it was."""


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(STEPS, PAUSES), min_size=8, max_size=24))
def test_any_sequence_of_steps_keeps_what_must_always_hold(steps):
    with pytest.raises(Undone), transaction.atomic():
        clock = [START]
        with patch("django.utils.timezone.now", lambda: clock[0]):
            request, by = a_request(), staff_member()
            for (who, what), hours in steps:
                clock[0] += timedelta(hours=hours)
                before, what = _seen(request), _chosen(request, who, what)
                happened = _try(request, what, by if who == "staff" else None)
                request = Request.objects.get(pk=request.pk)
                _check_the_step(before, _seen(request), what, happened)
                _check_the_request(request)
        raise Undone


def _chosen(request: Request, who: str, what: str | int) -> str:
    """A number stands for one of the moves that are allowed now; a note, when there is none."""
    if isinstance(what, str):
        return what
    doer = Doer.STAFF if who == "staff" else Doer.REQUESTER
    found = [move.verb for move in request.moves_for(doer) if move.has_letter]
    return found[what % len(found)] if found else "note"


def _try(request: Request, what: str, by) -> bool:
    """Whether the step was taken; a refusal must be the one that the table names."""
    if what == "save":
        request.save_page(PAGES[-1], {"anything_else": "More."})
        return True
    if what == "note":
        request.add_note("A note.", by=staff_member())
        return True
    if what == "assign":
        request.assign(to=staff_member(), by=staff_member())
        return True
    allowed = request.may(what, Doer.STAFF if by else Doer.REQUESTER)
    try:
        if what == "resume":
            request.resume()
        elif what == "send" or by is None:
            getattr(request, what)(by=by)
        else:
            getattr(request, what)(by=by, words=WORDS)
    except NotAllowed:
        assert not allowed, f"{what} is in the table, and was refused"
        return False
    assert allowed, f"{what} is not in the table, and was done"
    return True


def _seen(request: Request) -> dict:
    """What a step may change, as the database has it."""
    row = Request.objects.get(pk=request.pk)
    letters = Letter.objects.about(row.reference).filter(name__in=[move.letter for move in MOVES.values()])
    return {
        "status": row.status,
        "turn": row.turn,
        "counted": row.days_counted(),
        "events": Event.objects.filter(request=row).count(),
        "letters": letters.count(),
        "unsent": letters.exclude(state=Letter.State.VOIDED).exclude(name="assistance/send").count(),
    }


def _check_the_step(before: dict, after: dict, what: str, happened: bool) -> None:
    if not happened:
        assert after == before
        return
    if what not in MOVES:
        assert (after["status"], after["turn"], after["letters"]) == (
            before["status"],
            before["turn"],
            before["letters"],
        )
        return
    assert after["events"] == before["events"] + 1
    assert after["letters"] == before["letters"] + 1, f"{what} was done without its letter"
    assert after["unsent"] <= 1, "two letters that were not sent contradict each other"
    assert after["status"] == MOVES[what].path[Status(before["status"])]
    if not (what == "reopen" and before["status"] != Status.WITHDRAWN):
        assert after["counted"] == before["counted"], "a step made the clock jump"


def _check_the_request(request: Request) -> None:
    today = timezone.localdate()
    assert Turn(request.turn) and request.turn_since <= timezone.now()
    assert (request.turn == Turn.NOBODY) == (request.status in CLOSED)
    assert (request.closed_at is not None) == (request.status in CLOSED)
    assert request.days_counted() >= 0
    if request.sent_at:
        assert request.days_counted() <= working_days.between(timezone.localdate(request.sent_at), today)
    owed = request.status in UNANSWERED and request.turn == Turn.BUREAU
    assert request.clock_runs == owed == (request.answer_by is not None)
    if owed:
        assert request.days_left() == request.promised_days - request.days_counted()
        assert request.is_overdue() == (request.days_left() < 0)
        assert request.is_overdue() == (request in Request.objects.overdue())
    for event in request.events.all():
        assert (event.doer == Doer.STAFF) == (event.by_id is not None)

"""Whatever people do to a request, in whatever order and however long they wait, some things always hold."""

from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from sites.assistance.models import Request
from sites.assistance.moves import MOVES
from tests.assistance import always
from tests.assistance.any_steps import (
    ONLY_ASKER,
    STEPS,
    is_in_the_table,
    is_refused_by_the_table,
    possible,
    take,
)
from tests.assistance.factories import a_request, staff_member

# Before Christmas, and later than any day on which these tests run: a column filled by its default has the real time.
START = datetime(2035, 12, 20, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
POSSIBLE = "what can be done now"
# Mostly what can be done as the request stands; sometimes anything, which must then be refused and change nothing.
KINDS = st.sampled_from([POSSIBLE, POSSIBLE, POSSIBLE, "anything"])
WHO = st.sampled_from(["staff", "asker"])
# Hours between two steps: at once, the same day, over a weekend, past the thirty days of a withdrawal.
PAUSES = st.sampled_from([0, 0, 1, 9, 24, 24, 72, 24 * 8, 24 * 31])


class Undone(Exception):
    """Ends an example: the database is as it was."""


class Clock:
    """The time of day for everybody, which only `pass_by` moves."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def pass_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


@pytest.fixture
def drafts(db):
    """A complete draft, and one that a machine may have written."""
    with patch("django.utils.timezone.now", Clock()):
        return a_request().pk, a_request(suspicion="It has 9 links.").pk


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
@given(
    suspect=st.sampled_from([False, False, False, True]),
    steps=st.lists(st.tuples(KINDS, st.integers(0, 2**32), WHO, PAUSES), min_size=16, max_size=24),
)
def test_any_sequence_of_steps_keeps_what_must_always_hold(drafts, suspect, steps):
    with pytest.raises(Undone), transaction.atomic():
        clock, pk = Clock(), drafts[suspect]
        with patch("django.utils.timezone.now", clock):
            before = always.Seen.of(pk)
            chain = always.Chain(before.row)
            for place, (kind, number, who, hours) in enumerate(steps):
                clock.pass_by(hours)
                chance = Random(f"{place} {number}")  # as Hypothesis likes equal numbers
                waited = always.Seen.of(pk)
                always.check_the_pause(before, waited)
                before = _stepped(waited, kind, chance, staff_member() if who == "staff" else None, chain)
        raise Undone


def _stepped(before: always.Seen, kind: str, chance: Random, by, chain: always.Chain) -> always.Seen:
    """One step, with all that must hold after it."""
    found = possible(before.row, by) if kind == POSSIBLE else [*STEPS]
    step, number = chance.choice(found), chance.randrange(100)
    by = None if step in ONLY_ASKER else by
    allowed, rows = step not in MOVES or is_in_the_table(step, before.row, by), always.all_rows()
    refusal = take(step, Request.objects.get(pk=before.row.pk), number, by)
    note(f"{step} by {'staff' if by else 'whoever asks'}: {refusal or 'done'}")
    if step in MOVES:
        assert not (allowed and is_refused_by_the_table(refusal)), f"{step} is in the table, and was refused"
    if refusal or not allowed:
        assert always.all_rows() == rows, f"{step} was refused, and something changed: {refusal}"
        return before
    after = always.Seen.of(before.row.pk)
    always.check_what_was_done(before, after, by)
    always.check_the_letters(before, after)
    always.check_the_clock(before, after)
    always.check_whose_turn_it_is(after.row)
    chain.check(step, after.row)
    return after

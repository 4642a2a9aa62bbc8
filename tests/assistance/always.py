"""What always holds of a request, whatever was done to it: looked at before and after each step."""

import re
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import connection
from django.utils import timezone

from leadbureau.kit import working_days
from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.moves import CLOSED, DECIDED, MOVES, UNANSWERED, Doer, Status, Turn
from sites.assistance.participant_data import BLACK
from tests.assistance.any_steps import BLACKED

TABLES = [*(model._meta.db_table for model in apps.get_app_config("assistance").get_models()), "mail_letter"]
DECISIONS = [move.letter for move in MOVES.values() if move.has_letter and move.verb != "send"]
UNSENT = (Letter.State.DRAFTED, Letter.State.WAITING, Letter.State.FAILED)


def all_rows() -> dict[str, list]:
    """Every row of every table, as it is stored."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608
            found[table] = cursor.fetchall()
    return found


@dataclass
class Seen:
    """What a step may change, as the database has it."""

    row: Request
    counted: int
    events: list
    letters: list
    today: date

    @classmethod
    def of(cls, pk: int) -> "Seen":
        row = Request.objects.get(pk=pk)
        letters = Letter.objects.about(row.reference).order_by("pk")
        return cls(
            row=row,
            counted=row.days_counted(),
            events=list(row.events.order_by("pk").values("pk", "action", "doer", "by", "turn")),
            letters=list(letters.values("pk", "name", "state", "opens")),
            today=timezone.localdate(),
        )

    def events_since(self, earlier: "Seen") -> list[dict]:
        return self.events[len(earlier.events) :]

    def moves_since(self, earlier: "Seen") -> list[str]:
        """The moves of the table that were made, each of which has a letter."""
        made = [event["action"] for event in self.events_since(earlier)]
        return [verb for verb in made if verb in MOVES and MOVES[verb].has_letter]

    def letters_since(self, earlier: "Seen") -> list[dict]:
        return self.letters[len(earlier.letters) :]


def check_what_was_done(before: Seen, after: Seen, by) -> None:
    """One move at most, where the table says, with its letter to the requester; each event with its doer."""
    moves = after.moves_since(before)
    assert len(moves) <= 1
    status, turn = before.row.status, before.row.turn
    for verb in moves:
        assert after.row.status == MOVES[verb].path[Status(status)]
        assert after.row.turn == (MOVES[verb].turn or turn)
    if not moves:
        assert (after.row.status, after.row.turn) == (status, turn)
    for event in after.events_since(before):
        assert (event["doer"] == Doer.STAFF) == (event["by"] is not None)
        assert event["turn"] == after.row.turn and event["doer"] in Doer
        if event["action"] in MOVES:
            assert event["by"] == (by and by.pk)
    mine = f"assistance.request:{after.row.pk}"
    to_them = {letter["name"] for letter in after.letters_since(before) if letter["opens"] == mine}
    silent = after.row.quarantined_at or not after.row.email
    assert silent or {MOVES[verb].letter for verb in moves} <= to_them, "a move without its letter"


def check_the_letters(before: Seen, after: Seen) -> None:
    assert [letter["pk"] for letter in before.letters] == [
        letter["pk"] for letter in after.letters[: len(before.letters)]
    ]
    unsent = [one for one in after.letters if one["name"] in DECISIONS and one["state"] in UNSENT]
    assert len(unsent) <= 1, "two letters that were not sent contradict each other"
    if after.row.quarantined_at:
        assert after.letters_since(before) == [], "something was written for what may be spam"
    if after.row.suspicion:  # staff may mail the link of a draft that somebody asks them for
        assert {letter["name"] for letter in after.letters} <= {"assistance/link"}
    if after.row.turn == Turn.REQUESTER and after.row.is_open:
        asked = [one for one in after.letters if one["name"] == MOVES["ask_more"].letter]
        assert asked[-1]["state"] != Letter.State.DRAFTED, "our clock stands, and they do not know"


def check_the_clock(before: Seen, after: Seen) -> None:
    """A step never makes it jump, and only a decision that is opened again begins it anew."""
    row, moves = after.row, after.moves_since(before)
    anew = "reopen" in moves and before.row.status in DECIDED
    released = "release" in [event["action"] for event in after.events_since(before)]
    assert after.counted == (0 if anew else before.counted) or (released and after.counted == 0)
    assert after.counted >= 0 and row.turn_since <= timezone.now()
    if row.sent_at:
        assert after.counted <= working_days.between(timezone.localdate(row.sent_at), after.today)
    owed = row.status in UNANSWERED and row.turn == Turn.BUREAU
    assert row.clock_runs == owed == (row.answer_by is not None)
    if owed and not row.quarantined_at:
        assert row.days_left() == row.promised_days - after.counted
        assert row.is_overdue() == (row.answer_by < after.today) == (row in Request.objects.overdue())


def check_the_pause(before: Seen, after: Seen) -> None:
    """Time alone moves only the clock, by the working days that passed, and that in our turn alone."""
    passed = working_days.between(before.today, after.today) if before.row.clock_runs else 0
    assert after.counted == before.counted + passed
    assert (after.row.status, after.events, after.letters) == (
        before.row.status,
        before.events,
        before.letters,
    )


def check_whose_turn_it_is(row: Request) -> None:
    assert row.turn in Turn
    assert (row.turn == Turn.NOBODY) == (row.status in CLOSED) == (row.closed_at is not None)
    assert row.is_draft == (row.sent_at is None)
    if row.is_draft:
        assert row.turn == Turn.REQUESTER


class Chain:
    """The answers as they were when nobody could change them any more, and what was added since."""

    def __init__(self, row: Request):
        self.begin(row)

    def begin(self, row: Request) -> None:
        self.answers, self.after = row.answers(), row.supplements.count()

    def check(self, step: str, row: Request) -> None:
        """What was added, taken away again, last first, leaves the answers as they were sent."""
        if step == "edit":
            self.begin(row)
        told = row.answers()
        for supplement in reversed(list(row.supplements.all())[self.after :]):
            for name, (was, now) in supplement.changes.items():
                assert (told.get(name) or None) == (now or None)
                told[name] = was
        if step == "redact":  # one of the words is gone from both
            assert _given(told, _blacked) == _given(self.answers, _blacked)
            self.answers = told
        assert _given(told) == _given(self.answers)


def _given(answers: dict, of=lambda value: value) -> dict:
    return {name: of(value) for name, value in answers.items() if value}


def _blacked(value):
    pattern = rf"\b({'|'.join(BLACKED)})\b"
    return re.sub(pattern, BLACK, value) if isinstance(value, str) else value

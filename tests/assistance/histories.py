"""Requests with a history on given days, for the tests of reports and of what came of the help."""

import random
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from sites.assistance.models import Event, Message, Request, Tombstone
from sites.assistance.models.link import digest
from sites.assistance.moves import CLOSED, MOVES, UNANSWERED, Doer, Status, Turn
from tests.assistance.factories import WORDS, a_request, a_state, staff_member

BY_REQUESTER = ("send", "hand_back", "withdraw", "resume")


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day in the Bureau's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def a_history(*steps: tuple[str, date], promised_days: int = 5, **answers) -> Request:
    """A request that took each step, by the verbs of the table, on its day; "message" is one from staff."""
    found = a_request(**answers)
    for verb, day in steps:
        take(found, verb, day)
        Request.objects.filter(pk=found.pk).update(promised_days=promised_days)
        found.refresh_from_db()
    return found


def take(found: Request, verb: str, day: date, **fields) -> None:
    if verb == "message":
        Message.objects.write(found, "We are on it.", by=staff_member(), now=at(day))
        return
    by = None if verb in BY_REQUESTER else staff_member()
    more = {"sent_at": at(day)} if verb == "send" else fields
    found._move(verb, by=by, words=WORDS if by else None, now=at(day), **more)


def completed(day: date, **answers) -> Request:
    """A request that was sent three weeks before and completed on a day."""
    steps = [("send", -21), ("activate", -20), ("complete", 0)]
    return a_history(*((verb, day + timedelta(days=days)) for verb, days in steps), **answers)


def a_tombstone(number: int, *, sent_on: date, closed_on: date, outcome=Status.DECLINED) -> Tombstone:
    return Tombstone.objects.create(
        reference=f"TA-{number}",
        state=a_state(),
        sent_on=sent_on,
        closed_on=closed_on,
        outcome=outcome,
        purged_on=closed_on,
    )


def random_steps(rng: random.Random, first: date, count: int) -> list[tuple[str, date, str, str]]:
    """Moves that the table allows, one after another: verb, day, doer, whose turn it is afterwards."""
    status, turn, day = Status.RECEIVED, Turn.BUREAU, first
    steps = [("send", day, Doer.REQUESTER, turn)]
    for _ in range(count):
        day += timedelta(days=rng.choice([0, 0, 1, 1, 2, 3, 7, 20]))
        allowed = [
            (move, doer)
            for move in MOVES.values()
            if move.has_letter
            for doer in (Doer.REQUESTER, Doer.STAFF)
            if move.fits(status, turn, doer)
        ]
        if rng.random() < 0.2:
            steps.append(("message", day, rng.choice([Doer.REQUESTER, Doer.STAFF]), turn))
            continue
        move, doer = rng.choice(allowed)
        status, turn = move.path[status], move.turn or turn
        steps.append((move.verb, day, doer, turn))
    return steps


def bulk(histories: list[list[tuple[str, date, str, str]]], **fields) -> list[Request]:
    """Requests with histories, in few queries; not made by the verbs, so as fast as reports must be."""
    a_state()
    by = staff_member()
    rows = [_row(steps, **fields) for steps in histories]
    Request.objects.bulk_create(rows)
    Event.objects.bulk_create(
        Event(
            request=row, action=verb, at=at(day), doer=doer, turn=turn, by=by if doer == Doer.STAFF else None
        )
        for row, steps in zip(rows, histories, strict=True)
        for verb, day, doer, turn in steps
    )
    return rows


def _row(steps: list[tuple[str, date, str, str]], **fields) -> Request:
    status = Status.DRAFTED
    for verb, *_ in steps:
        status = MOVES[verb].path[status] if verb != "message" else status
    *_, (_, last, _, turn) = steps
    seed = uuid4().hex
    owed = status in UNANSWERED and turn == Turn.BUREAU
    told = {"state_id": "NM", "sector": "health", "help": "design training", "stage": "exploring"}
    return Request(
        reference=f"TA-{seed[:8]}",
        link_seed=seed,
        token_digest=digest(seed),
        status=status,
        turn=turn,
        sent_at=at(steps[0][1]),
        closed_at=at(last) if status in CLOSED else None,
        answer_by=last if owed else None,
        **{"promised_days": 5, **told, **fields},
    )

"""Where a request stands, in the requester's words: whose turn it is and since when, and what can be done now.

The words are wordings: assistance.status.<name>.title and .next for each of NAMES, assistance.turn.* for the
turn and the count, assistance.do.<verb> for the buttons. Which buttons there are is read from the table of moves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.wording import say
from leadbureau.kit import working_days
from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.models.letters import in_words
from sites.assistance.moves import MOVES, UNANSWERED, Doer, Status, Turn

HELD, ASKED = "held", "asked"
NAMES = (*(status.value for status in Status), HELD, ASKED)
MOST_DAYS_DRAWN = 15  # a longer promise is told in words only

# Verbs that have a button, in the order of the page, and the address that each leads to. What has none is
# done on one of those pages: sending and sharing on the task list, removing a file on the list of files.
BUTTONS = {
    "resume": "assistance:resume",
    "edit": "assistance:tasks",
    "message": "assistance:status",
    "supplement": "assistance:supplement",
    "add_file": "assistance:files",
    "ask_endorsement": "assistance:support",
    "hand_back": "assistance:hand_back",
    "withdraw": "assistance:withdraw",
}
# Decisions whose letter tells what comes next; it may still wait for somebody to release it.
DECIDED = (Status.ACTIVE, Status.COMPLETED, Status.DECLINED, Status.REFERRED)
TOLD_BY_LETTER: dict[str, str] = {Status.DECLINED: "decline", Status.REFERRED: "refer"}
POSTED = ("hand_back",)  # done at once, by a form; the others lead to a page that asks first


@dataclass(frozen=True)
class Standing:
    """What the banner says. `day` of `promised` is told while an answer is owed, or its count stands."""

    name: str
    turn: str
    heading: str
    since: str
    title: str
    next: str
    count: str = ""
    more: str = ""
    is_late: bool = False
    day: int | None = None
    promised: int | None = None

    @property
    def days(self) -> list[bool]:
        """A mark for each promised working day: whether it has passed. None are drawn for a long promise."""
        if self.day is None or not self.promised or self.promised > MOST_DAYS_DRAWN:
            return []
        return [number <= self.day for number in range(1, self.promised + 1)]


@dataclass(frozen=True)
class Button:
    verb: str
    label: str
    address: str
    is_main: bool

    @property
    def is_posted(self) -> bool:
        return self.verb in POSTED


def name_of(request: Request) -> str:
    """By what the words are chosen: the status, or that the requester must act, or that it is held back."""
    if request.is_draft:
        return request.status
    if request.quarantined_at:
        return HELD
    return ASKED if request.is_open and request.turn == Turn.REQUESTER else request.status


def standing_of(request: Request, now: datetime | None = None) -> Standing:
    now = now or timezone.now()
    name = name_of(request)
    return Standing(
        name=name,
        turn=request.turn,
        heading=say(f"assistance.turn.{request.turn}"),
        since=_since(request, name),
        title=say(f"assistance.status.{name}.title"),
        next=_next(request, name, now),
        **_count(request, name, timezone.localdate(now)),
    )


def letter_of_turn(request: Request, verb: str) -> Letter | None:
    """The letter by which the turn came where it is, once it was released; None without an address, too."""
    letters = request.correspondence().filter(name=MOVES[verb].letter, created_at__gte=request.turn_since)
    return letters.first()


def agreed(request: Request) -> dict:
    """What the decision says beside its letter, for plan.html; nothing before that letter is released."""
    if request.status in (Status.ACTIVE, Status.REFERRED) and request.has_held_letter:
        return {"plan": "", "peers": []}
    return {"plan": request.plan, "peers": request.peers.public().select_related("state")}


def _since(request: Request, name: str) -> str:
    key, at = request.turn, request.turn_since
    if name == Status.DRAFTED:
        key, at = name, request.saved_at
    return say(f"assistance.turn.since.{key}", date=date_format(timezone.localtime(at), "j F Y"))


def _next(request: Request, name: str, now: datetime) -> str:
    if name in DECIDED and request.has_held_letter:
        return say(f"assistance.status.{name}.next_coming")
    if name in TOLD_BY_LETTER and not letter_of_turn(request, TOLD_BY_LETTER[name]):
        return say(f"assistance.status.{name}.next_unwritten")
    if name != Status.WITHDRAWN:
        return say(f"assistance.status.{name}.next")
    if not request.may_resume(now):
        return say("assistance.status.withdrawn.next_late")
    return say("assistance.status.withdrawn.next", day=in_words(request.resumable_until))


def _count(request: Request, name: str, today: date) -> dict:
    """The promise and how far it is; nothing when no answer is owed, or none has been promised yet."""
    if name == HELD or request.status not in UNANSWERED or not request.promised_days:
        return {}
    day, total = request.days_counted(today), request.promised_days
    told = {"day": min(day, total), "promised": total}
    if not request.clock_runs:
        key = "stopped_late" if day > total else "stopped"
        goes_on = say("assistance.turn.goes_on")
        return {**told, "count": say(f"assistance.turn.{key}", now=day, total=total), "more": goes_on}
    if request.is_overdue(today):
        return {**told, "count": _late(request, today), "is_late": True}
    if day == 0:
        return {**told, "count": _begins(request, today), "more": _answer_by(request)}
    return {**told, "count": say("assistance.turn.count", now=day, total=total), "more": _answer_by(request)}


def _answer_by(request: Request) -> str:
    return say("assistance.turn.answer_by", day=in_words(request.answer_by))


def _begins(request: Request, today: date) -> str:
    key = "begins_one" if request.promised_days == 1 else "begins"
    first = working_days.add(today, 1)
    return say(f"assistance.turn.{key}", total=request.promised_days, day=in_words(first))


def _late(request: Request, today: date) -> str:
    days = -(request.days_left(today) or 0)
    key = {0: "late_today", 1: "late_one"}.get(days, "late")
    return say(f"assistance.turn.{key}", day=in_words(request.answer_by), days=days)


def buttons_of(request: Request, token: str, now: datetime | None = None) -> list[Button]:
    """What the requester may do now. A draft has one way on: the task list has all the others."""
    if request.is_draft:
        go_on = say("assistance.do.go_on")
        return [Button("edit", go_on, reverse(BUTTONS["edit"], args=[token]), is_main=True)]
    allowed = {move.verb for move in request.moves_for(Doer.REQUESTER, now)}
    return [_button(request, verb, token) for verb in BUTTONS if verb in allowed]


def _button(request: Request, verb: str, token: str) -> Button:
    is_answer = verb == "message" and request.is_open and request.turn == Turn.REQUESTER
    label = say("assistance.do.message_asked" if is_answer else f"assistance.do.{verb}")
    address = reverse(BUTTONS[verb], args=[token]) + ("#write" if verb == "message" else "")
    return Button(verb, label, address, is_main=is_answer or verb == "resume")

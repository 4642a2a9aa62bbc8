"""What the page of a case shows, and to whom: what a requester wrote is for those who may read it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sites.assistance import queue_words
from sites.assistance.decisions import DeclineReason, ReferredTo, Result
from sites.assistance.models import Access, Event, Request, Tombstone
from sites.assistance.moves import Doer, Status
from sites.assistance.participant_data import find
from sites.assistance.questions import Page, Question
from sites.jurisdictions.counties import counties

NOTED_EVERY = timedelta(minutes=10)  # who reloads a case within it is written down once
READERS_SHOWN = 8


@dataclass(frozen=True)
class Fact:
    """A line of the box above. `address` makes a link of it, `is_late` has it stand out."""

    name: str
    value: object
    address: str = ""
    is_late: bool = False


def note_reading(row: Request, by, now: datetime | None = None) -> None:
    """Write down that somebody opened the case: once in NOTED_EVERY for a person and a case."""
    now = now or timezone.now()
    lately = row.accesses.filter(what=Access.What.CASE, by=by, at__gt=now - NOTED_EVERY)
    if not lately.exists():
        Access.objects.create(request=row, what=Access.What.CASE, by=by, at=now)


def open_facts(row: Request) -> list[Fact]:
    """What everybody sees who may see requests: where it stands, and nothing of who asks."""
    if row.is_draft:  # its writer was told that we see nothing until it is sent
        return [
            Fact("Where it stands", row.get_status_display()),
            Fact("State", row.state_id or ""),
            Fact("Begun", _moment(row.started_at)),
            Fact("Last saved", _moment(row.saved_at)),
        ]
    left = row.days_left()
    answer = "" if queue_words.answer_due(row) == "–" else queue_words.answer_due(row)
    facts = [
        Fact("Where it stands", "In quarantine" if row.quarantined_at else row.get_status_display()),
        Fact("Whose turn", queue_words.whose_turn(row)),
        Fact("Our answer", answer, is_late=row.is_overdue()),
        Fact(
            "Promised by", date_format(row.answer_by, "l, F j") if row.answer_by and left is not None else ""
        ),
        Fact("Who answers for it", _name(row.owner) if row.owner else "Nobody yet"),
        Fact("Help wanted", queue_words.help_in_short(row.help)),
        Fact("Agency", row.agency),
        Fact("County", _county(row)),
        _directory_fact(row),
        Fact("Received", _moment(row.sent_at) if row.sent_at else "Not sent yet"),
        Fact("Closed", _moment(row.closed_at) if row.closed_at else ""),
        *_decision_facts(row),
    ]
    return [fact for fact in facts if fact.value]


def personal_facts(row: Request) -> list[Fact]:
    """Who asks and how to reach them, and what staff wrote about it."""
    answers = row.answers()
    due = row.is_open and row.next_action_on is not None and row.next_action_on <= timezone.localdate()
    action = f"{queue_words.day(row.next_action_on)}: {row.next_action}" if row.next_action_on else ""
    facts = [
        Fact("Next action", f"{action} (due)" if due else action, is_late=due),
        Fact("Who asks", ", ".join(part for part in (row.contact_name, answers.get("role")) if part)),
        Fact("E-mail", row.email or "None: answer by telephone or post"),
        Fact("Telephone", answers.get("phone")),
        Fact("Best time to call", answers.get("best_time")),
        Fact("Plan", row.plan if row.status in (Status.ACTIVE, Status.COMPLETED) else ""),
    ]
    return [fact for fact in facts if fact.value]


def _decision_facts(row: Request) -> list[Fact]:
    facts = []
    if row.status == Status.DECLINED:
        facts.append(Fact("Reason", _label(DeclineReason, row.decline_reason)))
    if row.status == Status.REFERRED:
        facts.append(Fact("Referred to", _label(ReferredTo, row.referred_to)))
    if row.status == Status.COMPLETED:
        facts.append(Fact("What was done", "; ".join(_label(Result, code) for code in row.results.split())))
    if row.status in (Status.ACTIVE, Status.COMPLETED, Status.REFERRED):
        facts.append(Fact("Peer places", ", ".join(str(place) for place in row.peers.all())))
    return facts


def _directory_fact(row: Request) -> Fact:
    if row.jurisdiction is None:
        return Fact("In the directory", "Not chosen" if not row.is_draft else "")
    address = reverse("admin:jurisdictions_jurisdiction_change", args=[row.jurisdiction_id])
    return Fact("In the directory", str(row.jurisdiction), address)


@dataclass(frozen=True)
class Chapter:
    """A page of the request: what was answered, and the questions that were left open."""

    page: Page
    answered: list[tuple[Question, SafeString]]
    left_open: list[Question]


def marked_chapters(row: Request) -> list[Chapter]:
    """The request as it was written, with what looks like data about a participant marked."""
    return [
        Chapter(
            page,
            [(one.question, marked(one.text)) for one in answered if one.text],
            [one.question for one in answered if not one.text],
        )
        for page, answered in row.chapters()
    ]


def marked(text: str) -> SafeString:
    """A text as HTML, each passage that looks like personal data about somebody in a <mark> that says why."""
    parts, at = [], 0
    for one in find(text):
        parts.append(escape(text[at : one.start]))
        parts.append(format_html('<mark title="{}">{}</mark>', one.why.label, text[one.start : one.end]))
        at = one.end
    return mark_safe("".join([*parts, escape(text[at:])]).replace("\n", "<br>"))


def passages_count(row: Request) -> int:
    return sum(len(find(one.text)) for _, answered in row.chapters() for one in answered)


def earlier_requests(row: Request) -> list[Request]:
    """Other requests that were sent from the same place or the same county, the newest first."""
    same = _same_place(row)
    return list(Request.objects.sent().filter(same).exclude(pk=row.pk)) if same else []


def earlier_tombstones(row: Request) -> list[Tombstone]:
    """What is left of older requests of the county that were deleted when their time was over."""
    return list(Tombstone.objects.filter(county_fips=row.county_fips)) if row.county_fips else []


def _same_place(row: Request) -> Q:
    same = Q()
    if row.place:
        same |= Q(state=row.state_id, place__iexact=row.place)
    if row.county_fips:
        same |= Q(county_fips=row.county_fips)
    if row.jurisdiction_id:
        same |= Q(jurisdiction=row.jurisdiction_id)
    return same


def case_context(row: Request, user: AbstractBaseUser, sees_personal: bool) -> dict:
    """Everything for the template of a case; without the permission nothing that a requester wrote."""
    context = {
        "facts": open_facts(row),
        "sees_personal": sees_personal,
        "earlier": earlier_requests(row),
        "tombstones": earlier_tombstones(row),
        "happened": [(event, bare_sentence(event)) for event in row.history()],
    }
    if row.is_draft:
        return {**context, "sees_personal": False, "notes": _notes(row), "readers": _readers(row)}
    if not sees_personal:
        return context
    events = list(row.history())
    return context | {
        "facts": _in_order(open_facts(row), personal_facts(row)),
        "chapters": marked_chapters(row),
        "passages": passages_count(row),
        "letters": row.letters_for_staff(),
        "notes": _notes(row),
        "happened": [(event, event.sentence()) for event in events if event.action != Event.Action.NOTE],
        "joins": list(row.join_requests.select_related("asked_from")),
        "readers": _readers(row),
    }


def _notes(row: Request) -> list[Event]:
    return [event for event in row.history() if event.action == Event.Action.NOTE]


def _readers(row: Request) -> list[Access]:
    return list(row.accesses.select_related("by")[:READERS_SHOWN])


def _in_order(first: list[Fact], personal: list[Fact]) -> list[Fact]:
    """Whose turn and what comes next, then who asks, then the rest."""
    head = [fact for fact in first if fact.name in HEAD]
    return [*head, *personal, *(fact for fact in first if fact.name not in HEAD)]


HEAD = ("Where it stands", "Whose turn", "Our answer", "Promised by", "Who answers for it")


def bare_sentence(event: Event) -> str:
    """What happened without a word that anybody wrote: the act and whose it was."""
    who = _name(event.by) if event.by else Doer(event.doer).label
    return f"{event.get_action_display()}: {who}"


def _name(user) -> str:
    return user.get_full_name() or user.get_username()


def _label(choices, code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def _county(row: Request) -> str:
    county = counties().get(row.county_fips)
    return f"{county.full_name}, {county.usps}" if county else ""


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "F j, Y, g:i a")

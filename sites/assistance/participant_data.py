"""Personal data about participants in what people write: found before a request is sent, shown, and confirmed or cut.

A finding is a question to the writer, not a verdict: whoever confirms may send. So the patterns lean towards
what is almost always a person, and leave alone what looks alike: telephone numbers, ZIP codes, statutes, sums of
money, numbers of grants, dates of programs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from leadbureau.content.wording import say
from leadbureau.kit.encrypted import fingerprint
from sites.assistance.participant_patterns import births, cases, records, ssns
from sites.assistance.questions import PAGES, Kind, Page, Question

if TYPE_CHECKING:
    from sites.assistance.models import Request

BLACK = "█████"  # in place of a passage that nobody shall read
AROUND = 70  # characters shown before and after a passage
FREE = (Kind.LINE, Kind.TEXT, Kind.PLACE)  # what people write in their own words
SIGNED_BY_HAND = ("contact_name",)  # the requester's own


class Why(models.TextChoices):
    """What a passage looks like. Its words for people: assistance.passage.why.<value>."""

    SSN = "ssn", "A Social Security number"
    BIRTH = "birth", "A date of birth"
    CASE = "case", "The number of a case, docket, booking, arrest or inmate"
    RECORD = "record", "The number of a license, passport or medical record"


@dataclass(frozen=True)
class Found:
    """A stretch of a text, from `start` to before `end`."""

    start: int
    end: int
    why: Why


@dataclass(frozen=True)
class Passage:
    """A finding with what stands around it. `question` and `page` are None for what is no answer."""

    question: Question | None
    page: Page | None
    before: str
    text: str
    after: str
    why: Why
    key: str  # of this very passage under this very question: a confirmation holds for nothing else

    @property
    def reason(self) -> str:
        return say(f"assistance.passage.why.{self.why}")


SEARCHES: tuple[tuple[Why, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (Why.SSN, ssns),
    (Why.BIRTH, births),
    (Why.CASE, cases),
    (Why.RECORD, records),
)


def find(text: str) -> list[Found]:
    """Everything in a text that looks like personal data about somebody, in order, none inside another."""
    found: list[Found] = []
    for one in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            last = found[-1]
            found[-1] = Found(last.start, max(last.end, one.end), last.why)
        else:
            found.append(one)
    return found


def _all(text: str) -> Iterator[Found]:
    for why, search in SEARCHES:
        for start, end in search(text):
            yield Found(start, end, why)


def passages_in(text: str, question: Question | None = None, page: Page | None = None) -> list[Passage]:
    """The findings of one text, ready for assistance/passages.html; equal ones once."""
    name = question.name if question else ""
    found: dict[str, Passage] = {}
    for one in find(text):
        passage = text[one.start : one.end]
        key = fingerprint(f"{name}:{passage}")
        before, after = _before(text, one.start), _after(text, one.end)
        found.setdefault(key, Passage(question, page, before, passage, after, one.why, key))
    return list(found.values())


def passages(request: "Request") -> list[Passage]:
    """The findings in the answers of a request, in the order of the form."""
    told = request.answers()
    return [
        passage
        for page in PAGES
        for question in page.questions
        if question.kind in FREE and question.name not in SIGNED_BY_HAND
        for passage in passages_in(str(told.get(question.name) or ""), question, page)
    ]


def unconfirmed(request: "Request") -> list[Passage]:
    """Those that nobody has looked at and confirmed yet."""
    return [one for one in passages(request) if one.key not in request.confirmed_passages]


# What stands around ---------------------------------------------------------------------------------------


def _before(text: str, start: int) -> str:
    if start <= AROUND:
        return text[:start]
    cut = text[start - AROUND : start]
    return "… " + (cut.partition(" ")[2] or cut)


def _after(text: str, end: int) -> str:
    if len(text) - end <= AROUND:
        return text[end:]
    cut = text[end : end + AROUND]
    return (cut.rpartition(" ")[0] or cut) + " …"

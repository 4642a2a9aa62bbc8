"""Blacking out: a passage is taken out of everything that the database holds about a request, for good.

What left by mail stays in mailboxes, and files cannot be blacked out: their content can only be deleted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F

from leadbureau.kit.encrypted import fingerprint
from leadbureau.mail.models import Letter
from sites.assistance.models import Request
from sites.assistance.models.endorsement import as_read
from sites.assistance.models.event import Event
from sites.assistance.moves import NotAllowed
from sites.assistance.participant_data import BLACK, FREE
from sites.assistance.questions import QUESTION_OF

SHORTEST = 3  # characters: anything shorter stands in too many words that nobody means
# Where it is looked for: what it is called in the count, the rows of a request, and their columns of text.
COLUMNS = (
    ("in the answers", "pages", ("values",)),
    ("in what was added later", "supplements", ("changes", "words")),
    ("in messages", "messages", ("words",)),
    ("in words of support", "endorsements", ("sentence",)),
    ("in notes to colleagues", "shares", ("note",)),
    ("in requests to join", "join_requests", ("words",)),
    ("in what came of it", "outcomes", ("words",)),
    ("in names of files", "attachments", ("name",)),
    ("in the history and in notes", "events", ("words",)),
)
OF_THE_CASE = ("contact_name", "agency", "place", "plan", "next_action")
OF_A_LETTER = ("subject", "body")
# Encrypted columns that are left: by them the site knows whom to write to and who spoke.
LEFT_ALONE = {
    "assistance.request": {"email", "link_mailed_to"},
    "assistance.share": {"name", "email"},
    "assistance.endorsement": {"name", "title", "email"},
    "assistance.joinrequest": {"name", "email", "agency"},
    "mail.letter": {"to", "last_error"},
}


@dataclass(frozen=True)
class Place:
    """A column in which the passage stands, `count` times, and what is put there instead."""

    called: str
    row: models.Model
    column: str
    count: int
    instead: Any


def places(request: Request, passage: str) -> list[Place]:
    """Where a passage stands in a request. Case and the kind of white space do not count; whole words do.

    Raises NotAllowed for a passage of fewer than SHORTEST characters.
    """
    pattern = _pattern(passage)
    return [
        Place(called, row, column, count, instead)
        for called, row, column in _columns(request)
        for count, instead in [_blacked(getattr(row, column), pattern)]
        if count
    ]


def in_words(found: list[Place]) -> str:
    """How often it stands where, like "2 in the answers, 1 in letters"."""
    counted: Counter[str] = Counter()
    for one in found:
        counted[one.called] += one.count
    return ", ".join(f"{count} {called}" for called, count in counted.items())


def black_out(request: Request, passage: str, *, why: str, by) -> int:
    """Put a black bar in place of a passage, everywhere; tells how many. It cannot be undone, and nothing keeps it.

    Raises NotAllowed when it stands nowhere, is too short, stands in `why` itself, or `by` may not do this.
    """
    if not by.has_perm("assistance.redact_request"):
        raise NotAllowed("You need the permission to black out passages.")
    if _pattern(passage).search(why):
        raise NotAllowed("The reason is kept for good, so the passage must not stand in it.")
    with transaction.atomic():
        row = Request.objects.select_for_update().get(pk=request.pk)
        found = places(row, passage)
        if not found:
            raise NotAllowed("This passage stands nowhere in the request.")
        up_to_date = [one.pk for one in row.endorsements.given() if one.answers_seen and not one.is_outdated]
        for one in found:
            _put(one)
        row.pages.filter(pk__in=[one.row.pk for one in found if one.column == "values"]).update(
            version=F("version") + 1  # who has the page open shall not put the passage back unseen
        )
        fresh = Request.objects.get(pk=row.pk)
        fresh.endorsements.filter(pk__in=up_to_date).update(answers_seen=fingerprint(as_read(fresh)))
        fresh.record(Event.Action.REDACT, by=by, words=why)
    request.refresh_from_db()
    return sum(one.count for one in found)


def _columns(request: Request) -> Iterator[tuple[str, models.Model, str]]:
    for called, name, columns in COLUMNS:
        for row in getattr(request, name).all():
            for column in columns:
                yield called, row, column
    for column in OF_THE_CASE:
        yield "in the case itself", request, column
    for letter in Letter.objects.about(request.reference):
        for column in OF_A_LETTER:
            yield "in letters", letter, column


def _pattern(passage: str) -> re.Pattern:
    """The passage as whole words. A line break in a letter, or two spaces, is like one space."""
    words = passage.split()
    if len("".join(words)) < SHORTEST:
        raise NotAllowed(f"Give at least {SHORTEST} characters.")
    before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    after = r"(?!\w)" if re.search(r"\w$", words[-1]) else ""
    return re.compile(before + r"\s+".join(map(re.escape, words)) + after, re.IGNORECASE)


def _blacked(value: Any, pattern: re.Pattern) -> tuple[int, Any]:
    """How often it stands in a value, and the value without it. Of answers only what people write themselves."""
    if isinstance(value, str):
        instead, count = pattern.subn(BLACK, value)
        return count, instead
    if isinstance(value, list):
        both = [_blacked(one, pattern) for one in value]
        return sum(count for count, _ in both), [instead for _, instead in both]
    if isinstance(value, dict):
        pairs = {name: _blacked(one, pattern) if _is_free(name) else (0, one) for name, one in value.items()}
        return sum(count for count, _ in pairs.values()), {
            name: instead for name, (_, instead) in pairs.items()
        }
    return 0, value


def _is_free(name: str) -> bool:
    question = QUESTION_OF.get(name)
    return question is None or question.kind in FREE


def _put(place: Place) -> None:
    """Past `save`: history is otherwise only added to, and letters are never changed."""
    field: Any = place.row._meta.get_field(place.column)
    instead = place.instead
    if isinstance(instead, str) and field.max_length:
        instead = instead[: field.max_length]
    type(place.row)._base_manager.filter(pk=place.row.pk).update(**{place.column: instead})

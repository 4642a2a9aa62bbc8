"""What a letter says, before it is one: prefilled from a template, changed by who answers for it."""

import re
from typing import NamedTuple

LONGEST_SUBJECT = 200  # characters
GAP = re.compile(r"\[[^\[\]]+\]")


class Words(NamedTuple):
    subject: str
    body: str


def tidy(words: Words) -> Words:
    """The same words as they are stored: one line of subject, no trailing spaces, no holes in the body."""
    lines = [line.rstrip() for line in words.body.splitlines()]
    return Words(one_line(words.subject), re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n")


def one_line(text: str) -> str:
    """A subject without line breaks (header injection) and control characters, cut to what lists can show."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LONGEST_SUBJECT]


def gap_in(body: str, *, marks=()) -> str | None:
    """The first passage in square brackets that somebody still has to write, or None; `marks` are no gaps."""
    return next((gap for gap in GAP.findall(body) if gap not in marks), None)

"""What finds room on a Letter page: names are cut by characters, texts between sentences and lists by lines.

Nothing is hidden on paper: what is left out is counted, and the sheet says how much and where to read it.
Heights are in points, as brief.css prints them, and were measured in Chromium; RESERVE stays free for
fonts that are wider than those.
"""

import re
from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import TypeVar

Row = TypeVar("Row")

SHEET = 714.0  # an inch is 72 points; Letter is 11 inches high, less the two margins and a hair
RESERVE = 38.0
LINE = 13.5  # of text
ACROSS = 116  # characters of text in a line across the sheet
SENTENCE = re.compile(r"(?<=[a-z0-9)”][.!?])\s+(?=[“(A-Z0-9])")  # where one ends and the next begins


def clip(text: str, most: int) -> str:
    """Whole words, at most so many characters, on one line; an ellipsis tells that words are missing."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}".rstrip(" ,;:.–") + "…"


def whole_or_none(text: str, most: int) -> str:
    """On one line; empty when it is longer than so many characters. For what loses its limits with its end."""
    text = " ".join(text.split())
    return text if len(text) <= most else ""


def whole_sentences(text: str, most: int) -> str:
    """The first sentences that are so many characters together; the words of the first when it is longer."""
    sentences = SENTENCE.split(" ".join(text.split()))
    told = clip(sentences[0], most)
    for sentence in sentences[1:]:
        if len(told) + 1 + len(sentence) > most:
            break
        told = f"{told} {sentence}"
    return told


def high(text: str, in_a_line: int = ACROSS, line: float = LINE) -> float:
    """The height of a text in points, wrapped at so many characters."""
    return len(wrap(text, round(in_a_line * 0.97))) * line


def that_fit(rows: Iterable[Row], room: float, height: Callable[[Row], float]) -> list[Row]:
    """The first rows that find room together; their height is told by a function."""
    kept: list[Row] = []
    for row in rows:
        room -= height(row)
        if room < 0:
            break
        kept.append(row)
    return kept

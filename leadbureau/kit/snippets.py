"""The stretch of a text around the words that a reader searched for, with those words marked."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leadbureau.kit.search_text import fold

_PUNCTUATION = '.,;:!?()[]“”"'
_TOKEN = re.compile(r"\S+")
LENGTH = 32  # words of a snippet; two lines on a wide screen
LEAD_IN = 6  # words kept before the first one that was found


def is_hit(token: str, words: list[str]) -> bool:
    """Whether a word of a text is one that was searched for: it, or a part of it, begins with one of them."""
    return any(part.startswith(word) for part in fold(token).split() for word in words)


def mark(text: str, words: list[str]) -> SafeString:
    """The whole text, escaped, with the words that were found in <mark>."""
    return _marked(_TOKEN.findall(text), words)


def snippet(text: str, words: list[str]) -> SafeString:
    """The stretch of a plain text that holds most of the searched words; its beginning when it holds none."""
    tokens = _TOKEN.findall(text)
    hits = [number for number, token in enumerate(tokens) if is_hit(token, words)]
    start = max(0, min(_best_start(tokens, hits, words) - LEAD_IN, len(tokens) - LENGTH))
    shown = tokens[start : start + LENGTH]
    if start > 0:
        shown = ["…", *shown]
    if start + LENGTH < len(tokens):
        shown.append("…")
    return _marked(shown, words)


def holds_all(text: str, words: list[str]) -> bool:
    """Whether each of the words begins a word of the text."""
    folded = fold(text)
    return all(f" {word}" in folded for word in words)


def closeness(text: str, words: list[str]) -> int:
    """How many of the words begin a word of the text; twice that when they stand in it as they were typed."""
    if not words:
        return 0
    folded = fold(text)
    found = sum(f" {word}" in folded for word in words)
    return 2 * found if "".join(f" {word}" for word in words) in folded else found


def _best_start(tokens: list[str], hits: list[int], words: list[str]) -> int:
    """The hit from which on the words stand closest together within a snippet; the first of equals."""
    starts = hits[:200]  # a text with more hits than that has its best early enough
    return max(
        starts,
        key=lambda hit: closeness(" ".join(tokens[hit : hit + LENGTH - LEAD_IN]), words),
        default=0,
    )


def _marked(tokens: list[str], words: list[str]) -> SafeString:
    """The tokens in a line, escaped; words that were found one after the other share one mark."""
    runs: list[tuple[str, str, str]] = []
    for token in tokens:
        before, core, after = _around(token) if is_hit(token, words) else (token, "", "")
        if core and not before and runs and runs[-1][1] and not runs[-1][2]:
            core = f"{runs[-1][1]} {core}"
            before = runs.pop()[0]
        runs.append((before, core, after))
    return format_html_join(
        " ",
        "{}{}{}",
        (
            (before, format_html("<mark>{}</mark>", core) if core else "", after)
            for before, core, after in runs
        ),
    )


def _around(token: str) -> tuple[str, str, str]:
    """A word without the punctuation before and after it, and these two."""
    core = token.strip(_PUNCTUATION)
    before, _, after = token.partition(core)
    return before, core, after

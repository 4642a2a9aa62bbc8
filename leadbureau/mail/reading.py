"""How a letter looks when it is read: the plain text that is stored, folded, and a simple page made of it.

Writers of letters know one format, plain text, with five habits: blank lines part paragraphs; a line in CAPITALS is
a heading; lines with "- " are a list; indented lines quote somebody; "Open your request: https://..." on a line
of its own is what the reader is to press.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leadbureau.content.layout import layout
from leadbureau.content.wording import say

WIDTH = 76  # characters: RFC 5322, section 2.1.1, asks for fewer than 79
ADDRESS = re.compile(r"https?://[^\s<>\"\[\]]+")
PRESS = re.compile(r"^(?:(?P<label>[^:]{2,80}): )?(?P<address>https?://\S+)$")
FACT = re.compile(r"^[^:]{2,40}: \S.*$")
LINK = '<a href="{0}" style="color:inherit;overflow-wrap:anywhere">{0}</a>'
QUOTED = ("  ", ">")
END_OF_SENTENCE = ".,;:!?)'"
REFERENCE = re.compile(r"\b[A-Z]{1,3}-\w{3}-\w{3}-\w\b")  # never broken at its hyphens


@dataclass(frozen=True)
class Block:
    """A piece of a letter: `kind` says how the template shows it."""

    kind: str  # heading, subheading, text, items, facts, quote or button
    lines: list = field(default_factory=list)
    label: str = ""
    address: str = ""


def as_text(body: str) -> str:
    """The body with lines of at most WIDTH characters; addresses stay whole, whatever their length."""
    return "\n".join(_folded(line) for line in body.rstrip("\n").split("\n")) + "\n"


def as_html(subject: str, body: str, *, by_staff: bool = True) -> str:
    """The whole page, with inline styles only: nothing is fetched, nothing tells that it was read.

    Only what staff wrote leads to other hosts: what the site writes by itself repeats names that anybody typed.
    """
    bureau = layout().details
    found = _leveled(list(blocks(body, bureau.name, foreign=by_staff)))
    context = {"subject": subject, "heading": _unbroken(subject), "bureau": bureau, "blocks": found}
    return render_to_string("mail/letter.html", context).strip() + "\n"


def blocks(body: str, signed: str = "", *, foreign: bool = True) -> Iterator[Block]:
    """The pieces of a letter in their order, without the signature: the page has its own."""
    chunks = [chunk.split("\n") for chunk in re.split(r"\n(?:[ \t]*\n)+", body.strip("\n"))]
    if signed and chunks[-1][0] == signed:
        chunks.pop()
    pressed = False
    for chunk in chunks:
        for block in _of_chunk(chunk, foreign):
            if block.kind == "button" and pressed:
                block = Block("text", [_linked(f"{block.label}: {block.address}".removeprefix(": "))])
            pressed = pressed or block.kind == "button"
            yield _with_words(block)


def _leveled(found: list[Block]) -> list[Block]:
    """A heading right above another one is over all that follow: these become subheadings."""
    over = False
    leveled = []
    for block, following in zip(found, [*found[1:], None], strict=True):
        is_heading = block.kind == "heading"
        leveled.append(Block("subheading", block.lines) if is_heading and over else block)
        over = over or (is_heading and following is not None and following.kind == "heading")
    return leveled


def _of_chunk(lines: list[str], foreign: bool) -> Iterator[Block]:
    """One paragraph may hold several pieces: words, a list under them, a line to press."""
    label = ""
    runs = [(kind, list(run)) for kind, run in groupby(_kinds(lines), key=lambda pair: pair[0])]
    for number, (kind, run) in enumerate(runs):
        told = [line for _, line in run]
        quoted_next = number + 1 < len(runs) and runs[number + 1][0] == "quote"
        if kind == "text" and len(told) == 1 and quoted_next:
            label = told[0]
        elif kind == "quote":
            bare = [line.removeprefix(">").strip() for line in told]
            yield Block("quote", [_linked(line, foreign=False) for line in bare], label=label)
            label = ""
        elif kind == "button":
            yield from (_button(line) for line in told)
        elif kind == "items":
            yield Block("items", [_linked(item, foreign=foreign) for item in _items(told)])
        elif len(told) == 1 and _is_heading(told[0]):
            yield Block("heading", told)
        elif _are_facts(told):
            facts = [line.partition(": ") for line in told]
            yield Block("facts", [(name, _unbroken(value)) for name, _, value in facts])
        else:
            yield Block("text", [_linked(line, foreign=foreign) for line in told])


def _kinds(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What each line is; an indented line under an item goes on with it."""
    before = ""
    for line in lines:
        found = PRESS.match(line.strip())
        if line.startswith("- ") or (before == "items" and line.startswith("  ")):
            before = "items"
        elif found and _is_own(found["address"]):
            before = "button"
        else:
            before = "quote" if line.startswith(QUOTED) else "text"
        yield before, line


def _items(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line.startswith("- "):
            found.append(line[2:])
        else:
            found[-1] += " " + line.strip()
    return found


def _button(line: str) -> Block:
    label, _, address = line.strip().rpartition(" ")
    return Block("button", label=label.removesuffix(":"), address=address)


def _with_words(block: Block) -> Block:
    if block.kind == "button" and not block.label:
        return Block("button", label=say("mail.open_page"), address=block.address)
    return block


def _is_heading(line: str) -> bool:
    return len(line) <= 80 and line.upper() == line and sum(map(str.isalpha, line)) > 2


def _are_facts(lines: list[str]) -> bool:
    """Lines like "Reference: TA-234-567-8", two or more, or one with nothing but a reference in it."""
    told = all(FACT.match(line) for line in lines)
    return told and (len(lines) > 1 or bool(REFERENCE.fullmatch(lines[0].partition(": ")[2])))


def _is_own(address: str) -> bool:
    return address.startswith(f"{settings.SITE_URL}/")


def _linked(line: str, *, foreign: bool = True) -> SafeString:
    """The line escaped, its addresses as links that show where they lead; `foreign` ones only where we wrote them."""
    parts, at = [], 0
    for found in ADDRESS.finditer(line):
        address = found[0].rstrip(END_OF_SENTENCE)
        if foreign or _is_own(address):
            parts.append(_unbroken(line[at : found.start()]))
            parts.append(format_html(LINK, address))
            at = found.start() + len(address)
    parts.append(_unbroken(line[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _unbroken(words: str) -> SafeString:
    """The words escaped, with each reference on one line."""
    parts = REFERENCE.split(words)
    kept = [
        format_html('<span style="white-space:nowrap">{}</span>', one) for one in REFERENCE.findall(words)
    ]
    pairs = zip(parts, [*kept, ""], strict=True)
    return format_html_join("", "{}{}", pairs)


def _folded(line: str) -> str:
    start = len(line) - len(line.lstrip(" "))
    start += 2 if line[start:].startswith("- ") else 0
    return textwrap.fill(
        line.rstrip(),
        WIDTH,
        subsequent_indent=" " * start,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )

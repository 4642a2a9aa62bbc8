"""What changed between two texts, word by word, as HTML that needs no script."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_END_OF_LINE = re.compile(r"</(?:p|h3|h4|li|blockquote|tr)>|<br>")
_TAG = re.compile(r"<[^>]*>")
_WORD_OR_BREAK = re.compile(r"\n|[^\s]+")


def readable(html: str) -> str:
    """Rich text as plain lines; a link shows its address, or a change of it could not be seen."""
    text = _LINK.sub(r"\2 (\1)", html.replace("\n", " "))
    lines = unescape(_TAG.sub(" ", _END_OF_LINE.sub("\n", text))).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def word_diff(old: str, new: str) -> SafeString:
    """The new text with what came as <ins>, and what is gone as <del> where it stood; line breaks stay."""
    before, after = _WORD_OR_BREAK.findall(old), _WORD_OR_BREAK.findall(new)
    parts: list[SafeString] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(format_html("{}", " ".join(after[c:d])))
            continue
        if a < b:
            parts.append(format_html("<del>{}</del>", " ".join(before[a:b])))
        if c < d:
            parts.append(format_html("<ins>{}</ins>", " ".join(after[c:d])))
    return format_html_join(" ", "{}", ((part,) for part in parts))

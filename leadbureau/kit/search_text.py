"""Words made findable: folded once when a row is saved, compared as they are.

A row's folded text holds each of its words after a single space, without accents or capitals, so that
" espan" finds "Española" at the start of a word, on SQLite and PostgreSQL alike, by a plain LIKE.
"""

import re
import unicodedata
from html import unescape

from django.db import models
from django.db.models import Q

_TAG = re.compile(r"<[^>]*>")
_NO_WORD = re.compile(r"[^a-z0-9]+")

LONGEST_QUERY = 200  # characters of a query that are looked at; nobody types more on purpose
MOST_WORDS = 8


def plain(html: str) -> str:
    """The text of a piece of HTML on one line: tags become spaces, entities become characters."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def fold(text: str) -> str:
    """Lower-case ASCII words, each after one space: "Doña Ana, NM" gives " dona ana nm"."""
    letters = unicodedata.normalize("NFKD", text.replace("ʻ", "").replace("'", "").replace("’", ""))
    words = _NO_WORD.sub(" ", letters.encode("ascii", "ignore").decode().lower()).split()
    return "".join(f" {word}" for word in words)


def words_of(query: str) -> list[str]:
    """The folded words of what a reader typed, at most MOST_WORDS of them."""
    return fold(query[:LONGEST_QUERY]).split()[:MOST_WORDS]


def matches(query: str, field: str = "search_text") -> Q:
    """A filter: every word of the query begins a word of the row. An empty query matches every row."""
    found = Q()
    for word in words_of(query):
        found &= Q(**{f"{field}__contains": f" {word}"})
    return found


class SearchTextField(models.TextField):
    """The folded text of other fields of the row, computed whenever it is saved.

    sources: names of attributes (dots follow relations); HTML in them is reduced to its text.
    """

    def __init__(self, *args, sources: tuple[str, ...] = (), **kwargs):
        self.sources = sources
        kwargs.update(editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "blank", "default"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance, add):
        folded = fold(" ".join(plain(str(_follow(model_instance, source))) for source in self.sources))
        setattr(model_instance, self.attname, folded)
        return folded


def _follow(row, path: str):
    for name in path.split("."):
        row = getattr(row, name, None)
        if row is None:
            return ""
    return row() if callable(row) else row

"""Reads seed files strictly: a slip stops the load with a sentence that names the file and the row."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from leadbureau.kit.safe_html import TAGS, clean

_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


class SeedError(ValueError):
    """A seed file says something that the site cannot take; the message is a whole sentence."""


def read(file: Path, tables: set[str]) -> dict:
    """The tables of a TOML file; an absent file has none. Raises SeedError for a table nobody expects."""
    if not file.exists():
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"{file.name} is not TOML: {error}.") from error
    check_keys(found, allowed=tables, where=file.name)
    return found


def check_keys(row: dict, *, allowed: set[str], required: tuple[str, ...] = (), where: str) -> None:
    """Raises SeedError when a row has a key that nothing reads, or lacks one that must be there."""
    unknown = sorted(set(row) - allowed)
    if unknown:
        raise SeedError(
            f"{where}: nothing reads {', '.join(unknown)}; known are {', '.join(sorted(allowed))}."
        )
    missing = [name for name in required if row.get(name) in (None, "")]
    if missing:
        raise SeedError(f"{where}: {', '.join(missing)} must be given.")


def rich(html: str, where: str) -> str:
    """The HTML as the site stores it. Raises SeedError for a tag that rich text may not have."""
    strange = sorted({name for name in _TAG_NAME.findall(html) if name.lower() not in TAGS})
    if strange:
        raise SeedError(f"{where}: rich text may not have the tag {', '.join(strange)}.")
    return clean(html)


Row = TypeVar("Row", bound=Model)


def checked(row: Row, where: str, *, exclude: tuple[str, ...] = ()) -> Row:
    """The unsaved row when each of its fields is valid. Raises SeedError with Django's own reasons."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        reasons = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
        raise SeedError(f"{where}: {reasons}") from error
    return row

"""Microcopy: every word of the pages that is in no other row.

The words stand in seed/wordings/*.toml with a note that says where they show. Staff may put others in
their place (the Wording model); a key without a row, or with an empty one, shows the file's text.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "seed" / "wordings"


@dataclass(frozen=True)
class Default:
    text: str
    note: str


@cache
def defaults() -> dict[str, Default]:
    """All keys with their first text and the note for staff. Raises ValueError when a key stands twice."""
    found: dict[str, Default] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for key, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in found:
                raise ValueError(f"The wording {key!r} stands twice; the second time in {file.name}.")
            found[key] = Default(text=row["text"], note=row.get("note", ""))
    return found


def say(key: str, **values) -> str:
    """The words for a key as staff want them, with {placeholders} filled.

    Raises KeyError for a key that no file knows. A text of staff whose placeholders do not fit gives way
    to the file's own text, so that a slip in the admin never breaks a page.
    """
    from leadbureau.content.layout import layout

    default = defaults()[key].text
    text = layout().wordings.get(key) or default
    if not values:
        return text
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError):
        return default.format(**values)

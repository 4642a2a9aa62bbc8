"""Filters as plain links: each says how many rows it leaves, and works without a script or a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class FilterLink:
    label: str
    count: int
    address: str
    chosen: bool


def filter_links(
    name: str, choices: Iterable[tuple[str, str, int]], chosen: str, *, everything: str, kept: dict[str, str]
) -> list[FilterLink]:
    """Links that set one parameter of the query, and first the one that takes it away.

    choices: value, label and number of rows; values without rows get no link.
    kept: other parameters of the query; empty ones fall away.
    """
    rows = [row for row in choices if row[2]]
    kept = {key: value for key, value in kept.items() if value}
    rows.insert(0, ("", everything, sum(count for _, _, count in rows)))
    return [
        FilterLink(
            label, count, "?" + urlencode({**kept, **({name: value} if value else {})}), value == chosen
        )
        for value, label, count in rows
    ]

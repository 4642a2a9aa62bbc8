"""How long things are kept: read from leadbureau/retention.toml, the one file that the Bureau approves.

The code holds no time of its own, so what the file says is what happens.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "retention.toml"


@dataclass(frozen=True)
class Rule:
    """One line of the policy. `days` is None for what is kept for good."""

    name: str  # like "assistance.drafts"
    what: str  # in words, for the Bureau
    days: int | None
    counted_from: str  # in words

    @property
    def time(self) -> timedelta:
        """How long. Raises ValueError for what is kept for good: nothing may delete it."""
        if self.days is None:
            raise ValueError(f"{self.name} is kept for good.")
        return timedelta(days=self.days)


@cache
def rules() -> dict[str, Rule]:
    """All rules by name, in the order of the file. Raises ValueError when a rule is not whole."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {}
    for area, lines in read.items():
        for key, line in lines.items():
            name = f"{area}.{key}"
            days = line.get("days")
            if not line.get("what") or (days is not None and (type(days) is not int or days < 1)):
                raise ValueError(
                    f"retention.toml: {name} needs `what`, and `days` as a whole number above 0."
                )
            found[name] = Rule(name, line["what"], days, line.get("counted_from", ""))
    return found


def kept(name: str) -> timedelta:
    """How long the things of a rule are kept. Raises KeyError for a rule that the file does not have."""
    return rules()[name].time


@dataclass(frozen=True)
class Purge:
    """What becomes of the things of a rule when their time is over. An app lists its own in `retention.PURGES`."""

    rule: str  # its name in retention.toml
    due: Callable[[datetime], Sequence]  # due(now): the rows whose time is over
    carry_out: Callable[[Sequence], int]  # deletes or strips these rows; tells how many

    def run(self, now: datetime) -> int:
        rows = self.due(now)
        return self.carry_out(rows) if rows else 0

"""Freezing a report, reading it again, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sites.assistance.models import FrozenReport
from sites.assistance.reports.definitions import EDITION
from sites.assistance.reports.figure import Figure
from sites.assistance.reports.figures import figures
from sites.assistance.reports.period import Period

OF_ITS_DAY = ("open_now",)  # says how it stood on a day, so that it differs on every other


@dataclass(frozen=True)
class Difference:
    """A value that would be another today. None: the category is not there, or has no value."""

    figure: str
    category: str
    unit: str
    then: int | float | None
    now: int | float | None


def freeze(period: Period, *, title: str, by, now: datetime | None = None) -> tuple[FrozenReport, bool]:
    """Keeps the figures as they stand; gives the report and whether it is new.

    The same title for the same period is the same report: a second click finds the first, and of two at the
    same moment the database lets one through.
    """
    same = {"title": title, "since": period.since, "until": period.until}
    with transaction.atomic():
        if known := FrozenReport.objects.filter(**same).first():
            return known, False
        fields = {"frozen_at": now or timezone.now(), "frozen_by": by, **_told(figures(period, now))}
        return FrozenReport.objects.get_or_create(**same, defaults=fields)


def _told(found: Sequence[Figure]) -> dict:
    """The columns that hold figures and their meanings."""
    return {
        "figures": [figure.as_json() for figure in found],
        "definitions": {figure.key: figure.definition for figure in found},
        "edition": EDITION,
    }


def stored(report: FrozenReport) -> list[Figure]:
    """The figures as they were frozen, with what they meant then."""
    return [Figure.from_json(told, report.definitions.get(told["key"], "")) for told in report.figures]


def differences(then: Sequence[Figure], now: Sequence[Figure]) -> list[Difference]:
    """What would be another value today, figure by figure; what counts as nothing on both sides is the same."""
    found: list[Difference] = []
    now_by_key = {figure.key: figure for figure in now}
    keys = [figure.key for figure in then]
    for old in [*then, *(figure for figure in now if figure.key not in keys)]:
        if old.key not in OF_ITS_DAY:
            of_then = old if old.key in keys else None
            found += _between(of_then, now_by_key.get(old.key))
    return found


def _between(old: Figure | None, new: Figure | None) -> list[Difference]:
    rows = {row.key: (figure, row) for figure in (new, old) if figure for row in figure.rows}
    order = [row.key for figure in (old, new) if figure for row in figure.rows]
    found = []
    for key in dict.fromkeys(order):
        figure, row = rows[key]
        then, now = (one.value(key) if one else None for one in (old, new))
        if (then or 0) != (now or 0):
            found.append(Difference(figure.title, row.category, figure.unit_of(row), then, now))
    return found


def other_meanings(then: Sequence[Figure], now: Sequence[Figure]) -> list[str]:
    """The titles of figures that are counted by another definition today."""
    today = {figure.key: figure.definition for figure in now}
    return [figure.title for figure in then if today.get(figure.key, figure.definition) != figure.definition]

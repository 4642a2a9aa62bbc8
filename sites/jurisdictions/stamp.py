"""In which state the public directory is: what is made of it can be kept until this changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils import timezone

from leadbureau.content.models import Wording
from sites.jurisdictions.models import Jurisdiction, StageChange, State, StateMeasure


@dataclass(frozen=True)
class Stamp:
    """`tag` differs whenever anything public can differ; `changed_at` is when that was, to the second."""

    tag: str
    changed_at: datetime


def directory_stamp(now: datetime | None = None) -> Stamp:
    """The state of places, histories, states, certificates and wordings; one query over small indexes.

    It changes with the day as well: a certificate ends by the calendar, and so does a confirmation.
    """
    now = now or timezone.now()
    found = _found()
    day = timezone.localdate(now)
    moments = [moment for *_, moment in found if moment]
    midnight = datetime.combine(day, time.min, timezone.get_current_timezone())
    changed_at = max([*moments, midnight]).astimezone(UTC).replace(microsecond=0)
    tag = sha256(repr((settings.SITE_URL, day, found)).encode()).hexdigest()[:24]
    return Stamp(tag, changed_at)


def _found() -> list[tuple[str, int, datetime | None]]:
    """Of each table its name, its rows, and its newest change.

    In SQL of our own: an aggregate of Django's groups all rows first, and takes a hundred times as long.
    """
    tables = [model._meta.db_table for model in _sources()]
    quoted = [connection.ops.quote_name(table) for table in tables]
    # The names are our own models'.
    parts = [f"(SELECT COUNT(*) FROM {name}), (SELECT MAX(updated_at) FROM {name})" for name in quoted]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}")
        row = cursor.fetchone()
    return [(table, row[2 * n], _moment(row[2 * n + 1])) for n, table in enumerate(tables)]


def _moment(stored: datetime | str | None) -> datetime | None:
    """SQLite gives the text that Django stored, in UTC."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored


def _sources() -> list:
    """Certificates live a floor above; they are reached by the relation that they declare."""
    certificates = Jurisdiction._meta.get_field("certificates").related_model
    return [Jurisdiction, StageChange, State, StateMeasure, certificates, Wording]

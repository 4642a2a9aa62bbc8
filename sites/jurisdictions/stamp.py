"""In which state the public directory is: what is made of it can be kept until this changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256

from django.conf import settings
from django.db.models import CharField, Count, Max, Value
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
    counted = [
        model._default_manager.order_by()
        .annotate(of=Value(model._meta.label_lower, CharField()))
        .values("of")
        .annotate(rows=Count("pk"), newest=Max("updated_at"))
        .values_list("of", "rows", "newest")
        for model in _sources()
    ]
    found = sorted(counted[0].union(*counted[1:], all=True))
    day = timezone.localdate(now)
    moments = [moment for *_, moment in found if moment]
    midnight = datetime.combine(day, time.min, timezone.get_current_timezone())
    changed_at = max([*moments, midnight]).astimezone(UTC).replace(microsecond=0)
    tag = sha256(repr((settings.SITE_URL, day, found)).encode()).hexdigest()[:24]
    return Stamp(tag, changed_at)


def _sources() -> list:
    """Certificates live a floor above; they are reached by the relation that they declare."""
    certificates = Jurisdiction._meta.get_field("certificates").related_model
    return [Jurisdiction, StageChange, State, StateMeasure, certificates, Wording]

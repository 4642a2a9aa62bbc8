"""Questions to the table of places. public() is the one door for what visitors see."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, FloatField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cos, Power, Radians, Sin
from django.utils import timezone

from leadbureau.kit.search_text import matches
from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.confirmed import ConfirmedQuerySet
from sites.jurisdictions.models.traits import Visibility

CHECK_AFTER = timedelta(days=365)  # an entry is looked at once a year


@dataclass(frozen=True)
class Totals:
    """How many places there are, in how many states and territories, at which stage."""

    places: int
    states: int
    by_stage: dict[str, int]


class JurisdictionQuerySet(ConfirmedQuerySet):
    def public(self):
        """The places that visitors may see by name. Every page, file and feed starts here."""
        return self.filter(visibility=Visibility.NAMED)

    def counted_only(self):
        """The places that are a number in their state's total and nothing else."""
        return self.filter(visibility=Visibility.COUNTED)

    def in_state(self, state):
        """Those of a state, with the regions and nations that reach into it."""
        return self.filter(Q(state=state) | Q(pk__in=state.also_home_to.values("pk")))

    def staged(self, on: date | None = None):
        """With `stage` and `launch_year` as known on a day (default: the latest), read from the history.

        Both are one step in the index newest_of_place each. The filter for Jurisdiction.change_on.
        A place without any change by then has the stage None.
        """
        changes = StageChange.objects.filter(jurisdiction=OuterRef("pk"))
        if on:
            changes = changes.filter(sort_on__lte=on)
        starts = changes.dated().filter(stage=Stage.LAUNCHED, dated_by=StageChange.DatedBy.EVENT)
        return self.annotate(
            stage=Subquery(changes.newest_first().values("stage")[:1]),
            launch_year=Subquery(starts.order_by("sort_on", "pk").values("year")[:1]),
        )

    def as_of(self, on: date):
        """The places of which something is known on a day, staged as on that day."""
        return self.staged(on).filter(stage__isnull=False)

    def with_history(self):
        return self.select_related("state").prefetch_related("changes")

    def with_certified(self, on: date | None = None):
        """With `certified`: whether it holds a certificate that is valid on a day (default: today)."""
        certificates: Any = self.model._meta.get_field("certificates").related_model
        valid = certificates.objects.valid(on=on).filter(jurisdiction=OuterRef("pk"))
        return self.annotate(certified=Exists(valid))

    def matching(self, words: str):
        return self.filter(matches(words))

    def with_nearness(self, latitude: float, longitude: float):
        """With `nearness`: it grows with the distance from a point, and is None without a position."""
        spread = Power(Sin((Radians("latitude") - Radians(Value(latitude))) / 2), 2) + Cos(
            Radians(Value(latitude))
        ) * Cos(Radians("latitude")) * Power(Sin((Radians("longitude") - Radians(Value(longitude))) / 2), 2)
        return self.annotate(nearness=models.ExpressionWrapper(spread, output_field=FloatField()))

    def due_for_check(self, today: date | None = None):
        """Entries that nobody has looked at for a year, or ever."""
        before = (today or timezone.localdate()) - CHECK_AFTER
        return self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=before))

    def totals(self) -> Totals:
        """One query, whatever the number of places."""
        rows = self.staged().order_by().values_list("state_id", "stage").annotate(Count("pk"))
        by_stage: Counter = Counter()
        states = set()
        for state, stage, count in rows:
            by_stage[stage] += count
            states.add(state)
        return Totals(
            places=sum(by_stage.values()),
            states=len(states),
            by_stage={stage: by_stage[stage] for stage in Stage.values},
        )

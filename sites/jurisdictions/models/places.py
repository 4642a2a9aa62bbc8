"""A place: where LEAD is explored, developed or run."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, FloatField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cos, Power, Radians, Sin
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit.search_text import SearchTextField, matches
from sites.jurisdictions.bounds import lies_near
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.distance import miles
from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.states import State

CHECK_AFTER = timedelta(days=365)  # an entry is looked at once a year


@dataclass(frozen=True)
class Totals:
    """How many places there are, in how many states and territories, at which stage."""

    places: int
    states: int
    by_stage: dict[str, int]


class JurisdictionQuerySet(models.QuerySet):
    def public(self):
        """The places that visitors may see. Every page, file and feed starts here."""
        return self.filter(visible=True)

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


class Jurisdiction(models.Model):
    """A city, county, state, tribal nation or region, under the name that its effort has there."""

    class Kind(models.TextChoices):
        CITY = "city", "City"
        COUNTY = "county", "County"
        STATE = "state", "State"
        TRIBAL_NATION = "tribal-nation", "Tribal nation"
        REGION = "region", "Region"

    identifier = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Names the place in the open data; stays when the name or the address changes.",
    )
    name = models.CharField(
        "name of the effort", max_length=160, help_text='As it calls itself: "LEAD Santa Fe".'
    )
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="jurisdictions")
    slug = models.SlugField(
        max_length=100,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and hyphens.")
        ],
        help_text="Part of the address: lower-case letters, digits, hyphens. Links break when it changes.",
    )
    locality = models.CharField(
        "place", max_length=160, help_text='City or area in words: "Everett and Lynnwood".'
    )
    county = models.CharField(max_length=120, blank=True)
    county_fips = models.CharField(
        "Census code of the county",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", "Five digits, like 35049.")],
        help_text="Five digits; the first two are the state's.",
    )
    lead_agency = models.CharField(max_length=250, blank=True)
    website = models.URLField(max_length=500, blank=True)
    summary = models.TextField(
        blank=True, help_text="One or two plain sentences, shown at the top of its page."
    )
    note = models.CharField(
        max_length=200, blank=True, help_text='Short and public: "an expansion of Albany LEAD".'
    )
    source_title = models.CharField(
        "source", max_length=200, blank=True, help_text="Where the facts of this entry stand."
    )
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="In degrees: 35.6567")
    longitude = models.FloatField(
        null=True, blank=True, help_text="In degrees, negative west of Greenwich: -105.9821"
    )
    on_bureau_page = models.BooleanField(
        "an early replication",
        default=False,
        help_text="The Bureau's earlier website names it among the first.",
    )
    visible = models.BooleanField(
        "shown to visitors",
        default=False,
        help_text="Off: only staff see the place; it is on no page and in no file or feed.",
    )
    checked_on = models.DateField(
        "last checked",
        null=True,
        blank=True,
        help_text="The day when somebody last compared this entry with its source.",
    )
    updated_at = models.DateTimeField("last changed", auto_now=True)
    search_text = SearchTextField(
        sources=(
            "name", "locality", "county", "state.name", "state.usps", "get_kind_display", "lead_agency",
            "note", "summary",
        )
    )  # fmt: skip

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "place"
        constraints = [
            models.UniqueConstraint(fields=["state", "slug"], name="place_address_once_a_state"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Said twice, since a check of SQL lets pass what is neither true nor false.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_position_whole_or_absent",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jurisdictions:place", args=[self.state.slug, self.slug])

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError("Give both latitude and longitude, or neither.")
        if not hasattr(self, "state"):
            return
        if not self._lies_in_its_state():
            slip = "Is a minus missing, or are the two swapped?"
            raise ValidationError({"latitude": f"This position is not in or near {self.state}. {slip}"})
        if self.county_fips and not self.county_fips.startswith(self.state.fips):
            raise ValidationError(
                {"county_fips": f"The code of a county of {self.state} begins with {self.state.fips}."}
            )

    def _lies_in_its_state(self) -> bool:
        """A place without a position may be anywhere."""
        if self.latitude is None or self.longitude is None:
            return True
        return lies_near(self.state.usps, self.latitude, self.longitude)

    @property
    def where(self) -> str:
        """The place and its county in words, without saying the same twice: "Santa Fe, Santa Fe County"."""
        parts = [self.locality]
        if self.county and self.county.lower() not in self.locality.lower():
            parts.append(self.county)
        return ", ".join(part for part in parts if part)

    @property
    def website_host(self) -> str:
        return _host(self.website)

    @property
    def source_host(self) -> str:
        return _host(self.source_url)

    def history(self) -> list[StageChange]:
        """All changes, oldest first; from what was prefetched."""
        return list(self.changes.all())

    def change_on(self, on: date | None = None) -> StageChange | None:
        """The change that says its stage on a day (default: the latest). The predicate for staged()."""
        known = [change for change in self.history() if on is None or change.sort_on <= on]
        return max(known, key=lambda change: (change.sort_on, change.pk)) if known else None

    def launch(self, on: date | None = None) -> StageChange | None:
        """The change that dates its first start, if one is known; launch_year comes from it."""
        for change in self.history():
            if (
                change.stage == Stage.LAUNCHED
                and change.dated_by == StageChange.DatedBy.EVENT
                and change.year
            ):
                return change if on is None or change.sort_on <= on else None
        return None

    def miles_from(self, latitude: float, longitude: float) -> float | None:
        """Great-circle miles to a point; None without a position."""
        if self.latitude is None or self.longitude is None:
            return None
        return miles(self.latitude, self.longitude, latitude, longitude)

    def checked_in_words(self) -> str:
        return day_in_words(self.checked_on) if self.checked_on else ""

    def is_due_for_check(self, today: date | None = None) -> bool:
        """The predicate for due_for_check()."""
        return self.checked_on is None or self.checked_on < (today or timezone.localdate()) - CHECK_AFTER


def _host(address: str) -> str:
    """What a reader recognizes of an address: "lead-santafe.org"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")

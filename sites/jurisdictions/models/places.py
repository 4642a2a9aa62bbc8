"""A place: where LEAD is explored, developed or run."""

import uuid
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit.search_text import SearchTextField
from sites.jurisdictions.counties import County, counties
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.distance import miles
from sites.jurisdictions.geography import lies_in
from sites.jurisdictions.models import traits
from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.confirmed import ConfirmedByItself
from sites.jurisdictions.models.place_queries import CHECK_AFTER, JurisdictionQuerySet
from sites.jurisdictions.models.states import State

RESERVED_SLUGS = ("brief",)  # /sites/nm/brief/ is the brief of the state


class Jurisdiction(ConfirmedByItself):
    """A city, county, state, tribal nation or region, under the name that its effort has there."""

    Kind = traits.Kind
    Visibility = traits.Visibility
    Ground = traits.Ground
    PopulationBand = traits.PopulationBand
    Setting = traits.Setting
    AgencyKind = traits.AgencyKind
    HostsVisits = traits.HostsVisits

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
    also_in = models.ManyToManyField(
        State,
        blank=True,
        related_name="also_home_to",
        verbose_name="also in",
        help_text="Other states that a region or a tribal nation reaches into.",
    )
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
    county = models.CharField(
        "county in words",
        max_length=300,
        blank=True,
        help_text="As the public says it: “Santa Fe County”, or several for a region.",
    )
    county_fips = models.CharField(
        "Census codes of the counties",
        max_length=400,
        blank=True,
        validators=[
            RegexValidator(r"^\d{5}( \d{5})*$", "Codes of five digits, parted by one space: 35049 35028.")
        ],
        help_text="Five digits each; the first two are the state's.",
    )
    geoid = models.CharField(
        "Census GEOID",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Z]{2,12}$", "Digits and capitals, without spaces: 3570500.")],
        help_text="The Census's own code of the place: a state 2 digits, a county 5, a city 7.",
    )
    lead_agency = models.CharField(max_length=250, blank=True)
    lead_agency_kind = models.CharField(
        "kind of lead agency", max_length=20, choices=traits.AgencyKind, blank=True
    )
    local_partners = models.TextField(
        blank=True, help_text="Who works with the lead agency, in plain words; one a line."
    )
    offers = models.TextField(
        "what is offered", blank=True, help_text="In plain words: ways in, case management, hours."
    )
    population = models.CharField(max_length=12, choices=traits.PopulationBand, blank=True)
    setting = models.CharField("urban or rural", max_length=8, choices=traits.Setting, blank=True)
    hosts_visits = models.CharField(
        "hosts visits",
        max_length=3,
        choices=traits.HostsVisits,
        blank=True,
        help_text="Empty: not asked yet.",
    )
    public_contact = models.CharField(
        max_length=300,
        blank=True,
        help_text="An office and its telephone or page, for everybody to see. Never a person's own e-mail.",
    )
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
    visibility = models.CharField(
        "what the public sees", max_length=8, choices=traits.Visibility, default=traits.Visibility.COUNTED
    )
    ground = models.CharField(
        "why it may be named",
        max_length=16,
        choices=traits.Ground,
        blank=True,
        help_text="A place is named only on a ground: a public source (give it below), or its own consent.",
    )
    consent_by = models.CharField(
        "who agreed", max_length=200, blank=True, help_text="Name and office. Never shown to the public."
    )
    consent_on = models.DateField("when", null=True, blank=True)
    consent_how = models.CharField(
        "how", max_length=200, blank=True, help_text="By e-mail, by telephone, in a signed letter."
    )
    checked_on = models.DateField(
        "last checked",
        null=True,
        blank=True,
        help_text="The day when somebody last compared this entry with its source.",
    )
    confirmed_on = models.DateField(
        "confirmed by the place",
        null=True,
        blank=True,
        editable=False,
        help_text="The last time the jurisdiction itself said that its entry is right.",
    )
    updated_at = models.DateTimeField("last changed", auto_now=True, db_index=True)
    search_text = SearchTextField(
        sources=(
            "name", "locality", "county", "state.name", "state.usps", "get_kind_display", "lead_agency",
            "note", "summary", "local_partners", "offers",
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
            models.CheckConstraint(
                condition=~Q(visibility=traits.Visibility.NAMED)
                | Q(ground=traits.Ground.PUBLIC_SOURCE)
                | Q(ground=traits.Ground.CONSENT),
                name="place_is_named_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(consent_by="", consent_how="", consent_on__isnull=True)
                | (~Q(consent_by="") & ~Q(consent_how="") & Q(consent_on__isnull=False)),
                name="place_consent_says_who_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(ground=traits.Ground.CONSENT) | Q(consent_on__isnull=False),
                name="place_ground_of_consent_has_one",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jurisdictions:place", args=[self.state.slug, self.slug])

    def clean(self):
        """All slips at once, each beside its field."""
        errors = {**self._slips_of_ground(), **self._slips_of_position(), **self._slips_of_counties()}
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = f"/{self.slug}/ is the address of another page. Choose another word."
        if errors:
            raise ValidationError(errors)

    def _slips_of_ground(self) -> dict[str, str]:
        """A place is named because a public source does so, or because it agreed: never without a reason."""
        consent = (self.consent_by, self.consent_on, self.consent_how)
        if any(consent) and not all(consent):
            return {"consent_by": "Say who agreed, when, and how: all three, or none."}
        if self.ground == self.Ground.CONSENT and not all(consent):
            return {"consent_by": "Record the consent first: who agreed, when, and how."}
        if self.ground == self.Ground.PUBLIC_SOURCE and not self.source_title:
            return {"source_title": "Name the public source that names this place."}
        if self.visibility == self.Visibility.NAMED and not self.ground:
            return {"ground": "A place is named only on a ground: a public source, or its own consent."}
        return {}

    def _slips_of_position(self) -> dict[str, str]:
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            return {missing: "Give both latitude and longitude, or neither."}
        if hasattr(self, "state") and not self._lies_in_its_state():
            slip = "Is a minus missing, or are the two swapped?"
            return {"latitude": f"This position is not in or near {self.state}. {slip}"}
        return {}

    def _slips_of_counties(self) -> dict[str, str]:
        """Each code is one that the Census knows; the first lies in the place's state."""
        codes = self.county_fips.split()
        unknown = [code for code in codes if code not in counties()]
        if unknown:
            return {"county_fips": f"The Census knows no county {', '.join(unknown)}."}
        if codes and hasattr(self, "state") and not codes[0].startswith(self.state.fips):
            return {"county_fips": f"The code of a county of {self.state} begins with {self.state.fips}."}
        return {}

    @property
    def counties(self) -> list[County]:
        """The counties it lies in or is made of, by their codes."""
        return [counties()[code] for code in self.county_fips.split() if code in counties()]

    def _lies_in_its_state(self) -> bool:
        """A place without a position may be anywhere."""
        if self.latitude is None or self.longitude is None:
            return True
        return lies_in(self.state.usps, self.latitude, self.longitude)

    @property
    def is_named(self) -> bool:
        """Whether visitors may see it; the predicate for JurisdictionQuerySet.public()."""
        return self.visibility == self.Visibility.NAMED

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

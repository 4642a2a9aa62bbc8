"""The dated history of a place's stage. What it is today is read from here, never stored."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sites.jurisdictions.dates import PartialDate, day_in_words

FIRST_YEAR = 2011  # LEAD began in Belltown, Seattle, in October 2011


class Stage(models.TextChoices):
    """How far a place is. "Launched" means: its start is confirmed, and nothing later is known."""

    EXPLORING = "exploring", "Exploring"
    DEVELOPING = "developing", "Developing"
    LAUNCHED = "launched", "Launched"
    OPERATING = "operating", "Operating"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


RUNNING = (Stage.LAUNCHED, Stage.OPERATING)
COMING = (Stage.EXPLORING, Stage.DEVELOPING)
STOPPED = (Stage.PAUSED, Stage.ENDED)


class SortDateField(models.DateField):
    """The day by which a change is put in order, computed from its other fields whenever it is saved."""

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        day = model_instance.sort_date()
        setattr(model_instance, self.attname, day)
        return day


class StageChangeQuerySet(models.QuerySet):
    def dated(self):
        return self.filter(year__isnull=False)

    def of_public_places(self):
        """The history that visitors may see: that of Jurisdiction.objects.public()."""
        return self.filter(jurisdiction__visibility="named")

    def newest_first(self):
        """By date; of two on one day the one entered later."""
        return self.order_by("-sort_on", "-pk")


class StageChange(models.Model):
    """One step of a place: what a source says of its stage, and when."""

    class Certainty(models.TextChoices):
        SURE = "sure", "Sure: the source says it plainly"
        UNSURE = "unsure", "Not certain: inferred, old, or from one weak source"

    class DatedBy(models.TextChoices):
        EVENT = "event", "The day it happened"
        REPORT = "report", "The day of the source that reports it"

    jurisdiction = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="changes"
    )
    stage = models.CharField(
        max_length=12,
        choices=Stage,
        help_text="Launched: the start is confirmed, no later news. Operating: a source shows it running.",
    )
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave all three empty when the source has no date."
    )
    month = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 12")
    day = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Needs a month")
    dated_by = models.CharField("the date is", max_length=10, choices=DatedBy, default=DatedBy.EVENT)
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.SURE)
    source_title = models.CharField(
        max_length=200, help_text='Who says so, and when: "Santa Fe Reporter, 22 December 2021".'
    )
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="Shown in the history.")
    read_on = models.DateField(
        "source read on",
        default=timezone.localdate,
        help_text="When we read the source. A change without a date stands in the history at this day.",
    )
    sort_on = SortDateField()
    updated_at = models.DateTimeField("last changed", auto_now=True, db_index=True)

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        ordering = ["sort_on", "pk"]
        verbose_name = "change of stage"
        verbose_name_plural = "changes of stage"
        indexes = [
            # Finds the newest change of a place in one step; the directory asks so for every place.
            models.Index(
                "jurisdiction", models.F("sort_on").desc(), models.F("id").desc(), name="newest_of_place"
            ),
            models.Index(models.F("sort_on").desc(), models.F("id").desc(), name="newest_of_all"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="change_has_known_stage"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(2000, 2100)), name="change_year_in_range"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12), year__isnull=False),
                name="change_month_needs_year",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__range=(1, 31), month__isnull=False),
                name="change_day_needs_month",
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()}, {self.when_in_words() or 'without a date'}"

    def clean(self):
        try:
            when = self.when
        except ValueError as error:
            raise ValidationError({"day": "There is no such day in the calendar."}) from error
        if (self.month or self.day) and not self.year:
            raise ValidationError({"year": "A month or a day needs its year."})
        if self.day and not self.month:
            raise ValidationError({"month": "A day needs its month."})
        if when and when.first_day() > timezone.localdate():
            raise ValidationError(
                {"year": "This day is still to come. Record a change when it has happened."}
            )

    @property
    def when(self) -> PartialDate | None:
        """Its date, as exact as it is known; None when the source has none."""
        return (
            PartialDate(self.year, self.month, self.day)
            if self.year and (self.month or not self.day)
            else None
        )

    @property
    def is_sure(self) -> bool:
        return self.certainty == self.Certainty.SURE

    def sort_date(self) -> date:
        """Where the change stands in the history.

        A start known only by its year counts from the first day of it; an end, and a report, only from the
        last, but never after the day on which the source was read. Without a date: the day it was read.
        """
        if not self.when:
            return self.read_on
        first, last = self.when.first_day(), self.when.last_day()
        if self.dated_by == self.DatedBy.EVENT and self.stage not in STOPPED:
            return first
        return min(last, max(first, self.read_on))

    @property
    def basis(self) -> str:
        """What its date says: "event", "report", or "undated"; wordings are named so."""
        return self.dated_by if self.when else "undated"

    def when_in_words(self) -> str:
        return self.when.in_words() if self.when else ""

    def when_with_preposition(self) -> str:
        return self.when.with_preposition() if self.when else ""

    def read_in_words(self) -> str:
        return day_in_words(self.read_on)

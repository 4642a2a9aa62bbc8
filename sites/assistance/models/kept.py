"""What outlives or watches over requests: who read what, what is left of a purged one, frozen reports."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from sites.assistance.moves import Status

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


class Access(models.Model):
    """Somebody opened what a requester wrote or brought. Written by the page that shows it."""

    class What(models.TextChoices):
        CASE = "case", "Read the case"
        FILE = "file", "Downloaded a file"
        EXPORT = "export", "Exported names and addresses"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="accesses"
    )
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the requester, by the private link.",
    )
    detail = models.CharField(max_length=60, blank=True, help_text="Which file, by its random name.")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "accesses"

    def __str__(self):
        return f"{self.get_what_display()}, {self.at:%Y-%m-%d}"


class Tombstone(models.Model):
    """What stays of a request when its time is over: no name and no word of whoever asked."""

    reference = models.CharField(max_length=20, unique=True)
    state = models.ForeignKey(
        "jurisdictions.State", to_field="usps", null=True, on_delete=models.PROTECT, related_name="+"
    )
    county_fips = models.CharField(max_length=5, blank=True)
    sent_on = models.DateField()
    closed_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Status)
    purged_on = models.DateField()

    class Meta:
        ordering = ["-closed_on", "reference"]

    def __str__(self):
        return self.reference


class FrozenReport(models.Model):
    """The figures of a period as they were, with what each of them meant. Never changed after."""

    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(help_text="The last day that counts.")
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    definitions = models.JSONField(help_text="What each figure counts, in the words of that day.")
    edition = models.PositiveSmallIntegerField(default=1, help_text="The version of the calculation.")

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="reports_begin_first"
            ),
            models.UniqueConstraint(fields=["title", "since", "until"], name="reports_frozen_once"),
        ]
        permissions = [("freeze_report", "Can freeze a report")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A frozen report never moves.")
        super().save(*args, **kwargs)

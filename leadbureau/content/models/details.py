from django.core.validators import MinValueValidator
from django.db import models


class BureauDetails(models.Model):
    """The one row of facts about the Bureau that pages repeat: names, how to reach it, its promises."""

    name = models.CharField(max_length=120, default="LEAD National Support Bureau")
    short_name = models.CharField(
        max_length=60, default="LEAD Bureau", help_text="In the header and in titles."
    )
    description = models.TextField(
        "what the Bureau is", blank=True, help_text="One or two sentences, shown at the foot of every page."
    )
    email = models.EmailField("public e-mail", blank=True, help_text="Empty: no address is shown.")
    phone = models.CharField("public telephone", max_length=40, blank=True)
    address = models.TextField(
        "postal address", blank=True, help_text="One line a row. Empty: none is shown."
    )
    reply_days = models.PositiveSmallIntegerField(
        "working days to a first answer",
        default=5,
        validators=[MinValueValidator(1)],
        help_text="Promised on the pages for assistance and contact, and counted in the admin. Some pages say it "
        "in a sentence too: search for “working days” under Pages and change it there.",
    )
    federal_name = models.CharField(
        "federal alternative",
        max_length=160,
        blank=True,
        help_text="Named in the footer and on the assistance page.",
    )
    federal_url = models.URLField("its address", blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "Bureau details"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="only_one_row_of_details"),
        ]

    def __str__(self):
        return self.name


class MenuItem(models.Model):
    """A link in the header or the footer."""

    class Place(models.TextChoices):
        HEADER = "header", "Header"
        FOOTER = "footer", "Footer"

    place = models.CharField(max_length=10, choices=Place, default=Place.HEADER)
    label = models.CharField(max_length=60)
    address = models.CharField(
        max_length=200, help_text="A page of this site, like /sites/, or a whole address with https://."
    )
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    shown = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["place", "order", "pk"]

    def __str__(self):
        return self.label

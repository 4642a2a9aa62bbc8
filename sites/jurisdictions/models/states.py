"""States, the District and the territories, and what each has done for LEAD."""

import re
from calendar import month_name
from datetime import date

from django.db import models
from django.urls import reverse

from leadbureau.kit.search_text import SearchTextField

WITH_ARTICLE = ("DC", "MP", "VI")
MONTHS = {name: number for number, name in enumerate(month_name) if name}
MONTH_IN_WORDS = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})\b")


class State(models.Model):
    """A state, the District of Columbia or a territory: each has a page, with LEAD or without."""

    class Kind(models.TextChoices):
        STATE = "state", "State"
        DISTRICT = "district", "Federal district"
        TERRITORY = "territory", "Territory"

    usps = models.CharField(
        "postal abbreviation", max_length=2, unique=True, help_text="Two capitals, like NM."
    )
    name = models.CharField(max_length=60, unique=True)
    fips = models.CharField(
        "Census code", max_length=2, unique=True, help_text="Two digits; the first two of a county's code."
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STATE)
    summary = models.TextField(
        blank=True, help_text="One or two plain sentences at the top of the state's page. May stay empty."
    )
    updated_at = models.DateTimeField("last changed", auto_now=True)
    search_text = SearchTextField(sources=("name", "usps", "summary", "text_of_measures"))

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jurisdictions:state", args=[self.slug])

    @property
    def in_words(self) -> str:
        """Its name inside a sentence: "the District of Columbia"."""
        return f"the {self.name}" if self.usps in WITH_ARTICLE else self.name

    @property
    def slug(self) -> str:
        """The state's part of an address: /sites/nm/."""
        return self.usps.lower()

    def text_of_measures(self) -> str:
        """The words of its laws and money, for the search; read anew whenever the state is saved."""
        if not self.pk:
            return ""
        return " ".join(f"{measure.title} {measure.body}" for measure in self.measures.all())


class StateMeasure(models.Model):
    """A law, a sum of money or a program of a state, with its date and its source."""

    class Kind(models.TextChoices):
        LAW = "law", "Law"
        MONEY = "money", "Money"
        PROGRAM = "program", "Program"

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    date_label = models.CharField(
        "date in words", max_length=80, help_text='As exact as the source says: "26 May 2017", "By 2017".'
    )
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="For the order on the page; empty when the source gives none."
    )
    body = models.TextField("text", help_text="Plain sentences. Say what is not known, too.")
    source_title = models.CharField(max_length=200)
    source_url = models.URLField("address of the source", max_length=500)
    updated_at = models.DateTimeField("last changed", auto_now=True)

    class Meta:
        ordering = [models.F("year").asc(nulls_last=True), "pk"]
        verbose_name = "law, money or program of a state"
        verbose_name_plural = "laws, money and programs of states"

    def __str__(self):
        return self.title

    def since(self) -> date | None:
        """The first day that its date can mean; None without a date.

        The day or the month is read from the date in words, where it names one of the same year.
        """
        found = MONTH_IN_WORDS.search(self.date_label)
        if found and self.year in (None, int(found[3])):
            try:
                return date(int(found[3]), MONTHS[found[2]], int(found[1] or 1))
            except ValueError:  # 31 June: a slip of whoever typed it
                return date(int(found[3]), MONTHS[found[2]], 1)
        return date(self.year, 1, 1) if self.year else None

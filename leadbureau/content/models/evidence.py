"""What research says, and what it does not."""

from django.db import models
from django.urls import reverse

from leadbureau.content.models.publishing import Publishable, slug_field
from leadbureau.kit.search_text import SearchTextField


class Study(Publishable):
    """One publication about LEAD, favourable or not."""

    class Direction(models.TextChoices):
        FAVORABLE = "favorable", "Favorable"
        MIXED = "mixed", "Mixed"
        NO_EFFECT = "no-effect", "No effect found"
        UNFAVORABLE = "unfavorable", "Unfavorable"
        DESCRIPTIVE = "descriptive", "Describes, does not judge"
        NOT_SEEN = "not-seen", "Results not seen by the Bureau"

    class Rigor(models.TextChoices):
        COMPARISON = "comparison", "Compared with another group, not by lot"
        BEFORE_AFTER = "before-after", "The same people before and after"
        WITHIN = "within-subjects", "The same people over time"
        DESCRIPTIVE = "descriptive", "Counts without a comparison"
        PROCESS = "process", "How it was carried out"
        REVIEW = "review", "A review of other studies"
        UNKNOWN = "unknown", "Methods not seen by the Bureau"

    slug = slug_field()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    direction = models.CharField("result", max_length=20, choices=Direction)
    rigor = models.CharField("kind of study", max_length=20, choices=Rigor)
    authors = models.CharField(max_length=300, blank=True)
    citation = models.TextField()
    doi = models.CharField("DOI", max_length=120, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    design = models.TextField(help_text="How it was done, in plain sentences.")
    people = models.CharField("how many people", max_length=300, blank=True)
    period = models.CharField(max_length=200, blank=True)
    findings = models.TextField("what it found")
    limits = models.TextField("what it does not show")
    source_title = models.CharField(max_length=200, blank=True)
    source_url = models.URLField("where the Bureau read it", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    search_text = SearchTextField(
        sources=(
            "title",
            "place",
            "authors",
            "citation",
            "design",
            "findings",
            "limits",
            "get_direction_display",
        )
    )

    class Meta(Publishable.Meta):
        ordering = ["order", "-year", "pk"]
        verbose_name_plural = "studies"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("content:study", args=[self.slug])

    @property
    def doi_url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""


class Claim(models.Model):
    """One sentence about evidence, tied to its study, never without its limits."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="claims")
    sentence = models.TextField()
    measure = models.CharField(max_length=200, help_text="The figure: odds or rate, and of what.")
    compared_with = models.CharField(max_length=250)
    people = models.CharField("how many people", max_length=200)
    does_not_show = models.TextField()
    on_home = models.BooleanField("on the home page", default=False)
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.measure


class Rating(models.Model):
    """What a body that rates programs says of LEAD, with what that means and does not."""

    slug = slug_field()
    rater = models.CharField(max_length=200)
    verdict = models.CharField(max_length=200)
    scope = models.CharField(max_length=300, blank=True)
    rated_on = models.DateField(null=True, blank=True)
    note = models.TextField()
    url = models.URLField("address", max_length=500, blank=True)
    studies = models.ManyToManyField(
        Study,
        blank=True,
        related_name="ratings",
        help_text="The studies that it rests on; their pages show it.",
    )
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.rater}: {self.verdict}"

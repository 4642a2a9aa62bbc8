from django.db import models

from leadbureau.content.models.publishing import Publishable, slug_field
from leadbureau.kit.search_text import SearchTextField


class Resource(Publishable):
    """Something useful kept elsewhere or by the Bureau: a guide, a toolkit, a law, a data sheet."""

    class Kind(models.TextChoices):
        GUIDE = "guide", "Guide"
        TOOLKIT = "toolkit", "Toolkit"
        TRAINING = "training", "Training and visits"
        STUDY = "study", "Study or report"
        FORM = "form", "Form or template"
        LAW = "law", "Law or funding"
        DATA = "data", "Data"

    slug = slug_field()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    summary = models.TextField()
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField("address", max_length=500)
    published = models.CharField(max_length=60, blank=True, help_text="As exact as known, like July 2023.")
    audience = models.CharField(max_length=200, blank=True, help_text="Whom it serves.")
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    search_text = SearchTextField(sources=("title", "summary", "publisher", "audience", "get_kind_display"))

    class Meta(Publishable.Meta):
        ordering = ["order", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/resources/#{self.slug}"

from django.db import models
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.models.pictures import Picture
from leadbureau.content.models.publishing import Publishable, slug_field
from leadbureau.kit.search_text import SearchTextField


class NewsItem(Publishable):
    """A dated note. `date` is the day of the event; `publish_at` when the site shows it."""

    slug = slug_field()
    title = models.CharField(max_length=200)
    date = models.DateField(default=timezone.localdate)
    summary = models.TextField(help_text="One or two sentences, for lists, the feed and search engines.")
    body = models.TextField("text", blank=True)
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL)
    source_title = models.CharField(max_length=200, blank=True)
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    search_text = SearchTextField(sources=("title", "summary", "body"))

    class Meta(Publishable.Meta):
        ordering = ["-date", "-pk"]
        verbose_name = "news item"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("content:news_item", args=[self.slug])

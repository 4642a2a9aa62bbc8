"""Pages made of sections, sections made of items: what staff write."""

from django.core.validators import RegexValidator
from django.db import models

from leadbureau.content.models.pictures import Picture
from leadbureau.content.models.publishing import Publishable, PublishableQuerySet
from leadbureau.kit.search_text import SearchTextField

ADDRESS = RegexValidator(
    r"^$|^[a-z0-9-]+(/[a-z0-9-]+)*$", "Use lower-case letters, digits and hyphens, with / between the parts."
)


class PageQuerySet(PublishableQuerySet):
    def with_sections(self):
        return self.prefetch_related("sections__items", "sections__picture")


class Page(Publishable):
    """A page at /slug/. Pages with a task (map, forms, lists) show it between the lead and the sections."""

    slug = models.CharField(
        "address",
        max_length=120,
        unique=True,
        blank=True,
        validators=[ADDRESS],
        help_text="Without the outer slashes, like lead/principles. Empty is the home page.",
    )
    title = models.CharField(max_length=200, help_text="The heading of the page.")
    lead = models.TextField(blank=True, help_text="One or two plain sentences under the heading.")
    description = models.CharField(
        max_length=200, blank=True, help_text="For search engines and link previews; about 150 characters."
    )
    checked_on = models.DateField(
        "facts checked on", null=True, blank=True, help_text="Shown at the foot of the page."
    )
    search_text = SearchTextField(sources=("title", "lead", "text_of_sections"))

    objects = PageQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Publishable.Meta):
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/{self.slug}/" if self.slug else "/"

    def text_of_sections(self) -> str:
        """All words of the sections, for the search."""
        if not self.pk:
            return ""
        return " ".join(section.all_text() for section in self.sections.prefetch_related("items"))

    def refresh_search_text(self) -> None:
        """Folds the words of the page and its sections anew and stores them, and nothing else.

        Saving a section or an item calls it; bulk writes and the first load call it themselves.
        """
        if self.pk:
            text = self._meta.get_field("search_text").pre_save(self, add=False)  # type: ignore[union-attr]
            type(self).objects.filter(pk=self.pk).update(search_text=text)

    def section(self, anchor: str):
        """The section with an anchor, or None; from what was prefetched."""
        return next((section for section in self.sections.all() if section.anchor == anchor), None)


class Section(models.Model):
    """A stretch of a page under one heading, in one of a few layouts."""

    class Layout(models.TextChoices):
        TEXT = "text", "Text"
        TIMELINE = "timeline", "Timeline: label is the date"
        CARDS = "cards", "Cards"
        DEFINITIONS = "definitions", "Names with their meaning"
        STEPS = "steps", "Numbered steps"
        QUESTIONS = "questions", "Questions that open"
        SOURCES = "sources", "Sources"
        NOTICE = "notice", "A notice in a box"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    anchor = models.SlugField(
        max_length=60,
        help_text="The section's name in the address, after #. Links and the home page find a section by it: "
        "choose it once, then leave it.",
    )
    heading = models.CharField(max_length=200, blank=True)
    layout = models.CharField(max_length=20, choices=Layout, default=Layout.TEXT)
    body = models.TextField("text", blank=True)
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["page", "anchor"], name="anchor_once_a_page")]

    def __str__(self):
        return self.heading or self.anchor

    def save(self, *args, **kwargs):
        """The page's folded text is made of its sections as theirs is of their fields, so it follows here."""
        super().save(*args, **kwargs)
        self.page.refresh_search_text()

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        self.page.refresh_search_text()
        return gone

    def all_text(self) -> str:
        rows = [self.heading, self.body]
        for item in self.items.all():
            rows += [item.label, item.heading, item.body]
        return " ".join(rows)


class Item(models.Model):
    """One entry of a section: an event, a card, a step, a question, a principle."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    label = models.CharField(
        max_length=80, blank=True, help_text="In a timeline the date; else a short mark."
    )
    heading = models.CharField(max_length=200, blank=True)
    body = models.TextField("text", blank=True)
    source_title = models.CharField(max_length=200, blank=True)
    source_url = models.URLField("address of the source", max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.heading or self.label

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.section.page.refresh_search_text()

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        self.section.page.refresh_search_text()
        return gone

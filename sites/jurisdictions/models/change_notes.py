"""The public notes under an entry: what was corrected in it."""

from django.db import models

from leadbureau.content.wording import defaults, say
from sites.jurisdictions import correctable
from sites.jurisdictions.dates import day_in_words


class ChangeNote(models.Model):
    """A public line: what was corrected in an entry, when and why. Written once, never changed."""

    ADDED = "stage-added"  # as a field: a stage that joined the history and left today's as it is

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="change_notes"
    )
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    on = models.DateField("day")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.place}: {self.label}, {self.on}"

    @property
    def label(self) -> str:
        return correctable.label(self._fact)

    @property
    def is_addition(self) -> bool:
        """Whether it tells of a step that joined the history, and nothing was replaced."""
        return self.field == self.ADDED

    @property
    def was_in_words(self) -> str:
        return correctable.in_words(self._fact, self.was)

    @property
    def now_in_words(self) -> str:
        return correctable.in_words(self._fact, self.now)

    @property
    def _fact(self) -> str:
        return "stage" if self.is_addition else self.field

    @property
    def day_in_words(self) -> str:
        return day_in_words(self.on)

    @property
    def because_in_words(self) -> str:
        """Who said so: a reader, or the jurisdiction; else the words that were written there."""
        key = f"sites.correction.because.{self.because}"
        return say(key) if key in defaults() else self.because

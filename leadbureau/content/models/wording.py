from django.db import models


class Wording(models.Model):
    """Words of staff in place of the text that a wordings file gives for a key."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    text = models.TextField(
        "your words",
        blank=True,
        help_text="Leave empty to show the standard words. Keep every {word in braces}: the site fills it in.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = "wording"

    def __str__(self):
        return self.key

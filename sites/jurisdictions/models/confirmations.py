"""Once a year a place is asked whether its entry is still right: the private link, and its answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ConfirmationLink(models.Model):
    """A private link to one entry. Good for any number of uses until it is over or revoked."""

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="confirmation_links"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    seed = models.CharField(max_length=32, editable=False)
    sent_to = models.EmailField("sent to")
    made_at = models.DateTimeField("sent", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "yearly letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="revoked_links_say_by_whom_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.place}, to {self.sent_to}"


class Confirmation(models.Model):
    """The jurisdiction said that its entry is right: through its link, or to a member of staff."""

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="confirmations"
    )
    on = models.DateField("day")
    link = models.ForeignKey(ConfirmationLink, null=True, blank=True, on_delete=models.SET_NULL)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    how = models.CharField(
        max_length=200, blank=True, help_text="When staff record it: who said so, and how."
    )

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.place}, {self.on}"

"""What is said on a request after it was sent: messages both ways, and what the requester adds or corrects."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedJSONField, EncryptedTextField

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


class Message(models.Model):
    """One message. `by` is the member of staff; empty for the requester."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="messages"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = EncryptedTextField(max_length=5000)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Message on {self.request.reference}"


class Supplement(models.Model):
    """A dated addition: answers that were changed, with what stood there before, and words of explanation."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="supplements"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changes = EncryptedJSONField(default=dict)  # question: [what it was, what it is now], as they are stored
    words = EncryptedTextField(max_length=5000, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Supplement to {self.request.reference}"


class JoinRequest(models.Model):
    """Somebody of the same county wants to join a request that was sent earlier; they are not told whose it is."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="join_requests"
    )
    asked_from: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    name = EncryptedTextField(max_length=200)
    email = EncryptedTextField(max_length=254)
    agency = EncryptedTextField(max_length=200, blank=True)
    words = EncryptedTextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "asked_from"], name="asked_to_join_once"),
        ]

    def __str__(self):
        return f"Wants to join {self.request.reference}"


class Outcome(models.Model):
    """The two answers that a place gives some time after its request was completed. A row a letter."""

    class After(models.IntegerChoices):
        MONTH = 30, "30 days"
        HALF_YEAR = 180, "180 days"

    class Helped(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "In part"
        NO = "no", "No"
        TOO_EARLY = "too_early", "Too early to tell"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="outcomes"
    )
    after = models.PositiveSmallIntegerField(choices=After, help_text="Days after it was completed.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    helped = models.CharField(max_length=10, choices=Helped, blank=True)
    stage = models.CharField(
        max_length=12, blank=True, help_text="A Stage of the directory, or empty for no change."
    )
    words = EncryptedTextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["after"]
        constraints = [models.UniqueConstraint(fields=["request", "after"], name="outcome_asked_once")]

    def __str__(self):
        return f"{self.get_after_display()} after {self.request.reference}"

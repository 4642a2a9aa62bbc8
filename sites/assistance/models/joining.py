"""Places of one county find each other: somebody asks to join a request that was sent earlier."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


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

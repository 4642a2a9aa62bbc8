"""Support by name: somebody in office reads the request by a link of their own and presses "I support this"."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField
from sites.assistance import links
from sites.assistance.models.link import HasLink, LinkQuerySet

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


class EndorsementQuerySet(LinkQuerySet):
    def given(self):
        """The filter for Endorsement.is_given."""
        return self.filter(supported_at__isnull=False, ended_at=None)

    def awaited(self):
        """Asked for, and neither given nor ended."""
        return self.filter(supported_at=None, ended_at=None)


class Endorsement(HasLink):
    tokens = links.ENDORSERS

    class Office(models.TextChoices):
        CHIEF = "chief", "Police chief or sheriff"
        PROSECUTOR = "prosecutor", "Prosecutor"
        MAYOR = "mayor", "Mayor or county executive"
        TRIBAL = "tribal", "Tribal leader"
        OTHER = "other", "Somebody else"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="endorsements"
    )
    office = models.CharField(max_length=12, choices=Office)
    name = EncryptedTextField("their name", max_length=200)
    title = EncryptedTextField("their title", max_length=200)
    email = EncryptedTextField("their e-mail", max_length=254)
    asked_at = models.DateTimeField(default=timezone.now)
    supported_at = models.DateTimeField(null=True, blank=True)
    sentence = EncryptedTextField("what they say", max_length=1000, blank=True)
    # What the answers were when it was given, as a keyed digest: so that a change is seen, and nothing copied.
    answers_seen = models.CharField(max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField("no longer asked, or taken back", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.get_office_display()} for {self.request.reference}"

    @property
    def is_given(self) -> bool:
        return self.supported_at is not None and self.ended_at is None

    def private_link(self) -> str:
        """The whole address of the page that this person gets."""
        return settings.SITE_URL + reverse("assistance:endorse", args=[self.token()])

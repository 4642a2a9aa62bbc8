"""A section handed to a colleague: they open it by a link of their own, and see that section alone."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField
from sites.assistance import links
from sites.assistance.models.link import HasLink, LinkQuerySet

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


class ShareQuerySet(LinkQuerySet):
    def current(self):
        """Handed over and not handed back or taken back. The filter for Share.is_current."""
        return self.filter(done_at=None, ended_at=None)


class Share(HasLink):
    tokens = links.COLLEAGUES

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="shares"
    )
    page = models.CharField(max_length=40)
    name = EncryptedTextField("their name", max_length=200)
    email = EncryptedTextField("their e-mail", max_length=254)
    note = EncryptedTextField("what you ask of them", max_length=1000, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField("handed back", null=True, blank=True)
    ended_at = models.DateTimeField("taken back", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "page"],
                condition=Q(done_at__isnull=True, ended_at__isnull=True),
                name="one_colleague_a_section",
            ),
        ]

    def __str__(self):
        return f"{self.page} of {self.request.reference}"

    @property
    def is_current(self) -> bool:
        return self.done_at is None and self.ended_at is None

    def private_link(self) -> str:
        """The whole address of the page that this person gets."""
        return settings.SITE_URL + reverse("assistance:colleague", args=[self.token()])

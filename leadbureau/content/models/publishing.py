"""When visitors see a row: now, later, or not at all, told by one date."""

from datetime import datetime

from django.db import models
from django.utils import timezone


class PublishableQuerySet(models.QuerySet):
    def public(self, on: datetime | None = None):
        """The rows that visitors see at a moment (default: now). The filter for Publishable.is_public."""
        return self.filter(publish_at__lte=on or timezone.now())

    def scheduled(self, on: datetime | None = None):
        return self.filter(publish_at__gt=on or timezone.now())

    def drafts(self):
        return self.filter(publish_at=None)


class Publishable(models.Model):
    """A row that is public from `publish_at` on; without a date it is a draft that only staff see."""

    publish_at = models.DateTimeField(
        "public from",
        null=True,
        blank=True,
        db_index=True,
        help_text="Empty: a draft that only staff see. A date to come: it appears by itself at that time.",
    )
    updated_at = models.DateTimeField("last changed", auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_public(self, on: datetime | None = None) -> bool:
        """Whether visitors see the row; the predicate for PublishableQuerySet.public."""
        return self.publish_at is not None and self.publish_at <= (on or timezone.now())

    def is_scheduled(self, on: datetime | None = None) -> bool:
        return self.publish_at is not None and self.publish_at > (on or timezone.now())


def slug_field(**kwargs) -> models.SlugField:
    """A slug that is part of a stable address."""
    return models.SlugField(
        max_length=100, unique=True, help_text="Part of the address: lower-case letters, digits, hyphens.", **kwargs
    )



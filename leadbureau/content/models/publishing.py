"""When visitors see a row: now, later, or not at all, told by one date."""

from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format


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
        # "publish" is what an editor may do and someone who only drafts may not.
        default_permissions = ("add", "change", "delete", "view", "publish")

    def is_public(self, on: datetime | None = None) -> bool:
        """Whether visitors see the row; the predicate for PublishableQuerySet.public."""
        return self.publish_at is not None and self.publish_at <= (on or timezone.now())

    def is_scheduled(self, on: datetime | None = None) -> bool:
        return self.publish_at is not None and self.publish_at > (on or timezone.now())

    def state(self, on: datetime | None = None) -> str:
        """Where the row stands, in words for staff."""
        if self.publish_at is None:
            return "Draft: visitors do not see it"
        day = date_format(timezone.localtime(self.publish_at), "j F Y")
        return f"On the site since {day}" if self.is_public(on) else f"Will appear on {day}"

    def publish(self, on: datetime | None = None) -> None:
        """Visitors see the row from now on; one that they see already keeps its date. Does not save."""
        now = on or timezone.now()
        if not self.is_public(now):
            self.publish_at = now

    def publish_on(self, day: date) -> None:
        """Visitors see the row from the first minute of a day in the Bureau's time zone. Does not save."""
        self.publish_at = timezone.make_aware(datetime.combine(day, time.min))

    def take_off(self) -> None:
        """Back to a draft: visitors do not see it any more, or never will. Does not save."""
        self.publish_at = None


def slug_field(**kwargs) -> models.SlugField:
    """A slug that is part of a stable address."""
    return models.SlugField(
        "end of the address",
        max_length=100,
        unique=True,
        help_text="Lower-case letters, digits and hyphens. It stays as it is once visitors see the page.",
        **kwargs,
    )

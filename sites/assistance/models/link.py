"""A private link and how long it opens: for a request, for a colleague's section, for an endorsement."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils import timezone

from leadbureau.kit.private_links import Tokens, digest, new_seed
from leadbureau.kit.retention import kept

NOTED_EVERY = timedelta(hours=12)  # the last use is noted no more often: it only serves to count days


Row = TypeVar("Row", bound=models.Model)


class LinkQuerySet(models.QuerySet[Row]):
    def with_token(self, token: str):
        """The row of a token, whether its link still opens or not; ask `link_opens`."""
        return self.filter(token_digest=digest(token))


class HasLink(models.Model):
    """Good for any number of uses until it was left alone for the time in retention.toml, or taken back.

    A subclass sets `tokens`, with a salt of its own, so that no link fits another kind of page.
    """

    tokens: ClassVar[Tokens]

    link_seed = models.CharField(max_length=64, default=new_seed, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    link_used_at = models.DateTimeField("link last used or mailed", default=timezone.now, editable=False)
    link_revoked_at = models.DateTimeField("link taken back", null=True, blank=True, editable=False)

    _opened_with = ""  # the token that this object was opened with, if by its private link

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.token_digest:
            self.token_digest = digest(self.tokens.of(self.link_seed))
        super().save(*args, **kwargs)

    def opened_with(self, token: str):
        """The same row, which now knows its token."""
        self._opened_with = token
        return self

    def link_opens(self, now: datetime | None = None) -> bool:
        """Whether the private link still opens the page."""
        now = now or timezone.now()
        return self.link_revoked_at is None and self.link_used_at > now - kept("assistance.links")

    def note_use(self, now: datetime | None = None) -> None:
        """The link was used or mailed: its time runs anew. A book entry, not a change that anybody sees."""
        now = now or timezone.now()
        if self.link_used_at < now - NOTED_EVERY:
            self._rows().update(link_used_at=now)
            self.link_used_at = now

    def token(self) -> str:
        """The token of the private link. When the site's key was changed without a fallback, a new one.

        What is opened by its link keeps that link, whatever became of the key: looking changes nothing.
        """
        if self._opened_with:
            return self._opened_with
        token = self.tokens.with_digest(self.link_seed, self.token_digest)
        if token is None:
            token = self.tokens.of(self.link_seed)
            self.token_digest = digest(token)
            self.save(update_fields=["token_digest"])
        return token

    def renew_link(self, now: datetime | None = None, *, seed: str | None = None) -> str:
        """A new link in place of the old one, which opens nothing any more. Gives the new token.

        seed: 32 to 64 characters that nobody can guess; by default random ones.
        """
        self.link_seed = seed or new_seed()
        token = self.tokens.of(self.link_seed)
        self.token_digest = digest(token)
        self.link_used_at, self.link_revoked_at, self._opened_with = now or timezone.now(), None, ""
        self.save(update_fields=["link_seed", "token_digest", "link_used_at", "link_revoked_at"])
        return token

    def revoke_link(self, now: datetime | None = None) -> None:
        """From now on the link opens nothing. A later `renew_link` makes another."""
        self.link_revoked_at = now or timezone.now()
        self.save(update_fields=["link_revoked_at"])

    def _rows(self) -> Any:
        return type(self)._default_manager.filter(pk=self.pk)

"""The half of a request that keeps participants' personal data out: passages found, looked at, confirmed."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from sites.assistance.participant_data import Passage, passages, unconfirmed


class HasPassages(Exception):
    """Passages look like personal data about participants, and nobody has looked at them; `passages` says which."""

    def __init__(self, passages: list[Passage]):
        super().__init__(f"{len(passages)} passages may be about a participant.")
        self.passages = passages


class Guarded(models.Model):
    # Keys of the passages that the sender looked at: participant_data.Passage.key, keyed digests.
    confirmed_passages = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    def confirm_passages(self, keys: Iterable[str]) -> None:
        """Somebody has looked at these passages: they are not about a participant. Others stay as they are."""
        with transaction.atomic():
            rows = type(self)._default_manager
            row: Any = rows.select_for_update().get(pk=self.pk)
            there = {one.key for one in passages(row)}
            known = dict.fromkeys([*row.confirmed_passages, *keys])
            self.confirmed_passages = [key for key in known if key in there]
            rows.filter(pk=self.pk).update(confirmed_passages=self.confirmed_passages)

    def demand_confirmed(self) -> None:
        """Raises HasPassages when a passage has not been looked at."""
        request: Any = self
        if found := unconfirmed(request):
            raise HasPassages(found)

"""Work that waits for staff, as the apps tell it to the admin's first page.

An app that has such work gives `waiting(user) -> list[Waiting]` in its waiting.py. It counts only what
the user may open, and leaves out what has no rows.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """One line of the first page, like "3 new requests for help", with the list that shows them."""

    label: str  # plain words without the number, in the form that fits the count: "new requests for help"
    count: int
    url: str  # where one does the work; most often a filtered list of the admin
    urgent: bool = False  # a promise is about to be broken, or is

"""What is known before a file is read: the states, and which places there are."""

from functools import cached_property
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError

from sites.jurisdictions.importing.columns import unescaped
from sites.jurisdictions.models import Jurisdiction, State


class Known:
    """A handful of queries, whatever the length of the file; also remembers the rows before."""

    def __init__(self):
        self._states = {state.usps: state for state in State.objects.all()}
        self._by_id: dict[UUID, int] = {}
        self._by_address: dict[tuple[str, str], tuple[int | None, str]] = {}
        rows = Jurisdiction.objects.order_by().values_list("pk", "identifier", "state__usps", "slug", "name")
        for pk, identifier, usps, slug, name in rows:
            self._by_id[identifier] = pk
            self._by_address[usps, slug] = (pk, name)
        self._seen: set[int] = set()

    @cached_property
    def _places(self) -> dict[int, Jurisdiction]:
        """All of them with their histories, read when the first row is about one that exists."""
        places = Jurisdiction.objects.with_history().prefetch_related("also_in")
        return {place.pk: place for place in places}

    def state(self, cell: str, column: str = "state") -> State:
        """Raises ValidationError when there is no such state."""
        usps = unescaped(cell or "").upper()
        if usps not in self._states:
            slip = f"“{cell}” is no state." if usps else "Say in which state it is."
            raise ValidationError({column: f"{slip} Write the two letters of the postal code: NM."})
        return self._states[usps]

    def place(self, row: dict) -> Jurisdiction | None:
        """By its id; else by state and slug; else by its address. None: a new one.

        Raises ValidationError for an id that no place has, and when two rows are about one place.
        """
        pk = self._pk(row)
        if pk is None:
            return None
        if pk in self._seen:
            raise ValidationError({"id": "A row before this one is about the same place."})
        self._seen.add(pk)
        return self._places[pk]

    def _pk(self, row: dict) -> int | None:
        identifier = unescaped(row.get("id") or "")
        if identifier:
            try:
                return self._by_id[UUID(identifier)]
            except (KeyError, ValueError) as error:
                raise ValidationError(
                    {"id": "No place has this id. For a new place, leave the cell empty."}
                ) from error
        return self._by_address.get(_address(row), (None, ""))[0]

    def take_address(self, place: Jurisdiction, number: int) -> None:
        """Keeps state and slug for a place of row `number`. Raises ValidationError when they are another's."""
        key = (place.state.usps, place.slug)
        pk, name = self._by_address.get(key, (place.pk, ""))
        if name and (pk is None or pk != place.pk):
            raise ValidationError(
                {
                    "slug": f"{name} has the address /sites/{place.state.slug}/{place.slug}/ already. To change that "
                    "place, give its id; else give another slug."
                }
            )
        self._by_address[key] = (place.pk, name or f"row {number}")


def _address(row: dict) -> tuple[str, str]:
    """State and slug, as two cells or as the end of a page's address: /sites/nm/santa-fe/."""
    state, slug = unescaped(row.get("state") or "").upper(), unescaped(row.get("slug") or "")
    if slug:
        return state, slug
    parts = urlsplit(unescaped(row.get("url") or "")).path.strip("/").split("/")
    return (parts[-2].upper(), parts[-1]) if len(parts) >= 2 else ("", "")

"""Whom a person in need can reach at a LEAD program: only what a program let the Bureau publish."""

from sites.jurisdictions.models import Jurisdiction, Stage, State

RUNNING = (Stage.LAUNCHED, Stage.OPERATING)  # where somebody may answer


def _published():
    return Jurisdiction.objects.public().staged().filter(stage__in=RUNNING).exclude(public_contact="")


def states_with_contacts() -> list[State]:
    """States in which a running program has a published contact."""
    return list(State.objects.filter(pk__in=_published().values("state")))


def contacts_in(usps: str) -> list[Jurisdiction]:
    """The running programs of a state that have a published contact, by name; none for an unknown state."""
    return list(_published().filter(state__usps=usps).select_related("state").order_by("locality", "name"))

"""A request as its requester reads it, for staff: the same words, events and letters, and no link of theirs."""

from sites.assistance.models import Request
from sites.assistance.standing import agreed, buttons_of, standing_of
from sites.assistance.views.status import NOT_LISTED


def as_they_see(row: Request) -> dict:
    """For the template: where it stands in public words, what they can do, what happened, letters, answers."""
    return {
        "standing": standing_of(row),
        "buttons": [button.label for button in buttons_of(row, "-")],
        "told": [event for event in row.history() if event.is_public],
        "letters": row.correspondence().exclude(name__in=NOT_LISTED),
        "chapters": row.chapters(),
        **agreed(row),
    }

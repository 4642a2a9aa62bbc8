"""A request as its requester reads it, for staff: the same words, events and letters, and no link of theirs."""

from sites.assistance.models import Request
from sites.assistance.standing import standing_of


def as_they_see(row: Request) -> dict:
    """For the template: where it stands in public words, what happened, the letters, the messages."""
    standing = standing_of(row)
    return {
        "words": {
            "title": standing.title,
            "turn": f"{standing.heading}. {standing.since}",
            "next": standing.next,
        },
        "told": [event for event in row.history() if event.is_public],
        "letters": row.correspondence(),
        "chapters": row.chapters(),
    }

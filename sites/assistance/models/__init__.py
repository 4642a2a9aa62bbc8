from sites.assistance.models.answers import Answers
from sites.assistance.models.attachment import Attachment
from sites.assistance.models.endorsement import Endorsement
from sites.assistance.models.event import Event
from sites.assistance.models.exchange import Message, Outcome, Supplement
from sites.assistance.models.joining import JoinRequest
from sites.assistance.models.kept import Access, FrozenReport, Tombstone
from sites.assistance.models.request import Request
from sites.assistance.models.sharing import Share

__all__ = [
    "Access",
    "Answers",
    "Attachment",
    "Endorsement",
    "Event",
    "FrozenReport",
    "JoinRequest",
    "Message",
    "Outcome",
    "Request",
    "Share",
    "Supplement",
    "Tombstone",
]

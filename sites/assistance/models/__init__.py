from sites.assistance.models.answers import Answers
from sites.assistance.models.event import Event
from sites.assistance.models.request import Request

__all__ = ["Answers", "Event", "Request"]

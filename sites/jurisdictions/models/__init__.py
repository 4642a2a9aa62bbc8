"""The places LEAD is in, the states around them, how their stages changed, and how entries are kept true."""

from sites.jurisdictions.models.change_notes import ChangeNote
from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.confirmations import Confirmation, ConfirmationLink
from sites.jurisdictions.models.contact import PrivateContact
from sites.jurisdictions.models.corrections import Correction
from sites.jurisdictions.models.introductions import Introduction
from sites.jurisdictions.models.place_queries import Totals
from sites.jurisdictions.models.places import Jurisdiction
from sites.jurisdictions.models.prepared import PreparedFile
from sites.jurisdictions.models.states import State, StateMeasure

__all__ = [
    "ChangeNote",
    "Confirmation",
    "ConfirmationLink",
    "Correction",
    "Introduction",
    "Jurisdiction",
    "PreparedFile",
    "PrivateContact",
    "Stage",
    "StageChange",
    "State",
    "StateMeasure",
    "Totals",
]

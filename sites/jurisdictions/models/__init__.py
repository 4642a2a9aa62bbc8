"""The places LEAD is in, the states around them, and how their stages changed."""

from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.places import Jurisdiction
from sites.jurisdictions.models.states import State, StateMeasure

__all__ = ["Jurisdiction", "Stage", "StageChange", "State", "StateMeasure"]

"""What a proposed step does to the dated history of a place, for staff who decide: what stays, what is replaced.

The stage of today is the newest step. A step that is older than it joins the history and changes nothing
else; a launch replaces the one on record, and must not come after the place was seen running or stopped.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from sites.jurisdictions.models.changes import STOPPED, Stage, StageChange
from sites.jurisdictions.models.places import Jurisdiction
from sites.jurisdictions.stage_claims import Claim

STEPS = ("stage", "launched")  # the facts that are kept as steps of the history


def stands_in_history(place: Jurisdiction, field: str, text: str) -> bool:
    """Whether a proposed stage is recorded already, though a later one is today's."""
    claim = _claim(text) if field == "stage" else None
    if claim is None or claim.is_like(Claim.of(place.change_on())):
        return False
    return any(claim.is_like(Claim.of(change)) for change in place.history())


def joins_history_only(place: Jurisdiction, field: str, text: str, on: date | None = None) -> bool:
    """Whether a proposed stage would not become, or is not, today's: a later step stays that."""
    claim = _claim(text) if field == "stage" else None
    newest = place.change_on()
    if claim is None or newest is None or claim.is_like(Claim.of(newest)):
        return False
    return _step(claim, on).sort_date() < newest.sort_on


def warning(place: Jurisdiction, field: str, text: str, on: date | None = None) -> str:
    """What whoever accepts must know first, in a sentence for staff; empty when the history agrees."""
    if field == "stage" and joins_history_only(place, field, text, on):
        does = "the history has this one already" if stands_in_history(place, field, text) else ""
        does = does or "accepting adds this one to the history"
        return f"A later step ({_in_words(place.change_on())}) stays today's stage; {does}."
    if field == "launched":
        return _warning_of_launch(place, text)
    return ""


def _warning_of_launch(place: Jurisdiction, text: str) -> str:
    claim, old = _claim(text), place.launch()
    if claim is None or claim.is_like(Claim.of(old)):
        return ""
    said = []
    if old:
        said.append(f"The launch on record ({_in_words(old)}, {old.source_title}) is replaced.")
    before = [one for one in place.history() if _is_before_start(one, claim)]
    if before:
        steps = "; ".join(_in_words(one) for one in before)
        said.append(f"The history says otherwise: it has earlier steps ({steps}).")
    return " ".join(said)


def _is_before_start(change: StageChange, claim: Claim) -> bool:
    """Whether a place ran or had stopped before the claim lets it start; by whole days, years and months."""
    if change.stage not in (Stage.OPERATING, *STOPPED) or not change.when or not claim.when:
        return False
    return change.when.last_day() < claim.when.first_day()


def _claim(text: str) -> Claim | None:
    """What was kept must be shown, even if it is no claim by the rules of today."""
    try:
        return Claim.read(text)
    except ValidationError:
        return None


def _step(claim: Claim, on: date | None) -> StageChange:
    """The claim as a step whose source was read on a day (default: today), not saved."""
    return claim.put_into(StageChange(), on or timezone.localdate())


def _in_words(change: StageChange | None) -> str:
    """ "Operating, 22 December 2021"."""
    return str(change)

"""Places that are counted only: a number in their state's total, and nothing else."""

from leadbureau.content.wording import say
from sites.jurisdictions.models import Jurisdiction, State

FEWEST = 3  # a smaller number could point at a place, so it is not said


def unnamed_in(state: State) -> str:
    """How many places of a state are counted only: "none", "fewer" (than FEWEST), or the number in digits.

    That is all that may ever be said of them. No stage, no year, no county and no total over states: two
    numbers that may be subtracted would tell what each hides. One query.
    """
    count = Jurisdiction.objects.counted_only().filter(state=state).count()
    if not count:
        return "none"
    return str(count) if count >= FEWEST else "fewer"


def unnamed_in_words(state: State, *, are_some_named: bool) -> str:
    """The same as a sentence beside the named places, or in place of them; empty for none. One query."""
    said = unnamed_in(state)
    if said == "none":
        return ""
    family = "unnamed" if are_some_named else "unnamed_only"
    if said == "fewer":
        return say(f"sites.state.{family}.fewer", fewest=FEWEST)
    return say(f"sites.state.{family}.number", count=said)

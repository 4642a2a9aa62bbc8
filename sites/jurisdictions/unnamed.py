"""Places that chose to be counted only: a number in their state's total, and nothing else."""

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

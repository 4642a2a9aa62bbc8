"""What each figure is called and what it counts, in whole sentences. A frozen report keeps them as they were.

Whoever changes what a figure counts changes its sentence here, and EDITION.
"""

from typing import NamedTuple

EDITION = 1  # the version of the calculation; one more when a figure counts something else


class Meaning(NamedTuple):
    title: str
    unit: str
    definition: str


RECEIVED = (
    "Counted are requests that reached the Bureau in the period, also those that are closed or purged since. "
    "Drafts and what lies in quarantine are not counted."
)
BUREAUS_TIME = (
    "Counted are working days (no weekends, no federal holidays) in the Bureau's turns only: while the "
    "requester had to act the count stands, and it goes on where it stood. The day of arrival is not counted. "
    "Median and 90th percentile are by the nearest rank: the smallest number of days that half, or nine in ten, "
    "of the requests did not exceed. For requests received in the period, whenever the step was taken; those "
    "that are purged are left out, as their history is deleted."
)
ASKED = (
    "Counted are the letters with two questions that left in the period, {days} days after a request was completed, "
    "with the answers that have come so far. Answers are deleted with their request."
)

MEANINGS = {
    "received": Meaning(
        "Requests received",
        "requests",
        f"{RECEIVED} “Purged” are those of which only place, dates and outcome are kept.",
    ),
    "by_month": Meaning(
        "Requests by month",
        "requests",
        "Requests received in the period by the month in which they came, and by where they stand on the day of the "
        "report. Taken up means active or completed.",
    ),
    "by_state": Meaning(
        "Requests by state",
        "requests",
        "Requests received in the period by the state or territory of the place.",
    ),
    "by_sector": Meaning(
        "Requests by kind of agency",
        "requests",
        "Requests received in the period by what kind of organization the requester said it is.",
    ),
    "by_help": Meaning(
        "Help wanted",
        "requests",
        "Requests received in the period by the help they ask for. A request may ask for several kinds and counts "
        "under each, so the numbers add up to more than the requests.",
    ),
    "by_stage": Meaning(
        "Requests by stage",
        "requests",
        "Requests received in the period by where the place said that it stands with LEAD.",
    ),
    "decisions": Meaning(
        "Steps taken",
        "requests",
        "Requests that took the step in the period, whenever they were received. Each counts once under each step, "
        "even if it was opened again later.",
    ),
    "decline_reasons": Meaning(
        "Why requests were declined",
        "requests",
        "Requests that were declined in the period, by the reason that staff recorded last.",
    ),
    "referred_to": Meaning(
        "Where requests were referred to",
        "requests",
        "Requests that were referred in the period, by where to, as staff recorded it last.",
    ),
    "results": Meaning(
        "What was done",
        "requests",
        "Requests that were completed in the period, by what had been done. Several may hold for one request, which "
        "counts under each.",
    ),
    "open_now": Meaning(
        "Open on the day of the report",
        "requests",
        "All requests that are open on the day of the report, whenever they were received, by whose turn it is. Late "
        "are those whose promised answer is overdue.",
    ),
    "first_reply": Meaning(
        "Time to the first reply",
        "working days",
        "From arrival to the first sign from the Bureau: the review begins, a question or message from staff, or a "
        f"decision. {BUREAUS_TIME}",
    ),
    "decision": Meaning(
        "Time to the decision",
        "working days",
        "From arrival to the first decision: the request is taken up, declined or referred. " + BUREAUS_TIME,
    ),
    "promise": Meaning(
        "Answered within the promise",
        "requests",
        "Requests received in the period by whether the first decision came within the working days that were "
        "promised to them, in the Bureau's time. The share is that of decisions in time among all that were decided "
        "or are overdue; those that are not due yet, were withdrawn before, or are purged do not count in it.",
    ),
    "helped_30": Meaning("Did the help make a difference? After 30 days", "answers", ASKED.format(days=30)),
    "stage_30": Meaning("Where does it stand? After 30 days", "answers", ASKED.format(days=30)),
    "helped_180": Meaning(
        "Did the help make a difference? After 180 days", "answers", ASKED.format(days=180)
    ),
    "stage_180": Meaning("Where does it stand? After 180 days", "answers", ASKED.format(days=180)),
}

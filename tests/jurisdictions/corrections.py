"""Corrections for the tests of the form, the queue and the notes."""

from uuid import uuid4

from sites.jurisdictions.correctable import current
from sites.jurisdictions.models import Correction
from tests.contact.factories import guard
from tests.jurisdictions.factories import make_place


def an_entry(**fields):
    """A public place that can be saved as it is."""
    defaults = {"source_title": "Santa Fe Reporter", "lead_agency": "City of Santa Fe"}
    return make_place(**{**defaults, **fields})


def a_correction(*, place=None, field="lead_agency", proposed="The Life Link", **fields) -> Correction:
    place = place or an_entry()
    defaults = {
        "was": current(place, field),
        "reason": "It is on their website.",
        "reporter_name": "Ana Example",
        "reporter_email": "ana@example.org",
    }
    return Correction.keep(
        once=uuid4(), place=place, field=field, proposed=proposed, **{**defaults, **fields}
    )


def a_sheet(place, **proposals: str) -> list[Correction]:
    """What a jurisdiction sends together."""
    sheet = uuid4()
    return [
        a_correction(place=place, field=field, proposed=text, sheet=sheet, origin="jurisdiction")
        for field, text in proposals.items()
    ]


def answers(**changes) -> dict:
    """A filled form about the agency in charge."""
    words = {"proposed": "The Life Link", "reason": "It is on their website.", "reporter_name": ""}
    return {**guard(), **words, "reporter_email": "", **changes}

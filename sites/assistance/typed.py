"""What was typed into a page that cannot save it any more: shown again, so that nobody has to write it twice."""

from collections.abc import Iterable

from django.http import QueryDict

from sites.assistance.questions import QUESTION_OF, Kind, Known, Question


def typed_in_words(
    posted: QueryDict,
    questions: Iterable[Question] = tuple(QUESTION_OF.values()),
    stored: Known | None = None,
) -> list[tuple[str, str]]:
    """Questions with what was posted for them, in words, without what is stored just so."""
    found = []
    for question in questions:
        values = [value for value in posted.getlist(question.name) if value.strip()]
        text = question.shown(values if question.kind is Kind.MANY else values[-1]) if values else ""
        known = question.shown((stored or {}).get(question.name))
        if text.split() != known.split() and text:
            found.append((question.label, text))
    return found

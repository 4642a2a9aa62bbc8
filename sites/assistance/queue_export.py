"""The queue as a file: what may be counted, and, for those who may, who asks and what they wrote."""

import csv
import re
from collections.abc import Callable, Iterable
from io import StringIO

from django.utils import timezone

from sites.assistance.models import Access, Request
from sites.assistance.questions import PAGES

FORMULA = re.compile(r"^\s*[=+\-@\t\r\n|]")  # what a spreadsheet would run
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
PLAIN: tuple[tuple[str, Callable[[Request], object]], ...] = (
    ("reference", lambda row: row.reference),
    ("status", lambda row: row.status),
    ("quarantined", lambda row: "yes" if row.quarantined_at else "no"),
    ("turn", lambda row: row.turn),
    ("turn_since", lambda row: _day(row.turn_since)),
    ("answer_by", lambda row: row.answer_by),
    ("working_days_used", lambda row: row.days_counted()),
    ("working_days_promised", lambda row: row.promised_days),
    ("owner", lambda row: row.owner.get_username() if row.owner else ""),
    ("next_action_on", lambda row: row.next_action_on),
    ("state", lambda row: row.state_id),
    ("kind_of_place", lambda row: row.place_kind),
    ("place", lambda row: row.place),
    ("county_fips", lambda row: row.county_fips),
    ("population", lambda row: row.population),
    ("kind_of_agency", lambda row: row.sector),
    ("stage", lambda row: row.stage),
    ("help", lambda row: row.help),
    ("received_on", lambda row: _day(row.sent_at)),
    ("closed_on", lambda row: _day(row.closed_at)),
    ("decline_reason", lambda row: row.decline_reason),
    ("referred_to", lambda row: row.referred_to),
    ("results", lambda row: row.results),
)
# Answers whose column stands in PLAIN already are not told twice; the others name somebody or were written.
ONLY_WITH_NAMES = ("", "contact_name", "agency", "email")


def as_csv(rows) -> bytes:
    """What may be counted and compared; nobody is named, and nothing that was written stands in it."""
    return _file([name for name, _ in PLAIN], ([read(row) for _, read in PLAIN] for row in rows))


def as_csv_with_names(rows, *, by) -> bytes:
    """The same with every answer of those that were sent; who exported which request is written down."""
    rows = list(rows.sent().select_related("owner").prefetch_related("pages"))
    Access.objects.bulk_create(Access(request=row, what=Access.What.EXPORT, by=by) for row in rows)
    questions = [
        question for page in PAGES for question in page.questions if question.fact in ONLY_WITH_NAMES
    ]
    head = [*(name for name, _ in PLAIN), *(f"answer_{question.name}" for question in questions)]
    return _file(head, (_with_answers(row, questions) for row in rows))


def _with_answers(row: Request, questions) -> list:
    found = row.answers()
    return [
        *(read(row) for _, read in PLAIN),
        *(question.shown(found.get(question.name)) for question in questions),
    ]


def _file(head: list[str], lines: Iterable[list]) -> bytes:
    """Begins with a byte order mark: without it spreadsheets show "Espa√±ola"."""
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue().encode()


def _cell(value):
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, str):
        clean = CONTROL.sub("", value)
        return f"'{clean}" if FORMULA.match(clean) else clean
    return "" if value is None else value


def _day(when) -> str:
    return timezone.localdate(when).isoformat() if when else ""

"""Figures as files: one tidy CSV, and a workbook with a sheet for each figure."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sites.assistance.reports.figure import Figure

HEADER = ("figure", "category", "value", "unit", "definition")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET_NAME = 31  # Excel's limit
WIDEST = 60  # characters
_FORMULA = re.compile(r"^[=+\-@\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")


def as_csv(figures: Sequence[Figure]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets garble what is not ASCII. No value: empty."""
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for figure in figures:
        for row in figure.rows:
            line = (figure.title, row.category, row.value, figure.unit_of(row), figure.definition)
            writer.writerow([_safe(value) for value in line])
    return text.getvalue().encode()


def as_xlsx(figures: Sequence[Figure], about: Sequence[tuple[str, str]]) -> bytes:
    """about: what the first sheet says of the report, in pairs like ("Period", "1 January 2026 to …")."""
    book = Workbook()
    sheet = book.active
    sheet.title = "About"
    _fill(sheet, ("About", "This report"), about)
    definitions = book.create_sheet("Definitions")
    _fill(
        definitions, ("Figure", "What it counts"), [(figure.title, figure.definition) for figure in figures]
    )
    for figure in figures:
        _sheet_of(book, figure)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _sheet_of(book: Workbook, figure: Figure) -> None:
    """A figure in parts has a column for each of them; others one for the value and its unit."""
    sheet = book.create_sheet(_sheet_name(figure.title, book.sheetnames))
    if figure.parts:
        values = {(row.label, row.part): row.value for row in figure.rows}
        rows = [[label, *(values[label, part] for part in figure.parts)] for label in figure.labels]
        _fill(sheet, ("Category", *figure.parts), rows)
    else:
        _fill(
            sheet, ("Category", "Value", "Unit"), [(r.label, r.value, figure.unit_of(r)) for r in figure.rows]
        )
    if figure.note:
        sheet.append([])
        sheet.append([_safe(figure.note)])


def _fill(sheet, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """A header that stays in view, and columns as wide as what they hold."""
    sheet.append([_safe(name) for name in header])
    for row in rows:
        sheet.append([_safe(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.iter_cols(), start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, longest + 3)
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=len(str(cell.value or "")) > WIDEST)


def _sheet_name(title: str, taken: Sequence[str]) -> str:
    """As much of the title as a sheet may be called by, and a number when that is taken."""
    plain = _NOT_IN_NAMES.sub("", title)
    name, count = plain[:LONGEST_SHEET_NAME].strip(), 1
    while name in taken:
        count += 1
        ending = f" {count}"
        name = plain[: LONGEST_SHEET_NAME - len(ending)].strip() + ending
    return name


def _safe(value):
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None or isinstance(value, int | float):
        return value
    text = _CONTROL.sub("", str(value))
    return f"'{text}" if _FORMULA.match(text) else text

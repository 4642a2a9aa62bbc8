"""Reads a file of places; what is wrong with it as a whole is said in a sentence."""

import csv
from io import StringIO

import tablib

from sites.jurisdictions.importing.columns import READ, TOLD

SEPARATORS = (",", ";", "\t")  # a spreadsheet uses the second where a comma stands in numbers


class FileError(Exception):
    """Why a file cannot be read; its text is for whoever sent it."""


def read(data: bytes) -> tablib.Dataset:
    """The rows of a CSV in UTF-8, with or without a byte order mark; cells may be parted by semicolons or tabs.

    Raises FileError.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("The file is no text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.") from error
    rows = _rows(text)
    if len(rows) < 2:
        raise FileError(
            "The file has no rows: the first line names the columns, each line after it is a place."
        )
    headers = [name.strip() for name in rows[0]]
    _check(headers)
    found = tablib.Dataset(headers=headers)
    for number, row in enumerate(rows[1:], 2):
        if len(row) > len(headers) and any(cell.strip() for cell in row[len(headers) :]):
            raise FileError(
                f"Row {number} has more cells than there are columns. Put text with commas in quotes."
            )
        found.append([*row, *[""] * (len(headers) - len(row))][: len(headers)])
    return found


def _rows(text: str) -> list[list[str]]:
    """A row of empty cells is none; spreadsheets leave such at the end, and they are skipped there alone."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise FileError(f"The file cannot be read as CSV: {error}. Is a quotation mark left open?") from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _separator(text: str) -> str:
    """The one by which the first line falls into most names that are known here; else the comma."""
    line = text.partition("\n")[0].strip("\r")
    known = READ | TOLD
    return max(SEPARATORS, key=lambda one: sum(name.strip(' "') in known for name in line.split(one)))


def _check(headers: list[str]) -> None:
    twice = sorted({name for name in headers if name and headers.count(name) > 1})
    if twice:
        raise FileError(f"Two columns are called {twice[0]}. Delete one of them.")
    if not READ & set(headers):
        raise FileError(
            "No column has a name that is known here. The first line of the file must name the columns, "
            "parted by commas: name,kind,place,state."
        )

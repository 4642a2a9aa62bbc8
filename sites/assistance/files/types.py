"""Which files are taken, told from what is in them; their name and what the browser says are never believed.

What may run something is refused with a sentence that says what to do, nearly always: save it as a PDF. That
keeps honest accidents out and makes an attack dear. It does not prove that a file is harmless: so nothing is
ever shown on the site, all is handed out as a download, and a virus scanner looks at it first where there is one.
"""

import codecs
import csv
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from leadbureau.content.wording import say
from leadbureau.kit import pictures
from sites.assistance.files import archives, pdf
from sites.assistance.files.refusal import Refused

LARGEST = 10 * 1024 * 1024  # bytes
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ACCEPTED = ",".join(f".{ending}" for ending in (*MIME, "jpeg"))  # for the browser's own chooser

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
# Before Office 2007, and also what Word and Excel put around a document with a password.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_PICTURES = (b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_RTF = b"{\\rtf"
_BOM = b"\xef\xbb\xbf"
# Text begins a web page or a drawing when a browser, asked to guess, would take it for one.
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<!--", "<iframe", "<?php")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13} | {127}  # tab, line feed, form feed and return are text


@dataclass(frozen=True)
class Taken:
    """A file that may be kept: its kind, a key of MIME, and the bytes to keep."""

    kind: str
    data: bytes


def checked(file: File) -> Taken:
    """What to keep of an uploaded file. Raises Refused, with a sentence that says what to do.

    Pictures are drawn anew, so that where and by what they were taken is gone; all else stays byte for byte.
    """
    if (file.size or 0) > LARGEST:
        raise Refused("too_large", limit=LARGEST // 1024**2, size=f"{(file.size or 0) / 1024**2:.1f}")
    file.seek(0)
    data = file.read()
    if not data.strip():
        raise Refused("empty")
    if data.startswith(b"%PDF-"):
        pdf.check(data)
        return Taken("pdf", data)
    if data.startswith(b"PK\x03\x04"):
        return Taken(archives.kind_of(data), data)
    if data.startswith(_PICTURES):
        return _picture(data)
    _refuse_by_head(data)
    return _text(data)


def _refuse_by_head(data: bytes) -> None:
    """Clear words for the files that people bring most often and that cannot be taken."""
    if data.startswith(_OLD_OFFICE):
        raise Refused("old_office")
    if data.startswith(_RTF):
        raise Refused("rtf")
    is_heic = data[4:8] == b"ftyp"
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if is_heic or is_webp or data.startswith(_OTHER_PICTURES):
        raise Refused("other_picture")
    if b"%PDF-" in data[:1024]:  # some readers still open it, others see what stands before
        raise Refused("pdf_damaged")


def _picture(data: bytes) -> Taken:
    try:
        clean = pictures.check_upload(ContentFile(data))
    except ValidationError as error:
        code = "picture_too_large" if error.code == "too_many_pixels" else "picture_damaged"
        raise Refused(code, limit=pictures.MOST_PIXELS // 1_000_000) from error
    return Taken("png" if str(clean.name).endswith(".png") else "jpg", clean.read())


def _text(data: bytes) -> Taken:
    """Text that any program can show, as a table when its lines have columns."""
    text = _decoded(data)
    if not _CONTROLS.isdisjoint(map(ord, set(text))):
        raise Refused("unknown")
    head = text[:4096].lstrip().lower()  # more than any browser reads to guess
    if head.startswith(_MARKUP) or "<script" in head:
        raise Refused("web_page")
    if text.startswith("#!"):
        raise Refused("unknown")
    return Taken("csv" if _is_table(text) else "txt", data)


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark ("Unicode Text" of Excel and Notepad), or what Windows wrote before them."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refused("unknown") from error
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("unknown") from error


def _is_table(text: str) -> bool:
    """Whether nine of ten of the first lines have the same number of columns, and more than one."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    for delimiter in (",", ";", "\t"):
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=0)
        if len(widths) > 1 and usual > 1 and widths.count(usual) >= 0.9 * len(widths):
            return True
    return False


def what_is_taken() -> str:
    """The kinds and the limit in one sentence, for hints."""
    return say("assistance.files.taken", limit=LARGEST // 1024**2)

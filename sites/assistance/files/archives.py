"""Word, Excel and OpenDocument files: archives of many parts, taken when none of the parts runs or hides anything."""

import io
import re
import stat
import zipfile
import zlib
from xml.etree import ElementTree

from sites.assistance.files.refusal import Refused

MOST_PARTS = 2000
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts together; what is read here is read part by part
MOST_OF_A_LIST = 4 * 1024 * 1024  # bytes of a part that lists others
HIGHEST_RATIO = 100  # unpacked to packed, of the whole; minded from 10 MB unpacked on
RATIO_MATTERS_FROM = 10 * 1024 * 1024

_ODT = b"application/vnd.oasis.opendocument.text"
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
# Macros: Office's, and those of Excel before 1997; OpenDocument's own languages and others.
_MACRO_PARTS = re.compile(r"vba(project|data)|macrosheets/|/dialogsheets/|^basic/|^scripts/")
_MACRO_TYPES = re.compile(r"macroenabled|ms-office\.vba|ms-excel\.(intl)?macrosheet", re.I)
# Something else inside: controls, packages, workbooks behind charts.
_CARRIED_PARTS = re.compile(r"/(activex|embeddings)/|oleobject")
_CARRIED_TYPES = re.compile(r"activex|oleobject", re.I)
_BEGINS_CARRIED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF")
_CALLS_OUT = re.compile(rb"vnd\.sun\.star\.script:|<ddeLink|instrText[^>]*>\s*DDE|instr=\"\s*DDE", re.I)
# Relationships that a program follows only when somebody clicks or agrees.
_HARMLESS_OUTSIDE = re.compile(r"/hyperlink$|externallinkpath", re.I)
_ELSEWHERE = re.compile(r"^(?:file:/*)?(?:[a-z][a-z0-9+.-]+:|[\\/]{2}|%5c)", re.I)  # a scheme, or \\server


def kind_of(data: bytes) -> str:
    """ "docx", "xlsx" or "odt". Raises Refused for any other archive, and for one that is not to be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_frame(archive, data)
            names = [part.filename for part in archive.infolist()]
            if "[Content_Types].xml" in names:
                kind = _kind_of_office(archive)
            elif names[0] == "mimetype" and archive.read("mimetype").strip() == _ODT:
                _refuse_locked_odt(archive)
                kind = "odt"
            else:
                raise Refused("archive")
            _check_parts(archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as error:
        raise Refused("document_damaged") from error


def _check_frame(archive: zipfile.ZipFile, data: bytes) -> None:
    """The archive's own list of its parts, before any is unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("password")
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * max(1, packed)
    if is_bomb or len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Refused("document_unpacks")
    known = {part.filename.lower() for part in parts}
    is_whole = (
        len(known) == len(parts)
        and packed <= len(data)  # parts that lie over each other
        and all(_is_plain(part) for part in parts)
        and min((part.header_offset for part in parts), default=1) == 0  # nothing before it,
        and data.rfind(b"PK\x05\x06") == len(data) - 22  # and nothing after
    )
    if not is_whole:
        raise Refused("document_damaged")


def _is_plain(part: zipfile.ZipInfo) -> bool:
    """A name below the archive's root, and a file that zip's usual two ways of packing can hold."""
    name = part.filename
    return (
        part.orig_filename == name
        and "\\" not in name
        and ":" not in name
        and not name.startswith("/")
        and ".." not in name.split("/")
        and not stat.S_ISLNK(part.external_attr >> 16)
        and part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    )


def _kind_of_office(archive: zipfile.ZipFile) -> str:
    """By the types that the document gives its parts; relationships that lead elsewhere are looked at too."""
    types = [
        element.get("ContentType", "")
        for element in _listed(archive, "[Content_Types].xml")
        if element.get("ContentType")
    ]
    if any(_MACRO_TYPES.search(one) for one in types):
        raise Refused("macros")
    if any(_CARRIED_TYPES.search(one) for one in types):
        raise Refused("carries")
    kinds = {_MAIN_PARTS[one] for one in types if one in _MAIN_PARTS}
    if len(kinds) != 1:
        raise Refused("archive")
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            _check_relationships(archive, name)
    return kinds.pop()


def _check_relationships(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses what a program would fetch from elsewhere by itself, as a template or a frame."""
    for element in _listed(archive, name):
        kind = element.get("Type", "")
        if kind.lower().endswith("/afchunk"):  # a web page or RTF within, unpacked when it is opened
            raise Refused("carries")
        if element.get("TargetMode", "").lower() != "external":
            continue
        is_harmless = _HARMLESS_OUTSIDE.search(kind)
        target = element.get("Target", "").strip()
        is_on_own_disk = re.match(r"(?:file:/*)?[a-z]:[\\/]", target, re.I)  # the template of a letterhead
        if not is_harmless and not is_on_own_disk and _ELSEWHERE.match(target):
            raise Refused("calls_out")


def _refuse_locked_odt(archive: zipfile.ZipFile) -> None:
    if any(element.tag.endswith("}encryption-data") for element in _listed(archive, "META-INF/manifest.xml")):
        raise Refused("password")


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Every part is unpacked once: its size is what the list says, and it begins and calls like no program."""
    for part in archive.infolist():
        name = part.filename.lower()
        if _MACRO_PARTS.search(name):
            raise Refused("macros")
        if _CARRIED_PARTS.search(f"/{name}"):
            raise Refused("carries")
        content = archive.read(part)  # checks length and sum
        if content.startswith(_BEGINS_CARRIED):
            raise Refused("carries")
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # XML may be in UTF-16
            content = content.replace(b"\0", b"")
        if name.endswith(".xml") and _CALLS_OUT.search(content):
            raise Refused("calls_out")


def _listed(archive: zipfile.ZipFile, name: str) -> list[ElementTree.Element]:
    """The elements of a part that lists others. Raises Refused when it is no plain XML in UTF-8."""
    try:
        part = archive.getinfo(name)
        content = archive.read(part) if part.file_size <= MOST_OF_A_LIST else b""
        text = content.decode("utf-8-sig")
        if not text or "<!" in text.replace("<!--", ""):
            raise Refused("document_damaged")
        return list(ElementTree.fromstring(text).iter())  # noqa: S314  # no DOCTYPE, so nothing that blows up
    except (KeyError, UnicodeDecodeError, ElementTree.ParseError) as error:
        raise Refused("document_damaged") from error

"""PDF documents: taken when nothing in them runs, opens or carries anything else.

PDF is read here with regular expressions on purpose: a parser that mends what is broken, as readers do, could be
led past what a reader finds. The search is conservative: it looks at all bytes whether in use or not, undoes the
spelling #4A for J, and unpacks the streams that hold objects. So an honest form with scripts, or one with files
attached, is refused as well; printed to a new PDF it is taken.
"""

import re
import zlib

from sites.assistance.files.refusal import Refused

MOST_STREAMS = 50_000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of all object streams together
_PIECE = 4096  # bytes that are unpacked at once

_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_END_OF_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
# An action that runs a program, opens a file or carries one. Each needs its name in full (ISO 32000, 12.6).
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|GoToE|XFA|Rendition|ImportData)" + _END_OF_NAME
)
_ENCRYPTED = re.compile(rb"/Encrypt" + _END_OF_NAME)
_STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\n|\r)")
_HOLDS_OBJECTS = re.compile(rb"/(?:ObjStm|First)" + _END_OF_NAME)
_LOOKS_LIKE_OBJECTS = re.compile(rb"\s*\d+\s+\d+[\s<\[(/]")  # pairs of numbers come first, then the objects
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+|)")


def check(data: bytes) -> None:
    """Raises Refused for a PDF that is damaged, locked by a password, or that could run or carry something."""
    if b"%%EOF" not in data[-2048:] or b"PK\x05\x06" in data[-(1 << 16) :]:  # cut off, or an archive as well
        raise Refused("pdf_damaged")
    spelled_out = _spelled_out(data)
    if _ENCRYPTED.search(spelled_out):
        raise Refused("password")
    if _ACTIVE.search(spelled_out):
        raise Refused("pdf_active")
    for objects in _object_streams(data):
        if _ACTIVE.search(_spelled_out(objects)):
            raise Refused("pdf_active")


def _spelled_out(data: bytes) -> bytes:
    """With every #4A replaced by the letter that it stands for."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data


def _object_streams(data: bytes):
    """The unpacked streams that hold objects. Raises Refused for one that cannot be unpacked and looked into."""
    left = MOST_UNPACKED
    for number, found in enumerate(_STREAM.finditer(data)):
        described = _dictionary_before(data, found.start())
        is_packed = b"/Filter" in described
        holds_objects = bool(_HOLDS_OBJECTS.search(described))
        begin = _inflated(data, found.end(), 64)
        unreadable = holds_objects and is_packed and (begin is None or not _by_flate_alone(described))
        if unreadable or number >= MOST_STREAMS:
            raise Refused("pdf_unreadable")
        if begin is not None and (holds_objects or _LOOKS_LIKE_OBJECTS.match(begin)):
            objects = _inflated(data, found.end(), left + 1) or b""
            left -= len(objects)
            if left < 0:
                raise Refused("pdf_unreadable")
            yield objects  # what is not packed was searched with the rest of the file


def _by_flate_alone(described: bytes) -> bool:
    filters = [re.findall(rb"/(\w+)", found) for found in _FILTERS.findall(described)]
    return all(names in ([b"FlateDecode"], [b"Fl"]) for names in filters)


def _dictionary_before(data: bytes, position: int) -> bytes:
    """What describes a stream: all since its object began, up to 4 KB."""
    start = data.rfind(b"obj", max(0, position - 4096), position)
    return _spelled_out(data[start if start >= 0 else max(0, position - 4096) : position])


def _inflated(data: bytes, position: int, limit: int) -> bytes | None:
    """What is packed from a position on, up to so many bytes; None when it begins with nothing packed."""
    unpacking, found = zlib.decompressobj(), b""
    try:
        while not unpacking.eof and position < len(data) and len(found) < limit:
            found += unpacking.decompress(data[position : position + _PIECE], limit - len(found))
            position += _PIECE
    except zlib.error:
        return found or None  # readers, too, take what they could unpack
    return found

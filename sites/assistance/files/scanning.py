"""The virus scanner: a ClamAV daemon that the worker asks about each new file, when settings.CLAMAV_URL names one.

Until it has said that a file is clean nobody can download it. When it does not answer, files wait and are asked
about again; nothing is ever marked clean because time has passed.
"""

import logging
import socket
import struct
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from leadbureau.kit.encrypted import CannotDecrypt
from sites.assistance.files import storage
from sites.assistance.models import Attachment

log = logging.getLogger(__name__)

TIMEOUT = 30  # seconds to wait for the daemon; a file of 10 MB takes it a few at worst
CHUNK = 1024 * 1024  # bytes; below the daemon's own StreamMaxLength
LONGEST_ANSWER = 4096  # bytes of the line that it answers with


class NoAnswer(Exception):
    """The scanner cannot be reached, or did not say whether this file is clean."""


@dataclass(frozen=True)
class Verdict:
    finding: str  # the name that the scanner has for what it found; "" when the file is clean

    @property
    def is_clean(self) -> bool:
        return not self.finding


def scan(data: bytes) -> Verdict:
    """What the scanner says of some bytes. Raises NoAnswer, also when it says that it could not look."""
    try:
        answer = _instream(data)
    except OSError as error:
        raise NoAnswer(f"{type(error).__name__}: {error}") from error
    subject, _, said = answer.partition(": ")
    if subject == "stream" and said == "OK":
        return Verdict("")
    if subject == "stream" and said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND") or "unnamed")
    raise NoAnswer(f"The scanner answered {answer or 'nothing'}.")


def _connected() -> socket.socket:
    """A connection to CLAMAV_URL. Raises ImproperlyConfigured for an address of another kind, OSError without one."""
    address = urlsplit(settings.CLAMAV_URL)
    if address.scheme == "unix" and address.path and not address.netloc:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(address.path)
        except OSError:
            connection.close()
            raise
        return connection
    if address.scheme == "tcp" and address.hostname:
        return socket.create_connection((address.hostname, address.port or 3310), timeout=TIMEOUT)
    raise ImproperlyConfigured(
        "CLAMAV_URL must be like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; "
        f"it is {settings.CLAMAV_URL!r}."
    )


def _instream(data: bytes) -> str:
    """One question and its answer, by the INSTREAM command of clamd(8): chunks, each after its length in four
    bytes, most significant first, and a length of zero at the end. Written here because the kept clients are
    GPL-licensed, and it is a dozen lines."""
    with _connected() as connection:
        connection.sendall(b"nINSTREAM\n")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        with connection.makefile("rb") as heard:
            return heard.readline(LONGEST_ANSWER).decode("utf-8", "replace").strip()


def scan_waiting(now: datetime | None = None) -> int:
    """Ask about the files that wait; tells how many got an answer. For the worker, every minute.

    A file without an answer ends the round and comes last in the next: a daemon that is away holds up neither
    the letters nor, when a single file is at fault, the other files. Two workers may ask about the same file:
    the second answer changes nothing.
    """
    if not settings.CLAMAV_URL:
        return 0
    answered = 0
    waiting = Attachment.objects.unscanned().select_related("request")
    for row in waiting.order_by(F("scanned_at").asc(nulls_first=True), "added_at", "pk"):
        try:
            answered += _scan_one(row, now)
        except NoAnswer as error:
            row.note_asked(now)
            log.warning("File %s waits on, the virus scanner gave no answer: %s", row.stored_as, error)
            break
        except (storage.Gone, CannotDecrypt) as error:
            log.error("File %s cannot be read: %s", row.stored_as, error)
    return answered


def _scan_one(row: Attachment, now: datetime | None) -> bool:
    verdict = scan(storage.read(row.stored_as))
    if verdict.is_clean:
        return row.mark_clean(now)
    log.warning("File %s is held back, the virus scanner found %s.", row.stored_as, verdict.finding)
    return row.hold_back(verdict.finding, now)

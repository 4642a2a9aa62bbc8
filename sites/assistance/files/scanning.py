"""The virus scanner: a ClamAV daemon that the worker asks about each new file, when settings.CLAMAV_URL names one.

Until it has said that a file is clean nobody can download it. When it does not answer, files wait and are asked
about again; nothing is ever marked clean because time has passed.
"""

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from leadbureau.kit.encrypted import CannotDecrypt
from sites.assistance.files import storage
from sites.assistance.models import Attachment

log = logging.getLogger(__name__)

TIMEOUT = 30  # seconds to wait for the daemon; a file of 10 MB takes it a few at worst


class NoAnswer(Exception):
    """The scanner cannot be reached, or did not say whether this file is clean."""


@dataclass(frozen=True)
class Verdict:
    finding: str  # the name that the scanner has for what it found; "" when the file is clean

    @property
    def is_clean(self) -> bool:
        return not self.finding


def scanner() -> ClamdNetworkSocket:
    """The daemon at CLAMAV_URL. Raises ImproperlyConfigured for an address of another kind."""
    address = urlsplit(settings.CLAMAV_URL)
    if address.scheme == "unix" and address.path and not address.netloc:
        return ClamdUnixSocket(path=address.path, timeout=TIMEOUT)
    if address.scheme == "tcp" and address.hostname:
        return ClamdNetworkSocket(host=address.hostname, port=address.port or 3310, timeout=TIMEOUT)
    raise ImproperlyConfigured(
        "CLAMAV_URL must be like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; "
        f"it is {settings.CLAMAV_URL!r}."
    )


def scan(data: bytes) -> Verdict:
    """What the scanner says of some bytes. Raises NoAnswer, also when it says that it could not look."""
    try:
        answers = scanner().instream(io.BytesIO(data))
    except (ClamdError, OSError, UnicodeError) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}") from error
    status, finding = answers.get("stream", ("", None))
    if status == "OK":
        return Verdict("")
    if status == "FOUND":
        return Verdict(finding or "unnamed")
    raise NoAnswer(f"The scanner answered {status or 'nothing'}: {finding or 'without a reason'}.")


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

"""Where the files of requests lie: encrypted, under random names, outside every folder that is served.

settings.PRIVATE_ROOT/assistance/<first two letters>/<random name>. Only the account that runs the site may look
in (folders 0700, files 0600), and whoever copies the folder without the keys reads nothing.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from leadbureau.kit.encrypted import CannotDecrypt, decrypt, encrypt

log = logging.getLogger(__name__)

HALF_WRITTEN = ".new-"  # how the name of a file begins until it is whole


class Gone(Exception):
    """There is no file of this name. The message names no content."""


def write(name: str, data: bytes) -> None:
    """Keep `data` under a random name, encrypted: whole on the disk when this returns, or not at all."""
    _write_whole(_path(name), encrypt(data))


def read(name: str) -> bytes:
    """What was written. Raises Gone when it is not there, CannotDecrypt when no key opens it."""
    try:
        stored = _path(name).read_bytes()
    except FileNotFoundError as error:
        raise Gone(f"No file {name} in the private folder.") from error
    return decrypt(stored)


def delete(*names: str) -> None:
    """Take files away for good; those that are gone already do not matter."""
    for name in names:
        _path(name).unlink(missing_ok=True)


def exists(name: str) -> bool:
    return _path(name).is_file()


def names() -> Iterator[str]:
    """The name of every whole file, in order of the alphabet."""
    return (path.name for path in _files() if not path.name.startswith(HALF_WRITTEN))


def untouched_since(moment: datetime) -> Iterator[Path]:
    """Files that were last written before a moment, half-written ones included."""
    for path in _files():
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:  # deleted meanwhile
            continue
        if written < moment.timestamp():
            yield path


def rotate() -> int:
    """Encrypt every file anew under the first of ENCRYPTION_KEYS; tells how many had an older key.

    Safe to stop and to run again: what is under the first key already is left as it is. What no key opens
    stays too; then CannotDecrypt is raised at the end, so that nobody takes the old keys away.
    """
    newest, count, unreadable = Fernet(settings.ENCRYPTION_KEYS[0]), 0, []
    for name in names():
        try:
            stored = _path(name).read_bytes()
            if not _opens(newest, stored):
                _write_whole(_path(name), encrypt(decrypt(stored)))
                count += 1
        except FileNotFoundError:  # deleted meanwhile
            continue
        except CannotDecrypt:
            unreadable.append(name)
    if unreadable:
        log.error("No key opens these files: %s", ", ".join(unreadable))
        raise CannotDecrypt(f"{len(unreadable)} files open with none of ENCRYPTION_KEYS; the log names them.")
    return count


def _opens(key: Fernet, stored: bytes) -> bool:
    try:
        key.decrypt(stored)
    except InvalidToken:
        return False
    return True


def _root() -> Path:
    return Path(settings.PRIVATE_ROOT) / "assistance"


def _path(name: str) -> Path:
    """The place of a name. Raises ValueError for what is no random name of ours, as a path would be."""
    if not name.isascii() or not name.isalnum() or len(name) < 20:
        raise ValueError("Not the name of a stored file.")
    return _root() / name[:2] / name


def _files() -> Iterator[Path]:
    return (path for path in sorted(_root().glob("*/*")) if path.is_file())


def _write_whole(target: Path, data: bytes) -> None:
    """A reader never meets half a file, and neither does whoever starts the machine after the power failed."""
    _make_private(target.parent)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=HALF_WRITTEN, delete=False) as new:  # 0600
        try:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(target)
            _sync(target.parent)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise


def _make_private(folder: Path) -> None:
    """The folder and those above it that are missing, for this account alone."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def _sync(folder: Path) -> None:
    """A name is on the disk only when its folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

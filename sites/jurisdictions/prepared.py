"""Files and drawings made once for a state of the directory, and only read until it changes."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass

from sites.jurisdictions.models import PreparedFile
from sites.jurisdictions.stamp import Stamp, directory_stamp

_at_hand: dict[str, "Prepared"] = {}  # the newest of each name, so that a process asks the database once
_makers: dict[str, Callable[[], bytes]] = {}


@dataclass(frozen=True)
class Prepared:
    """A file as it is kept: compressed with gzip."""

    tag: str
    compressed: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.compressed)


def prepares(name: str):
    """Decorator: the function makes the file of that name, and the worker makes it ahead."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        _makers[name] = make
        return make

    return register


def prepared(name: str, stamp: Stamp | None = None) -> Prepared:
    """The file of a name as the directory now stands. Raises KeyError when nothing makes it."""
    stamp = stamp or directory_stamp()
    kept = _at_hand.get(name)
    if kept is None or kept.tag != stamp.tag:
        kept = _at_hand[name] = _stored(name, stamp) or _made(name, stamp)
    return kept


def prepare_all() -> int:
    """What the worker does when the places have changed; tells how many files it made."""
    stamp = directory_stamp()
    there = set(PreparedFile.objects.filter(tag=stamp.tag).values_list("name", flat=True))
    missing = [name for name in _makers if name not in there]
    for name in missing:
        _made(name, stamp)
    return len(missing)


def _stored(name: str, stamp: Stamp) -> Prepared | None:
    row = PreparedFile.objects.filter(name=name, tag=stamp.tag).values_list("body", flat=True).first()
    return Prepared(stamp.tag, bytes(row)) if row is not None else None


def _made(name: str, stamp: Stamp) -> Prepared:
    """Made of the directory as it is now: if it moves meanwhile, the next reader has another stamp."""
    compressed = gzip.compress(_makers[name](), compresslevel=6, mtime=0)
    PreparedFile.objects.update_or_create(name=name, defaults={"tag": stamp.tag, "body": compressed})
    return Prepared(stamp.tag, compressed)

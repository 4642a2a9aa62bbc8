"""The files behind pictures: cutting the missing ones, dropping those that nothing uses any more."""

from django.core.files.storage import default_storage
from django.db import transaction

from leadbureau.content.models import Picture
from leadbureau.kit.pictures import renditions


def files_of(picture: Picture) -> set[str]:
    """The names of all files of a picture: the kept original and its renditions."""
    return {picture.file.name, *(row["path"] for row in picture.renditions)} - {""}


def delete_unused(names: set[str]) -> int:
    """Deletes those files that no picture names; tells how many. Two pictures may share a file."""
    used: set[str] = set()
    for picture in Picture.objects.only("file", "renditions"):
        used |= files_of(picture)
    for name in names - used:
        default_storage.delete(name)
    return len(names - used)


def cut(picture: Picture) -> None:
    """Cuts the renditions of a picture and notes them, with the file that they were cut from.

    A file that was replaced while we cut is noticed: the note then fits the old file, and the next round
    cuts the new one. Raises ValidationError or OSError when the file cannot be read.
    """
    source = picture.file.name or ""
    rows = renditions(picture.file, storage=default_storage)
    with transaction.atomic():
        now = Picture.objects.select_for_update().get(pk=picture.pk)
        before = files_of(now)
        if now.file.name == source:
            now.renditions, now.renditions_of = rows, source
            now.save(update_fields=["renditions", "renditions_of"])
        written = {row["path"] for row in rows}
        transaction.on_commit(lambda: delete_unused(before | written))

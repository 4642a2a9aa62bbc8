"""What the worker does for this app, once a minute."""

import logging

from django.core.exceptions import ValidationError

from leadbureau.content.models import Picture
from leadbureau.content.picture_files import cut

log = logging.getLogger(__name__)

A_ROUND = 5  # pictures; one takes some seconds, and letters wait meanwhile


def chores() -> int:
    """Cuts pictures that wait for their renditions, a few a round; tells how many were cut."""
    return cut_pictures(A_ROUND)


def cut_pictures(most: int | None = None) -> int:
    """Cuts up to `most` pictures (default: all that wait); tells how many.

    One that cannot be cut is logged, stands in nobody's way, and is shown from its original.
    """
    done = 0
    for picture in Picture.objects.waiting().order_by("pk"):
        if done == most:
            break
        try:
            cut(picture)
            done += 1
        except (ValidationError, OSError) as error:
            log.error("Picture %s (%s) was not cut: %s", picture.pk, picture.file.name, error)
    return done

"""Pictures that staff uploaded, served by the site itself so that it needs no second server.

Only what lies under MEDIA_ROOT/pictures: everything there was checked and written anew by kit.pictures. Names
are made from the content, so a browser may keep a file for ever. A front web server or object storage may
take over /media/pictures/ by the same names; it must send `X-Content-Type-Options: nosniff` too.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


@require_safe
def picture(request, path: str) -> FileResponse:
    """A file under MEDIA_ROOT/pictures whose ending says that it is an image; anything else is not found."""
    content_type = TYPES.get(Path(path).suffix)
    try:
        file = Path(safe_join(Path(settings.MEDIA_ROOT) / "pictures", path))
    except (SuspiciousFileOperation, ValueError):
        raise Http404 from None
    if content_type is None or not file.is_file():
        raise Http404
    # Images are compressed already; without this Django's gzip middleware would work on them in vain.
    request.META["HTTP_ACCEPT_ENCODING"] = ""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file.open("rb"), content_type=content_type, headers=headers)

"""The address of a share picture, and the file behind it: drawn at the first request, kept until it changes."""

import re
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.share_drawing import draw
from sites.jurisdictions.share_picture import MAP, SharePicture, picture_named

AN_HOUR = 3600  # seconds
FILE = re.compile(r"(?P<name>.+)-[0-9a-f]{16}\.png")
FOR_EVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    # Others show it in their own pages: that is what it is for.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@require_safe
def share_picture(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """The picture; an older name of it leads to the newest, one of a place that is not public to nothing."""
    picture = picture_named(name)
    if picture is None:
        raise Http404
    if digest != picture.digest:
        response: HttpResponse = redirect(picture.url)
        response["Cache-Control"] = "public, max-age=300"
        return response
    request.META["HTTP_ACCEPT_ENCODING"] = ""  # compressed already
    return HttpResponse(drawn(picture), content_type="image/png", headers=FOR_EVER)


def drawn(picture: SharePicture) -> bytes:
    """From its file, or drawn now; the files of what it looked like before go. A full disk draws each time."""
    file = _folder() / picture.file_name
    try:
        return file.read_bytes()
    except OSError:
        content = draw(picture)
    try:
        _write(file, content)
        for older in _folder().glob(f"{picture.name}-*.png"):
            if older != file and _name_of(older) == picture.name:
                older.unlink(missing_ok=True)
    except OSError:
        pass
    return content


def clear_away() -> int:
    """A chore: the files of places that are public no more go, and halves of pictures; tells how many.

    What a picture looked like before goes when it is drawn anew. Two queries, however many files.
    """
    names = {MAP, *(usps.lower() for usps in State.objects.values_list("usps", flat=True))}
    places = Jurisdiction.objects.public().order_by().values_list("state__usps", "slug")
    names.update(f"{usps.lower()}-{slug}" for usps, slug in places)
    gone = 0
    for file in _folder().glob("*"):
        is_half = file.suffix == ".part" and file.stat().st_mtime < time.time() - AN_HOUR
        if is_half or (file.suffix == ".png" and _name_of(file) not in names):
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, so that nobody is served the half of a picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(file)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "share"


def _name_of(file: Path) -> str:
    found = FILE.fullmatch(file.name)
    return found["name"] if found else ""

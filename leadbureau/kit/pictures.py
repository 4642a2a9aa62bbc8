"""Pictures that staff bring: checked, cleaned and cut.

What arrives is never kept as it is. It is decoded, turned upright, brought to sRGB, made no larger than the
site can use, and written anew, so that EXIF, GPS, comments and anything hidden behind the image are gone.
"""

import hashlib
import io
import os
import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from PIL import Image, ImageCms, ImageOps

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 3840  # pixels of what is kept: twice the widest rendition
WIDTHS = (320, 640, 960, 1280, 1920)  # pixels; widths of renditions
FOLDER = "pictures/renditions"

_READABLE = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_DRAWN = ("PNG", "GIF")  # kept without loss: drawings and logos have hard edges

WANTED = "Save it as a JPEG, PNG, WebP or AVIF file and choose that one."


def check_upload(file: File) -> File:
    """A clean copy of an uploaded picture, as JPEG or PNG, named for its content.

    The type is read from the bytes; name and stated type are not believed. Of an animation the first image
    is kept. Raises ValidationError with a sentence that says what to do.
    """
    if (file.size or 0) > LARGEST_FILE:
        raise ValidationError(
            f"The file has {(file.size or 0) / 1024 / 1024:.0f} MB; at most {LARGEST_FILE // 1024**2} MB fit. "
            "Save a smaller copy and choose that one.",
            code="too_large",
        )
    file.seek(0)
    data = file.read()
    _refuse_by_head(data[:1024])
    image = _decoded(data)
    kept_as = "PNG" if image.mode == "RGBA" or image.info["came_as"] in _DRAWN else "JPEG"
    clean = _encoded(image, kept_as)
    return ContentFile(clean, name=f"{_name_of(clean)}.{_ENDING[kept_as]}")


def renditions(file: File, *, storage: Storage, widths: tuple[int, ...] = WIDTHS) -> list[dict]:
    """Cuts a checked picture into AVIF, WebP and a fallback in each width that it fills.

    Gives rows {width, height, format, path, bytes}, narrowest first; format is avif, webp, and jpeg or (where
    the picture has transparency) png. Files are named for their content: a path never changes its bytes, and
    cutting twice writes once.
    """
    with file.open("rb") as opened:
        image = _decoded(opened.read())
    rows = []
    for width in sorted({w for w in widths if w <= image.width} | {min(image.width, max(widths))}):
        height = max(1, round(image.height * width / image.width))
        cut = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for kind in ("AVIF", "WEBP", "PNG" if image.mode == "RGBA" else "JPEG"):
            data = _encoded(cut, kind)
            path = f"{FOLDER}/{_name_of(data)}-{width}.{_ENDING[kind]}"
            _write(storage, path, data)
            rows.append(
                {"width": width, "height": height, "format": kind.lower(), "path": path, "bytes": len(data)}
            )
    return rows


def _refuse_by_head(head: bytes) -> None:
    """Clear words for the files that people bring most often and that cannot be taken."""
    if not head:
        raise ValidationError("The file is empty. Choose the picture again.", code="empty")
    if b"<svg" in head.lower() or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise ValidationError(
            "This is an SVG drawing. It can carry scripts, so the site does not take it. " + WANTED,
            code="svg",
        )
    if (
        head[4:8] == b"ftyp"
        and head[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"msf1")
        and b"avif" not in head[:64]
    ):
        raise ValidationError("This is a HEIC picture, as telephones make them. " + WANTED, code="heic")
    if head.startswith(b"%PDF"):
        raise ValidationError("This is a PDF document, not a picture. " + WANTED, code="pdf")


def _decoded(data: bytes) -> Image.Image:
    """The first image of the bytes, upright, RGB or RGBA in sRGB; info["came_as"] is the format it had."""
    try:
        opened = Image.open(io.BytesIO(data), formats=_READABLE)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder may raise anything on a file made to break it
        raise ValidationError(
            "This is not a picture that the site can read, or it is damaged. " + WANTED, code="unreadable"
        ) from error
    if opened.width * opened.height > MOST_PIXELS:  # known from the header, before anything is decoded
        raise _too_many_pixels(opened.width, opened.height)
    try:
        opened.load()
        image = _in_srgb(ImageOps.exif_transpose(opened))
    except Exception as error:
        raise ValidationError(
            "The picture is damaged or was cut off on its way. Open it on your computer, save it anew "
            "and choose the new file.",
            code="damaged",
        ) from error
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image.info = {"came_as": opened.format}
    return image


def _too_many_pixels(width: int = 0, height: int = 0) -> ValidationError:
    size = f"{width} by {height} pixels" if width else "far more pixels than a camera makes"
    return ValidationError(
        f"The picture has {size}; the most is {MOST_PIXELS // 1_000_000} million in all. "
        "Save a smaller copy, for example 3000 pixels wide, and choose that one.",
        code="too_many_pixels",
    )


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB, or RGBA when some of it is transparent, with the colours of its own profile brought to sRGB."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits a channel; a plain convert would only clip
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        image = _by_profile(image.convert("RGB") if image.mode == "RGBA" else image, profile)
    image = image.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        image.putalpha(alpha)
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """The image in sRGB; unchanged when its profile does not fit it."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        result = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return result if result is not None else image


_ENDING = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
_HOW: dict[str, dict] = {
    # Chosen by eye on photographs and on flat drawings; speed 6 keeps a full set under ten seconds.
    "AVIF": {"quality": 60, "speed": 6},
    "WEBP": {"quality": 80, "method": 4},
    "JPEG": {"quality": 82, "progressive": True, "optimize": True},
    "PNG": {"optimize": False, "compress_level": 7},
}
_KEPT_QUALITY = 92  # of the kept JPEG, from which renditions are cut


def _encoded(image: Image.Image, kind: str) -> bytes:
    """The bytes of an image in a format, with no profile, EXIF or comment."""
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    out = io.BytesIO()
    how = dict(_HOW[kind])
    if kind == "JPEG" and "came_as" in image.info:
        how["quality"] = _KEPT_QUALITY
    plain.save(out, format=kind, **how)
    return out.getvalue()


def _name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def _write(storage: Storage, path: str, data: bytes) -> None:
    """Whole or not at all: a reader never meets half a file, and a process that dies leaves none."""
    if storage.exists(path):
        return
    try:
        target = Path(storage.path(path))
    except NotImplementedError:  # storage elsewhere, like S3, writes whole objects
        storage.save(path, ContentFile(data))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as temporary:
        try:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
            Path(temporary.name).chmod(0o644)
            Path(temporary.name).replace(target)
        except BaseException:
            Path(temporary.name).unlink(missing_ok=True)
            raise

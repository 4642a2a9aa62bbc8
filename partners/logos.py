"""Logos of partners: checked and cleaned like every picture, and cut to the size in which they are shown."""

import io

from django.core.files.base import ContentFile, File
from PIL import Image

from leadbureau.kit.pictures import check_upload

LARGEST = (480, 240)  # pixels: twice the box on the page, for dense screens


def check_logo(file: File) -> File:
    """A clean, small copy of an uploaded logo. Raises ValidationError with what to do about it."""
    clean = check_upload(file)
    image = Image.open(io.BytesIO(clean.read()))
    clean.seek(0)
    if image.width <= LARGEST[0] and image.height <= LARGEST[1]:
        return clean
    kept_as = image.format
    image.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, format=kept_as, optimize=True)
    return ContentFile(out.getvalue(), name=clean.name)

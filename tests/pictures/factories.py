"""Image files as staff bring them, made on the spot."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from leadbureau.content.models import Picture


def image_file(*, size=(400, 300), format="JPEG", mode="RGB", name="picture.jpg", **save) -> ContentFile:
    """A file with noise in it, so that its bytes are not few."""
    image = Image.effect_noise(size, 60).convert(mode)
    out = io.BytesIO()
    image.save(out, format=format, **save)
    return ContentFile(out.getvalue(), name=name)


def opened(file) -> Image.Image:
    file.seek(0)
    return Image.open(io.BytesIO(file.read()))


def make_picture(*, title="A picture", alt="A road that parts", size=(400, 300), **fields) -> Picture:
    picture = Picture(title=title, alt=alt, **fields)
    picture.file.save("road.jpg", image_file(size=size), save=True)
    return picture

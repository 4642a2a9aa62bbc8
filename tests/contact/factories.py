import io
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leadbureau.kit.spam import opening_time
from leadbureau.mail.models import ContactMessage


def guard(**changes) -> dict:
    """The hidden fields of a form that a person opened a minute ago."""
    return {"opened": opening_time(seconds_ago=60), "nonce": str(uuid4()), "leave_empty": "", **changes}


def message_fields(**changes) -> dict:
    words = {
        "topic": "press",
        "page": "",
        "words": "May I call you?",
        "name": "Ana Example",
        "organization": "",
    }
    return {**guard(), **words, "email": "ana@example.org", **changes}


def a_message(*, suspicion="", **fields) -> ContactMessage:
    words = {"topic": "press", "words": "May I call you?", "name": "Ana Example", "email": "ana@example.org"}
    return ContactMessage.keep(once=uuid4(), suspicion=suspicion, **{**words, **fields})


def a_colleague(*, name="casey"):
    user, _ = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True, "is_superuser": True}
    )
    return user


def a_picture(*, kind="PNG", size=(900, 300), name="logo.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, format=kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")

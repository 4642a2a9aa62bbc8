"""Why a file is not taken."""

from django.core.exceptions import ValidationError

from leadbureau.content.wording import say


class Refused(ValidationError):
    """The file cannot be kept; the message says why and what to do. `code` is the end of its wording's key."""

    def __init__(self, code: str, **values):
        super().__init__(say(f"assistance.files.refused.{code}", **values), code=code)

"""Columns that are encrypted at rest: whoever copies the database without the keys reads nothing in them.

The keys come from settings.ENCRYPTION_KEYS (Fernet keys: AES-128-CBC with HMAC-SHA256, by the `cryptography`
package). The first one encrypts, all of them decrypt; so a new key is put in front, `manage.py rotate_keys`
writes everything anew, and then the old key may go. Nothing can be searched in such a column, except whether
it is empty: an empty text stays empty.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact
from django.utils.crypto import salted_hmac

MARK = (
    "enc1:"  # before every encrypted text; what was stored before encryption came has none, and still reads
)


class CannotDecrypt(Exception):
    """None of the keys in ENCRYPTION_KEYS fits. The message names no content."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(data: bytes) -> bytes:
    """The data under the first key, about a third larger, with the time of day in it."""
    return _box(tuple(settings.ENCRYPTION_KEYS)).encrypt(data)


def decrypt(data: bytes) -> bytes:
    """What `encrypt` was given. Raises CannotDecrypt when no key fits or the data was tampered with."""
    try:
        return _box(tuple(settings.ENCRYPTION_KEYS)).decrypt(data)
    except InvalidToken as error:
        raise CannotDecrypt("None of ENCRYPTION_KEYS opens this. Was a key taken away too early?") from error


def fingerprint(text: str, key: str | bytes | None = None) -> str:
    """64 hexadecimal digits by which equal texts are found without being stored; "" for an empty text.

    Made with the site's secret key: without it, guesses cannot be tried. Case and outer spaces do not count.
    """
    folded = text.strip().lower()
    if not folded:
        return ""
    return salted_hmac("leadbureau.kit.fingerprint", folded, secret=key, algorithm="sha256").hexdigest()


def fingerprints(text: str) -> list[str]:
    """A text's fingerprint under the present secret key and under each of SECRET_KEY_FALLBACKS."""
    found = [fingerprint(text, key) for key in (None, *settings.SECRET_KEY_FALLBACKS)]
    return [one for one in found if one]


class _Encrypted(models.TextField):
    """What both kinds share. In Python it holds the plain value; only the database sees the other."""

    def get_lookup(self, lookup_name):
        """Only isnull, and exact for the empty text: any other comparison would silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name in ("isnull", "exact") else None

    def get_transform(self, lookup_name):
        return None

    def from_db_value(self, value, expression, connection):
        return value if value is None else self._plain(_opened(value))

    def _plain(self, text: str):
        return text


@_Encrypted.register_lookup
class _OnlyEmpty(Exact):
    """`column=""`: whether anything is there. The same text is encrypted otherwise each time."""

    def get_prep_lookup(self):
        if self.rhs not in ("", None):
            raise FieldError(f"{self.lhs.target.name} is encrypted: it can only be compared with nothing.")
        return self.rhs


class EncryptedTextField(_Encrypted):
    """A text, short or long. Give `max_length` to limit what forms take, counted in plain characters."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return _closed(value) if value else value


class EncryptedJSONField(_Encrypted):
    """Anything that JSON can hold. None is not allowed: leave the default, an empty dict or list."""

    def get_prep_value(self, value):
        return _closed(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))

    def to_python(self, value):
        return value

    def _plain(self, text: str) -> Any:
        return json.loads(text) if text else {}

    def value_to_string(self, obj) -> str:
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder)


def encrypted_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model that has encrypted columns, with their names: what a rotation of keys must write anew."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if isinstance(field, _Encrypted)]
        if names:
            yield model, names


def _closed(text: str) -> str:
    return MARK + encrypt(text.encode()).decode("ascii")


def _opened(stored: str) -> str:
    if not stored.startswith(MARK):
        return stored
    return decrypt(stored.removeprefix(MARK).encode("ascii")).decode()

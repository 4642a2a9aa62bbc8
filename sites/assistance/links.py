"""The private link of a request: as good as a key, so it is kept like one.

The database holds a random seed and a digest. The token in the address is made of the seed with the site's
secret key, so that neither a list in the admin nor a stolen copy of the database opens a request, and the
same link can still be mailed again.
"""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "sites.assistance.links"


def new_seed() -> str:
    return secrets.token_hex(16)


def digest(token: str) -> str:
    """What is stored and looked up; the token cannot be told from it."""
    return sha256(token.encode()).hexdigest()


def token_for(seed: str, key: str | bytes | None = None) -> str:
    """43 characters for an address, made of the seed with a secret key (default: the present one)."""
    made = salted_hmac(SALT, seed, secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def token_with_digest(seed: str, wanted: str) -> str | None:
    """The token of a seed as it was first given out, under the present key or one of SECRET_KEY_FALLBACKS."""
    for key in (None, *settings.SECRET_KEY_FALLBACKS):
        token = token_for(seed, key)
        if digest(token) == wanted:
            return token
    return None

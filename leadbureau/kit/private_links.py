"""Private links: as good as keys, so they are kept like keys, and their pages keep them to themselves.

The database holds a random seed and a digest. The token in the address is made of the seed with the site's
secret key, so that neither a list in the admin nor a stolen copy of the database opens anything, and the
same link can still be mailed again.
"""

import re
import secrets
from base64 import urlsafe_b64encode
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}

# Where private addresses begin, however they are typed; what follows may be a token, whole or damaged.
PRIVATE_PATH = re.compile(r"/(?:assistance/(?:r|ask|c|e)|sites/confirm)/", re.IGNORECASE)
_REST = re.compile(PRIVATE_PATH.pattern + r"[^\s\"'<>]+", re.IGNORECASE)
_TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)  # what Tokens.of makes


def hide_tokens(text: str) -> str:
    """A text, like a line of a log, with "…" in place of tokens and of whatever follows a private path."""
    text = _REST.sub(lambda found: PRIVATE_PATH.match(found[0])[0] + "…", text)  # type: ignore[index]
    return _TOKEN.sub("…", text)


def new_seed() -> str:
    """32 hexadecimal digits, for a column of the row that the link opens."""
    return secrets.token_hex(16)


def digest(token: str) -> str:
    """What is stored and looked up, 64 hexadecimal digits; the token cannot be told from it."""
    return sha256(token.encode()).hexdigest()


class Tokens:
    """The tokens of one kind of link. `salt` keeps those of another kind from fitting here; it never changes."""

    def __init__(self, salt: str):
        self.salt = salt

    def of(self, seed: str, key: str | bytes | None = None) -> str:
        """43 characters for an address, made of the seed with a secret key (default: the present one)."""
        made = salted_hmac(self.salt, seed, secret=key, algorithm="sha256").digest()
        return urlsafe_b64encode(made).rstrip(b"=").decode()

    def with_digest(self, seed: str, wanted: str) -> str | None:
        """The token of a seed as it was first given out, under the present key or one of SECRET_KEY_FALLBACKS."""
        for key in (None, *settings.SECRET_KEY_FALLBACKS):
            token = self.of(seed, key)
            if digest(token) == wanted:
                return token
        return None


def private_page(view):
    """Decorator of a view whose address is a key: nobody stores, indexes or logs it, or sees it in a referrer.

    Exempt from the CSRF check, for two reasons. Nobody can forge a POST to an address that he does not know,
    and no cookie gives any power here. And browsers send "Origin: null" from a page whose referrer policy is
    no-referrer, which the check refuses; the policy is worth more, as it keeps the address to ourselves.
    It also means that a page left open for weeks can still be saved.
    """

    @csrf_exempt
    @wraps(view)
    def answered(*args, **kwargs):
        response = view(*args, **kwargs)
        # Django logs the addresses of what is answered with 4xx; these may be keys.
        response._has_been_logged = True
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answered

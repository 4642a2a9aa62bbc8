"""How often one visitor may do something. Counted in the cache under a keyed hash, never under an address."""

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from leadbureau.kit.client import client_address

LONGEST = 3600  # seconds; the privacy page promises that nothing about an address is kept longer


def too_many(request, scope: str, *, limit: int, seconds: int) -> bool:
    """Counts this call; True when the visitor has now made more than `limit` within `seconds`.

    Windows are fixed, not sliding: at worst twice the limit passes around a boundary. Two calls at the
    very same moment may count as one; this keeps spam out, it guards no secret. Raises ValueError when
    `seconds` is over an hour.
    """
    return too_many_of(_caller(request), scope, limit=limit, seconds=seconds)


def too_many_of(whom: str, scope: str, *, limit: int, seconds: int) -> bool:
    """The same for something other than a network, like an e-mail address: `whom` is a keyed hash of it."""
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"seconds must be between 1 and {LONGEST}; it is {seconds}.")
    window = int(time.time() // seconds)
    key = f"rate:{scope}:{window}:{whom}"
    calls = cache.get(key, 0) + 1
    cache.set(key, calls, timeout=seconds)
    return calls > limit


def _caller(request) -> str:
    """A hash of the network that calls. One household has a whole /64 of IPv6, so that is one caller."""
    address = client_address(request)
    if address and isinstance(ip_address(address), IPv6Address):
        address = str(ip_network(f"{address}/64", strict=False))
    return salted_hmac("leadbureau.kit.rate", address, algorithm="sha256").hexdigest()[:32]

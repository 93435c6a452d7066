"""How often something may be done within an hour: counted in the shared cache, for each address.

While the cache is away everything may be done: it is an empty one.
"""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from .client_address import household

WINDOW = 60 * 60  # seconds


def spend(what: str, address: str, most: int, *, in_all: int = 0, now: float | None = None) -> int:
    """Count one doing of `what` from `address`. Returns 0 where that is no more than `most` from
    there and, if given, `in_all` from everywhere; else the seconds until the next is counted."""
    window, passed = _at(now)
    if _count(_key(what, household(address), window)) > most:
        return WINDOW - passed
    return WINDOW - passed if in_all and _count(_key(what, "all", window)) > in_all else 0


def spent(what: str, address: str, most: int, *, now: float | None = None) -> int:
    """As `spend`, without counting: the seconds to wait where `most` were counted already."""
    window, passed = _at(now)
    counted = cache.get(_key(what, household(address), window), 0)
    return WINDOW - passed if counted >= most else 0


def _at(now: float | None) -> tuple[int, int]:
    return divmod(int(time.time() if now is None else now), WINDOW)


def _key(what: str, whose: str, window: int) -> str:
    """A key that does not give the address away."""
    keyed = salted_hmac("serving.limits", whose, algorithm="sha256").hexdigest()[:32]
    return f"limits:{what}:{keyed}:{window}"


def _count(key: str) -> int:
    cache.add(key, 0, timeout=WINDOW * 2)
    try:
        return cache.incr(key)
    except ValueError:  # evicted between the two lines, or the cache is away
        return 1

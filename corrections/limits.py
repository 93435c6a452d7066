"""Rate limits for sending corrections: counted in the cache, per address and for the site."""

import logging
import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from serving.client_address import household

PER_ADDRESS = 10  # corrections in an hour; a school or a ministry may share one address
SITE_WIDE = 200
WINDOW = 60 * 60  # seconds

logger = logging.getLogger(__name__)


def spend(address: str, *, now: float | None = None) -> int:
    """Count one correction from `address`. Returns 0 when it may be sent, otherwise the seconds
    until it may. Nobody is refused when the cache does not answer: losing what was typed is worse
    than a flood."""
    window, passed = divmod(int(time.time() if now is None else now), WINDOW)
    try:
        if _count(f"address:{_household(address)}", window) > PER_ADDRESS:
            return WINDOW - passed
        if _count("site", window) > SITE_WIDE:
            return WINDOW - passed
    except Exception:
        logger.exception("The cache does not answer: corrections are not limited.")
    return 0


def _count(what: str, window: int) -> int:
    key = f"corrections:{what}:{window}"
    cache.add(key, 0, timeout=WINDOW * 2)
    try:
        return cache.incr(key)
    except ValueError:  # evicted between the two lines
        return 1


def _household(address: str) -> str:
    """A keyed hash of the address."""
    return salted_hmac("corrections.limits", household(address), algorithm="sha256").hexdigest()[
        :32
    ]

"""Rate limits for sending corrections: counted in the cache, per address and for the site."""

import ipaddress
import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

PER_ADDRESS = 10  # corrections in an hour; a school or a ministry may share one address
SITE_WIDE = 200
WINDOW = 60 * 60  # seconds

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    """The IP address of the client, as seen by the outermost of our TRUSTED_PROXIES.

    Each proxy appends to X-Forwarded-For, so behind n of them the nth entry from the right is the
    client; everything to its left was sent by the client and cannot be trusted.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        return _address(forwarded[-settings.TRUSTED_PROXIES]) or _address(peer) or peer
    return _address(peer) or peer


def _address(text: str) -> str:
    """The IP address in `text`, without a port, or "" where there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


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
    """A keyed hash of the address, for IPv6 of its /64 network, which is one household."""
    if ":" in _address(address):
        address = str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
    return salted_hmac("corrections.limits", address, algorithm="sha256").hexdigest()[:32]

"""Which client a request comes from, behind the proxies that stand before the site."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(meta: Mapping[str, Any]) -> str:
    """The IP address of the client, as seen by the outermost of our TRUSTED_PROXIES, from
    `request.META` or a WSGI environ.

    Each proxy appends to X-Forwarded-For, so behind n of them the nth entry from the right is the
    client; everything to its left was sent by the client and cannot be trusted.
    """
    peer = meta.get("REMOTE_ADDR", "")
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        return address_in(forwarded[-settings.TRUSTED_PROXIES]) or address_in(peer) or peer
    return address_in(peer) or peer


class UncountedProxy:
    """Whether a request came from a proxy of ours that TRUSTED_PROXIES does not count: from a
    private address, in the name of another. Then all clients have one address, and limits hold for
    all together. Of this process, since it started."""

    seen = False

    @classmethod
    def look_at(cls, meta: Mapping[str, Any]) -> None:
        """Remember whether this is such a request."""
        peer = address_in(meta.get("REMOTE_ADDR", ""))
        if not cls.seen and peer and "HTTP_X_FORWARDED_FOR" in meta:
            cls.seen = not settings.TRUSTED_PROXIES and ipaddress.ip_address(peer).is_private


def of_request(request: HttpRequest) -> str:
    """The IP address of the client that sent the request."""
    UncountedProxy.look_at(request.META)
    return client_address(request.META)


def address_in(text: str) -> str:
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


def household(address: str) -> str:
    """The address; for IPv6 its /64 network, which is one household."""
    if ":" in address_in(address):
        return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
    return address

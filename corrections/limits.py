"""How many corrections are taken: per address, and for the site."""

from serving import limits

PER_ADDRESS = 10  # in an hour; a school or a ministry may share one address
SITE_WIDE = 200


def spend(address: str, *, now: float | None = None) -> int:
    """Count one correction from `address`. Returns 0 when it may be sent, otherwise the seconds
    until it may. Nobody is refused while the cache is away: losing what was typed is worse than a
    flood."""
    return limits.spend("corrections", address, PER_ADDRESS, in_all=SITE_WIDE, now=now)

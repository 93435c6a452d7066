"""Turns the site version over, so that no reader is shown a page from before a change.

Whatever is kept in memory is kept under a token of the one row of SiteVersion. The token changes
in the transaction that changes what readers see, so a page computed from before cannot be kept
under the new token, and the next request after the change asks for the new one.
"""

from typing import NamedTuple

from .fetching import fetched
from .models import SiteVersion, new_token


class Version(NamedTuple):
    """The tokens in force. Blank ones keep nothing."""

    pages: str
    holdings: str


def turn_over(*, holdings: bool = False) -> None:
    """From now on every page is made anew; with `holdings`, what is listed has changed too.

    Call it last in a transaction: until that ends, others who turn over wait for it.
    """
    tokens = {"pages": new_token()} | ({"holdings": new_token()} if holdings else {})
    if not SiteVersion.objects.filter(pk=1).update(**tokens):
        SiteVersion.objects.bulk_create([SiteVersion(pk=1)], ignore_conflicts=True)


def version() -> Version:
    """The tokens in force; one query, written by hand since every request of a reader asks it."""
    rows = fetched("SELECT pages, holdings FROM revisions_siteversion WHERE id = 1")
    return Version(*rows[0]) if rows else Version("", "")

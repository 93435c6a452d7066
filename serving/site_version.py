"""The site version: no reader is shown a page from before a change.

Whatever is kept in memory is kept under a token of the one row of SiteVersion. The token changes
in the transaction that changes what readers see, so a page computed from before cannot be kept
under the new token, and the next request after the change asks for the new one.
"""

from typing import NamedTuple

from .models import SiteVersion, new_token
from .raw_queries import fetch_rows


class Version(NamedTuple):
    """The tokens in force. Blank ones keep nothing."""

    pages: str
    facet_index: str


def bump(*, facet_index: bool = False) -> None:
    """From now on every page is made anew; with `facet_index`, what is listed has changed too. Only
    what readers can see is worth it.

    Call it last in a transaction: until that ends, others who bump it wait.
    """
    tokens = {"pages": new_token()} | ({"facet_index": new_token()} if facet_index else {})
    if not SiteVersion.objects.filter(pk=1).update(**tokens):
        SiteVersion.objects.bulk_create([SiteVersion(pk=1)], ignore_conflicts=True)


def version() -> Version:
    """The tokens in force; one query, written by hand since every request of a reader asks it."""
    rows = fetch_rows("SELECT pages, holdings FROM revisions_siteversion WHERE id = 1")
    return Version(*rows[0]) if rows else Version("", "")

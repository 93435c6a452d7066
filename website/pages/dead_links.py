"""Puts an archived copy, or since when it fails, beside each address of a text that is dead."""

import re
from collections.abc import Mapping
from html import unescape

from django.template.loader import render_to_string

from editions.links.shown import DeadAddress

_LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]*)\"[^>]*>.*?</a>", re.DOTALL)


def with_copies(html: str, dead: Mapping[str, DeadAddress]) -> str:
    """The HTML of a note or reference, with what is said of its dead addresses."""
    if not dead:
        return html

    def said(link: re.Match[str]) -> str:
        found = dead.get(unescape(link[1]))
        return link[0] + (beside(found) if found else "")

    return _LINK.sub(said, html)


def beside(found: DeadAddress) -> str:
    """What stands beside a dead address, as HTML."""
    return render_to_string("website/_dead_address.html", {"dead": found}).rstrip("\n")

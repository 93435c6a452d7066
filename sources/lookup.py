"""Asks what an identifier stands for: a DOI, ISBN, PMID, arXiv number or address, typed alone.

The answer comes from REFERENCE_LOOKUP_URL, in which `{}` stands for the identifier, in any format
that we read: BibTeX, RIS or CSL-JSON.
"""

import re
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from .identifiers import is_isbn
from .reference_files import NotReadable, ReadReference, read

MOST = 20  # identifiers at once: each is a question to another server
SECONDS = 10
_LARGEST = 1_000_000  # bytes of an answer
_FORMS = (
    ("DOI", re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.I)),
    ("PMID", re.compile(r"PMID:?\s*([0-9]{1,8})", re.I)),
    ("arXiv", re.compile(r"arXiv:\s*([a-z.-]+/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?", re.I)),
    ("ISBN", re.compile(r"(?:ISBN:?\s*)?([0-9][0-9 -]{8,15}[0-9X])", re.I)),
    ("URL", re.compile(r"(https?://\S+)", re.I)),
)


class Identifier(NamedTuple):
    """One identifier, and the line in which it was typed."""

    kind: str
    value: str
    line: int

    @property
    def item(self) -> dict[str, str]:
        """What it says by itself, as a CSL-JSON item without a title."""
        return {self.kind: self.value} if self.kind in ("DOI", "ISBN", "URL") else {}


class NotFound(ValueError):
    """Nothing could be learnt of an identifier; the message says why, and what one can do."""


def identifiers(text: str) -> list[Identifier] | None:
    """The identifiers in a text that has nothing else, one in a line; None for any other text."""
    found = []
    for line, words in enumerate(text.splitlines(), start=1):
        if not words.strip():
            continue
        identifier = _identifier(words.strip(), line)
        if identifier is None:
            return None
        found.append(identifier)
    return found or None


def _identifier(words: str, line: int) -> Identifier | None:
    for kind, form in _FORMS:
        match = form.fullmatch(words)
        if match and (kind != "ISBN" or is_isbn(match[1])):
            return Identifier(kind, match[1], line)
    return None


def look_up(identifier: Identifier) -> ReadReference:
    """What stands behind it. Raises NotFound."""
    if not settings.REFERENCE_LOOKUP_URL:
        raise NotFound(
            _(
                "This site does not ask other servers what an identifier stands for "
                "(REFERENCE_LOOKUP_URL). Paste the reference as BibTeX, RIS or CSL-JSON."
            )
        )
    try:
        answer = read(_answer(identifier.value))
    except NotReadable as error:
        raise NotFound(_("The answer could not be read: %s") % error) from error
    if len(answer) != 1:
        raise NotFound(_("The answer holds %s references, not one.") % len(answer))
    return answer[0]._replace(line=identifier.line)


def _answer(value: str) -> bytes:
    address = settings.REFERENCE_LOOKUP_URL.replace("{}", quote(value, safe=""))
    agent = f"peacesite ({settings.SITE_URL})"
    accepted = "application/vnd.citationstyles.csl+json, application/x-bibtex;q=0.9, */*;q=0.1"
    request = Request(address, headers={"Accept": accepted, "User-Agent": agent})  # noqa: S310 - settings names http(s)
    try:
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            answer = response.read(_LARGEST + 1)
    except HTTPError as error:
        if error.code == 404:
            raise NotFound(_("Nobody knows of it there. Is it typed as it is printed?")) from error
        raise NotFound(_("The other server answered %s. Try again later.") % error.code) from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise NotFound(
            _("The other server could not be reached. Paste the reference itself, or try later.")
        ) from error
    if len(answer) > _LARGEST:
        raise NotFound(_("The answer is far too long for one reference."))
    return answer

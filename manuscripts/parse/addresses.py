"""Takes the addresses out of a reference: on the web, in a web archive, DOI, ISBN."""

import re
from dataclasses import dataclass

from sources.identifiers import is_isbn

_URL = re.compile(
    r"(?P<lead>(?:(?:also\s+)?(?:archived|available)\s+(?:online\s+)?(?:at|from|via|on|online)|retrieved\s+from"
    r"|online\s+at|online|url)\s*:?\s*)?<?(?P<url>https?://[^\s<>\"“”]+|www\.[^\s<>\"“”]+)>?",
    re.I,
)
_DOMAIN = re.compile(
    r"available\s+(?:at|from)\s*:?\s*(?P<url>[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>\"“”]*)", re.I
)


_ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/web/[0-9a-z_*]+/(?P<original>\S+)|(?:www\.)?(?:archive\.(?:is|today|ph|fo|li|md|vn)"
    r"|perma\.cc|webcitation\.org|webarchive\.\S+?)/\S*)",
    re.I,
)
_DOI = re.compile(
    r"(?P<lead>[,.;]?\s*\(?\b(?:doi|DOI)\s*:?\s*(?:https?://(?:dx\.)?doi\.org/)?)(?P<doi>10\.\d{4,9}/[^\s;,<>”\"]+)"
)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", re.I)
_ISBN = re.compile(
    r"[,.;]?\s*\(?\bISBN(?:-1[03])?:?\s*(?P<isbn>[0-9][0-9 -]{8,16}[0-9Xx])\)?", re.I
)


@dataclass
class Addresses:
    """The addresses of a reference; `schemed` unless one lacked its https:// in the print."""

    url: str = ""
    archive_url: str = ""
    doi: str = ""
    isbn: str = ""
    schemed: bool = True


def without_addresses(text: str) -> tuple[str, Addresses]:
    """A text without its addresses and numbers, and those. An archived address gives the original
    too, where it holds it."""
    found = Addresses()
    text = _without_numbers(text, found)
    for _ in range(3):
        rest, url, schemed = without_address(text)
        if not url or not _take_address(found, url, schemed=schemed):
            break
        text = rest
    if not found.doi and (address := _DOI_ADDRESS.fullmatch(found.url)):
        found.doi = address[1]
    return text, found


def _take_address(found: Addresses, url: str, *, schemed: bool) -> bool:
    """Set the address, or the archived one; False where there is one already."""
    archived = _ARCHIVE.fullmatch(url)
    if archived and not found.archive_url:
        found.archive_url = url
        original = archived["original"] or ""
        if original.startswith("http") and not found.url:
            found.url = original
        return True
    if not archived and (not found.url or found.url == url):
        found.url, found.schemed = url, schemed
        return True
    return False


def _without_numbers(text: str, found: Addresses) -> str:
    """A text without its ISBN and DOI, which are set in `found`."""
    if (isbn := _ISBN.search(text)) and is_isbn(isbn["isbn"]):
        found.isbn = re.sub(r"\s", "-", isbn["isbn"].strip())
        text = f"{text[: isbn.start()]} {text[isbn.end() :]}".strip()
    if doi := _DOI.search(text):
        kept = _bare(doi["doi"])
        found.doi = kept
        rest = text[doi.start("doi") + len(kept) :].lstrip(")")
        text = (
            text[: doi.start()] + ("" if rest.startswith((".", ",", ";")) else " ") + rest
        ).strip()
    return text


def _bare(address: str) -> str:
    kept = address.rstrip(".,;:”\"'’>]")
    while kept.endswith(")") and kept.count("(") < kept.count(")"):
        kept = kept[:-1].rstrip(".,;")
    return kept


def without_address(text: str) -> tuple[str, str, bool]:
    """A text without “Available at: …”, the address, and whether it had a scheme in the print."""
    found = _URL.search(text) or _DOMAIN.search(text)
    if found is None:
        return text, "", True
    url = found["url"]
    kept = url.rstrip(".,;:”\"’'>]")
    while kept.endswith(")") and kept.count("(") < kept.count(")"):
        kept = kept[:-1].rstrip(".,;")
    after = text[found.start("url") + len(kept) :].lstrip(">").strip(" .,;")
    if not after.strip(")]"):
        after = ""
    before = text[: found.start()].rstrip(" (<[")
    schemed = kept.lower().startswith("http")
    return f"{before} {after}".strip(), kept if schemed else f"http://{kept}", schemed

"""Identifiers and dates of a reference, each in one form: DOI, ISBN, address, UN symbol, day."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from .folding import text

_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_ISBN = re.compile(r"(?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9Xx]")
_SYMBOL = re.compile(r"(?=.*\d)[A-Z]+(?:/[A-Z0-9][A-Za-z0-9.-]*)+(?: ?\(\d{4}\))?")
_JOINT = re.compile(r"-(?=[A-Z]+/)")
_ADOPTION_YEAR = re.compile(r" ?\(\d{4}\)$")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)", re.I)
_ENCODED = re.compile(r"%([0-9a-f]{2})", re.I)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)", re.I)
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d{2}(?!\d)")
_PORTS = {"http": 80, "https": 443}


def doi(value: str) -> str:
    """The bare DOI in lower case; nothing where there is none."""
    found = _DOI.fullmatch(value.strip())
    return found[1].casefold() if found else ""


def isbns(value: str) -> frozenset[str]:
    """The ISBNs of thirteen digits, without hyphens, of a field that may hold several."""
    bare = (re.sub(r"[\s-]", "", found) for found in _ISBN.findall(value))
    return frozenset(isbn if len(isbn) == 13 else _isbn_13(isbn) for isbn in bare)


def _isbn_13(isbn_10: str) -> str:
    stem = "978" + isbn_10[:9]
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(stem))
    return stem + str(-total % 10)


def symbols(number: str) -> tuple[frozenset[str], str]:
    """The UN document symbols in a number (“40, S/1998/374”, “A/52/219-S/1997/510”), without the
    year in brackets, for S/RES/968 and S/RES/968 (1994) are one; and the annex, if one is named."""
    parts = [part.strip() for part in re.sub(r"\s*[-–]\s*", "-", number).split(",")]
    found = [n for n, part in enumerate(parts) if _SYMBOL.fullmatch(part)]
    bare = (_ADOPTION_YEAR.sub("", one) for n in found for one in _JOINT.split(parts[n]))
    annex = " ".join(parts[found[-1] + 1 :]).casefold() if found else ""
    return frozenset(bare), annex


def address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www., default port, last slash,
    tracking, the archive it was kept in, and the fragment (but one with a slash is a page of its
    own on sites such as ucdp.uu.se/#/country/475). Nothing where it is no address."""
    try:
        parts = urlsplit(_ARCHIVED.sub("", url.strip()))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not host:
        return ""
    found = host.removeprefix("www.").rstrip(".")
    if port and port != _PORTS[parts.scheme.lower()]:
        found += f":{port}"
    found += _encoded(parts.path).rstrip("/")
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.match(p)]
    if kept:
        found += "?" + _encoded("&".join(kept))
    if "/" in parts.fragment:
        found += "#" + _encoded(parts.fragment).strip("/")
    return found


def _encoded(part: str) -> str:
    def one_way(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match.group().upper()

    escaped = quote(part, safe="%/:@!$&'()*+,;=~?", errors="replace")
    return _ENCODED.sub(one_way, escaped)


def addresses(item: Mapping[str, Any]) -> frozenset[str]:
    """The address of an item and its other ones."""
    custom = item.get("custom")
    others = custom.get("urls") if isinstance(custom, Mapping) else None
    urls = [item.get("URL"), *(others[:20] if isinstance(others, list) else [])]
    return frozenset(filter(None, (address(url[:2000]) for url in urls if isinstance(url, str))))


def days(date: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first and the last day of a CSL date, each as far as known: (1998, 3, 5), (1998,), ()."""
    if not isinstance(date, Mapping):
        return (), ()
    parts = date.get("date-parts")
    found = [_day(part) for part in parts[:2]] if isinstance(parts, list) else []
    if not any(found):
        year = _YEAR.search(text(date.get("raw")) or text(date.get("literal")))
        return ((int(year.group()),) if year else ()), ()
    return found[0], found[1] if len(found) > 1 else ()


def _day(part: Any) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in part[:3]) if isinstance(part, list) else ()
    except (TypeError, ValueError, OverflowError):
        return ()

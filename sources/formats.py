"""Converts sources to CSL-JSON and back.

What CSL-JSON has no name for stands in its `custom`: `archive-url`, `urls` (other addresses), and
`orcid`, by role, in the order of the names.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .dates import NotADate, date_text, read_date
from .identifiers import UN_SYMBOL, orcid
from .models import Contributor, Source
from .plain_text import plain, without_markup

_TEXT_FIELDS = {
    "title": "title",
    "title_short": "title-short",
    "container_title": "container-title",
    "container_title_short": "container-title-short",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "genre": "genre",
    "archive": "archive",
    "archive_location": "archive_location",
    "call_number": "call-number",
    "url": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "language": "language",
}
_DATES = {"issued": "issued", "original_date": "original-date"}
_CITED_KEY = re.compile(r"@\{?([a-zA-Z0-9][a-zA-Z0-9_-]*)")


class NotCsl(ValueError):
    """An item is not CSL-JSON that a source can be made of; the message says what is wrong."""


def csl_json(source: Source) -> dict[str, Any]:
    """The source as a CSL-JSON item, its id the key (CSL 1.0.2 data schema)."""
    return item_of(source, list(source.contributors.all()))


def item_of(source: Source, people: list[Contributor]) -> dict[str, Any]:
    """The same of a source and its names that need not be stored. No query."""
    item: dict[str, Any] = {"id": source.key, "type": source.type}
    item |= {csl: value for name, csl in _TEXT_FIELDS.items() if (value := getattr(source, name))}
    if source.number or source.symbol:
        item["number"] = ", ".join(filter(None, (source.number, source.symbol)))
    for role in Contributor.Role.values:
        names = [person.as_csl() for person in people if person.role == role]
        if names:
            item[role] = names
    for name, csl in _DATES.items():
        if value := getattr(source, name):
            item[csl] = read_date(value)
    if source.accessed:
        day = source.accessed
        item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    if custom := _custom(source, people):
        item["custom"] = custom
    return item


def _custom(source: Source, people: list[Contributor]) -> dict[str, Any]:
    orcids = {
        role: [row.orcid or None for row in people if row.role == role]
        for role in Contributor.Role.values
    }
    custom = {
        "archive-url": source.archive_url,
        "urls": source.addresses,
        "orcid": {role: found for role, found in orcids.items() if any(found)},
    }
    return {name: value for name, value in custom.items() if value}


def library(text: str) -> dict[str, dict[str, Any]]:
    """The CSL-JSON items of all sources cited in `text` as @key, by key; two queries."""
    keys = set(_CITED_KEY.findall(text))
    found = Source.objects.kept().filter(key__in=keys).prefetch_related("contributors")
    return {source.key: csl_json(source) for source in found}


def from_csl(item: Mapping[str, Any]) -> tuple[Source, list[Contributor]]:
    """An unsaved source and its contributors from a CSL-JSON item. Raises NotCsl."""
    if not isinstance(item.get("id"), str) or not item.get("title"):
        raise NotCsl(f"An item needs an id and a title: {str(item)[:80]}")
    source = Source(key=item["id"], type=item.get("type", Source.Type.DOCUMENT))
    for name, csl in _TEXT_FIELDS.items():
        setattr(source, name, _text(item.get(csl)))
    source.number, source.symbol = _number_and_symbol(_text(item.get("number")))
    custom = item["custom"] if isinstance(item.get("custom"), Mapping) else {}
    source.archive_url = _text(archived_at({**item, "custom": custom}))
    if source.archive.startswith(("http://", "https://")):
        source.archive = ""
    urls = custom.get("urls")
    source.other_addresses = "\n".join(map(_text, urls)) if isinstance(urls, list) else ""
    try:
        for name, csl in _DATES.items():
            setattr(source, name, date_text(item.get(csl)))
        accessed = date_text(item.get("accessed"))
    except NotADate as error:
        raise NotCsl(str(error)) from error
    source.accessed = date.fromisoformat(accessed) if len(accessed) == 10 else None
    return source, list(_contributors(source, item, custom.get("orcid")))


def archived_at(item: Mapping[str, Any]) -> str:
    """The address of an archived copy of a CSL-JSON item; in records of format 4 and before it
    stands where the archive does."""
    archive = str(item.get("archive", ""))
    old = archive if archive.startswith(("http://", "https://")) else ""
    return str((item.get("custom") or {}).get("archive-url", "") or old)


def _text(value: Any) -> str:
    return plain(without_markup(str(value or "")))


def _number_and_symbol(number: str) -> tuple[str, str]:
    before, _comma, last = number.rpartition(", ")
    return (before, last) if UN_SYMBOL.fullmatch(last) else (number, "")


def _contributors(source: Source, item: Mapping[str, Any], orcids: Any) -> Iterator[Contributor]:
    for role in Contributor.Role.values:
        known = orcids.get(role) if isinstance(orcids, Mapping) else None
        for position, name in enumerate(item.get(role, [])):
            here = known[position] if isinstance(known, list) and position < len(known) else None
            here = orcid(str(here or name.get("ORCID") or ""))
            fields = _name_fields(name)
            yield Contributor(source=source, role=role, position=position, orcid=here, **fields)


def _name_fields(name: Mapping[str, str]) -> dict[str, str]:
    """The fields of a contributor. A particle belongs to the family name here, a suffix (Jr.) to
    the given names; a name without a family part is literal."""
    words = {part: _text(text) for part, text in name.items()}
    given = " ".join(filter(None, (words.get("given"), words.get("suffix"))))
    if words.get("literal") or not words.get("family"):
        return {"literal": words.get("literal") or given}
    family = words["family"]
    for particle in (words.get("non-dropping-particle"), words.get("dropping-particle")):
        if particle:
            family = particle + ("" if particle[-1] in "-‐’'" else " ") + family
    return {"family": family, "given": given}

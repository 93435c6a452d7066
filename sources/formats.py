"""Converts sources to CSL-JSON and back."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

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
    "number": "number",
    "edition": "edition",
    "genre": "genre",
    "url": "URL",
    "archive_url": "archive",
    "doi": "DOI",
    "isbn": "ISBN",
    "language": "language",
}
_CITED_KEY = re.compile(r"@\{?([a-zA-Z0-9][a-zA-Z0-9_-]*)")


_ISO_DATE = re.compile(r"(-?[0-9]{1,4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?")


class NotCsl(ValueError):
    """An item is not CSL-JSON that a source can be made of; the message says what is wrong."""


def csl_json(source: Source) -> dict[str, Any]:
    """The source as a CSL-JSON item, its id the key (CSL 1.0.2 data schema)."""
    item: dict[str, Any] = {"id": source.key, "type": source.type}
    item |= {csl: value for name, csl in _TEXT_FIELDS.items() if (value := getattr(source, name))}
    for role in Contributor.Role.values:
        names = [c.as_csl() for c in source.contributors.all() if c.role == role]
        if names:
            item[role] = names
    if source.issued:
        item["issued"] = {"date-parts": [_date_parts(source.issued)]}
    if source.accessed:
        day = source.accessed
        item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    return item


def _date_parts(issued: str) -> list[int]:
    """Year, month and day of a date such as 2001-03, as far as given; years BC are negative."""
    sign, digits = (-1, issued[1:]) if issued.startswith("-") else (1, issued)
    year, *rest = (int(part) for part in digits.split("-"))
    return [sign * year, *rest]


def library(text: str) -> dict[str, dict[str, Any]]:
    """The CSL-JSON items of all sources cited in `text` as @key, by key; two queries."""
    keys = set(_CITED_KEY.findall(text))
    found = Source.objects.filter(key__in=keys).prefetch_related("contributors")
    return {source.key: csl_json(source) for source in found}


def from_csl(item: Mapping[str, Any]) -> tuple[Source, list[Contributor]]:
    """An unsaved source and its contributors from a CSL-JSON item. Raises NotCsl."""
    if not isinstance(item.get("id"), str) or not item.get("title"):
        raise NotCsl(f"An item needs an id and a title: {str(item)[:80]}")
    source = Source(key=item["id"], type=item.get("type", Source.Type.DOCUMENT))
    for name, csl in _TEXT_FIELDS.items():
        setattr(source, name, plain(without_markup(str(item.get(csl) or ""))))
    if not source.archive_url.startswith(("http://", "https://")):
        source.archive_url = ""  # CSL means the archive that holds a manuscript
    source.issued = _date_text(item.get("issued"))
    accessed = _date_text(item.get("accessed"))
    source.accessed = date.fromisoformat(accessed) if len(accessed) == 10 else None
    rows = [
        Contributor(source=source, role=role, position=position, **_name_fields(name))
        for role in Contributor.Role.values
        for position, name in enumerate(item.get(role, []))
    ]
    return source, rows


def _date_text(value: Mapping[str, Any] | None) -> str:
    """A CSL date as 2001, 2001-03 or 2001-03-05. Raises NotCsl."""
    if not value:
        return ""
    if not isinstance(value, Mapping):
        raise NotCsl(f"A date needs date-parts: {value}")
    parts = value.get("date-parts") or []
    typed = str(value.get("raw") or value.get("literal") or "").strip()
    if not parts and (day := _ISO_DATE.fullmatch(typed)):
        parts = [[part for part in day.groups() if part]]
    elif not parts and typed:
        raise NotCsl(f"A date needs date-parts: {value}")
    try:
        numbers = [int(part) for part in parts[0]] if parts else []
    except (TypeError, ValueError) as error:
        raise NotCsl(f"A date needs date-parts: {value}") from error
    if not numbers:
        return ""
    year, *rest = numbers
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def _name_fields(name: Mapping[str, str]) -> dict[str, str]:
    """The fields of a contributor. A particle belongs to the family name here, a suffix (Jr.) to
    the given names; a name without a family part is literal."""
    words = {part: plain(without_markup(str(text or ""))) for part, text in name.items()}
    given = " ".join(filter(None, (words.get("given"), words.get("suffix"))))
    if words.get("literal") or not words.get("family"):
        return {"literal": words.get("literal") or given}
    family = words["family"]
    for particle in (words.get("non-dropping-particle"), words.get("dropping-particle")):
        if particle:
            family = particle + ("" if particle[-1] in "-‐’'" else " ") + family
    return {"family": family, "given": given}

"""Converts sources to CSL-JSON and back."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from .models import Contributor, Source

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
        setattr(source, name, str(item.get(csl, "")))
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
    try:
        year, *rest = (int(part) for part in value["date-parts"][0])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NotCsl(f"A date needs date-parts: {value}") from error
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def _name_fields(name: Mapping[str, str]) -> dict[str, str]:
    if name.get("literal"):
        return {"literal": name["literal"]}
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return {"family": family, "given": name.get("given", "")}

"""Normalises CSL-JSON for citeproc-py: known fields, plain text, valid dates, short titles."""

import re
from collections.abc import Mapping
from typing import Any

from .dates import years_text
from .plain_text import plain, without_markup
from .quotation_marks import nested

CHAPTERS = frozenset(
    {"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"}
)
# Agreements, laws and judgments: later mentions name no author, and no date is no lack.
UNSIGNED = frozenset({"treaty", "legislation", "bill", "legal_case"})
_TEXT_FIELDS = (
    *("title", "title-short", "container-title", "container-title-short", "publisher"),
    *("publisher-place", "volume", "issue", "number", "edition", "genre", "URL"),
    *("archive", "archive_location", "call-number"),
)
_ROLES = ("author", "editor", "translator", "interviewer")
_NAME_PARTS = ("given", "family", "dropping-particle", "non-dropping-particle", "suffix")
_NUMBERED_EDITION = re.compile(r"([1-9][0-9]{0,2})(?:st|nd|rd|th)?\.?")
# Scripts in which the family name stands first, without a space; a name all in katakana is foreign.
_FAMILY_FIRST = re.compile(r"[\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
_KATAKANA = re.compile(r"[\u30a0-\u30ff]+")


def prepared(item: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL-JSON item that citeproc-py can format, whatever was in it, with its short titles."""
    new: dict[str, Any] = {
        name: plain(item[name] if name == "URL" else without_markup(str(item[name])))
        for name in _TEXT_FIELDS
        if item.get(name)
    }
    new = {name: text for name, text in new.items() if text}
    new["type"] = str(item.get("type") or "document")
    new.setdefault("title", plain(item.get("id", "")) or "–")
    if new["type"] in CHAPTERS or "container-title" in new:
        for name in {"title", "title-short"} & set(new):
            new[name] = nested(new[name])
    new.setdefault("title-short", _main_title(new["title"]))
    if numbered := _NUMBERED_EDITION.fullmatch(new.get("edition", "")):
        new["edition"] = f"{_ordinal(int(numbered[1]))} ed."
    for role in _ROLES:
        if names := _names(item.get(role)):
            new[role] = names
    if new.get("archive", "").startswith(("http://", "https://")):
        del new["archive"]  # the archived address, in records of format 4 and before
    if year := years_text(item.get("issued")):
        first = years_text(item.get("original-date"))
        new["issued"] = {"literal": f"{year} [{first}]" if first and first != year else year}
    elif new["type"] not in UNSIGNED:
        new["issued"] = {"literal": "n.d."}
    if "URL" not in new and item.get("DOI"):
        new["URL"] = f"https://doi.org/{plain(item['DOI'])}"
    if "URL" in new and (dates := _date_parts(item.get("accessed"))):
        new["accessed"] = {"date-parts": [dates[0]]}
    return new


def book_identity(item: Mapping[str, Any]) -> tuple:
    """Title, people and year: equal for two chapters of one book and for the book itself, given
    prepared items."""
    if item["type"] in CHAPTERS:
        title, people = item.get("container-title", item["title"]), item.get("editor", [])
    else:
        title, people = item["title"], item.get("author") or item.get("editor", [])
    names = tuple(tuple(sorted(name.items())) for name in people)
    return title.casefold(), names, item.get("issued", {}).get("literal")


def shortened(chapter: dict[str, Any]) -> dict[str, Any]:
    """The chapter as cited when its book was cited before: with the book's short title only."""
    dropped = {"publisher", "publisher-place", "issued", "edition", "volume", "issue", "genre"}
    new = {name: value for name, value in chapter.items() if name not in dropped}
    if "container-title" in new:
        new["container-title"] = new.get("container-title-short") or _main_title(
            new["container-title"]
        )
    return new


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else endings.get(number % 10, 'th')}"


def _main_title(title: str) -> str:
    """The part of a title before the colon."""
    return title.partition(": ")[0] or title


def _names(names: Any) -> list[dict[str, str]]:
    found = []
    for name in names if isinstance(names, list) else []:
        if not isinstance(name, Mapping):
            continue
        literal = plain(name.get("literal") or "")
        parts = {part: plain(name[part]) for part in _NAME_PARTS if name.get(part)}
        if literal or not parts.get("family"):
            parts = {"literal": literal or parts.get("given", "")}
        elif _is_family_first(parts["family"] + parts.get("given", "")):
            parts = {"literal": parts["family"] + parts.get("given", "")}
        if any(parts.values()):
            found.append(parts)
    return found


def _is_family_first(name: str) -> bool:
    return bool(_FAMILY_FIRST.fullmatch(name)) and not _KATAKANA.fullmatch(name)


def _date_parts(date: Any) -> list[list[int]]:
    """The valid date-parts: [year], [year, month] or [year, month, day]; at most two."""
    valid = []
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    for part in parts if isinstance(parts, list) else []:
        try:
            numbers = [int(number) for number in part][:3]
        except (TypeError, ValueError):
            continue
        if numbers and (len(numbers) == 1 or 1 <= numbers[1] <= 12):
            valid.append(numbers)
    return valid[:2]

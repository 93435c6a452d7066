"""Tells apart works whose later mentions would read the same; works on prepared CSL-JSON items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .csl_items import CHAPTERS, UNSIGNED

_MOST_NAMES = 3  # of four or more, house.csl prints the first


def disambiguate(items: Iterable[dict[str, Any]]) -> None:
    """Tell apart items whose short forms would read the same: by the full title and, where that is
    the same too, by what stands in brackets after it (`annote` in house.csl)."""
    for same in _alike(items):
        for item in same:
            item["title-short"] = item["title"]
        for still_same in _alike(same):
            told = next(filter(_all_differ, _distinctions(still_same)), None)
            for item, words in zip(still_same, told or (), strict=bool(told)):
                item["annote"] = words


def _alike(items: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The items whose short forms are printed alike, two or more together."""
    short_forms: dict[tuple, list[dict[str, Any]]] = {}
    for item in items:
        form = (*_names_in_short(item), item["title-short"].casefold())
        short_forms.setdefault(form, []).append(item)
    return [same for same in short_forms.values() if len(same) > 1]


def _names_in_short(item: Mapping[str, Any]) -> list[str]:
    """The names that house.csl prints at a later mention."""
    if item["type"] in UNSIGNED:
        return []
    names = item.get("author", [])
    if not names and item["type"] not in CHAPTERS and "container-title" not in item:
        names = item.get("editor", [])
    families = [name.get("literal") or name.get("family", "") for name in names]
    return [families[0], "et al."] if len(families) > _MOST_NAMES else families


def _distinctions(items: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    """What may tell items apart, the best first: one text for each, "" where it has none."""
    yield [item.get("number", "") for item in items]
    yield [item.get("issued", {}).get("literal", "") for item in items]
    yield [item.get("container-title", "") for item in items]
    yield [", ".join(filter(None, (item.get("volume"), item.get("issue")))) for item in items]
    names = [item.get("author") or item.get("editor") or [{}] for item in items]
    yield [f"{people[0].get('given', '')}".strip() for people in names]
    every = ("number", "container-title", "volume", "issue", "edition", "publisher")
    yield [
        ", ".join(
            filter(None, [item.get("issued", {}).get("literal"), *(item.get(f) for f in every)])
        )
        for item in items
    ]
    yield [item.get("URL", "") for item in items]


def _all_differ(words: Sequence[str]) -> bool:
    return len({text.casefold() for text in words if text}) == len(words)

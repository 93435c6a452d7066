"""The orders in which readers may ask for cases, kept up as rows come and go."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from organisations.naming import folded

from .entries import Entry

_BEFORE = re.compile(r"^\W+")  # quotation marks and the like before the first word


def _by_title(entry: Entry) -> tuple[str, int]:
    return _BEFORE.sub("", folded(entry.title)), entry.pk


def _by_start(entry: Entry) -> tuple[bool, int, tuple[str, int]]:
    """Editions without a start stand last."""
    return entry.start is None, entry.start or 0, _by_title(entry)


_SORTED: Mapping[str, Callable[[Entry], tuple]] = {"oldest": _by_start, "title": _by_title}


def in_each_order(entries: list[Entry]) -> dict[str, list[int]]:
    """The rows in each order that readers may ask for; `entries` are in order of the newest."""
    everywhere = range(len(entries))
    return {"newest": list(everywhere)} | {
        name: sorted(everywhere, key=[key(entry) for entry in entries].__getitem__)
        for name, key in _SORTED.items()
    }


def orders_with(
    orders: Mapping[str, list[int]], entries: list[Entry], gone: list[int], new: Mapping[int, Entry]
) -> dict[str, list[int]]:
    """These orders of the rows of `entries`, without the rows that are `gone` and with the `new`
    ones, which are the newest."""
    changed = {name: order.copy() for name, order in orders.items()}
    for order in changed.values():
        for row in gone:
            order.remove(row)
    for row, entry in new.items():
        changed["newest"].insert(0, row)
        for name, key in _SORTED.items():

            def key_of(other: int, key: Callable[[Entry], Any] = key) -> Any:
                return key(new[other] if other in new else entries[other])

            changed[name].insert(bisect_left(changed[name], key(entry), key=key_of), row)
    return changed


def getters(orders: dict[str, list[int]]) -> dict[str, Callable[[bytes], Iterable[int]]]:
    """For each order, what puts marks by row into it."""
    return {
        name: itemgetter(*order) if len(order) > 1 else _one(order)
        for name, order in orders.items()
    }


def _one(order: list[int]) -> Callable[[bytes], Iterable[int]]:
    return lambda marks: [marks[row] for row in order]

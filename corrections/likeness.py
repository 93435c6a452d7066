"""Which corrections are about one thing: the same passage, or the same edition in like words."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from .models import Correction

_RUN = 4  # words in a row that two passages share where they overlap
_LIKE = 80  # from which likeness of what is said on, of 100
_WORD = re.compile(r"\w+")


def alike(one: Correction, other: Correction) -> bool:
    """Whether two of the same case speak of overlapping passages, or two of the same edition say
    much the same. Reads the edition's case."""
    if one.edition.case_id != other.edition.case_id:
        return False
    if one.passage and other.passage:
        return _overlap(one.passage, other.passage)
    said = one.message.casefold(), other.message.casefold()
    return one.edition_id == other.edition_id and fuzz.token_sort_ratio(*said) >= _LIKE


def grouped(rows: Iterable[Correction]) -> list[list[Correction]]:
    """The rows in groups of those that are alike, in the order of the first of each."""
    groups: list[list[Correction]] = []
    for row in rows:
        near = [group for group in groups if any(alike(row, member) for member in group)]
        if not near:
            groups.append([row])
            continue
        near[0].append(row)
        for group in near[1:]:  # it makes one of two
            near[0].extend(group)
            groups.remove(group)
    return groups


def like(correction: Correction, others: Sequence[Correction]) -> list[Correction]:
    """Those of `others` that are about the same."""
    return [other for other in others if alike(correction, other)]


def _overlap(one: str, other: str) -> bool:
    first, second = (_WORD.findall(words.casefold()) for words in (one, other))
    run = min(_RUN, len(first), len(second))
    return bool(run) and not _runs(first, run).isdisjoint(_runs(second, run))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}

"""Finds the note markers that Word's superscripts left in plain text: “support.1”, “1993.5”.

Markers ascend, and the printed notes say how many there are. So a number in the text is a marker
only as part of the best ascending run through all numbers that are where a marker can be.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from .note_numbers import roman

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(
    r"(?:\[|(?<=\d[,;])\s?|(?<=\d[,;] ))(?P<bracket>\d{1,4}|[ivxlcdm]{1,8})(?:\]|"
    r"(?=[,;] ?\d{1,3}[\],;]))|(?P<raised>[⁰¹²³⁴-⁹]{1,4})|(?P<plain>\d+)",
    re.I,
)
_CLOSERS = "”\"’')]}»"
_STOPS = ".,;:!?…"
_AREA = re.compile(r"(?:\b[kcm]?m|\bmi|\bft)\Z")
_SURE = 5  # the weight from which a candidate is surely a marker
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


@dataclass(frozen=True)
class Marker:
    """A number that may be a marker: in which text, its start and end, and how surely."""

    text: int
    start: int
    end: int
    number: int
    weight: int


def find(texts: list[str], numbers: set[int]) -> tuple[list[Marker], list[Marker]]:
    """The markers of the notes `numbers` in `texts`, ascending; and other likely markers.

    The second list has numbers that surely are markers (bracketed, raised, or directly after the
    end of a sentence) of no printed note, and second candidates as sure as the chosen one.
    """
    possible = [c for i, text in enumerate(texts) for c in _candidates(i, text)]
    chosen = _best_run([c for c in possible if c.number in numbers])
    taken = {(c.text, c.start) for c in chosen}
    bounds = [(c.text, c.start) for c in chosen]
    weights = {c.number: c.weight for c in chosen}
    highest = max(numbers, default=0)
    others = []
    for c in possible:
        if (c.text, c.start) in taken or c.weight < _SURE:
            continue
        at = bisect_left(bounds, (c.text, c.start))
        before = chosen[at - 1].number if at else 0
        after = chosen[at].number if at < len(chosen) else None
        if c.number in weights:
            is_other = c.weight >= weights[c.number] and c.number in (before, after)
        elif after is None:
            is_other = before < c.number <= max(before, highest) + 3
        else:
            is_other = before < c.number < after
        if is_other:
            others.append(c)
    return chosen, others


def _candidates(at: int, text: str) -> list[Marker]:
    found = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if match["bracket"]:
            letters = match["bracket"]
            value = int(letters) if letters.isdecimal() else roman(letters)
            if value:
                found.append(Marker(at, start, end, value, 9))
        elif match["raised"]:
            if not _AREA.search(text[max(0, start - 4) : start]):
                found.append(Marker(at, start, end, int(match["raised"].translate(_RAISED)), 9))
        else:
            listed = bool(found) and text[found[-1].end : start] == ", "
            if listed and match["plain"] == str(found[-1].number + 1) and _may_end_at(text, end):
                found.append(Marker(at, start, end, found[-1].number + 1, _SURE))
            else:
                found += _plain(at, text, start, end, bool(found) and found[-1].end == start - 1)
    return found


def _plain(at: int, text: str, start: int, end: int, follows_marker: bool) -> list[Marker]:
    digits = text[start:end]
    after = text[end : end + 1]
    if after == "[" or not digits.strip("0") or text[start] == "0":
        return []
    found = []
    if len(digits) <= 3 and (weight := _weight(text, start, end, follows_marker)):
        found.append(Marker(at, start, end, int(digits), weight))
    year_and_marker = 5 <= len(digits) <= 7 and _YEAR.fullmatch(digits[:4]) and digits[4] != "0"
    if year_and_marker and not after.isalnum() and _may_end_at(text, end):
        found.append(Marker(at, start + 4, end, int(digits[4:]), 3))
    return found


def _weight(text: str, start: int, end: int, follows_marker: bool) -> int:
    """How surely the digits are a marker, by the characters around them; 0 is not at all."""
    before = text[start - 1] if start else ""
    if not _may_end_at(text, end):
        return 0
    new_sentence = _new_sentence(text, end)
    if before in _CLOSERS and before:
        return 7 if start > 1 and not text[start - 2].isspace() else 0
    if before in _STOPS and before:
        return _weight_after_stop(text, start, end, new_sentence, follows_marker)
    if before.isalpha():
        word = _last(r"[^\W_]+\Z", text[max(0, start - 40) : start])
        if _AREA.search(word) and text[start:end] in ("2", "3"):
            return 0
        if len(word) == 1:
            return 0  # M23, G20, A4
        if word.isupper():
            return 3 if new_sentence or text[end : end + 1] in _STOPS else 1
        return 6
    if before == " " and new_sentence and start > 1 and text[start - 2] in '.!?”")':
        return 4
    return 0


def _weight_after_stop(
    text: str, start: int, end: int, new_sentence: bool, follows_marker: bool
) -> int:
    stop, left = text[start - 1], text[start - 2] if start > 1 else ""
    if left.isalpha() or (left in _CLOSERS and left) or (left in _STOPS and left) or left == "%":
        return 7 if new_sentence or stop != "." else 6
    if not left.isdigit():
        return 0
    year = bool(_YEAR.fullmatch(_last(r"[\d,.]*\d\Z", text[max(0, start - 20) : start - 1])))
    if stop == ",":
        if follows_marker:
            return 5
        if end - start == 3 and not year:
            return 0
        return 5 if year else 3
    if stop == ":" and not year:
        return 2 if new_sentence else 0
    if new_sentence:
        return 6 if year or end == len(text) else 5
    return 3 if year else 0


def _last(pattern: str, text: str) -> str:
    """The end of the text that matches, or ""."""
    found = re.search(pattern, text)
    return found.group() if found else ""


def _new_sentence(text: str, end: int) -> bool:
    """Whether the text ends after the marker, or continues with a new sentence."""
    rest = text[end : end + 3].lstrip(" ")
    return not rest or rest[0].isupper() or rest[0] in '“"‘([' or rest[0] == "–"


def _may_end_at(text: str, end: int) -> bool:
    """Whether a marker can end here: not within a number, a word, a percentage or a range."""
    after = text[end : end + 1]
    if not after or after in " ,;:!?)]”\"’'…—":
        return not re.match(r"[,:]\d", text[end : end + 2]) or text[end] == ","
    if after == ".":
        return not text[end + 1 : end + 2].isdigit()
    return after.isupper()


def _best_run(candidates: list[Marker]) -> list[Marker]:
    """The ascending run with the greatest weight; of equal ones, the one that begins earliest."""
    order = sorted({c.number for c in candidates})
    tree = [(0, -1)] * (len(order) + 1)  # a Fenwick tree of (weight, index of the last candidate)
    came_from = [-1] * len(candidates)
    for i, candidate in enumerate(candidates):
        rank = bisect_left(order, candidate.number)
        best, at = (0, -1), rank
        while at:
            best = max(best, tree[at], key=lambda entry: entry[0])
            at -= at & -at
        came_from[i] = best[1]
        total, at = best[0] + candidate.weight + 10, rank + 1
        while at <= len(order):
            if total > tree[at][0]:
                tree[at] = (total, i)
            at += at & -at
    i = max(tree, key=lambda entry: entry[0])[1] if candidates else -1
    run = []
    while i >= 0:
        run.append(candidates[i])
        i = came_from[i]
    return run[::-1]

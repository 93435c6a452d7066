"""What differs between two states of a thing: fields by name, long text word by word.

Everything here is pure: it knows neither models nor pages. Times are bounded whatever is compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, TypeAlias

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_ALLOWANCE = 4_000_000  # steps of comparison for one pair of texts: about half a second
_LINES = 20_000  # more changed lines than this are not paired one by one
_SHORT = 40  # a line shorter than this is shown whole, as it was and as it is


class Text(str):
    """A long text, compared word by word."""

    __slots__ = ()


Value: TypeAlias = "str | Text | frozenset[str] | tuple[str, ...]"
"""A line, a long text, names without order, or names in order."""


@dataclass(frozen=True)
class Chunk:
    """A run of text that stayed, was added or was removed; or one that stayed and is folded."""

    kind: Literal["same", "added", "removed", "folded"]
    text: str

    @property
    def words(self) -> int:
        """How many words the run has."""
        return len(self.text.split())


@dataclass(frozen=True)
class FieldDifference:
    """What changed in one field. In `names` each chunk is one name; else chunks make up a text."""

    label: str
    kind: Literal["line", "text", "names"]
    chunks: list[Chunk]


class _TooMuch(Exception):
    """Comparing this finely would take too long."""


class _Allowance:
    """Steps left for one comparison of two texts."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self, steps: int) -> None:
        if steps > self.steps:
            raise _TooMuch
        self.steps -= steps


class _Bounded(SequenceMatcher):
    """difflib's matcher, which raises _TooMuch instead of taking quadratic time.

    White space is junk (it never anchors a match), and autojunk is off: it would drop the very
    words that occur often in a long text.
    """

    def __init__(self, a: Sequence[str], b: Sequence[str], allowance: _Allowance) -> None:
        super().__init__(str.isspace, a, b, autojunk=False)
        self._allowance = allowance
        self._work = list(accumulate((1 + len(self.b2j.get(x, ())) for x in a), initial=0))

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):  # type: ignore[no-untyped-def]
        ahi = len(self.a) if ahi is None else ahi
        self._allowance.spend(self._work[ahi] - self._work[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def word_differences(before: str, after: str) -> list[Chunk]:
    """The runs of words that stayed, went and came, in order.

    The runs `same` and `removed` joined are `before`; `same` and `added` joined are `after`.
    Texts too large and too different for comparing by word are compared by line, or given whole.
    """
    allowance = _Allowance(_ALLOWANCE)
    changes: list[tuple[str, str]] = []
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for old, new in _changes_or_all(a, b, allowance):
        if old == new:
            changes.append(("".join(old), "".join(new)))
        else:
            changes.extend(_in_words(old, new, allowance))
    return _chunks(changes)


def _changes(
    a: Sequence[str], b: Sequence[str], allowance: _Allowance
) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Pairs of corresponding runs of `a` and `b`. Raises _TooMuch."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    opcodes = _Bounded(old, new, allowance).get_opcodes()
    middle = [(old[i1:i2], new[j1:j2]) for _tag, i1, i2, j1, j2 in opcodes]
    return [(a[:start], b[:start]), *middle, (a[len(a) - end :], b[len(b) - end :])]


def _changes_or_all(
    a: Sequence[str], b: Sequence[str], allowance: _Allowance
) -> list[tuple[Sequence[str], Sequence[str]]]:
    try:
        return _changes(a, b, allowance)
    except _TooMuch:
        return [(a, b)]


def _in_words(
    old: Sequence[str], new: Sequence[str], allowance: _Allowance
) -> list[tuple[str, str]]:
    """The changed lines compared by word: all together, or else line by line, or else not."""
    share = _Allowance(allowance.steps // 2)
    tokens = _TOKEN.findall("".join(old)), _TOKEN.findall("".join(new))
    try:
        runs = _changes(*tokens, share)
        allowance.spend(allowance.steps // 2 - share.steps)
    except _TooMuch:
        if len(old) != len(new) or not 1 < len(old) < _LINES:
            return [("".join(old), "".join(new))]
        runs = []
        for line, other in zip(old, new, strict=True):
            words = _TOKEN.findall(line), _TOKEN.findall(other)
            runs += _changes_or_all(*words, allowance)
    return [("".join(x), "".join(y)) for x, y in runs]


def _chunks(changes: Iterable[tuple[str, str]]) -> list[Chunk]:
    """Neighbouring runs of a kind as one; a blank between two changes belongs to the change."""
    runs: list[list[str]] = []  # [before, after], alternately the same and not
    for old, new in changes:
        if not old and not new:
            continue
        if runs and (runs[-1][0] == runs[-1][1]) == (old == new):
            runs[-1][0] += old
            runs[-1][1] += new
        else:
            runs.append([old, new])
    joined: list[list[str]] = []
    for old, new in runs:
        blank = old == new and old.isspace() and "\n" not in old
        after_change = joined and joined[-1][0] != joined[-1][1]
        if after_change and (blank or old != new):
            joined[-1][0] += old
            joined[-1][1] += new
        else:
            joined.append([old, new])
    return [chunk for old, new in joined for chunk in _pair(old, new)]


def _pair(old: str, new: str) -> list[Chunk]:
    if old == new:
        return [Chunk("same", old)]
    chunks = (Chunk("removed", old), Chunk("added", new))
    return [chunk for chunk in chunks if chunk.text]


def folded(chunks: Iterable[Chunk], around: int = 12) -> list[Chunk]:
    """The same runs, those that stayed folded but for `around` words beside each change."""
    runs = list(chunks)
    found: list[Chunk] = []
    for place, chunk in enumerate(runs):
        words = re.findall(r"\s*\S+\s*", chunk.text) if chunk.kind == "same" else []
        head = around if place else 0
        tail = around if place < len(runs) - 1 else 0
        if len(words) <= head + tail + around:
            found.append(chunk)
            continue
        parts = (
            Chunk("same", "".join(words[:head])),
            Chunk("folded", "".join(words[head : len(words) - tail])),
            Chunk("same", "".join(words[len(words) - tail :])),
        )
        found += [part for part in parts if part.text]
    return found


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[FieldDifference]:
    """What changed, field by field, in the order of `before`; the keys are the fields' names for
    people. A field that one side lacks counts as empty there."""
    found = []
    for label in dict.fromkeys((*before, *after)):
        old, new = before.get(label), after.get(label)
        old = type(new)() if old is None else old
        new = type(old)() if new is None else new
        if old != new:
            found.append(_difference(label, old, new))
    return found


def _difference(label: str, old: Value, new: Value) -> FieldDifference:
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        gone = [Chunk("removed", name) for name in sorted(old - new)]
        return FieldDifference(
            label, "names", gone + [Chunk("added", name) for name in sorted(new - old)]
        )
    if isinstance(old, tuple) and isinstance(new, tuple):
        return FieldDifference(label, "names", _ordered(old, new))
    long = isinstance(old, Text) or isinstance(new, Text) or min(len(old), len(new)) > _SHORT
    if long:
        return FieldDifference(label, "text", folded(word_differences(str(old), str(new))))
    return FieldDifference(label, "line", _pair(str(old), str(new)))


def _ordered(old: tuple[str, ...], new: tuple[str, ...]) -> list[Chunk]:
    found = []
    for x, y in _changes_or_all(old, new, _Allowance(_ALLOWANCE)):
        if x == y:
            found += [Chunk("same", name) for name in x]
        else:
            found += [Chunk("removed", name) for name in x] + [Chunk("added", name) for name in y]
    return found

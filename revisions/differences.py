"""Compares two states of an object: field by field, and long text word by word.

Everything here is pure: it knows neither models nor pages. The time is bounded for any input.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Literal, TypeAlias, cast

from .sentences import breaks

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_MAX_STEPS = 4_000_000  # steps of comparison for one pair of texts: about half a second
_MAX_PAIRED_LINES = 20_000  # more changed lines than this are not compared one by one
_SHORT_LINE = 40  # a line up to this length is shown whole, before and after


class Text(str):
    """A long text, compared word by word."""

    __slots__ = ()


@dataclass(frozen=True)
class Notes:
    """The notes of a text in order, without their numbers: each is compared word by word."""

    texts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)


Value: TypeAlias = "str | Text | Notes | frozenset[str] | tuple[str, ...]"
"""A line, a long text, notes, names without order, or names in order."""


@dataclass(frozen=True)
class Chunk:
    """A run of text that is the same, added or removed; or the same and folded away."""

    kind: Literal["same", "added", "removed", "folded"]
    text: str

    @property
    def words(self) -> int:
        """How many words the run has."""
        return len(self.text.split())


@dataclass(frozen=True)
class FieldDifference:
    """What changed in one field. In `names` each chunk is one name; in `notes` the rows say what
    changed in each note; else the chunks form a text."""

    label: str
    kind: Literal["line", "text", "names", "notes"]
    chunks: list[Chunk]
    notes: list["NoteDifference"] = field(default_factory=list)


@dataclass(frozen=True)
class NoteDifference:
    """What changed in one note: `number` is the one it has now, or had where it is gone. Of notes
    that are the same, those that follow each other are one row, up to `last`."""

    number: int
    chunks: list[Chunk]
    last: int = 0

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return bool(self.last)


class _BudgetExceeded(Exception):
    """Comparing this finely would take too long."""


class _Budget:
    """The steps left for comparing one pair of texts."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self, steps: int) -> None:
        if steps > self.steps:
            raise _BudgetExceeded
        self.steps -= steps


class _BoundedMatcher(SequenceMatcher[str]):
    """difflib's matcher, which raises _BudgetExceeded instead of taking quadratic time.

    White space is junk (it never anchors a match), and autojunk is off: it would drop the very
    words that occur often in a long text.
    """

    def __init__(self, a: Sequence[str], b: Sequence[str], budget: _Budget) -> None:
        super().__init__(str.isspace, a, b, autojunk=False)
        self._budget = budget
        occurrences = Counter(token for token in b if not token.isspace())
        self._steps_before = list(accumulate((1 + occurrences[token] for token in a), initial=0))

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end = len(self._steps_before) - 1 if ahi is None else ahi
        self._budget.spend(self._steps_before[end] - self._steps_before[alo])
        return super().find_longest_match(alo, end, blo, bhi)


def word_differences(before: str, after: str) -> list[Chunk]:
    """The runs of words that are the same, removed and added, in order.

    The runs `same` and `removed` joined are `before`; `same` and `added` joined are `after`.
    Texts too large and too different for comparing by word are compared by line, or given whole.
    """
    budget = _Budget(_MAX_STEPS)
    changes: list[tuple[str, str]] = []
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for old, new in _changes_or_all(a, b, budget):
        if old == new:
            changes.append(("".join(old), "".join(new)))
        else:
            changes.extend(_changes_by_word(old, new, budget))
    return _chunks(changes)


def _changes(
    a: Sequence[str], b: Sequence[str], budget: _Budget
) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Pairs of corresponding runs of `a` and `b`. Raises _BudgetExceeded."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    opcodes = _BoundedMatcher(old, new, budget).get_opcodes()
    middle = [(old[i1:i2], new[j1:j2]) for _tag, i1, i2, j1, j2 in opcodes]
    return [(a[:start], b[:start]), *middle, (a[len(a) - end :], b[len(b) - end :])]


def _changes_or_all(
    a: Sequence[str], b: Sequence[str], budget: _Budget
) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The same; `a` and `b` as one pair where comparing them would exceed the budget."""
    try:
        return _changes(a, b, budget)
    except _BudgetExceeded:
        return [(a, b)]


def _changes_by_word(
    old: Sequence[str], new: Sequence[str], budget: _Budget
) -> list[tuple[str, str]]:
    """The changed lines compared by word: all together; line by line where that exceeds half the
    budget; unsplit where line by line is not possible either."""
    half = _Budget(budget.steps // 2)
    tokens = _TOKEN.findall("".join(old)), _TOKEN.findall("".join(new))
    try:
        runs = _changes(*tokens, half)
        budget.spend(budget.steps // 2 - half.steps)
    except _BudgetExceeded:
        if len(old) != len(new) or not 1 < len(old) < _MAX_PAIRED_LINES:
            return [("".join(old), "".join(new))]
        runs = []
        for line, other in zip(old, new, strict=True):
            words = _TOKEN.findall(line), _TOKEN.findall(other)
            runs += _changes_or_all(*words, budget)
    return [("".join(x), "".join(y)) for x, y in runs]


def _chunks(changes: Iterable[tuple[str, str]]) -> list[Chunk]:
    """Joins neighbouring runs of one kind; a space between two changes belongs to the change."""
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
        is_space = old == new and old.isspace() and "\n" not in old
        after_change = joined and joined[-1][0] != joined[-1][1]
        if after_change and (is_space or old != new):
            joined[-1][0] += old
            joined[-1][1] += new
        else:
            joined.append([old, new])
    return [chunk for old, new in joined for chunk in _removed_and_added(old, new)]


def _removed_and_added(old: str, new: str) -> list[Chunk]:
    if old == new:
        return [Chunk("same", old)]
    chunks = (Chunk("removed", old), Chunk("added", new))
    return [chunk for chunk in chunks if chunk.text]


_FEWEST_FOLDED = 12  # words; fewer are shown


def folded(chunks: Iterable[Chunk]) -> list[Chunk]:
    """The same runs; of unchanged ones only the sentences in which something changes are shown, to
    their beginning and their end."""
    runs = list(chunks)
    result: list[Chunk] = []
    for index, chunk in enumerate(runs):
        if chunk.kind != "same":
            result.append(chunk)
            continue
        text = chunk.text
        ends = _ends(text)
        head = next(iter(ends), len(text)) if index else 0
        tail = next(reversed(ends), 0) if index < len(runs) - 1 else len(text)
        if tail <= head or len(text[head:tail].split()) < _FEWEST_FOLDED:
            result.append(chunk)
            continue
        parts = (
            Chunk("same", text[:head]),
            Chunk("folded", text[head:tail]),
            Chunk("same", text[tail:]),
        )
        result += [part for part in parts if part.text]
    return result


def _ends(text: str) -> list[int]:
    """Where sentences and lines of a text end, with the white space after them."""
    ends = {*breaks(text), *(found.start() for found in re.finditer(r"\n", text))}
    spaces = re.compile(r"\s*")
    return sorted({at + len(cast(re.Match, spaces.match(text, at)).group()) for at in ends})


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[FieldDifference]:
    """What changed, field by field, in the order of `before`; the keys are the labels of fields.
    A field that one side lacks counts as empty there."""
    found = []
    for label in dict.fromkeys((*before, *after)):
        old = before[label] if label in before else type(after[label])()
        new = after[label] if label in after else type(before[label])()
        if old != new:
            found.append(_difference(label, old, new))
    return found


def _difference(label: str, old: Value, new: Value) -> FieldDifference:
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        removed = [Chunk("removed", name) for name in sorted(old - new)]
        added = [Chunk("added", name) for name in sorted(new - old)]
        return FieldDifference(label, "names", removed + added)
    if isinstance(old, Notes) and isinstance(new, Notes):
        return FieldDifference(label, "notes", [], _notes(old.texts, new.texts))
    if isinstance(old, tuple) and isinstance(new, tuple):
        return FieldDifference(label, "names", _ordered_names(old, new))
    if isinstance(old, Text) or isinstance(new, Text) or min(len(old), len(new)) > _SHORT_LINE:
        return FieldDifference(label, "text", folded(word_differences(str(old), str(new))))
    return FieldDifference(label, "line", _removed_and_added(str(old), str(new)))


def _ordered_names(old: tuple[str, ...], new: tuple[str, ...]) -> list[Chunk]:
    found = []
    for x, y in _changes_or_all(old, new, _Budget(_MAX_STEPS)):
        if x == y:
            found += [Chunk("same", name) for name in x]
        else:
            found += [Chunk("removed", name) for name in x] + [Chunk("added", name) for name in y]
    return found


def _notes(old: tuple[str, ...], new: tuple[str, ...]) -> list[NoteDifference]:
    """Notes are the same whatever their number is: one that is put in shifts those after it."""
    found: list[NoteDifference] = []
    was, now = 0, 0
    for x, y in _changes_or_all(old, new, _Budget(_MAX_STEPS)):
        if x == y:
            if x:
                chunks = [Chunk("folded", "\n".join(y))]
                found.append(NoteDifference(now + 1, chunks, last=now + len(y)))
        else:
            found += _changed_notes(x, y, was, now)
        was, now = was + len(x), now + len(y)
    return found


def _changed_notes(
    old: Sequence[str], new: Sequence[str], was: int, now: int
) -> list[NoteDifference]:
    """As many as both have are compared by word, in order; the rest was removed or added."""
    both = min(len(old), len(new))
    found = [NoteDifference(now + n + 1, word_differences(old[n], new[n])) for n in range(both)]
    gone = [NoteDifference(was + n + 1, [Chunk("removed", old[n])]) for n in range(both, len(old))]
    come = [NoteDifference(now + n + 1, [Chunk("added", new[n])]) for n in range(both, len(new))]
    return found + gone + come

"""Finds the passage of a correction in the text of its case as editors write it: in Markdown, where
it may have moved, and may have been changed a little."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_LIKE = 70  # from which likeness on, of 100, words are shown as those that were meant
_PART_LIKE = 60  # from which likeness on of as many letters a paragraph is looked at closely
_CUTS = 40  # words at which a run of them may begin, or end
_CONTEXT = 120  # characters shown before and after
_MARKUP = re.compile(
    r"\[\^[^\]\n]*\]|\[[^\[\]]*@[^\[\]]*\]|\]\([^)\n]*\)|^\[\^[^\]\n]*\]:", re.MULTILINE
)
_NUMBER_OF_NOTE = re.compile(r"\[[0-9]+\]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>^{}~|])")
_OPENS_BLOCK = re.compile(r"^(\s*)(?:([#+\->])|([0-9]+)([.)]))", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """Where a passage stands: `text[start:end]` is `words`."""

    start: int
    end: int
    words: str
    before: str
    after: str


@dataclass(frozen=True)
class Found:
    """Every place where the passage stands word for word, whatever its marks, capitals and accents;
    or, where there is none, the place that is most like it, if any is."""

    exact: tuple[Place, ...]
    nearest: Place | None = None

    @property
    def shown(self) -> Place | None:
        """The place to look at."""
        return self.exact[0] if self.exact else self.nearest


def find(passage: str, text: str) -> Found:
    """Where `passage`, as a browser copies it, stands in the Markdown of `text`."""
    wanted = _squeezed(_NUMBER_OF_NOTE.sub("", passage))
    if not wanted:
        return Found(())
    letters, stands = _folded(text)
    exact = []
    for start in _everywhere(wanted, letters):
        first, last = stands[start], stands[start + len(wanted) - 1] + 1
        if _is_whole(text, first, last):
            exact.append(_place(text, *_with_marks(passage, text, first, last)))
    return Found(tuple(exact)) if exact else Found((), _nearest(passage, text))


def as_markdown(words: str) -> str:
    """What a reader typed, so that it is printed as they typed it."""
    escaped = _SPECIAL.sub(r"\\\1", words)
    return _OPENS_BLOCK.sub(_escaped_block, escaped)


def _escaped_block(found: re.Match[str]) -> str:
    blank, sign, number, dot = found.groups()
    return f"{blank}\\{sign}" if sign else f"{blank}{number}\\{dot}"


def _squeezed(words: str) -> str:
    return "".join(letter for _at, letter in _fold(words, 0))


@lru_cache(maxsize=4)  # a case's form asks for each of its corrections
def _folded(text: str) -> tuple[str, list[int]]:
    """The letters that readers see, folded, and where each stands in the text."""
    pairs = list(_letters(text))
    return "".join(letter for _at, letter in pairs), [at for at, _letter in pairs]


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter and figure of a text that readers see, folded, with where it stands."""
    at = 0
    for markup in [*_MARKUP.finditer(text), None]:
        end = markup.start() if markup else len(text)
        yield from _fold(text[at:end], at)
        at = markup.end() if markup else end


def _fold(words: str, at: int) -> Iterator[tuple[int, str]]:
    for n, char in enumerate(words, at):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if letter.isalnum():
                yield n, letter


def _everywhere(wanted: str, letters: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut in two."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _with_marks(passage: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end with the marks at the ends of the passage that stand there in the text too."""
    lead = re.match(r"[^\w\s]*", passage.lstrip())
    tail = re.search(r"[^\w\s]*$", _NUMBER_OF_NOTE.sub("", passage).rstrip())
    before, after = lead.group() if lead else "", tail.group() if tail else ""
    while before and start and _alike(text[start - 1], before[-1]):
        start, before = start - 1, before[:-1]
    while after and end < len(text) and _alike(text[end], after[0]):
        end, after = end + 1, after[1:]
    return start, end


def _alike(one: str, other: str) -> bool:
    quotes = "\"“”„«»'‘’‚"
    return one == other or (one in quotes and other in quotes)


def _nearest(passage: str, text: str) -> Place | None:
    """The whole words of one paragraph that are most like the passage."""
    wanted = " ".join(passage.casefold().split())
    best, place = float(_LIKE), None
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        words = paragraph.group()
        near = fuzz.partial_ratio_alignment(wanted, words.lower(), score_cutoff=_PART_LIKE)
        if near is None:
            continue
        score, start, end = _best_cut(wanted, words, near.dest_start, near.dest_end)
        if score > best:
            best, first = score, paragraph.start()
            place = _place(text, first + start, first + end)
    return place


def _best_cut(wanted: str, words: str, start: int, end: int) -> tuple[float, int, int]:
    """The run of whole words about `words[start:end]` that is most like `wanted`: likeness, start
    and end."""
    about = max(20, len(wanted) // 3)
    runs = list(re.finditer(r"[^\s\[]+", words))  # a citation is no part of a word
    starts = [w.start() for w in runs if start - about <= w.start() < end][:_CUTS]
    ends = [w.end() for w in runs if start < w.end() <= end + about][-_CUTS:]
    cuts = [(fuzz.ratio(wanted, words[a:b].lower()), a, b) for a in starts for b in ends if a < b]
    return max(cuts, default=(0.0, 0, 0))


def _place(text: str, start: int, end: int) -> Place:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "… " + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Place(start, end, text[start:end], before, after)

"""Looks for a passage in the text of a page: there, nearly there, or not; never keeps the text.

Quotation marks, dashes, hyphens, white space and capitals say nothing here; what editors leave out
(…) or put in ([sic]) may stand between the parts of a passage.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import combining, normalize

from django.db import models
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

_NEARLY = 80  # rapidfuzz's likeness, of 100, from which a passage is nearly there
_SHORTEST = 24  # signs of a part that may be found nearly: shorter ones are like too much
_LONGEST = 1_500_000  # characters of a page that are looked through
_LITTLE = 400  # signs of a text from which nothing can be concluded: a wall of cookies, a script
LONGEST_DIFFERENCE = 400
_LEFT_OUT = re.compile(r"\s*[\[(]?\s*(?:…|\.\s?\.\s?\.)\s*[\])]?\s*")
_PUT_IN = re.compile(r"\[(?:sic|emphasis[^\]]*)\]", re.I)
_HYPHENS = r"\-\u00ad\u2010-\u2015\u2212"
_WITHIN = re.compile(rf"(?<=\w)(?:[{_HYPHENS}]|[{_HYPHENS}]\s*\n\s*)(?=\w)")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´](?=\w)")
_NO_WORD = re.compile(r"[\W_]+")


class Looked(models.TextChoices):
    """What came of looking for a passage."""

    FOUND = "found", _("found")
    NEARLY = "nearly", _("found nearly")
    NOT_FOUND = "not-found", _("not found")
    NOT_LOOKED = "not-looked", _("could not be looked for")


@dataclass(frozen=True)
class Found:
    """What came of it; `difference` is, where it was found nearly, the words that differ, and
    where it could not be looked for, why."""

    looked: Looked
    difference: str = ""


def look_for(passage: str, texts: Iterable[str], *, is_whole: bool = True) -> Found:
    """Look for `passage` in each of `texts`, which are one page read in several ways: the best
    that is found. `is_whole` says that nothing of the page is missing."""
    parts = [words for part in _parts(passage) if (words := _words(part))]
    read = [_words(text[:_LONGEST]) for text in texts]
    if not parts:
        return Found(Looked.NOT_LOOKED, str(_("The passage has no words.")))
    nearly: Found | None = None
    for text in read:
        found = _found(parts, text)
        if found and found.looked == Looked.FOUND:
            return found
        nearly = nearly or found
    if nearly:
        return nearly
    if sum(map(len, read)) < _LITTLE:
        return Found(Looked.NOT_LOOKED, str(_("The page shows hardly any text.")))
    if not is_whole:
        return Found(Looked.NOT_LOOKED, str(_("Only the beginning of the page was read.")))
    return Found(Looked.NOT_FOUND)


def _parts(passage: str) -> list[str]:
    return _LEFT_OUT.split(passage)


def _words(text: str) -> str:
    """The text as words parted by blanks: without marks, hyphens and capitals."""
    text = normalize("NFKD", _PUT_IN.sub(" ", text.replace("…", " ")))
    text = "".join(sign for sign in text if not combining(sign)).casefold()
    text = text.replace("[", "").replace("]", "")  # “[t]he”
    text = _WITHIN.sub("", _APOSTROPHES.sub("", text))
    return _NO_WORD.sub(" ", text).strip()


def _found(parts: list[str], text: str) -> Found | None:
    """Whether all the parts stand in the text, in their order; None where one does not."""
    padded, at, differences = f" {text} ", 0, []
    for part in parts:
        exactly = padded.find(f" {part} ", at)
        if exactly >= 0:
            at = exactly + len(part) + 1
            continue
        near = _near(part, padded, at)
        if near is None:
            return None
        at, said = near
        differences.append(said)
    if not differences:
        return Found(Looked.FOUND)
    return Found(Looked.NEARLY, "; ".join(differences)[:LONGEST_DIFFERENCE])


def _near(part: str, text: str, at: int) -> tuple[int, str] | None:
    """Where a part nearly stands in the text after `at`, and how it differs."""
    if len(part) < _SHORTEST:
        return None
    found = fuzz.partial_ratio_alignment(part, text[at:], score_cutoff=_NEARLY)
    if found is None or found.score < _NEARLY or found.dest_end <= found.dest_start:
        return None
    end = _blank(text, at + found.dest_end)
    room = len(part) // 8  # words that are missing in one of them move the others
    start = text.rfind(" ", 0, max(at + found.dest_start - room, 0) + 1) + 1
    return end, _difference(part.split(), text[start : _blank(text, end + room)].split())


def _blank(text: str, at: int) -> int:
    found = text.find(" ", at)
    return found if found >= 0 else len(text)


def _difference(ours: list[str], theirs: list[str]) -> str:
    """The words that differ: theirs in place of ours."""
    said = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        at_an_end = (a, c) == (0, 0) or (b, d) == (len(ours), len(theirs))
        if tag == "equal" or (tag == "insert" and at_an_end):
            continue
        if tag == "replace" and at_an_end and d - c > b - a:
            c, d = (d - (b - a), d) if c == 0 else (c, c + (b - a))
        said.append(f"“{' '.join(ours[a:b])}” → “{' '.join(theirs[c:d])}”")
    return ", ".join(said)

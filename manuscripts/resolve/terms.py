"""Finds the terms of our vocabularies that a fact names, in a list or in a sentence."""

import re
from typing import Any

from manuscripts.parse import facts
from manuscripts.parse.manuscript import Line
from organisations.naming import folded

from .directory import Terms
from .resolved import Resolved
from .warning import leave, lines_of, warn

MAX_NAMES = 60  # in one list
_TERM_CODES = {"other": "term-by-other-spelling", "near": "term-near-match"}


def find_terms(resolved: Resolved, name: str, vocabulary: Terms) -> list[Any]:
    """The terms of a fact, longest spelling first; the rest is left over, with a warning."""
    terms: list[Any] = []
    for line in lines_of(resolved, name):
        spans, at, unknown = facts.pieces(line.text), 0, []
        if len(spans) > MAX_NAMES:
            leave(resolved, "list-too-long", line, f"A list of {len(spans)} is not read.")
            continue
        while at < len(spans):
            term, match, length = _longest_term(line.text, spans[at : at + 8], vocabulary)
            if term is None:
                unknown.append(line.text[slice(*spans[at])])
            elif match in _TERM_CODES:
                written = line.text[spans[at][0] : spans[at + length - 1][1]].strip(" .")
                text = f"“{written}” was taken for “{term.label}”."
                warn(resolved, _TERM_CODES[match], [line], text)
            terms += [term] if term is not None and term not in terms else []
            at += length
        if unknown and (named := _terms_in_prose(line.text, vocabulary)):
            terms += [term for term in named if term not in terms]
            labels = ", ".join(term.label for term in named)
            leave(resolved, "fact-from-prose", line, f"Taken from a sentence: {labels}.")
            continue
        for words in unknown:
            kept = Line(line.number, words.strip(" ."))
            leave(resolved, "term-unknown", kept, f"No {label_of(name)} is called “{kept.text}”.")
    return terms


def _terms_in_prose(text: str, vocabulary: Terms) -> list[Any]:
    """The terms whose spellings a sentence holds, in its order; none where a “not” is in it."""
    words = f" {folded(re.sub(r'[,.;:]', ' ', text))} "
    if len(words.split()) < 5 or re.search(r" (?:not|no|neither|nor|rather than) ", words):
        return []
    found: list[tuple[int, Any]] = []
    for spelling in sorted(vocabulary.spellings, key=len, reverse=True):
        at = words.find(f" {spelling} ")
        if at >= 0 and len(spelling) > 5:
            found.append((at, vocabulary.spellings[spelling]))
            words = words[: at + 1] + "_" * len(spelling) + words[at + 1 + len(spelling) :]
    return list(dict.fromkeys(term for _, term in sorted(found, key=lambda pair: pair[0])))


def _longest_term(
    text: str, spans: list[tuple[int, int]], vocabulary: Terms
) -> tuple[Any | None, str, int]:
    """The term that `spans` begin with, how well it matches, and how many spans it covers."""
    for length in range(len(spans), 0, -1):
        written = text[spans[0][0] : spans[length - 1][1]].strip(" .")
        if found := vocabulary.find(written, near=length == 1):
            return *found, length
    return None, "", 1


def label_of(name: str) -> str:
    return {
        "conflict_types": "type of conflict",
        "initiative_types": "type of initiative",
        "regional_groups": "regional group",
    }[name]

"""Recognises the labels of facts, the names of sections, and lines of the page around."""

import re

_LABELS = {
    "start_year": r"start(?:ing)? years?",
    "end_year": r"end(?:ing)? years?",
    "years": r"years?(?: ?\(s\))?",
    "location": r"locations?(?: ?\(s\))?",
    "regional_groups": r"(?:un )?regional groups?(?: ?\(s\))?",
    "conflict_types": r"types? of (?:armed )?conflict",
    "initiative_types": r"types? of (?:peace )?initiative",
    "organisations": r"(?:main )?implementing organi[sz]ations?(?: ?\(s\))?",
    "impact": r"impact",
    "agreements": r"(?:main )?(?:peace )?agreements?(?: ?\(s\))?",
    "belligerent": r"belligerents?|parties to the conflict",
    "signatory": r"signator(?:y|ies)",
    "mediator": r"mediators?",
    "guarantor": r"guarantors?",
    "monitor": r"monitors?",
    "funder": r"funders?",
    "events": r"chronology",
}
ROLES = ("belligerent", "signatory", "mediator", "guarantor", "monitor", "funder")
_AMBIGUOUS_LABELS = (  # these may also be headings in the text
    *("years", "location", "impact", "agreements", "events"),
    *ROLES,
)
_LABEL = {
    name: re.compile(rf"(?:{form})(?P<colon> ?[:：])?(?P<value>.*)\Z", re.I)
    for name, form in _LABELS.items()
}
SECTION = re.compile(
    r"(?:#+\s*)?(?:summary|abstract|description of (?:the )?case|case description"
    r"|description)\s*(?:[:：]|\Z)(?P<value>.*)\Z",
    re.I,
)
BOILERPLATE = re.compile(r"more posts|corrections or comments about this article ?\??", re.I)
FOOTER = re.compile(
    r"(?:©|\(c\) ?\d{4}|copyright\b).{0,200}|.{0,200}\ball rights reserved\.?", re.I
)


def opens_facts(words: str) -> bool:
    return bool(label_of(words, opening=True) or BOILERPLATE.fullmatch(words))


def label_of(words: str, *, opening: bool) -> tuple[str, str] | None:
    """The fact whose label begins the line, and the value after it. `opening` allows only labels
    that cannot be text, since it decides where the facts begin."""
    if len(words) > 2_000:
        return None
    for name, pattern in _LABEL.items():
        found = pattern.match(words)
        if found is None:
            continue
        value, colon = found["value"].strip(" .") and found["value"].strip(), found["colon"]
        is_alone = not value
        if opening and ((name in _AMBIGUOUS_LABELS and not colon) or not (is_alone or colon)):
            return None
        if not (is_alone or colon) and (found["value"][:1] != " " or name in _AMBIGUOUS_LABELS):
            continue
        return name, value
    return None


def is_surely_label(name: str) -> bool:
    """Whether the label of a fact is never a heading in the text."""
    return name not in _AMBIGUOUS_LABELS


def labelled_by_blank(words: str) -> tuple[str, str] | None:
    """The label that a line begins with, and the value after nothing but a blank; no sentence."""
    for pattern in _LABEL.values():
        found = pattern.match(words)
        if found and not found["colon"] and re.match(r" [^\W_a-z]", found["value"]):
            return words[: found.start("value")], found["value"].strip()
    return None


def is_top_label(words: str) -> bool:
    return bool(label_of(words, opening=False)) and (":" in words or opens_facts(words))


def is_label(words: str) -> bool:
    """Whether words are the label of a fact and nothing else."""
    return (
        bool(words)
        and len(words) < 80
        and any(
            (found := pattern.match(words)) and not found["value"].strip(" .:")
            for pattern in _LABEL.values()
        )
    )

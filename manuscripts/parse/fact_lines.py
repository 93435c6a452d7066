"""Sets facts as “Label: value”, however styled: in lists, with bold labels, with dashes."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .labels import (
    SECTION,
    is_label,
    is_surely_label,
    label_of,
    labelled_by_blank,
    opens_facts,
)
from .manuscript import Line
from .rich_text import BOLD, END_BOLD, END_ITALIC, ITALIC, bare, with_addresses

_ITEM = re.compile(
    r"(?P<bullet>[•·▪◦‣]\s*|[*+–—-]\s+)(?=\S)|\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)", re.I
)
_STYLED = re.compile(
    rf"[{BOLD}{ITALIC}\s]+(?P<label>[^{BOLD}{ITALIC}{END_BOLD}{END_ITALIC}]{{1,80}})"
    rf"[{END_BOLD}{END_ITALIC}](?P<rest>.*)\Z"
    r"|(?P<marks>\*\*|__|\*|_)(?P<marked>[^*_]{1,80})(?P=marks)(?P<after>.*)\Z"
)
_DIVIDED = re.compile(r"(?P<label>[^|=–—:]{3,80}?)(?:\s*[|=]\s*|\s+[–—-]\s+)(?P<value>\S.*)\Z")
_HEADING = re.compile(
    r"[#*\s]*(?:(?:(?:key|case|main|basic|quick) )?(?:facts|details|data|information)"
    r"(?: (?:box|sheet|at a glance))?|at a glance|fact ?(?:sheet|box|file))[\s*:]*",
    re.I,
)
_MAX_LENGTH = 2_000
_MAX_SPACED = 160  # of a line whose label nothing but a blank ends


@dataclass(frozen=True)
class _Fact:
    """A line of a run of facts: its text as it is to be read; whether it begins with a label, one
    that is surely none of the text's own words; whether it is an item of a list; whether nothing
    but a blank divides its label and value; and whether it has a value."""

    at: int
    text: str
    is_label: bool
    is_sure: bool
    is_item: bool
    is_spaced: bool
    has_value: bool


def plain_facts(lines: list[Line]) -> dict[int, str]:
    """The lines, by index, that are facts in another form than “Label: value”, and how they read.

    One form alone is no sign: of lines or items that follow each other two have to begin with a
    label, and one of those labels has to be surely one (“Start Year”, not “Impact”); three and two
    where only blanks divide labels from values. Then the values in items of their own belong to
    them. A heading “Key facts” before a label is left out.
    """
    found: dict[int, str] = {}
    for run in _runs(lines):
        labels = [fact for fact in run if fact.is_label]
        least = 1 + any(fact.is_spaced and not fact.is_item for fact in labels)
        if len(labels) > least and sum(fact.is_sure for fact in labels) >= least:
            found |= {fact.at: fact.text for fact in run}
    full = [at for at, line in enumerate(lines) if line.text]
    for heading, first in pairwise(full[1:]):
        if len(lines[heading].text) < 80 and _HEADING.fullmatch(bare(lines[heading].text)):
            text = found.get(first, bare(lines[first].text).strip("#* "))
            found |= {heading: ""} if opens_facts(text) else {}
    return found


def _runs(lines: list[Line]) -> list[list[_Fact]]:
    """Lines that begin with a label, one after the other, with the values under them."""
    runs: list[list[_Fact]] = []
    run: list[_Fact] = []
    for at, line in enumerate(lines):
        if not line.text:
            continue
        fact = _fact(at, line.text)
        follows = bool(run) and run[-1].at == at - 1
        is_value = follows and (
            (fact.is_item and any(before.is_item for before in run)) or not run[-1].has_value
        )
        if fact.is_label or is_value:
            run.append(fact)
        elif run:
            runs.append(run)
            run = []
    return [*runs, run] if run else runs


def _fact(at: int, rich: str) -> _Fact:
    sign = _ITEM.match(rich)
    rich = rich[sign.end() :] if sign else rich
    text = with_addresses(rich).strip()
    if len(text) > _MAX_LENGTH:
        return _Fact(at, text, False, False, bool(sign), False, True)
    label, value = _styled(rich) or _divided(text) or ("", "")
    is_spaced = False
    if not label and (len(text) <= _MAX_SPACED or sign) and (spaced := labelled_by_blank(text)):
        (label, value), is_spaced = spaced, True
    if label:
        text = f"{label}: {value}".strip()
    read = label_of(text, opening=False)
    is_sure = read is not None and is_surely_label(read[0])
    has_value = not read or bool(read[1])
    return _Fact(at, text, bool(read or label), is_sure, bool(sign), is_spaced, has_value)


def _styled(rich: str) -> tuple[str, str] | None:
    """The label that stands in bold or italics at the front of a line, and the value after it."""
    found = _STYLED.match(rich.strip())
    if found is None:
        return None
    label = (found["label"] or found["marked"]).strip(" :")
    value = with_addresses(found["rest"] or found["after"] or "").strip(" :")
    if not (is_label(label) or (value and SECTION.fullmatch(label))):
        return None
    parts = _DIVIDED.match(f"{label} {value}")
    return label, parts["value"] if parts and parts["label"] == label else value


def _divided(text: str) -> tuple[str, str] | None:
    """The label before a dash, a bar or a sign of equality, and the value after it."""
    found = _DIVIDED.match(text.strip("| "))
    return (found["label"], found["value"]) if found and is_label(found["label"]) else None

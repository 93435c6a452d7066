"""Recognises the notes of an HTML page by what its program made: markers, labels, ways back."""

import re

from ..parse import rich_text

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OF_NOTE = re.compile(
    r"(?:\A|[\s_:.-])(?:user-content-)?(?:see-)?(?:fn|ftn|edn|(?:sd)?(?:foot|end)-?notes?|notes?|cite)"
    r"(?:(?:re[fv]|anc|sym|anchor|backlink|[\W_])|\d|\Z|\s)",
    re.I,
)  # in an id, a class, or the end of an address: fnref:1, _ftn1, footnote1_k3xq, cite_note-Ek-3
_LIST_OF_NOTES = re.compile(
    r"(?:\w+[-_])?(?:foot|end)?-?notes?(?:[-_]?(?:list|wrapper|container|section))?", re.I
)
_ASIDE = re.compile(
    r"(?:\A|\s)(?:mw-cite-backlink|mw-editsection|footnote_tooltip|footnote-multi|margin-toggle"
    r"|sidenote-number)(?:\s|\Z)"
)  # ways back, what a program shows a second time, and what opens a note in the margin
_IN_MARGIN = re.compile(r"(?:\A|\s)(?:side|margin)-?note(?:\s|\Z)")
_NUMBER = re.compile(
    r"[↑^]?\s*(?P<opening>[\[(]?)(?P<n>[\d⁰¹²³⁴-⁹]{1,3}|[ivxlc]{1,6})(?::\d{1,2})?[\])]?[.:)]?"
)
_ARROW = re.compile(r"\s*[↑↩⤴↵⏎▲←^][\ufe0e\ufe0f]?[\s\d⁰¹²³⁴-⁹]{0,4}")
_BACK = re.compile(r"[\[(]?(?:jump|go)? ?(?:back|up|return)(?: to\b.{0,40}?)?[\])]?", re.I)
ITEM_SIGN = r"(?:- |\d{1,3}\. )"
_LONGEST_SIGN = 30  # characters before which a line may have begun with but a sign
_LABEL_ALONE = re.compile(rf"{ITEM_SIGN}|{ITEM_SIGN}?\[\d{{1,3}}\]\s*")
_NUMBERED_TWICE = re.compile(rf"{ITEM_SIGN}(\[\d{{1,3}}\] |[⁰¹²³⁴-⁹]{{1,3}} ?)")
_STOPPED_TWICE = re.compile(r"((?P<n>\d{1,3})\. )(?P=n)[.)]\s+")
_BRACKETED = re.compile(r"[\[(]\s?([⁰¹²³⁴-⁹]{1,3})\s?[\])]")


def is_of_note(attributes: dict[str, str]) -> bool:
    """Whether an element says by its id, class or address that it is a note, or leads to one."""
    _, sign, fragment = attributes.get("href", "").rpartition("#")
    names = (attributes.get("id", ""), attributes.get("class", ""), fragment if sign else "")
    return "data-footnote-backref" in attributes or any(map(_OF_NOTE.search, names))


def is_list_of_notes(attributes: dict[str, str]) -> bool:
    """Whether a list says by its id or class that it is one of notes, and of nothing else."""
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}".split()
    return any(map(_LIST_OF_NOTES.fullmatch, names))


def is_aside(attributes: dict[str, str]) -> bool:
    """Whether an element holds but ways back from a note, or a second showing of it."""
    return bool(_ASIDE.search(attributes.get("class", "")))


def is_in_margin(attributes: dict[str, str]) -> bool:
    """Whether an element is a note that stands in the text and is shown beside it, as Tufte CSS and
    its kin have them."""
    return bool(_IN_MARGIN.search(attributes.get("class", "")))


def leads_back(words: str, *, of_note: bool) -> bool:
    """Whether the words of a link are but a way back from a note to the text."""
    words = rich_text.bare(words).strip()
    return bool(_ARROW.fullmatch(words) or (of_note and _BACK.fullmatch(words)))


def link_words(words: str, before: str) -> str | None:
    """The number that a link from or to a note consists of, as `parse` reads it after the words
    `before` it in its line: in front a label (“[1] ”), after a word raised; or None."""
    number = _NUMBER.fullmatch(rich_text.bare(words).strip())
    if number is None:
        return None
    before = rich_text.bare(before) if len(before) < _LONGEST_SIGN else before[-1]
    digits = number["n"].translate(_DIGITS)
    if re.fullmatch(rf"{ITEM_SIGN}?\s*", before):
        return f"[{digits}] "
    if number["opening"] or before[-1:].isspace():
        return words
    return digits.translate(RAISED) if digits.isdecimal() else f"[{digits}]"


def is_label_alone(line: str) -> bool:
    """Whether a line is so far but the sign of an item or the label of a note: its words follow."""
    return bool(_LABEL_ALONE.fullmatch(line))


def numbered_once(line: str, *, of_note: bool) -> str:
    """A line whose number its list and its own label both give, with that of the label alone."""
    line = _BRACKETED.sub(r"\1", line)
    for pattern in (_NUMBERED_TWICE, _STOPPED_TWICE) if of_note else (_NUMBERED_TWICE,):
        if found := pattern.match(line):
            return found[1] + line[found.end() :]
    return line

"""Classifies the lines of the text as paragraphs, headings and lists; finds the standfirst."""

import re
from dataclasses import dataclass, field

from . import rich_text
from .manuscript import Line

_BULLET = re.compile(r"[-–—•·*▪◦‣]\s+(?=\S)")
_ORDERED = re.compile(r"\(?(?P<number>\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)", re.I)
_SENTENCE_END = re.compile(
    r"[.!?:;…][”\"’')\]]*(?:\d{1,3}(?:, ?\d{1,3})*|[⁰¹²³⁴-⁹]+"
    r"|(?:\[(?:\d{1,3}|[ivxlc]{1,7})(?:, ?\d{1,3})*\])+)?\Z"
)
_BYLINE = re.compile(r"(?:by|authors?:)\s+(?P<names>[^.!?;:]{3,120})\Z", re.I)
_BOLD_LINE = re.compile(r"\*\*[^*]{1,100}\*\*|\ue022[^\ue022\ue023]{1,100}\ue023[.:]?")
_MAX_STANDFIRST = 1_000


@dataclass
class RawBlock:
    """A block of the text before its markers are known; a list has several items."""

    kind: str
    line: int
    items: list[str] = field(default_factory=list)
    ordered: bool = False
    marker: str = ""


def classify(groups: list[list[Line]]) -> list[RawBlock]:
    """The blocks of `groups` (lines between blank lines), in order.

    Where a text has no blank lines, each line is a paragraph; neighbouring items of one list make
    one block, even with blank lines between them.
    """
    if len(groups) == 1 and len(groups[0]) > 1:
        groups = _unwrapped(groups[0])
    groups = [part for group in groups for part in _divided(group)]
    blocks: list[RawBlock] = []
    for group in groups:
        for block in _blocks_of(group):
            if blocks and _continues(blocks[-1], block):
                blocks[-1].items += block.items
            else:
                blocks.append(block)
    blocks = [_without_single_item(block) for block in blocks]
    if blocks and blocks[-1].kind == "heading":
        blocks[-1].kind = "paragraph"
    return blocks


def _unwrapped(lines: list[Line]) -> list[list[Line]]:
    """The paragraphs of lines without blank lines: one per line, unless they are hard-wrapped."""
    width = max(len(line.text) for line in lines)
    ended = sum(bool(_SENTENCE_END.search(line.text)) for line in lines)
    if width > 120 or ended * 2 > len(lines):
        return [[line] for line in lines]
    groups: list[list[Line]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if _SENTENCE_END.search(line.text) and len(line.text) < width * 0.8:
            groups.append([])
    return [group for group in groups if group]


def _divided(lines: list[Line]) -> list[list[Line]]:
    """The lines of a group, each a paragraph where all are long and end with a sentence."""
    long = all(len(line.text) > 80 and _SENTENCE_END.search(line.text) for line in lines)
    if len(lines) > 1 and long and max(len(line.text) for line in lines) > 110:
        return [[line] for line in lines]
    return [lines]


def _blocks_of(group: list[Line]) -> list[RawBlock]:
    texts = [line.text for line in group]
    is_heading = _is_heading(texts[0])
    if len(group) > 1 and not _item_marker(texts[0]) and is_heading and _stands_apart(texts):
        return [_heading(group[0]), *_blocks_of(group[1:])]
    items_at = [i for i, words in enumerate(texts) if _item_marker(words)]
    if len(items_at) > 1 and len(items_at) * 2 > len(texts):
        blocks = []
        if items_at[0]:
            introduction = " ".join(texts[: items_at[0]])
            blocks.append(RawBlock("paragraph", group[0].number, [introduction]))
        return [*blocks, _list(group[items_at[0] :])]
    if items_at == [0]:
        return [_list(group)]
    if len(group) == 1 and is_heading:
        return [_heading(group[0])]
    return [RawBlock("paragraph", group[0].number, [" ".join(texts)])]


def _item_marker(words: str) -> str:
    """The bullet or number that a list item begins with, or ""."""
    found = _BULLET.match(words) or _ORDERED.match(words)
    return found.group() if found else ""


def _list(lines: list[Line]) -> RawBlock:
    first = lines[0]
    ordered = not _BULLET.match(first.text)
    block = RawBlock("list", first.number, ordered=ordered, marker=_item_marker(first.text))
    for line in lines:
        marker = _item_marker(line.text)
        if marker:
            block.items.append(line.text[len(marker) :])
        else:
            block.items[-1] += " " + line.text
    return block


def _is_heading(words: str) -> bool:
    """Whether a line by itself looks like a heading: short, without the end of a sentence."""
    if words.startswith("#") or _BOLD_LINE.fullmatch(words):
        return True
    words = rich_text.bare(words)
    if not words:
        return False
    return (
        len(words) <= 100
        and len(words.split()) <= 14
        and not words[0].islower()
        and words[0] not in "“\"'‘(["
        and (not _SENTENCE_END.search(words) or (words[-1] == "?" and len(words.split()) <= 8))
        and words[-1] not in ",”\"’'"
        and not re.search(r"[^\W\d_]\d{1,3}\Z", words)
    )


def _heading(line: Line) -> RawBlock:
    words = rich_text.bare(line.text).lstrip("#").strip("* ").strip()
    return RawBlock("heading", line.number, [words])


def _stands_apart(texts: list[str]) -> bool:
    """Whether the first line is too short to be merely wrapped, compared with those under it."""
    return len(texts[0]) < 0.6 * max(len(words) for words in texts[1:]) and len(texts[0]) <= 70


def _without_single_item(block: RawBlock) -> RawBlock:
    """A list of one item as what it is: a numbered heading, or a paragraph with an initial."""
    if block.kind != "list" or len(block.items) > 1:
        return block
    words = block.marker + block.items[0]
    kind = "heading" if block.ordered and _is_heading(words) else "paragraph"
    return RawBlock(kind, block.line, [words])


def _continues(before: RawBlock, block: RawBlock) -> bool:
    return block.kind == before.kind == "list" and block.ordered == before.ordered


def split_front_matter(
    blocks: list[RawBlock], has_marker: list[bool]
) -> tuple[str, list[str], list[RawBlock]]:
    """The standfirst, the authors of a by-line, and the blocks of the text proper.

    The standfirst is the first block under the title, if it is a paragraph without a note.
    """
    authors: list[str] = []
    for at, block in enumerate(blocks[:3]):
        if byline := _BYLINE.fullmatch(block.items[0]):
            authors = re.split(r"\s*(?:,| & | and )\s*", byline["names"])
            blocks = blocks[:at] + blocks[at + 1 :]
            has_marker = has_marker[:at] + has_marker[at + 1 :]
            break
    if not blocks or blocks[0].kind == "list" or has_marker[0]:
        return "", authors, blocks
    first = blocks[0].items[0]
    if blocks[0].kind == "heading" and len(first.split()) < 9:
        return "", authors, blocks
    if len(first) > _MAX_STANDFIRST:
        return "", authors, blocks
    return first, authors, blocks[1:]

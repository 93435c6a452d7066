"""Writes the text of a manuscript as Markdown with Pandoc citations."""

import re

from manuscripts.parse.manuscript import Block, Cited, Line, Manuscript, Note
from manuscripts.parse.rich_text import as_markdown

_SPECIAL = re.compile(r"[\\`*<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!(?=\[)|~(?=~)")
_BRACKET = re.compile(r"\[(?=\^|[^\[\]]*@)|\](?=[(:\[])")
_BLOCK_MARKER = re.compile(r"(?P<marker>[#>+=|~-]|\d{1,9}(?=[.)](?:\s|\Z)))")
_LEFT_OVER = "Left over from the manuscript"


def markdown(manuscript: Manuscript, keys: list[str], left_over: list[Line]) -> str:
    """The text with its notes in place, citing the sources by `keys`; notes without a marker and
    the lines left over come last, under a heading of their own.
    """
    writer = _MarkdownWriter({note.number: note for note in manuscript.notes}, keys)
    parts = [writer.block(block) for block in manuscript.blocks]
    unplaced = [note for note in manuscript.notes if note.number not in manuscript.marked]
    if unplaced or left_over:
        parts.append(f"## {_LEFT_OVER}")
    parts += [
        f"Note {note.number} of the manuscript.{writer.note(note.number)}" for note in unplaced
    ]
    if lines := sorted(left_over, key=lambda line: line.number):
        parts.append("\n".join(f"- Line {line.number}: {escaped(line.text)}" for line in lines))
    return "\n\n".join([*parts, *writer.footnotes]) + "\n"


def notes_alone(manuscript: Manuscript, keys: list[str]) -> str:
    """The notes in the order in which the text has them, without the text: they are set alike."""
    writer = _MarkdownWriter({note.number: note for note in manuscript.notes}, keys)
    placed = [p for b in manuscript.blocks for item in b.items for p in item if isinstance(p, int)]
    unplaced = [note.number for note in manuscript.notes if note.number not in manuscript.marked]
    marks = [f"x{writer.note(number)}" for number in (*placed, *unplaced)]
    return "\n\n".join([*marks, *writer.footnotes]) + "\n"


def escaped(text: str, *, at_start: bool = True) -> str:
    """The text with everything escaped that Markdown would interpret."""
    text = _BRACKET.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text))
    found = _BLOCK_MARKER.match(text) if at_start else None
    if found is None:
        return text
    marker, rest = found["marker"], text[found.end() :]
    return f"{marker}\\{rest}" if marker.isdigit() else f"\\{marker}{rest}"


class _MarkdownWriter:
    """Writes blocks with their notes, and collects the footnotes that must follow the text."""

    def __init__(self, notes: dict[int, Note], keys: list[str]) -> None:
        self.notes = notes
        self.keys = keys
        self.footnotes: list[str] = []

    def block(self, block: Block) -> str:
        items = [as_markdown(self._line(item)) for item in block.items]
        if block.kind == "heading":
            return "## " + re.sub(r"(?<!\\)#", r"\\#", items[0])
        if block.kind == "list":
            markers = [f"{n}." if block.ordered else "-" for n in range(1, len(items) + 1)]
            return "\n".join(f"{m} {item}" for m, item in zip(markers, items, strict=True))
        return items[0]

    def _line(self, pieces: tuple[str | int, ...]) -> str:
        line = ""
        for piece in pieces:
            if isinstance(piece, int):
                line += self.note(piece)
            else:
                words = escaped(piece, at_start=not line)
                line += f"\\{words}" if line.endswith("]") and words[0] in "([:" else words
        return line

    def note(self, number: int) -> str:
        """The note as a citation in the text, or as the reference to a collected footnote."""
        note = self.notes[number]
        if note.citations and all(isinstance(p, Cited) and not p.suffix for p in note.parts):
            return f"[{'; '.join(self._cite(part) for part in note.citations)}]"
        parts = [
            escaped(part) if isinstance(part, str) else self._footnote_part(part)
            for part in note.parts
        ]
        self.footnotes.append(f"[^{number}]: {'; '.join(parts)}")
        return f"[^{number}]"

    def _cite(self, cited: Cited) -> str:
        words = f"{escaped(cited.prefix, at_start=False)} " if cited.prefix else ""
        return f"{words}@{self.keys[cited.source]}{_locator(cited)}"

    def _footnote_part(self, cited: Cited) -> str:
        gap = " " if cited.suffix[:1].isalnum() or cited.suffix[:1] == "(" else ""
        return f"[{self._cite(cited)}]{gap}{escaped(cited.suffix, at_start=False)}"


def _locator(cited: Cited) -> str:
    if cited.locator is None:
        return ""
    written = cited.locator.written
    return f", {{{written}}}" if cited.locator.verbatim else f", {written}"

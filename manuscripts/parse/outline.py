"""Divides a manuscript into title, text, printed notes, facts, and lines that are left over."""

import re
from dataclasses import dataclass, field

from .decoding import Refused
from .fact_lines import plain_facts
from .labels import BOILERPLATE, FOOTER, SECTION, is_label, is_top_label, label_of, opens_facts
from .manuscript import Caution, Line
from .note_numbers import numbered
from .rich_text import with_addresses

_MAX_NOTES = 600
_MAX_TITLE = 250
_MAX_LINES, _MAX_LEFT_OVER = 20_000, 1_000
_MAX_VALUES, _MAX_VALUE_LENGTH = 40, 2_000  # lines of one fact, characters of a line

_BULLET = re.compile(r"\A(?:[•·▪◦‣*]\s*|[–-]\s+(?=[^\W\d]))(?=\w)")
_NOTES_HEADING = re.compile(r"(?:end|foot)?notes?:?|references:?", re.I)


@dataclass
class PrintedNote:
    """A note as printed after the text: its number and its lines."""

    number: int
    lines: list[Line]


@dataclass
class Outline:
    """The parts of a manuscript; every line that is not blank is in one of them."""

    title: Line
    text: list[list[Line]] = field(default_factory=list)
    notes: list[PrintedNote] = field(default_factory=list)
    facts: dict[str, list[Line]] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    left_over: list[Line] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)


def divide(text: str, name: str = "") -> Outline:
    """The parts of a cleaned text; a title is taken from the `name` of the file where the text
    begins with its facts and the name is one. Raises Refused where it is no titled article."""
    if text.count("\n") > _MAX_LINES:
        raise Refused(f"The text has more than {_MAX_LINES} lines.")
    rich = [Line(n, words) for n, words in enumerate(text.split("\n"), 1)]
    facts_as_read = plain_facts(rich)
    lines = [
        Line(line.number, facts_as_read.get(at, _unstyled_label(with_addresses(line.text).strip())))
        for at, line in enumerate(rich)
    ]
    first = next((i for i, line in enumerate(lines) if line.text), len(lines))
    if first == len(lines):
        raise Refused("The text is empty.")
    outline, rest = _titled(lines, first, name)
    rest = _without_top_facts(outline, rest)
    starts = _note_starts(rest)
    first_note = min(starts, default=len(rest))
    facts = _facts_at(rest, first_note, max(starts, default=-1))
    outline.text += _split_at_blank_lines(rest[: min(facts.start, first_note)])
    if outline.text and starts:
        _drop_notes_heading(outline, outline.text[-1])
    _gather_notes(outline, rest, starts, facts.start if facts.start > first_note else len(rest))
    _gather_facts(outline, rest[facts.start : facts.stop])
    _refuse_what_is_no_article(outline)
    outline.text = [
        [_as_rich(line, rich[line.number - 1].text) for line in group] for group in outline.text
    ]
    return outline


def _refuse_what_is_no_article(outline: Outline) -> None:
    if not outline.notes and not outline.facts:
        raise Refused(
            "Neither printed notes nor facts (Start Year, Type of Conflict …) were found: this is "
            "not an article as the collection has them."
        )
    if len(outline.left_over) > _MAX_LEFT_OVER:
        raise Refused(f"More than {_MAX_LEFT_OVER} lines are not resolved.")


def _unstyled_label(words: str) -> str:
    """A line without the sign of a heading where the heading is but the label of a fact."""
    label = words.lstrip("#").strip(" *") if words[:1] in "#*" else ""
    return label if label and (is_label(label) or SECTION.match(label)) else words


def _as_rich(line: Line, rich: str) -> Line:
    """The line with its italics and links, unless a label was taken off its front."""
    return Line(line.number, rich) if with_addresses(rich).strip() == line.text else line


def _titled(lines: list[Line], first: int, name: str) -> tuple[Outline, list[Line]]:
    """An outline with the title, and the lines after it."""
    words = lines[first].text.lstrip("#").strip(" *")
    stem = re.sub(r"\.\w{1,5}\Z", "", name).replace("_", " ").replace("-", " ").strip()
    if opens_facts(words) and re.match(r"[^\W\d]+ing\b", stem, re.I) and len(stem.split()) > 3:
        outline = Outline(Line(lines[first].number, stem[0].upper() + stem[1:]))
        text = f"The text has no title; it was taken from the name of the file: {stem}"
        outline.cautions.append(Caution("title-from-name", 1, text))
        return outline, lines[first:]
    title = re.sub(r"\Atitle:\s*", "", lines[first].text, flags=re.I)
    return Outline(_title(Line(lines[first].number, title))), lines[first + 1 :]


def _without_top_facts(outline: Outline, lines: list[Line]) -> list[Line]:
    """The lines after the facts that stand under the title, as in the second template, with the
    summary first; those facts are gathered. All of the lines where there are none."""
    full = [i for i, line in enumerate(lines) if line.text]
    start = next((i for i in full[:3] if is_top_label(lines[i].text)), None)
    if start is None:
        return lines
    end = _end_of_top_facts(lines, start)
    if sum(is_top_label(line.text) for line in lines[start:end]) < 2:
        return lines
    _gather_facts(outline, lines[start:end])
    rest = []
    for line in [*lines[:start], *lines[end:]]:
        if found := SECTION.match(line.text):
            rest += [Line(line.number, ""), Line(line.number, found["value"].strip())]
            if found["value"].strip():
                rest.append(Line(line.number, ""))
        else:
            rest.append(line)
    return rest


def _end_of_top_facts(lines: list[Line], start: int) -> int:
    """Where the facts under the title end: at a section's name, or at the text."""
    has_value, blank, last = True, False, start
    for at in range(start, len(lines)):
        text = lines[at].text
        if not text:
            blank = True
            continue
        if SECTION.match(text):
            return at
        if label := label_of(text, opening=False):
            has_value = bool(label[1])
        elif has_value and (blank or len(text) > 200 or _is_text(text)):
            return at
        else:
            has_value = True
        blank, last = False, at
    return last + 1


def _is_text(words: str) -> bool:
    return len(words.split()) > 25 or bool(re.search(r"[.!?”\"]\[?\d{1,3}\]?(?:\s|\Z)", words))


def _facts_at(lines: list[Line], first_note: int, last_note: int) -> range:
    """The lines of the facts: after the notes, or before them if two labels are there."""
    labels = [at for at, line in enumerate(lines) if opens_facts(line.text)]
    if len(before := [at for at in labels if at < first_note]) > 1 and last_note >= 0:
        return range(before[0], first_note)
    return range(next((at for at in labels if at > last_note), len(lines)), len(lines))


def _title(line: Line) -> Line:
    words = line.text.lstrip("#").strip(" *")
    if opens_facts(words):
        raise Refused("The article has no title: it begins with its facts.")
    if len(words) > _MAX_TITLE:
        raise Refused(f"The article has no title: its first line has over {_MAX_TITLE} letters.")
    if (found := numbered(words)) and found[0] == 1:
        raise Refused("The article has no title: it begins with its notes.")
    if not re.search(r"[^\W\d_]{2}", words):
        raise Refused("The article has no title: its first line has no words.")
    longest = 120 if re.match(r"\w+ing\b", words) else 50  # “Ending …”, “Preventing …”
    if len(words) > longest and re.search(r"[.!?][”\"’')\]]?\d{0,3}\Z", words):
        raise Refused("The article has no title: its first line is a sentence of the text.")
    return Line(line.number, words)


def _note_starts(lines: list[Line]) -> dict[int, int]:
    """Index of the line → number of the note, for the lines at which the printed notes begin.

    The notes are the last run of lines numbered upwards from 1, but neither a run inside a longer
    one (a note broken before a number) nor a numbered list in the text.
    """
    seen = [(at, found[0]) for at, line in enumerate(lines) if (found := numbered(line.text))]
    if len(seen) > 5 * _MAX_NOTES:
        raise Refused(f"More than {5 * _MAX_NOTES} lines begin with a number.")
    firsts = [i for i, (_, number) in enumerate(seen) if number == 1][-50:]
    labels = [at for at, line in enumerate(lines) if opens_facts(line.text)]
    for first in reversed(firsts):
        run: dict[int, int] = {}
        expected, strays = 1, 0
        facts_at = next((i for i in labels if i > seen[first][0]), len(lines))
        for at, number in seen[first:]:
            if at > facts_at:
                break
            if expected <= number <= expected + 3:
                run[at], expected = number, number + 1
            else:
                strays += 1
        if strays * 2 <= len(run) and _reads_as_notes(lines, run):
            if len(run) > _MAX_NOTES:
                raise Refused(f"More than {_MAX_NOTES} notes are printed.")
            return run
    return {}


def _reads_as_notes(lines: list[Line], run: dict[int, int]) -> bool:
    """Whether no long paragraph follows the run before the facts, as after a list in the text."""
    after = max(run)
    for line in lines[after + 1 :]:
        if opens_facts(line.text):
            return True
        if len(line.text) > 400 and not line.text.startswith(("http", "Available")):
            return False
    return True


def _split_at_blank_lines(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _drop_notes_heading(outline: Outline, last: list[Line]) -> None:
    if _NOTES_HEADING.fullmatch(last[-1].text.strip("#* ")):
        last.pop()
        if not last:
            outline.text.pop()


def _gather_notes(outline: Outline, lines: list[Line], starts: dict[int, int], end: int) -> None:
    blank_before, last = False, max(starts, default=end)
    for at in range(min(starts, default=end), end):
        line = lines[at]
        first = numbered(line.text) if at in starts else None
        if first:
            outline.notes.append(PrintedNote(starts[at], [Line(line.number, first[1])]))
        elif line.text:
            continues = not blank_before or re.match(r"https?:|www\.|Available |\(Acc", line.text)
            if (continues or at < last) and len(outline.notes[-1].lines) < 30:
                outline.notes[-1].lines.append(line)
                if not continues:
                    number = outline.notes[-1].number
                    text = f"Taken for a further paragraph of note {number}: {line.text[:100]}"
                    outline.cautions.append(Caution("note-continued", line.number, text))
            else:
                _leave(outline, line)
        blank_before = not line.text


def _gather_facts(outline: Outline, lines: list[Line]) -> None:
    name, ended = "", False
    for printed in lines:
        line = Line(printed.number, _BULLET.sub("", printed.text))
        if not line.text:
            continue
        if BOILERPLATE.fullmatch(line.text):
            ended = True
            continue
        ended = ended or bool(FOOTER.fullmatch(line.text))
        label = None if ended else label_of(line.text, opening=False)
        if label and label[0] not in outline.facts:
            name = label[0]
            outline.labels[name] = line.number
            outline.facts[name] = [Line(line.number, label[1])] if label[1] else []
        elif name and not ended and _may_be_value(outline.facts[name], line):
            outline.facts[name].append(line)
        else:
            _leave(outline, line)


def _may_be_value(values: list[Line], line: Line) -> bool:
    return len(values) < _MAX_VALUES and len(line.text) <= _MAX_VALUE_LENGTH


def _leave(outline: Outline, line: Line) -> None:
    """Add the line to those left over, with a warning."""
    outline.left_over.append(line)
    words = line.text if len(line.text) <= 200 else line.text[:199] + "…"
    outline.cautions.append(
        Caution("unrecognised-line", line.number, f"Kept at the end of the draft: {words}")
    )

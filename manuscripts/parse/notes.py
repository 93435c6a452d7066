"""Parses the printed notes into citations and words."""

import re

from . import references
from .decoding import Refused
from .manuscript import Caution, Cited, Note
from .note_patterns import CAPITAL, looks_cited
from .outline import PrintedNote

_MAX_CITATIONS = 1_000
_MAX_LENGTH, _MAX_SEMICOLONS = 4_000, 60  # of one note
_OPENING, _CLOSING = "“«([{《〈「『（", "”»)]}》〉」』）"
_CITED_TOO = re.compile(
    r"(?<=[.)\d”»]) (?=(?:See|Cf\.|Compare|But see|Also see|Quoted in|Cited in|Also)(?: also"
    r"| further|,)? "
    r"(?:(?:the|an?|his|her|their) [a-z][a-z -]{2,60} (?:in|by) )?"
    rf"(?:{CAPITAL}|van |de ))|(?<=[\d)”f]), and (?=(?:{CAPITAL}|van |de ))"
)

_OTHER_SIDE = re.compile(
    r"(?<=\d),? and,? (?=(?:for|on) [a-z][^,.;\d]{2,60}, (?:see )?(?:van |de )?[A-Z])"
)  # “see Alpha 90 and, for the other side, Beta 79”


def read_notes(printed: list[PrintedNote]) -> tuple[list[Note], list[Caution]]:
    """The notes with their parts, not yet linked, and warnings about them. Raises Refused."""
    notes: list[Note] = []
    cautions: list[Caution] = []
    citations = 0
    for entry in printed:
        line = entry.lines[0].number
        text = " ".join(_unwrapped([words.text for words in entry.lines]).split())
        if notes and entry.number > notes[-1].number + 1:
            numbers = ", ".join(str(n) for n in range(notes[-1].number + 1, entry.number))
            cautions.append(Caution("note-missing", line, f"Not among the notes: {numbers}."))
        note = Note(entry.number, line, text)
        note.parts, doubts = read_note(text, line)
        notes.append(note)
        cautions += doubts
        citations += len(note.citations)
        if citations > _MAX_CITATIONS:
            raise Refused(f"The notes hold more than {_MAX_CITATIONS} citations.")
    return notes, cautions


def read_note(text: str, line: int) -> tuple[list[Cited | str], list[Caution]]:
    """The parts of a note, citations and words, and warnings about them."""
    if len(text) > _MAX_LENGTH or text.count(";") > _MAX_SEMICOLONS:
        words = f"A note of {len(text)} characters is kept as words."
        return [text], [Caution("note-too-long", line, words)]
    parts: list[Cited | str] = []
    cautions: list[Caution] = []
    pieces = [half for piece in _rejoined(_pieces(text)) for half in _halves(piece)]
    for piece in pieces:
        found = references.read(piece)
        if found is None:
            parts.append(piece)
            if kind := looks_cited(piece):
                words = f"This reads like {kind} and is kept as words: {piece[:200]}"
                cautions.append(Caution("citation-as-words", line, words))
            continue
        cited, doubts = found
        cited.reference.line, cited.words = line, piece
        parts.append(cited)
        for doubt in doubts:
            code, _, words = doubt.partition(": ")
            cautions.append(Caution(code, line, words))
    return parts, cautions


def _unwrapped(lines: list[str]) -> str:
    """The lines of a note as one; an address that was broken at a hyphen or slash is rejoined."""
    text = lines[0]
    for line in lines[1:]:
        broken = re.search(r"://\S*[-/_.=&?%]\Z", text) and line[:1].isalnum()
        text += line if broken else f" {line}"
    return text


def _pieces(text: str) -> list[str]:
    """The parts of a note between semicolons outside quotations and brackets."""
    pieces, start, depth, straight = [], 0, 0, False
    for at, c in enumerate(text):
        if c in _OPENING:
            depth += 1
        elif c in _CLOSING:
            depth = max(0, depth - 1)
        elif c == '"':
            straight = not straight
        elif depth == 0 and not straight and _divides(text, at):
            pieces.append(text[start:at].strip())
            start = at + 1
    pieces.append(text[start:].strip())
    if depth or straight:
        pieces = [piece.strip() for piece in re.split(r";(?=\s|\Z)|；", text)]
    return [piece for piece in pieces if piece]


def _divides(text: str, at: int) -> bool:
    """Whether a semicolon stands there that a blank follows, or China's, which none does."""
    return text[at] == "；" or (text[at] == ";" and text[at + 1 : at + 2] in ("", " "))


def _rejoined(pieces: list[str]) -> list[str]:
    """The pieces, rejoined where a semicolon in a title split one: its parts are no citations."""
    if len(pieces) < 2:
        return pieces
    rejoined: list[str] = []
    for piece in pieces:
        joined = f"{rejoined[-1]}; {piece}" if rejoined else ""
        if (
            rejoined
            and _is_words(rejoined[-1])
            and not _stands_alone(piece)
            and references.read(joined)
        ):
            rejoined[-1] = joined
        else:
            rejoined.append(piece)
    return rejoined


def _stands_alone(piece: str) -> bool:
    """Whether a piece says who wrote or how it is introduced: no second half of a title."""
    found = references.read(piece)
    if found is None:
        return False
    cited = found[0]
    return bool(cited.prefix or cited.again or cited.reference.authors or cited.reference.quoted)


def _halves(piece: str) -> list[str]:
    """A piece divided before “See also …”, where both halves are citations."""
    for found in _CITED_TOO.finditer(piece):
        halves = [piece[: found.start()], piece[found.end() :]]
        if all(not _is_words(half) for half in halves) and not _is_tentative(halves[1]):
            return [halves[0], *_halves(halves[1])]
    for found in _OTHER_SIDE.finditer(piece):
        halves = [piece[: found.start()], piece[found.end() :]]
        if all(not _is_words(half) for half in halves):
            return halves
    return [piece]


def _is_tentative(piece: str) -> bool:
    found = references.read(piece)
    return found is None or found[0].tentative


def _is_words(piece: str) -> bool:
    found = references.read(piece)
    return found is None or not (found[0].reference.full or found[0].locator or found[0].again)

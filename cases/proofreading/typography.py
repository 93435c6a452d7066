"""Rules about signs: doubled words, spaces, quotation marks, lost markers of notes."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from django.utils.translation import gettext as _

from cases.markup import as_typed
from cases.rendering import SECTIONS

from .finding import Found
from .reading import GAP, PLAIN_FIELDS, Reading, Text

_MOST = 5  # pieces of markup that are named in each field
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,30})[ \t\n]+(\1)\b", re.IGNORECASE)
_TWICE_IS_RIGHT = frozenset("had that nous vous pago walla wagga bora sing".split())
_DOUBLE_SPACE = re.compile(r"(?<=\S)(?<!\ufffc) {2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[\w”’\"')\ufffc]) +[,;:.!?](?=\s|\Z)")
_NO_SPACE_AFTER = re.compile(r"(?<=[a-z]{3})[.,;](?=[A-Z][a-z]+\b)(?![A-Z][a-z]*\.[a-z])")
_STRAIGHT = re.compile(r"[\"']")
_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e]")
_CAPITALS = re.compile(r"\b[A-Z]{2}[a-z]{3,}\b")
_YEAR_AND_DIGIT = re.compile(
    r"(?<![\d.,/:-])(?:1[5-9]|20)\d\d[.,;]\d{1,2}(?![\d%]|[.,:]\d)"
    r"|(?<=\b(?:in|of|to|by) )(?:1[89]|20)\d\d\d(?![\d.,%]*\d)(?!0)"
    r"|(?<=\b(?:until|since|after|April|March) )(?:1[89]|20)\d\d\d(?!\d)"
)
_WORD_AND_DIGIT = re.compile(r"(?<=[a-z]{3})[.”’]+\d{1,2}(?=\s+[A-Z“‘]|\s*\Z|\n)")
_LIST_NUMBER = re.compile(r"^ {0,3}([0-9]{1,9})[.)][ \t]+\S", re.MULTILINE)
_CITED = re.compile(r"\[[^\[\]\n]{0,4000}\]")
_PLACE = re.compile(r"(?<=, )(?:pg\.?|pgs\.|pag\.|P\.|PP\.|Pp\.|p p\.|page\.|pages\.) ?(?=\d)")


def _found(text: Text, match: re.Match[str], message: str) -> Found:
    start, end = match.span()
    place = f"{match[0]}\n{text.place(start, end)}"
    line = None if text.field in PLAIN_FIELDS else text.line_at(start)
    return Found(message, text.field, line, place, (start, end))


def printed_as_typed(reading: Reading) -> Iterator[Found]:
    """Markup that readers would see: the first pieces in each field."""
    for field in PLAIN_FIELDS:
        marks = as_typed(getattr(reading.case, field), article=False)
        for _line, words in islice((m for m in marks if not _ENTITY.fullmatch(m[1])), _MOST):
            message = _("“%(words)s” would be printed as typed: this field has words only.")
            yield Found(message % {"words": words}, field, None, words)
    for field in ("body", *SECTIONS):
        for line, words in islice(as_typed(getattr(reading.case, field), article=True), _MOST):
            message = _(
                "“%(words)s” would be printed as typed: articles have no tables, tags, numbered "
                "notes or codes of other systems."
            )
            place = f"{words}\n{getattr(reading.case, field).splitlines()[line - 1]}"
            yield Found(message % {"words": words}, field, line, place)


def entities(reading: Reading) -> Iterator[Found]:
    """Signs that were written for a web page, in fields of words."""
    for field in PLAIN_FIELDS:
        text = reading.words[field]
        for found in _ENTITY.finditer(text.typed):
            if unescape(found[0]) != found[0]:
                message = _("“%s” would be printed as typed: write the sign itself.")
                yield _found(text, found, message % found[0])


def decoded(piece: str) -> str:
    """The sign that an entity stands for."""
    return unescape(piece)


def doubled_words(reading: Reading) -> Iterator[Found]:
    """A word twice in a row, but for those that may stand so, and names such as Pago Pago."""
    for text, found in reading.matches(_DOUBLED):
        is_name = found[1][0].isupper() and found[2][0].isupper()
        if found[1].casefold() not in _TWICE_IS_RIGHT and not is_name:
            yield _found(text, found, _("“%s” stands twice.") % found[1])


def said_once(piece: str) -> str:
    """The first of two words."""
    return piece.split()[0]


def double_spaces(reading: Reading) -> Iterator[Found]:
    """More than one space between words."""
    for text, found in reading.matches(_DOUBLE_SPACE):
        yield _found(text, found, _("There are several spaces where one is meant."))


def one_space(piece: str) -> str:
    """One space."""
    return " "


def spaces_before(reading: Reading) -> Iterator[Found]:
    """A space before a stop, a comma and the like."""
    for text, found in reading.matches(_SPACE_BEFORE):
        sign = found[0].strip()
        yield _found(text, found, _("There is a space before “%s”.") % sign)


def closed_up(piece: str) -> str:
    """Without spaces."""
    return piece.strip()


def no_spaces_after(reading: Reading) -> Iterator[Found]:
    """A stop or comma right before the next word."""
    for text, found in reading.matches(_NO_SPACE_AFTER):
        yield _found(text, found, _("There is no space after “%s”.") % found[0])


def spaced(piece: str) -> str:
    """With a space after it."""
    return f"{piece} "


def straight_quotes(reading: Reading) -> Iterator[Found]:
    """Quotation marks and apostrophes as on a typewriter: one finding for each paragraph, from the
    first of them to the last."""
    for text in reading.words.values():
        for start, end in _blocks(text):
            marks = [found.start() for found in _STRAIGHT.finditer(text.bare, start, end)]
            if marks:
                first, last = max(start, marks[0] - 1), marks[-1] + 1
                line = None if text.field in PLAIN_FIELDS else text.line_at(first)
                message = _("Straight quotation marks: %s.") % text.typed[first:last][:60].strip()
                yield Found(message, text.field, line, text.typed[first:last], (first, last))


def _blocks(text: Text) -> Iterator[tuple[int, int]]:
    if text.field in PLAIN_FIELDS:
        yield 0, len(text.typed)
        return
    for paragraph in text.paragraphs:
        yield paragraph.start, paragraph.start + len(paragraph.typed)


def curled(piece: str) -> str:
    """With “curved” marks; as it was where it cannot be told what is meant: an odd number of
    double marks, feet and inches, or marks in an address."""
    if piece.count('"') % 2 or re.search(r"\d[\"']|\]\(|https?:|`", piece):
        return piece
    piece = re.sub(r"(?:(?<=[\s(\[“‘—–/])|\A)\"(?=\S)", "“", piece)
    piece = piece.replace('"', "”")
    piece = re.sub(r"(?:(?<=[\s(\[“—–/])|\A)'(?=\w[^'\n]{0,400}\w[.,!?]?'(?!\w))", "‘", piece)
    return piece.replace("'", "’")


def hyphens_for_dashes(reading: Reading) -> Iterator[Found]:
    """A hyphen between spaces."""
    for text, found in reading.matches(_HYPHEN):
        yield _found(text, found, _("A hyphen between spaces: a dash is meant."))


def dashed(piece: str) -> str:
    """A dash between spaces."""
    return " – "


def invisible_signs(reading: Reading) -> Iterator[Found]:
    """Signs that nobody sees, and that searching and copying trip over."""
    for text, found in reading.matches(_INVISIBLE):
        message = _("There is an invisible sign (U+%04X) here.") % ord(found[0])
        yield _found(text, found, message)


def removed(piece: str) -> str:
    """Nothing."""
    return ""


def odd_capitals(reading: Reading) -> Iterator[Found]:
    """Two capitals at the beginning of a word."""
    for text, found in reading.matches(_CAPITALS):
        yield _found(text, found, _("“%s” begins with two capitals.") % found[0])


def second_letter_small(piece: str) -> str:
    """With one capital."""
    return piece[0] + piece[1:].lower()


def lost_markers(reading: Reading) -> Iterator[Found]:
    """A digit that sticks to a year or to the end of a sentence, as the marker of a note does that
    lost its form: “in 1993.5”, “in 19945”, “support.5 Then”."""
    for pattern in (_YEAR_AND_DIGIT, _WORD_AND_DIGIT):
        for text, found in reading.matches(pattern):
            message = _("“%s” looks like a note’s number that sticks to the text.")
            words = text.bare[max(0, found.start() - 12) : found.end()].replace(GAP, "")
            yield _found(text, found, message % words.split()[-1])


def lists_that_start_late(reading: Reading) -> Iterator[Found]:
    """A paragraph that begins with a number and a stop, and not as a list does, with the first."""
    for text in reading.texts.values():
        for paragraph in text.paragraphs:
            found = _LIST_NUMBER.match(paragraph.typed)
            before = paragraph.start and text.typed[: paragraph.start].rstrip().rpartition("\n")[2]
            goes_on = before and _LIST_NUMBER.match(before)
            if found and int(found[1]) > 1 and not goes_on:
                message = _(
                    "This paragraph begins with “%s.”, as an entry of a list does. Begin it "
                    "with a word: “In %s …”."
                )
                words = message % (found[1], found[1])
                yield Found(words, text.field, paragraph.line, paragraph.typed[:200])


def locator_spellings(reading: Reading) -> Iterator[Found]:
    """Spellings of “p.” and “pp.” that are not read as such."""
    for text in reading.texts.values():
        for cited in _CITED.finditer(text.typed):
            for found in _PLACE.finditer(cited[0]) if "@" in cited[0] else ():
                start, end = cited.start() + found.start(), cited.start() + found.end()
                message = _("“%s” is not read as a page: write p. or pp.") % found[0].strip()
                yield Found(message, text.field, text.line_at(start), cited[0], (start, end))


def page_mark(piece: str) -> str:
    """As the house has it."""
    return "pp. " if piece.lower().startswith(("pp", "p p", "pgs", "pages")) else "p. "

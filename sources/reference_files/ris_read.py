"""Reads RIS, that of our files and of other programs.

The lines are cut here, not by rispy, as whoever sent the file is told the line of what was not
taken, and other programs write fewer blanks or none.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..plain_text import plain
from .clean_values import ISSN, doi, isbn, shortened
from .names import uninverted
from .reading import Reading
from .references import MOST_FIELDS, MOST_RECORDS, NotReadable, ReadReference
from .ris_dates import take_dates
from .ris_tags import ALIKE, CONTAINERS, KNOWN_TAGS, OF_NO_CONTAINER, TEXTS, TITLES, UNLIKE

_TAGGED = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9])([ \t]{1,2})-(?:[ \t]+|$|(?=[^ \t-]))(.*)")
_HEADER = re.compile(r"[ \t]*(?:[0-9]+\.|[A-Z][A-Za-z]+: .*)?[ \t]*")  # rispy's, JSTOR's
_NEXT_ADDRESS = re.compile(r";\s+(?=https?://)", re.I)


class Line(NamedTuple):
    """A tag with its value, lines that go on included, and where it stands."""

    tag: str
    value: str
    line: int


def read_ris(text: str) -> list[ReadReference]:
    """The references of a file in RIS. Raises NotReadable."""
    found: list[ReadReference] = []
    outside: list[tuple[int, str]] = []
    record: list[tuple[str, list[str], int]] = []
    for number, words in enumerate(text.split("\n"), 1):
        tag, value = _tag(words)
        if tag == "TY" and record:
            reason = _(
                "The reference that begins in line %s has no end: ER is missing before this."
            )
            raise NotReadable(reason % record[0][2], number)
        if not record and tag != "TY":
            if not _HEADER.fullmatch(words):
                reason = _("“%s” stands outside any reference: each begins with TY, ends with ER.")
                raise NotReadable(reason % shortened(words, 40), number)
            if ":" in words:
                outside.append((number, shortened(words)))
        elif tag == "ER":
            if len(found) == MOST_RECORDS:
                reason = _("A file may have %s references at most; divide it.")
                raise NotReadable(reason % MOST_RECORDS, record[0][2])
            lines = [Line(tag, plain(" ".join(said)), line) for tag, said, line in record]
            found.append(_Record(lines).read())
            record = []
        elif tag:
            record.append((tag, [value], number))
            if len(record) > MOST_FIELDS:
                reason = _("This reference has more than %s fields; none has.")
                raise NotReadable(reason % MOST_FIELDS, record[0][2])
        elif words.strip():
            record[-1][1].append(words)
    if record:
        reason = _("The reference that begins here has no end: ER is missing. Is the file whole?")
        raise NotReadable(reason, record[0][2])
    if not found:
        raise NotReadable(_("No reference of RIS is in the file."))
    found[0].unread[:0] = outside
    return found


def _tag(words: str) -> tuple[str, str]:
    """The tag and value of a line; an empty tag where it goes on from the one before. A tag that is
    not quite as it should be is one only where RIS has it."""
    if not (tagged := _TAGGED.fullmatch(words)):
        return "", ""
    tag, blanks, value = tagged.groups()
    quite = (tag.isupper(), len(blanks) == 2)
    if all(quite) or (any(quite) and tag.upper() in KNOWN_TAGS):
        return tag.upper(), value
    return "", ""


class _Record:
    """The lines of one reference, each taken once."""

    def __init__(self, lines: list[Line]) -> None:
        self.type = lines[0]
        self.reading = Reading(self.type.line)
        self.lines: dict[str, list[Line]] = {}
        for line in lines[1:]:
            if line.value:
                self.lines.setdefault(line.tag, []).append(line)

    def taken(self, *tags: str) -> list[Line]:
        """The lines with these tags, in the order of the tags; nobody else gets them."""
        return [line for tag in tags for line in self.lines.pop(tag, [])]

    def read(self) -> ReadReference:
        kind = self._type()
        reading = self.reading
        for tag, value, line in self.taken("ID"):
            reading.key(value, line, tag)
        self._people(kind)
        self._titles(kind)
        take_dates(self, reading)
        self._numbers(kind)
        for tag, value, line in self.taken(*TEXTS):
            reading.text(TEXTS[tag], value, line, tag)
        self._pages()
        for tag, value, line in self.taken("UR", "LK"):
            for address in _NEXT_ADDRESS.split(value):
                reading.address(address, line, tag)
        for language in self.taken("LA"):
            reading.language(language.value)
        self._archive()
        for tag, left in self.lines.items():
            reading.leave(left[0].line, tag, "; ".join(line.value for line in left))
        reading.unread.sort()
        return reading.reference()

    def _type(self) -> str:
        written = self.type.value.upper()
        kind = ALIKE.get(written) or UNLIKE.get(written, "document")
        self.reading.item["type"] = kind
        if written not in ALIKE:
            self.reading.leave(self.type.line, "TY", written, _("taken as %s") % kind)
        return kind

    def _people(self, kind: str) -> None:
        """Who A2 and A3 are depends on the type, as Zotero and EndNote have them."""
        editors = ["ED", "A3"] if kind == "book" else ["ED", "A2"]
        roles = {"author": ["AU", "A1"], "editor": editors, "translator": ["A4"]}
        if kind == "interview":
            roles |= {"editor": ["ED"], "interviewer": ["A2"]}
        for role, tags in roles.items():
            for tag, value, line in sorted(self.taken(*tags), key=lambda line: line.line):
                if name := uninverted(value):
                    self.reading.person(role, name)
                else:
                    self.reading.leave(line, tag, value, _("is no name"))

    def _titles(self, kind: str) -> None:
        reading, book = self.reading, kind == "book"
        for tag, value, line in self.taken(*TITLES, *(["BT"] if book else [])):
            reading.text("title", value, line, tag)
        others = {"T2"} if kind in OF_NO_CONTAINER else set()
        others |= set() if kind == "paper-conference" else {"C3"}
        for tag, value, line in self.taken(*(tag for tag in CONTAINERS if tag not in others)):
            short = tag in ("JA", "J1", "JO") and "container-title" in reading.item
            reading.text("container-title-short" if short else "container-title", value, line, tag)

    def _numbers(self, kind: str) -> None:
        reading = self.reading
        for tag, value, line in self.taken("DO"):
            reading.checked("DOI", value, line, tag)
        for tag, value, line in self.taken("M3"):
            if doi(value) and "DOI" not in reading.item:
                reading.checked("DOI", value, line, tag)
            else:
                reading.text("genre", value, line, tag)
        for tag, value, line in self.taken("M1"):
            reading.text("number", value, line, tag)
        for tag, value, line in self.taken("SN"):
            if kind == "report" and not isbn(value) and not ISSN.fullmatch(value):
                reading.text("number", value, line, tag)
            elif ISSN.match(value) and not isbn(value):
                reading.leave(line, tag, value, _("ISSNs are not kept"))
            else:
                reading.checked("ISBN", value, line, tag)

    def _pages(self) -> None:
        firsts, lasts = self.taken("SP"), self.taken("EP")
        for first in firsts[:1]:
            last = lasts[0].value if lasts else ""
            whole = not last or last == first.value or first.value.endswith(f"-{last}")
            page = first.value if whole else f"{first.value}-{last}"
            self.reading.page(page, first.line, first.tag)
        for tag, value, line in firsts[1:] + lasts[1 if firsts else 0 :]:
            self.reading.page(value, line, tag)

    def _archive(self) -> None:
        """DB is an archive only beside AV; alone it is some database."""
        places = self.taken("AV")
        archives = self.taken("DB") if places else []
        names = ("archive", "archive_location")
        for name, (tag, value, line) in zip(names, archives[:1] + places[:1], strict=False):
            self.reading.text(name, value, line, tag)
        for tag, value, line in archives[1:] + places[1:]:
            self.reading.leave(line, tag, value)

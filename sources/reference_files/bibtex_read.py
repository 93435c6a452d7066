"""Reads BibTeX and BibLaTeX, those of our files and of other programs."""

import re

from django.utils.translation import gettext as _

from .bibtex_entries import bibtex_entries
from .bibtex_inheritance import BibtexEntry, Field
from .bibtex_names import names_in, parts_of_name
from .bibtex_types import (
    ALIKE,
    EPRINTS,
    GENRES,
    PUBLISHERS,
    SUBTYPES,
    TEXTS,
    UNINTERESTING,
    UNINTERESTING_PREFIXES,
    UNLIKE,
)
from .clean_values import clean
from .dates import read_date
from .latex import decoded
from .names import folded
from .reading import Reading, grouped
from .references import LARGEST_FILE, MOST_PEOPLE, NotReadable, ReadReference

_ESCAPED = re.compile(r"\\([_%&#$~^{}])|\\(?:url|path|nolinkurl)\b|[{}]")
_ONLY_AN_ADDRESS = re.compile(r"(?:[\w ]{0,30}:? )?(https?://\S+)")
_TILDE = re.compile(r"\\textasciitilde(?:\{\})?|\$\\sim\$|\\string~")
_NO_BRACES = str.maketrans("", "", "{}")
_SHOWN = 1000  # characters of a field that is noted only
_ORCIDS = re.compile(r"([0-9]+)\s*=\s*\"([^\"]*)\"")
_ENDS_A_SENTENCE = (":", "?", "!", ".", "–", "—")


def read_bibtex(text: str) -> list[ReadReference]:
    """The references of a file in BibTeX. Raises NotReadable."""
    found = []
    size = 0
    for entry in bibtex_entries(text):
        size += sum(len(field.latex) for field in entry.fields.values())
        if size > 2 * LARGEST_FILE:
            reason = _("The abbreviations and cross-references of this file repeat too much text.")
            raise NotReadable(reason, entry.line)
        found.append(_Entry(entry).read())
    return found


class _Entry:
    """One entry, each of whose fields is taken once."""

    def __init__(self, entry: BibtexEntry) -> None:
        self.entry = entry
        self.fields = dict(entry.fields)
        self.reading = Reading(entry.line)

    def read(self) -> ReadReference:
        reading = self.reading
        for line, name, value in self.entry.unread:
            reading.leave(line, name, value)
        reading.key(self.entry.key, self.entry.line, _("key"))
        kind = self._type()
        self._titles()
        self._people()
        self._dates()
        self._numbers(kind)
        self._publisher(kind)
        self._addresses()
        for name, field in TEXTS.items():
            self._text(name, field)
        for name in ("language", "langid"):
            reading.language(self._said(name)[0])
        self._rest()
        reading.unread.sort()
        return reading.reference()

    def _said(self, name: str) -> tuple[str, int]:
        """The text of a field, which nobody else gets then, and its line."""
        field = self.fields.pop(name, None)
        if not field:
            return "", 0
        return self._decoded(name, field), field.line

    def _decoded(self, name: str, field: Field) -> str:
        text, unknown = decoded(field.latex)
        if unknown:
            commands = " ".join(dict.fromkeys(unknown[:5]))
            self.reading.leave(field.line, f"{name} {commands}", "", _("LaTeX not understood"))
        return clean(text)

    def _text(self, name: str, field: str) -> None:
        text, line = self._said(name)
        self.reading.text(field, text, line, name)

    def _type(self) -> str:
        """Our type: an entrysubtype of ours says it, else the entry."""
        entry, item = self.entry.type, self.reading.item
        kind = ALIKE.get(entry) or UNLIKE.get(entry, "document")
        subtype = self.fields.get("entrysubtype")
        said = subtype.latex.strip().lower() if subtype else ""
        if said in SUBTYPES:
            kind = SUBTYPES[said]
        elif entry not in ALIKE:
            self.reading.leave(self.entry.line, f"@{entry}", "", _("taken as %s") % kind)
        elif entry == "inbook" and "booktitle" not in self.fields:
            kind = "book"  # of which BibTeX names a chapter
            self.reading.leave(self.entry.line, f"@{entry}", "", _("taken as %s") % kind)
        if said in SUBTYPES or (said == "thesis" and kind == "thesis"):
            del self.fields["entrysubtype"]
        item["type"] = kind
        genre, line = self._said("type")
        if not genre and kind == "thesis" and said != "thesis":
            genre = entry
        genre = GENRES.get(genre, "" if genre == "thesis" else genre)
        self.reading.text("genre", genre, line, "type")
        return kind

    def _titles(self) -> None:
        for name, subtitle, field in (
            ("title", "subtitle", "title"),
            ("journal", "journalsubtitle", "container-title"),
            ("booktitle", "booksubtitle", "container-title"),
        ):
            title, line = self._said(name)
            more = self._said(subtitle)[0] if title else ""
            if more:
                title += (" " if title.endswith(_ENDS_A_SENTENCE) else ": ") + more
            self.reading.text(field, title, line, name)
        how, line = self._said("howpublished")
        if found := _ONLY_AN_ADDRESS.fullmatch(how):
            self.fields.setdefault("url", Field(found[1], line))
        else:
            self.reading.text("container-title", how, line, "howpublished")

    def _people(self) -> None:
        fields = {"author": "author", "editor": "editor", "translator": "translator"}
        asked = self.fields.get("editoratype")
        if asked and asked.latex.strip() == "interviewer":
            del self.fields["editoratype"]
            fields["interviewer"] = "editora"
        other = self.fields.get("editortype")
        if other and other.latex.strip() != "editor":
            del fields["editor"]
        for role, name in fields.items():
            self._names(role, name)
            if known := self.fields.pop(f"{name}+an:orcid", None):
                for number, orcid in _ORCIDS.findall(known.latex):
                    place = int(number[:6]) - 1
                    self.reading.orcid(role, place, orcid, known.line, f"{name}+an:orcid")

    def _names(self, role: str, name: str) -> None:
        if not (field := self.fields.pop(name, None)):
            return
        for words in names_in(field.latex)[: MOST_PEOPLE + 1]:
            if words == "others":
                self.reading.leave(field.line, name, "and others", _("nobody is named"))
            else:
                parts = parts_of_name(words)
                said = {part: self._decoded(name, Field(x, field.line)) for part, x in parts}
                self.reading.person(role, folded(said))

    def _dates(self) -> None:
        reading = self.reading
        date, line = self._edtf("date")
        known = reading.date("issued", date, line, "date") if date else False
        (year, at), (month, month_line), (day, _line) = map(self._said, ("year", "month", "day"))
        if year and not known:
            number = month.isdigit() and len(month) <= 2
            whole = f"{year}-{month}" if number and not day else f"{day} {month} {year}"
            if number and day:
                whole = f"{year}-{month}-{day}"
            if not month or not self._quietly("issued", whole):
                reading.date("issued", year, at, "year")
                if month:
                    reading.leave(month_line, "month", month)
        elif month and not known:
            reading.leave(month_line, "month", month)
        for name, field in (("urldate", "accessed"), ("origdate", "original-date")):
            text, line = self._edtf(name)
            if text:
                reading.date(field, text, line, name)

    def _edtf(self, name: str) -> tuple[str, int]:
        """A date, in which “~” says that it is about right, and no blank."""
        field = self.fields.pop(name, None)
        return (field.latex.translate(_NO_BRACES), field.line) if field else ("", 0)

    def _quietly(self, name: str, text: str) -> bool:
        """Takes a date that is wholly understood; whether it is."""
        date, rest = read_date(text)
        return not rest and self.reading.date_read(name, date, 0, "")

    def _numbers(self, kind: str) -> None:
        """An article's number is that of its issue; a book's that within its series."""
        reading = self.reading
        in_series = kind in ("book", "chapter", "paper-conference") and "series" in self.fields
        if not in_series:
            self._text("number", "issue" if kind.startswith("article-") else "number")
        self._text("issue", "issue")
        for name in ("pages", "eid"):
            if name == "pages" or "page" not in reading.item:
                text, line = self._said(name)
                reading.page(text, line, name)
        if field := self.fields.pop("doi", None):
            bare = _bare(field.latex).translate(str.maketrans("", "", " "))
            for written, sign in (("%7B", "{"), ("%7D", "}"), ("%5C", "\\")):
                bare = bare.replace(written, sign)
            reading.checked("DOI", bare, field.line, "doi")
        text, line = self._said("isbn")
        reading.checked("ISBN", text, line, "isbn")

    def _publisher(self, kind: str) -> None:
        """The first of those who may have published it; the others are noted."""
        for name in PUBLISHERS.get(kind, PUBLISHERS[""]):
            self._text(name, "publisher")

    def _addresses(self) -> None:
        for name in ("url", "otherurls"):
            if field := self.fields.pop(name, None):
                pieces = _bare(field.latex).split()
                several = all(piece[:4].lower() == "http" for piece in pieces)
                for one in pieces if several else ["".join(pieces)]:
                    self.reading.address(one, field.line, name, other=name == "otherurls")
        if field := self.fields.pop("archiveurl", None):
            self.reading.archived(_bare(field.latex), field.line, "archiveurl")
        where = self.fields.get("archiveprefix")
        if where and where.latex.strip().lower() in EPRINTS and "eprint" in self.fields:
            del self.fields["archiveprefix"]
            prefix = EPRINTS[where.latex.strip().lower()]
            field = self.fields.pop("eprint")
            self.reading.address(prefix + _bare(field.latex).strip(), field.line, "eprint")

    def _rest(self) -> None:
        """Notes what has no place with us."""
        uninteresting = []
        for name, field in self.fields.items():
            if name in UNINTERESTING or name.startswith(UNINTERESTING_PREFIXES):
                uninteresting.append(name)
            elif name not in ("crossref", "xdata"):
                self.reading.leave(field.line, name, decoded(field.latex[:_SHOWN])[0])
        grouped(self.reading, self.entry.line, uninteresting)


def _bare(latex: str) -> str:
    """An address in LaTeX as it is."""
    return _ESCAPED.sub(lambda found: found[1] or "", _TILDE.sub("~", latex))

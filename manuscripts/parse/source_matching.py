"""Matches references to the sources found so far, and completes sources from each other."""

from .manuscript import Caution, Cited, Name, Note, Reference
from .name_lists import parse_names
from .names import near, plain, same_family, with_family
from .source_ranking import (
    begins_with,
    document_id,
    family_named,
    is_author_alone,
    is_book_of,
    is_too_long,
    normalised,
    rank_of,
    without_year,
)

_IMPRINT_FIELDS = ("publisher", "publisher_place", "issued")
_COMPLETED_FIELDS = (*_IMPRINT_FIELDS, "url", "accessed", "archive_url", "doi", "isbn", "symbol")


class SourceMatcher:
    """The sources found so far, in order of first citation, and the warnings about them."""

    def __init__(self) -> None:
        self.sources: list[Reference] = []
        self.cautions: list[Caution] = []
        self.previous: set[int] = set()
        self.by_note: dict[int, list[int]] = {}
        self._titles: list[str] = []
        self._last: int | None = None

    def link(self, cited: Cited, note: Note) -> bool:
        """Link a citation to its source, adding a new one; False if it is no citation."""
        reference = cited.reference
        if is_too_long(reference):
            self._warn("reference-too-long", note, "A reference is too long for a source.")
            return False
        if cited.same_author and self._last is not None and not reference.authors:
            reference.authors = self.sources[self._last].authors
        at = self._repeated(cited, note) if cited.again else self._find(reference, note)
        if at is None:
            if cited.again or cited.tentative or not (reference.full or cited.locator):
                return False
            at = self._add(reference, note)
        cited.source = self._last = at
        self.by_note.setdefault(note.number, []).append(at)
        return True

    def _warn(self, code: str, note: Note, text: str) -> None:
        self.cautions.append(Caution(code, note.line, text))

    def _repeated(self, cited: Cited, note: Note) -> int | None:
        """The source that “ibid.”, “op. cit.” or “supra note 5” means."""
        authors, title = cited.reference.authors, normalised(cited.reference.title)
        if cited.of_note is not None and (at := self._of_note(cited, title, note)) is not None:
            return at
        if authors or title:
            found = [
                at for at in self._by(authors) if not title or begins_with(self._titles[at], title)
            ]
            if year := cited.reference.year:
                found = [at for at in found if self.sources[at].year == year]
            if len(found) > 1 and not title:
                text = (
                    f"“{cited.words}” may mean {len(found)} sources; {self._label(found[-1])} "
                    f"was taken."
                )
                self._warn("short-form-ambiguous", note, text)
            return found[-1] if found else None
        if note.parts[0] is cited and len(self.previous) > 1:
            self._warn(
                "ibid-ambiguous",
                note,
                "“Ibid.” follows a note of several sources; the last was taken.",
            )
        return self._last

    def _of_note(self, cited: Cited, title: str, note: Note) -> int | None:
        """The source of the note that “supra note 5” names, by its author where one is given."""
        there = list(dict.fromkeys(self.by_note.get(cited.of_note or 0, [])))
        authors = cited.reference.authors
        fitting = [at for at in there if not authors or at in self._by(authors)]
        fitting = [at for at in fitting if not title or begins_with(self._titles[at], title)]
        if not fitting and there:
            text = f"Note {cited.of_note} cites nothing by “{authors[0] if authors else title}”."
            self._warn("short-form-ambiguous", note, text)
        elif len(fitting) > 1:
            text = (
                f"Note {cited.of_note} cites {len(fitting)} "
                f"sources; {self._label(fitting[0])} was taken."
            )
            self._warn("short-form-ambiguous", note, text)
        return fitting[0] if fitting else None

    def _by(self, authors: tuple[Name, ...]) -> list[int]:
        """The sources by the first of these authors or editors, all where none is given."""
        if not authors:
            return list(range(len(self.sources)))
        return [
            at
            for at, source in enumerate(self.sources)
            if any(
                same_family(theirs, authors[0]) for theirs in (source.authors or source.editors)[:1]
            )
        ]

    def _latest_by(self, author: Name) -> int | None:
        found = self._by((author,))
        return found[-1] if found else None

    def _find(self, reference: Reference, note: Note) -> int | None:
        """The source that a reference means, if it is known; warns of slips in the reference."""
        if document := document_id(reference):
            for at, source in enumerate(self.sources):
                if document_id(source) == document:
                    self._complete(reference, source)
                    return at
            if reference.symbol:
                return None
        title = normalised(reference.title)
        ranked = [
            (rank, -at)
            for at, source in enumerate(self.sources)
            if (rank := rank_of(reference, title, source, self._titles[at]))
        ]
        if not ranked:
            known = self._by_author_before_colon(reference)
            return self._by_author_alone(reference, note) if known is None else known
        ranked.sort(reverse=True)
        at = -ranked[0][1]
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0] and not reference.issued:
            text = f"“{reference.title}” may be {self._label(at)} or {self._label(-ranked[1][1])}."
            self._warn("short-form-ambiguous", note, text)
        self._learn_families(reference, self.sources[at])
        self._compare(reference, self.sources[at], note)
        return at

    def _by_author_before_colon(self, reference: Reference) -> int | None:
        """“Alpha: Short title”, as German notes print it, where a work of Alpha begins so."""
        names, colon, title = reference.title.partition(": ")
        if not colon or reference.full or reference.quoted or reference.authors:
            return None
        authors = parse_names(names.replace("/", " & "), short=True)[0]
        short = normalised(title)
        found = [at for at in self._by(authors) if begins_with(self._titles[at], short)]
        if not authors or not short or not found:
            return None
        reference.authors, reference.title = authors, title
        self._learn_families(reference, self.sources[found[-1]])
        return found[-1]

    def _by_author_alone(self, reference: Reference, note: Note) -> int | None:
        """“Lynch, p.5”, “Lynch 2001, p.5”, “Lynch 5”: the only source of that author (and year), or
        the latest, with a warning."""
        if reference.full or reference.quoted:
            return None
        if reference.authors and not is_author_alone(reference):
            return None
        named, year = without_year(reference.title)
        who = reference.authors[0] if reference.authors else family_named(named)
        found = self._by((who,)) or self._by((Name(family=named),))
        if year := reference.year or year:
            found = [at for at in found if self.sources[at].year == year]
        at = found[-1] if found else None
        if len(found) > 1 and at is not None:
            text = f"“{reference.title}” has {len(found)} sources; {self._label(at)} was taken."
            self._warn("short-form-ambiguous", note, text)
        return at

    def _learn_families(self, reference: Reference, source: Reference) -> None:
        """A short form shows which words of a name are the family: Lucía (Bravo Andrade)."""
        if reference.full or len(reference.authors) != len(source.authors):
            return
        source.authors = tuple(
            with_family(theirs, str(mine))
            for mine, theirs in zip(reference.authors, source.authors, strict=True)
        )

    def _compare(self, reference: Reference, source: Reference, note: Note) -> None:
        """Warn of what differs between two mentions of one source; fill in what the first lacks."""
        self._warn_of_name_slips(reference.authors, source.authors, note, source)
        short, full = reference.title, source.title
        if plain(short) not in (plain(full), plain(full.partition(": ")[0])):
            if not begins_with(normalised(full), normalised(short)):
                text = f"“{short}” was taken to be “{full}”."
                self._warn("title-near-match", note, text)
            elif not source.title_short and len(short) <= 200:
                source.title_short = short
        self._complete(reference, source)

    def _complete(self, reference: Reference, source: Reference) -> None:
        for name in _COMPLETED_FIELDS:
            if not getattr(source, name):
                setattr(source, name, getattr(reference, name))

    def _add(self, reference: Reference, note: Note) -> int:
        if reference.type == "chapter":
            self._complete_chapter(reference, note)
        elif not reference.full:
            self._complete_book(reference)
        self._complete_names(reference, note)
        if not reference.full:
            text = f"No earlier note gives “{reference.title}” in full; a bare source was made."
            self._warn("short-form-unresolved", note, text)
        self.sources.append(reference)
        self._titles.append(normalised(reference.title))
        return len(self.sources) - 1

    def _complete_names(self, reference: Reference, note: Note) -> None:
        """Give an author named by family name alone the given name from an earlier note."""
        if all(name.given or " " in name.literal for name in reference.authors):
            return
        known = {plain(n.family): n for s in self.sources for n in s.authors if n.given}
        for name in reference.authors:
            full = known.get(plain(str(name)))
            if full is None or name.given or (name.literal and " " in name.literal):
                continue
            names = tuple(full if n is name else n for n in reference.authors)
            reference.authors = names
            if reference.type == "report":
                reference.type = "book"
            self._warn("author-completed", note, f"“{name}” was taken for “{full}”.")

    def _complete_book(self, book: Reference) -> None:
        """Give a book that is cited in short what an earlier note about a chapter of it says."""
        people = book.authors or book.editors
        for chapter in self.sources:
            whole, theirs = normalised(chapter.container_title), chapter.editors
            if chapter.type != "chapter" or book.quoted or not people or not theirs:
                continue
            if begins_with(whole, normalised(book.title)) and same_family(theirs[0], people[0]):
                book.type, book.full, book.title = "book", True, chapter.container_title
                book.authors, book.editors = (), theirs
                for name in _IMPRINT_FIELDS:
                    setattr(book, name, getattr(chapter, name))
                return

    def _complete_chapter(self, chapter: Reference, note: Note) -> None:
        """Give a chapter the imprint and full title of its book, if an earlier note has them."""
        for book in self.sources:
            whole = book.container_title if book.type == "chapter" else book.title
            people = book.editors or (() if book.type == "chapter" else book.authors)
            if not is_book_of(chapter, book, whole, people):
                continue
            self._warn_of_name_slips(chapter.editors, people, note, book)
            short = chapter.container_title
            if plain(short) not in (plain(whole), plain(whole.partition(": ")[0])):
                chapter.container_title_short = short[:200]
            chapter.container_title, chapter.editors = whole, people
            for name in _IMPRINT_FIELDS:
                setattr(chapter, name, getattr(chapter, name) or getattr(book, name))
            return
        if not chapter.issued:
            text = f"No earlier note gives the book “{chapter.container_title}” in full."
            self._warn("container-unresolved", note, text)

    def _warn_of_name_slips(
        self, here: tuple[Name, ...], there: tuple[Name, ...], note: Note, source: Reference
    ) -> None:
        for mine, theirs in zip(here, there, strict=False):
            if near(mine, theirs):
                text = f"“{mine}” here, “{theirs}” in line {source.line}: taken to be the same."
                self._warn("author-near-match", note, text)

    def _label(self, at: int) -> str:
        source = self.sources[at]
        return f"“{source.title}” ({source.year or 'undated'})"

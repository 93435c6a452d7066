"""The structure of a manuscript as parsed: plain data without a database."""

from dataclasses import dataclass, field
from datetime import date

Pieces = tuple[str | int, ...]  # text, and the numbers of the notes in it


@dataclass(frozen=True)
class Caution:
    """One warning of the report: a code, the line it is about (from 1), and a sentence; and, which
    the report does not say, about which source or organisation it is, by its kind and index."""

    code: str
    line: int
    text: str
    about: tuple[str, int] | None = None


@dataclass(frozen=True)
class Line:
    """A line of the manuscript with its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Name:
    """A person (family, given) or a body (literal)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}".strip()


# The fields of a reference that a source has under the same names.
SOURCE_FIELDS = (
    *("type", "title", "title_short", "container_title", "container_title_short", "publisher"),
    *("publisher_place", "issued", "volume", "issue", "number", "symbol", "edition", "genre"),
    *("archive", "url", "archive_url", "accessed", "doi", "isbn", "note"),
)


@dataclass
class Reference:
    """A source as given in a note; `full` if the note gives more than a short form."""

    title: str
    type: str = "document"
    full: bool = False
    quoted: bool = False
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    title_short: str = ""
    container_title: str = ""
    container_title_short: str = ""
    publisher: str = ""
    publisher_place: str = ""
    issued: str = ""
    volume: str = ""
    issue: str = ""
    genre: str = ""
    number: str = ""
    symbol: str = ""
    edition: str = ""
    archive: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: date | None = None
    doi: str = ""
    isbn: str = ""
    note: str = ""
    key: str = ""
    line: int = 0

    @property
    def people(self) -> tuple[tuple[str, tuple[Name, ...]], ...]:
        """The names by their roles."""
        return ("author", self.authors), ("editor", self.editors), ("translator", self.translators)

    @property
    def year(self) -> int | None:
        """The year of publication, if the note gives one."""
        return int(self.issued[:4]) if self.issued else None


@dataclass(frozen=True)
class Locator:
    """A place in a source: the value for the report, and the words for the Markdown."""

    value: str
    written: str
    verbatim: bool = False


@dataclass
class Cited:
    """One citation in a note: the reference as parsed from `words`, and once linked the index of
    its source; `again` if it says “Ibid.” or “op. cit.”, `of_note` the note that “supra note 5”
    names, `same_author` if it says “Idem” for an author, `tentative` if it is one only where its
    author is known."""

    reference: Reference
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    again: bool = False
    of_note: int | None = None
    same_author: bool = False
    tentative: bool = False
    words: str = ""
    source: int = -1


@dataclass
class Note:
    """A printed note: its number, its line, its text, and the citations and words in it."""

    number: int
    line: int
    text: str
    parts: list[Cited | str] = field(default_factory=list)

    @property
    def citations(self) -> list[Cited]:
        """The citations of the note, in order."""
        return [part for part in self.parts if isinstance(part, Cited)]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or list of the text; a list has several items."""

    kind: str
    line: int
    items: tuple[Pieces, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Origin:
    """Where an article stood before: its address, and others that led to it; the slug; the day of
    publication (ISO 8601); who is said to have written it; categories and tags."""

    address: str = ""
    other_addresses: tuple[str, ...] = ()
    slug: str = ""
    published: str = ""
    modified: str = ""
    author: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    number: str = ""


@dataclass
class Manuscript:
    """An article as parsed: everything in it is in one of these fields.

    `facts` has the lines under each label, `labels` the line number of the label, `marked` the
    numbers of the notes whose markers were found.
    """

    name: str
    digest: str
    title: str
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sources: list[Reference] = field(default_factory=list)
    facts: dict[str, list[Line]] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    marked: set[int] = field(default_factory=set)
    left_over: list[Line] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    origin: Origin | None = None

    @property
    def paragraphs(self) -> int:
        """The number of blocks of body text: headings are not counted, a list counts as one."""
        return sum(block.kind != "heading" for block in self.blocks)

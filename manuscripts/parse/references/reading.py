"""Reads one citation: words before it, what it repeats, addresses, then the work in its form."""

import re
from dataclasses import replace

from .. import publication_details
from ..addresses import without_addresses
from ..manuscript import Cited
from ..names import JOINED
from ..note_patterns import CAPITAL, quotation
from .authorship import add_note
from .capitals import small_surnames
from .documents import read_document
from .east_asian import PUNCTUATION, read_east_asian
from .german_order import read_german_order
from .harvard import read_harvard
from .quoted import read_quoted
from .repeated import read_author_and_page, read_repeated
from .theses import school_last
from .unquoted import read_unquoted
from .words_kept import lost_words

_SEE = (
    r"(?:see(?:,? (?:also,?|for (?:example|instance),?|e\.g\.,?|generally|especially|inter "
    r"alia,?))?|cf\.|compare"
    r"|e\.g\.,?|contra|(?:as )?(?:cited|quoted|reprinted|reproduced) in|according to|drawn from|"
    r"(?:adapted|translated) from)[,:]?"
)
_WHAT_IS_IN_IT = rf"(?:(?-i:[a-z])[a-z -]{{2,60}} (?:in|by) (?={CAPITAL}))?"
_PREFIX = re.compile(
    rf"(?:and|also|and also) (?={CAPITAL}|van |de |al-)|(?:(?:for"
    r"|on) [^“\".;:@\[\]]{3,120}?,? )?(?:but |and |again )?"
    rf"{_SEE} {_WHAT_IS_IN_IT}(?=\S)"
    r"|(?:for|on|about|regarding|concerning) [a-z][^“\".;:@\[\]]{3,80}: (?=\S)"
    r"|(?:the|an?|this|these|his|her|their) [^“\".;:@\[\]]{3,80}?\b(?:printed|reproduced|found"
    r"|given|told"
    r"|described|discussed|analysed|documented|summarised|reported|quoted|cited)(?: \w+){0,3}? "
    r"(?:in|by) "
    r"(?=(?-i:[A-Z“‘«„]))"
    r"|(?:the|an?|this|these|his|her|their) (?-i:[a-z])[^“\".;:@\[\]\d]{3,80}?"
    r" (?-i:is|are|was|were|stands?|appears?) in (?=(?-i:[A-Z“‘«„]))"
    rf"|(?:on|for|about) (?:the|its|his|her|their|this) [^“\".;:@\[\]\d]{{3,60}}?, "
    r"(?=(?:van |de |al-)?(?-i:[A-Z“‘«„])"
    r"(?:[^,]*[.,].*\d|[\w’-]+(?: (?:and|&) [\w’-]+)? \d{1,4}\.?\Z))",
    re.I,
)
_ALIAS = re.compile(
    r"\s*[(\[](?:hereafter|hereinafter|henceforth|the)?[,:]?\s*(?:the )?[‘“\"']"
    r"(?P<alias>[^’”\"'()]{2,80})[’”\"'][)\]]"
    r"(?=[.,;:]|\Z)"
)
_LATER_PREFIX = re.compile(
    r"(?<=[.!?:,] )(?:(?:[Ss]ee,?(?: (?:also,?|for example,|for instance,|e\.g\.,?"
    r"|generally))?|[Cc]f\."
    r"|(?:as )?(?:[Cc]ited|[Qq]uoted|reprinted|reproduced) in|For [^“\".;:@\[\]]{3,80}, "
    r"see(?: also)?"
    r"|Compare)[,:]?) (?=\S)"
)


def split_prefix(text: str) -> tuple[str, str]:
    """The words before a citation, such as “See also” or a sentence that introduces it."""
    found = _PREFIX.match(text)
    if found:
        return found.group().strip(), text[found.end() :]
    for found in _LATER_PREFIX.finditer(text[:600]):
        if found.start() and not re.search(r"[“\"„«@;\[\]]|https?:", text[: found.start()]):
            return text[: found.end()].strip(), text[found.end() :]
    return "", text


def read(text: str) -> tuple[Cited, list[str]] | None:
    """The citation in a text, and doubts as “code: sentence”; None if the text is only words."""
    prefix, rest = split_prefix(text.strip())
    if repeated := read_repeated(rest):
        return replace(repeated, prefix=prefix), []
    same_author, rest = _idem(rest)
    rest, alias = _without_alias(rest)
    work = rest
    rest, eastern = rest.translate(PUNCTUATION).strip(), read_east_asian(rest)
    rest, accessed, no_day = publication_details.without_access(rest)
    rest, addresses = without_addresses(rest)
    doubts = [f"date-unread: The day of access is no date: {no_day}"] if no_day else []
    if not addresses.schemed:
        doubts.append(
            f"address-without-scheme: The address had no https:// in front: {addresses.url}"
        )
    rest, unsure = small_surnames(rest)
    doubts += [f"author-from-capitals: “{name}” is printed in capitals." for name in unsure]
    cited = eastern or _read_work(rest, addresses.url or addresses.archive_url, doubts)
    if cited is None or not re.search(r"\w", cited.reference.title):
        return None
    source = cited.reference
    source.title = source.title.replace(JOINED, " ")
    source.url, source.archive_url = addresses.url, addresses.archive_url
    source.doi, source.isbn, source.accessed = addresses.doi, addresses.isbn, accessed
    source.full = source.full or bool(addresses.doi or addresses.isbn)
    cited.prefix, cited.same_author = prefix or cited.prefix, same_author
    source.title_short = source.title_short or alias
    if same_author:
        doubts = [doubt for doubt in doubts if not doubt.startswith("author-missing")]
    return cited, doubts + _notes_for_editors(cited, work, no_day)


def _notes_for_editors(cited: Cited, work: str, no_day: str) -> list[str]:
    """Doubts about what no field of the source has; it is kept in the source's note."""
    source, doubts = cited.reference, []
    if source.note.endswith("“et al.”.") and source.full:
        doubts.append(f"authors-incomplete: {source.note}")
    elif source.note and source.full:
        doubts.append(f"reference-part-unread: {source.note}")
    if no_day:
        add_note(source, f"Accessed: {no_day}")
    if source.full and (lost := lost_words(work, cited)):
        doubts.append(f"reference-part-unread: Not understood, kept in the source’s note: {lost}")
        add_note(source, f"Also printed: {lost}")
    return doubts


def _without_alias(text: str) -> tuple[str, str]:
    """A text without the short title that it defines (“hereafter ‘Accord’”), and that."""
    found = _ALIAS.search(text)
    return (text[: found.start()] + text[found.end() :], found["alias"]) if found else (text, "")


def _has_no_author(cited: Cited) -> bool:
    """Whether the title of a book may begin with its author."""
    source = cited.reference
    people = source.authors or source.editors
    return source.full and source.type == "book" and not people and not cited.same_author


def _idem(text: str) -> tuple[bool, str]:
    """Whether a text begins with “Idem.” for the author of the work before, and the rest."""
    found = re.match(r"(?:idem|eadem|id|—{2,3})[.,]\s+(?=[^\W\d_]|[“\"«„])", text, re.I)
    return (True, text[found.end() :]) if found else (False, text)


def _read_work(text: str, url: str, doubts: list[str]) -> Cited | None:
    """The work, by the first reader whose form fits."""
    if document := read_document(text, url, doubts):
        return document
    if german := read_german_order(text, url):
        return german
    if harvard := read_harvard(text, url):
        return harvard
    if short := read_author_and_page(text):
        return short
    text = school_last(text)
    quoted = quotation(text)
    if quoted and re.match(r":\s+[^\W\d_]", quoted[2]) and publication_details.imprint(quoted[2]):
        quoted = None  # “The Bullets Were Raining”: The January Attack. (New York: HRW, 2002)
    cited = read_quoted(*quoted, url) if quoted else read_unquoted(text, url)
    if cited and _has_no_author(cited):
        doubts.append(f"author-missing: No author was read in front of “{cited.reference.title}”.")
    return cited

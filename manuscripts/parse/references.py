"""Parses one citation of a printed note; its form decides the type of the source."""

import re
from dataclasses import replace

from . import locators, publication_details
from .manuscript import Cited, Locator, Name, Reference
from .names import parse_names, plain, segments
from .note_patterns import is_one_name, is_prose, may_be_names, quotation
from .publication_details import Imprint

_PREFIX = re.compile(
    r"and (?=[A-Z“‘])|(?:(?:for|on) [^“\".;:@\[\]]{3,120}?,? )?(?:but |and )?"
    r"(?:see(?: also|,? for (?:example|instance)|,? e\.g\.)?|cf\.|compare|e\.g\."
    r"|(?:as )?(?:cited|quoted) in)[,:]? (?=\S)",
    re.I,
)
_LATER_PREFIX = re.compile(r"(?<=[.!?] )(?:See(?: also)?|Cf\.|(?:Cited|Quoted) in),? (?=\S)")
_THESIS = re.compile(
    r"\(?\b(?P<genre>(?:unpublished )?(?:(?:ph\.?d\.?|doctoral|m\.?a\.?|m\.?sc\.?|m\.?phil\.?"
    r"|master[’']?s|d\.?phil\.?|bachelor[’']?s) )+(?:thesis|dissertation)|(?:unpublished )?thesis"
    r"|(?:unpublished )?dissertation)\b[,:]?",
    re.I,
)
_VOLUME = re.compile(r"\bvol(?:ume|s)?\.?\s*(?P<n>[\w/–-]{1,20})", re.I)
_ISSUE = re.compile(r"\b(?:nos?|issues?|number|nr)\.?\s*(?P<n>\d[\w/–&-]{0,20}|[IVXLC]+\b)", re.I)
_VOLUME_ISSUE = re.compile(
    r"(?P<name>.*\D),?\s+(?P<v>\d{1,4})\s?(?::|\(|/)\s?(?P<n>[\d/–-]{1,9})\)?\.?"
)
_VOLUME_ALONE = re.compile(r"(?P<name>.*[^\W\d]),?\s+(?P<v>\d{1,3})\.?")
_IN = re.compile(r"in:?\s+(?=\S)", re.I)
_EDS = re.compile(r"\s*,?\s*\(\s*eds?\.?\s*\)\s*[.,:]?\s*", re.I)
_SPOKEN_SOURCE = re.compile(
    r"(?:(?:author’?s?|personal|private|e-?mail|telephone|skype) )*"
    r"(?:interviews?|conversations?|correspondence|communications?|e-?mails?|remarks|speech)\b",
    re.I,
)
_IBID = re.compile(r"ibid(?:em)?\b\.?,?\s*(?P<rest>.*)\Z", re.I)
_OP_CIT = re.compile(r"(?P<name>[^\d“\"]{2,80}?),?\s+op\.?\s?cit\b\.?,?\s*(?P<rest>.*)\Z", re.I)


def _split_prefix(text: str) -> tuple[str, str]:
    """The words before a citation, such as “See also” or a sentence that introduces it."""
    if found := _PREFIX.match(text):
        return found.group().strip(), text[found.end() :]
    for found in _LATER_PREFIX.finditer(text[:600]):
        if found.start() and not re.search(r"[“\"@;\[\]]|https?:", text[: found.start()]):
            return text[: found.end()].strip(), text[found.end() :]
    return "", text


def read(text: str) -> tuple[Cited, list[str]] | None:
    """The citation in a text, and doubts as “code: sentence”; None if the text is only words."""
    prefix, rest = _split_prefix(text.strip())
    if repeated := _ibid_or_op_cit(rest):
        return replace(repeated, prefix=prefix), []
    rest, accessed, no_day = publication_details.without_access(rest)
    rest, url, schemed = publication_details.without_address(rest)
    doubts = [f"date-unread: The day of access is no date: {no_day}"] if no_day else []
    if not schemed:
        doubts.append(f"address-without-scheme: The address has no https:// in front: {url}")
    quoted = quotation(rest)
    cited = _quoted(*quoted, url) if quoted else _unquoted(rest, url)
    if cited is None or not re.search(r"\w", cited.reference.title):
        return None
    source = cited.reference
    source.url, source.accessed = url, accessed
    if source.note:
        doubts.append(f"reference-part-unread: {source.note}")
    if no_day:
        source.note = f"{source.note} Accessed: {no_day}".strip()
    cited.prefix = prefix
    return cited, doubts


def _ibid_or_op_cit(text: str) -> Cited | None:
    if found := _IBID.match(text):
        author = ""
    elif found := _OP_CIT.match(text):
        author = found["name"]
    else:
        return None
    locator = locators.first_in(found["rest"])
    if found["rest"].strip(" .") and (locator is None or locator[1].strip(" .")):
        return None
    names = parse_names(author, short=True)[0] if author else ()
    return Cited(Reference("", authors=names), locator[0] if locator else None, again=True)


def _quoted(before: str, title: str, after: str, url: str) -> Cited | None:
    stopped = not before or before[-1] in ".,:"
    named = may_be_names(before) and (stopped or is_one_name(before))
    if not named and not (before.endswith(".") and _is_given_in_full(before, after)):
        return None
    title = title.rstrip(",").removesuffix(".").strip()
    after = after.lstrip(" ,.")
    source = Reference(title, quoted=True)
    chapter = _IN.match(after)
    if chapter and not after.startswith("In These Times"):
        return _chapter(source, before, after[chapter.end() :])
    imprint = publication_details.imprint(after)
    if imprint is None and not after.strip(" ."):
        return _with_names(source, before, Cited(source), full=bool(url))
    locator = locators.first_in(after)
    if imprint is None and locator:
        cited = Cited(source, locator[0], suffix=_trailing_words(locator[1]))
        return _with_names(source, before, cited, full=bool(url))
    return _article(source, before, after, imprint, url)


def _is_given_in_full(before: str, after: str) -> bool:
    """Whether an imprint shows that short words before the title are its author after all."""
    return len(before.split()) <= 8 and publication_details.imprint(after) is not None


def _article(
    source: Reference, before: str, after: str, imprint: Imprint | None, url: str
) -> Cited | None:
    if imprint is not None:
        container, locator, words = imprint.before, *_locator_and_words(imprint.after)
        _copy_imprint(source, imprint)
    else:
        container, locator = locators.split_last(after)
        words = ""
        issued, name = publication_details.dated(container.rstrip(" ."))
        if issued and re.match(r"\s?,", container[len(name) :]):
            source.issued, container = issued, name
    container = _split_numbers(source, container.strip(" ,."))
    numbered = bool(source.volume or source.issue)
    if thesis := _THESIS.search(container):
        source.type, source.genre = "thesis", thesis["genre"].strip(" (")
        source.publisher = source.publisher or container[thesis.end() :].strip(" ,.")
    elif not (imprint or url or numbered or source.issued):
        return None
    elif container:
        source.container_title = container
        source.type = "article-journal" if numbered else "article-newspaper"
    elif url and not source.publisher_place:
        source.type = "webpage"
    else:
        source.type = "report" if source.publisher else "document"
    return _with_names(source, before, Cited(source, locator, suffix=words), full=True)


def _split_numbers(source: Reference, container: str) -> str:
    """Set volume and issue from “Civil Wars, Vol. 4, No. 4” and return the name."""
    volume, issue = _VOLUME.search(container), _ISSUE.search(container)
    if volume or issue:
        source.volume = volume["n"] if volume else ""
        source.issue = issue["n"] if issue else ""
        spans = sorted(found.span() for found in (volume, issue) if found)
        rest, at = "", 0
        for start, end in spans:
            rest, at = rest + container[at:start], end
        name, tail = container[: spans[0][0]], (rest + container[at:])[spans[0][0] :]
        if extra := tail.strip(" ,.()"):
            source.note = f"Also printed after the journal’s name: {extra}"
        name = name.strip(" ,.(")
        if not volume and (found := _VOLUME_ALONE.fullmatch(name)):
            source.volume, name = found["v"], found["name"].strip(" ,")
        return name
    if found := _VOLUME_ISSUE.fullmatch(container):
        source.volume, source.issue = found["v"], found["n"]
        return found["name"].strip(" ,")
    if (found := _VOLUME_ALONE.fullmatch(container)) and source.issued:
        source.volume = found["v"]
        return found["name"].strip(" ,")
    return container


def _chapter(source: Reference, before: str, rest: str) -> Cited:
    source.type = "chapter"
    imprint = publication_details.imprint(rest)
    if imprint is not None:
        book, (locator, words) = imprint.before, _locator_and_words(imprint.after)
        _copy_imprint(source, imprint)
    else:
        (book, locator), words = locators.split_last(rest), ""
    people, title = "", book.strip()
    if roles := _EDS.search(book):
        people, title = book[: roles.start()], book[roles.end() :]
    else:
        parts = segments(book)
        if len(parts) > 1 and may_be_names(parts[0]):
            people, title = parts[0], " ".join(parts[1:])
    source.editors, _, others = parse_names(people)
    source.container_title = title.strip(" ,").removesuffix(".").strip()
    if others:
        source.note = "The manuscript names further editors as “et al.”."
    return _with_names(source, before, Cited(source, locator, suffix=words), full=True)


def _unquoted(text: str, url: str) -> Cited | None:
    imprint = publication_details.imprint(text)
    if imprint is not None and imprint.before:
        return _book(imprint, url)
    return _treaty(text, url) or _short_or_page(text, url)


def _book(imprint: Imprint, url: str) -> Cited | None:
    locator, words = _locator_and_words(imprint.after)
    authors, title = _author_and_title(imprint.before)
    source = Reference(title)
    _copy_imprint(source, imprint)
    thesis = _THESIS.search(title) or _THESIS.search(source.publisher)
    cited = _with_names(source, authors, Cited(source, locator, suffix=words), full=True)
    by_body = bool(source.authors) and bool(source.authors[0].literal)
    if thesis:
        source.type, source.genre = "thesis", thesis["genre"].strip(" (")
        if thesis.string == source.publisher:
            source.publisher = source.publisher[thesis.end() :].strip(" ,.")
        else:
            source.publisher = source.publisher or title[thesis.end() :].strip(" ,.()")
            source.title = title[: thesis.start()].strip(" ,.")
    elif url and not source.publisher_place:
        source.type = "webpage"
    else:
        source.type = "report" if by_body else "book"
    return cited


def _treaty(text: str, url: str) -> Cited | None:
    """“Title of the treaty, 1997.”, with or without an article (Art. 2) after the year."""
    words = text.strip()
    for stop in re.finditer(r"\d{4}(?=[.,]?(?:\s|\Z))", words):
        issued, title = publication_details.dated(words[: stop.end()])
        after = words[stop.end() :].strip(" .,")
        locator = locators.first_in(after) if after else None
        if not issued or (after and (locator is None or locator[1].strip(" ."))):
            continue
        if re.match(r"\s?,", words[len(title) :]):
            break
    else:
        return None
    if _SPOKEN_SOURCE.match(title) or (not url and is_prose(title)):
        return None
    authors, title = _author_and_title(title) if len(segments(title)) == 2 else ("", title)
    if not url and len(segments(title)) > 1:
        return None
    source = Reference(title.strip(" ."), type="treaty", issued=issued)
    return _with_names(source, authors, Cited(source, locator[0] if locator else None), full=True)


def _short_or_page(text: str, url: str) -> Cited | None:
    """“Lynch. Short title. p.5”, “Lynch, p.5”, “General Agreement, Art. 2”; or a bare address."""
    rest, locator = locators.split_last(text)
    if len(rest) > 400 or not rest.strip(" .") or (locator is None and not url and len(rest) > 200):
        return None
    authors, title = _author_and_title(rest)
    if authors and not may_be_names(authors):
        return None
    if not authors and not url and len(segments(rest)) > 1:
        return None
    if url and not authors and is_prose(title):
        return None
    source = Reference(title, type="webpage" if url else "document")
    return _with_names(source, authors, Cited(source, locator), full=bool(url))


def _author_and_title(text: str) -> tuple[str, str]:
    parts = segments(text)
    if len(parts) > 1 and may_be_names(parts[0]):
        return parts[0], " ".join(parts[1:]).strip(" ,").removesuffix(".").strip()
    if (roles := _EDS.search(text)) and roles.end() < len(text):
        return text[: roles.end()], text[roles.end() :].strip(" ,").removesuffix(".").strip()
    return "", text.strip(" ,").removesuffix(".").strip()


def _with_names(source: Reference, text: str, cited: Cited, *, full: bool) -> Cited:
    names, edited, others = parse_names(text, short=not full)
    if len(names) == 1 and source.publisher and plain(str(names[0])) == plain(source.publisher):
        names = (Name(literal=str(names[0])),)
    if edited:
        source.editors = names
    else:
        source.authors = names
    if others:
        source.note = "The manuscript names further authors as “et al.”."
    source.full = full
    return cited


def _copy_imprint(source: Reference, imprint: Imprint) -> None:
    source.publisher, source.publisher_place = imprint.publisher, imprint.place
    source.issued = imprint.issued


def _locator_and_words(after: str) -> tuple[Locator | None, str]:
    """The locator after an imprint, and the words after it."""
    if not after.strip(" .,"):
        return None, ""
    locator, rest = locators.first_in(after) or (None, after)
    return locator, _trailing_words(rest)


def _trailing_words(words: str) -> str:
    """The words after a locator, or nothing where only a full stop is left."""
    return words.rstrip() if words.strip(" .,") else ""

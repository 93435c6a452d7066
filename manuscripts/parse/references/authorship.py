"""Finds who made a work, where its title begins, and what stands between title and imprint."""

import re

from organisations.credited_names import is_body

from ..manuscript import Cited, Name, Reference
from ..name_lists import ROLES, parse_names
from ..names import STOPS, plain, segments
from ..note_patterns import is_name, is_written_small, may_be_names
from ..publication_details import Imprint

EDITORS = re.compile(
    rf"\s*,?\s*[(\[]\s*{ROLES}\s*[)\]]\s*[.,:]?\s*|,\s+(?:eds?\.?|dirs?\.|coords?\.|a cura di),\s+",
    re.I,
)
_EDITED = re.compile(
    r"(?:[.,;]\s*|\s)(?:\(?\s*(?:eds?\.|edited)\s+(?:and trans(?:lated|\.)\s+)?(?:by\s+)?"
    r"|\(?\s*(?:a cura di|sous la dir(?:ection|\.) d(?:e\s|’)"
    r"|(?:dir|coord|comp|org|éd)\. (?:par|por)"
    r"|(?:editado|coordinado|compilado|organizado|dirigé) (?:par|por)"
    r"|(?:hrsg\.|hg\.|herausgegeben) von)\s*)"
    r"(?P<names>[^()“”\"]{3,150}?)\)?(?=\s*\Z|,?\s+(?:\d|vol\b|\(|trans)|,\s+(?:vol|\d)|\.\s(?![A-Z]\.)|,\s[^,]+,\s\d{4})",
    re.I,
)
_TRANSLATED = re.compile(
    r"(?:[.,;]\s*|\s|\A)\(?trans(?:lated|l?\.)\s+(?:by\s+)?(?P<names>[^()“”\"\d]{3,100}?)\)?"
    r"(?=\s*\Z|,\s|\.\s|\.\Z)",
    re.I,
)
_EDITION = re.compile(
    r"[.,]?\s*[(,]?\s*(?P<n>\d{1,2}(?:st|nd|rd|th)|second|third|fourth|fifth|rev(?:ised)?\.?"
    r"|new|updated)\s+ed(?:n|ition|\.)?\.?\)?(?=[\s,.;)]|\Z)",
    re.I,
)
_ORDINALS = {"second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th"}
_NUMBER = re.compile(
    r",\s+(?P<n>[A-Z]{2,}[A-Z0-9]*(?:[/.(-][A-Z0-9]+\)?){1,6}\d*)(?:,\s+(?P<place>[A-Z][\w-]+))?\Z"
)  # of a report: SADC/FR/2
_VOLUMES = re.compile(r"[.,]?\s*\b(?P<n>\d{1,2}) vols?\.?(?=\s*\Z|[.,])", re.I)
_BODY_WITH_LIST = re.compile(
    r"(?:the )?(?:ministry|department|office|committee|commission|bureau|secretariat|institute"
    r"|centre|center|division|directorate)\b[^,]*\b(?:of|for|on)\b[^,]*\Z",
    re.I,
)
_ONE_INVERTED = r"(?:[a-z’]+ ){0,2}[^\W\d_][\w’-]+(?: [A-Z][\w’-]+)?, (?:[A-Z]\.[ -]?){1,4}"
_INVERTED = re.compile(
    rf"(?P<names>{_ONE_INVERTED}(?:(?:,? (?:and|&) |, ){_ONE_INVERTED}){{0,5}}),? "
    rf"(?P<title>[^\W\d_].*)"
)  # Lee, A. B. and Ek, C., Harbours
_ENDS_WITH_INITIAL = re.compile(
    r"(?P<names>[^\W\d_][^.,\d]{1,40}, [^\W\d_][\w’-]+ [A-Z]\.) (?P<title>[^\W\d_]{2}.*)"
)  # Lee, Ann B. Harbours
_KIND_OF_WORK = re.compile(
    r"report|rapport|rapporto|informe|relatório|relazione|bericht|verslag|study|étude|estudio", re.I
)
_NUMBERED = re.compile(r"(?:vol(?:ume|s)?|nos?|issue)\.?\s*\d", re.I)  # no title
_WITH_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,3}\s?(?:[a-z’]+ ){0,2}[A-Z][\w’-]+")
_AND_SO_ON = re.compile(r"(?:[A-Z][\w-]+ ){1,3}(?:and|&) [A-Z][\w-]+(?: [A-Z][\w-]+)?")


def author_and_title(text: str, *, short: bool = False) -> tuple[str, str]:
    """Who made a work and its title, divided by a full stop (the house), or else by a comma."""
    parts = segments(text)
    if len(parts) > 1 and may_be_names(parts[0]) and not _holds_a_title(parts[0], short=short):
        return parts[0], without_stop(" ".join(parts[1:]))
    roles = EDITORS.search(text)
    if (
        roles
        and roles.start() > 0
        and roles.end() < len(text)
        and may_be_names(text[: roles.start()])
    ):
        return text[: roles.end()], without_stop(text[roles.end() :])
    names, title = _before_a_comma(text, short=short)
    return (names, without_stop(title)) if names else ("", without_stop(text))


def _holds_a_title(names: str, *, short: bool) -> bool:
    """Whether “Ann Alpha, The Long Peace” is a name and the beginning of a title."""
    people, title = _before_a_comma(names, short=short)
    return bool(people) and not is_body(names) and bool(re.match(r"(?:the|a|an)\s", title, re.I))


def without_stop(title: str) -> str:
    """A title without the punctuation around it."""
    title = title.strip(" ,")
    return (title[:-1] if title[-1:] in STOPS else title).strip(" ,")


def _before_a_comma(text: str, *, short: bool) -> tuple[str, str]:
    """The names that stand before a comma and the title after it: “Ann Alpha, The Long Peace”,
    “Ann Alpha, Bo Beta, and Cy Gamma, The Long Peace”. Nothing where there are none."""
    parts = re.split(r",\s+", text)
    if len(parts) < 2:
        return "", text
    if inverted := _INVERTED.fullmatch(text):
        return inverted["names"], inverted["title"]
    count = _number_of_names(parts, short=short)
    if not count:
        return "", text
    if _BODY_WITH_LIST.match(parts[0]) and len(parts) > 2 and _AND_SO_ON.fullmatch(parts[1]):
        count = 2
    if count < len(parts) - 1 and re.fullmatch(
        r"(?:eds?\.?|et al\.?|Jr\.?|Sr\.?|I{2,3})", parts[count]
    ):
        count += 1
    names, title = ", ".join(parts[:count]), ", ".join(parts[count:])
    is_title = re.search(r"[^\W\d_]", title) and not _NUMBERED.match(title)
    first = title.partition(", ")[0]
    if is_written_small(names) and " " not in first and not _KIND_OF_WORK.fullmatch(first):
        return "", text  # “Mission impossible de l’ONU, Paris, Seuil, 2002”: that is a town
    return (names, title) if is_title else ("", text)


def _number_of_names(parts: list[str], *, short: bool) -> int:
    """How many of the parts between commas are names, before the title."""
    count = 0
    listed = short and any(re.match(r"(?:and|&)\s", part) for part in parts[1:])
    for at, part in enumerate(parts[:-1]):
        ends_list = bool(re.search(r"(?:\A|\s)(?:and|&)\s", part))
        halves = [p for p in re.split(r"(?:\A|\s+)(?:and|&)\s+", part) if p]
        elsewhere = re.split(r"\s+(?:et|und|y|e)\s+", part)
        if not ends_list and len(elsewhere) > 1 and all(map(is_name, elsewhere)):
            ends_list, halves = True, elsewhere
        if ends_list and not is_body(part):
            if at and not short and len(halves) > 1 and not all(" " in half for half in halves):
                break
            if all(is_name(half, short=short and (at == 0 or listed)) for half in halves):
                count = at + 1
            break
        if at == 0 and is_name(part, short=short):
            count = 1
        elif at and at == count and _WITH_INITIALS.fullmatch(part):
            count = at + 1  # K. Annan, N. Mousavizadeh, Interventions
        elif at == 0 or not (is_name(part, short=listed) and not is_body(part)):
            break
    return count


def inverted_author(text: str) -> tuple[str, str]:
    """The author and the rest of “Alpha, Ann, and Bo Beta. The Long Peace. Zed, 2005”."""
    if initial := _ENDS_WITH_INITIAL.fullmatch(text):
        return initial["names"], initial["title"]
    parts = segments(text)
    if len(parts) < 2 or "," not in parts[0]:
        return "", text
    return parts[0], " ".join(parts[1:])


def with_names(source: Reference, text: str, cited: Cited, *, full: bool) -> Cited:
    """The citation with the names in `text` as authors, or editors where it says so."""
    names, edited, others = parse_names(text, short=not full)
    publisher = plain(source.publisher)
    names = tuple(
        Name(literal=str(n)) if publisher and plain(str(n)) == publisher else n for n in names
    )
    if edited:
        source.editors = names
    else:
        source.authors = names
    if others:
        add_note(source, "The manuscript names further authors as “et al.”.")
    source.full = full
    return cited


def add_note(source: Reference, words: str) -> None:
    """Add words for editors to the note of a source."""
    source.note = f"{source.note} {words}".strip()


def copy_imprint(source: Reference, imprint: Imprint) -> None:
    """Place, publisher and date of an imprint, in the source."""
    source.publisher, source.publisher_place = imprint.publisher, imprint.place
    source.issued = imprint.issued


def take_details(source: Reference, title: str) -> str:
    """The title without its edition, translators, editors and number of volumes, which go into the
    source; “Treatise. Trans. Di Delta. 3 vols.” is Treatise."""
    if (found := _NUMBER.search(title)) and re.search(r"\d", found["n"]):
        source.number, title = found["n"][:80], title[: found.start()]
        source.publisher_place = source.publisher_place or found["place"] or ""
    if found := _VOLUMES.search(title):
        add_note(source, f"In {found['n']} volumes.")
        title = title[: found.start()] + title[found.end() :]
    if (found := _EDITION.search(title)) and found.start():
        words = found["n"].casefold()
        source.edition = _ORDINALS.get(
            words, found["n"] if words[0].isdigit() else f"{found['n']} ed."
        )
        title = title[: found.start()] + title[found.end() :]
    if (found := _TRANSLATED.search(title)) and may_be_names(found["names"]):
        source.translators = parse_names(found["names"])[0]
        title = title[: found.start()] + title[found.end() :]
    if (found := _EDITED.search(title)) and found.start() and may_be_names(found["names"]):
        source.editors = parse_names(found["names"])[0]
        title = title[: found.start()] + title[found.end() :]
    return without_stop(title)


def is_edited(text: str) -> bool:
    """Whether a text names a book's editors: “Mali in Peace, edited by Di Delta, Zed, 2009”."""
    found = _EDITED.search(text)
    return bool(found and found.start() and may_be_names(found["names"]))


def book_and_editors(book: str) -> tuple[str, str]:
    """The editors and the title of a book that contains a chapter."""
    if roles := EDITORS.search(book):
        before, after = book[: roles.start()], book[roles.end() :]
        if after.strip(" .,"):
            return before, after
        people, title = author_and_title(before)
        return (people, title) if people else ("", before)
    if (found := _EDITED.search(book)) and may_be_names(found["names"]):
        return found["names"], book[: found.start()] + book[found.end() :]
    parts = segments(book)
    if len(parts) > 1 and may_be_names(parts[0]):
        return parts[0], " ".join(parts[1:])
    return "", book

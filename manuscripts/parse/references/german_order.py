"""Reads works as German notes print them: “Author: Title. Place Year”, “Author: Chapter. In: Editor
(Hg.): Book. Place Year”, “Author: „Article“. In: Journal 12 (1993)”."""

import re

from organisations.credited_names import is_body

from .. import locators
from ..manuscript import Cited, Reference
from ..names import segments
from ..note_patterns import AGREEMENT, is_name, quotation
from .authorship import add_note, take_details, with_names, without_stop
from .imprints import TOWN, is_place
from .quoted import read_quoted
from .tails import trailing_words

_ORDER = re.compile(
    r"(?P<names>[^:“”„\"«»()\d]{3,160}?)(?P<roles>\s\([^()]{2,12}\))?: (?P<rest>\S.*)\Z", re.S
)
_IN = re.compile(r"(?<=[.!?]) In: (?=\S)")
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_SERIES = re.compile(r"\s*\((?P<series>=? ?[^()]{3,80} \d{1,4})\)(?=[,.]|\s*\Z)")
_EDITION = re.compile(r"(?P<n>\d{1,2})\. Aufl(?:age|\.)\s*,?\s*")
_TOWN = TOWN.replace(".-", "-")  # what follows a full stop is none of a town's words
_PLACE = rf"(?:St\. )?{_TOWN}(?: a\. ?M\.)?"
_IMPRINT = re.compile(
    rf"[.,!?]\s+(?:(?P<place>{_PLACE})(?:: (?P<publisher>[^.:\d]{{2,60}}?))?,? "
    rf"|(?P<town>{_PLACE}), (?P<firm>[^.,:\d]{{2,60}}), "
    rf"|(?P<house>[^\W\d_][^.,:\d]{{1,60}}), (?P<seat>{_PLACE}) )"
    rf"{_YEAR}\Z"
)


def read_german_order(text: str, url: str) -> Cited | None:
    """The citation of a work whose author a colon follows; None for other works, and for titles
    that hold a colon themselves: there a town and a year, or “In:”, have to follow."""
    found = _ORDER.match(text)
    names = _in_order(found["names"]) if found else ""
    if found is None or not names:
        return None
    if found["roles"]:
        names += found["roles"]
    rest = found["rest"]
    quoted = quotation(rest)
    if quoted and not quoted[0]:
        return read_quoted(f"{names},", quoted[1], quoted[2], url)
    if inside := _IN.search(rest):
        title, after = rest[: inside.start()], rest[inside.start() :]
        return read_quoted(f"{names},", without_stop(title), after, url)
    return _book(names, rest)


def _in_order(printed: str) -> str:
    """The names before the colon, “&” between them; "" where they are none."""
    parts = re.split(r"\s*/\s*|,? (?:und|&|and) ", printed.strip())
    if not all(map(_is_author, parts)) or any(map(is_place, parts)) or AGREEMENT.search(printed):
        return ""
    return " & ".join(_given_first(part) for part in parts)


def _is_author(part: str) -> bool:
    family, comma, given = part.partition(", ")
    if len(segments(part)) > 1:
        return False  # “Alpha, Ann. The Quartet: A History” has its colon in the title
    if comma:
        return is_name(family, short=True) and is_name(given, short=True) and "," not in given
    return is_name(part) and (not is_body(part) or " " in part)


def _given_first(part: str) -> str:
    family, comma, given = part.partition(", ")
    return f"{given} {family}" if comma and not is_body(family) else part


def _book(names: str, rest: str) -> Cited | None:
    """“Title. Subtitle. 2. Auflage, Place: House Year, S. 3”."""
    source = Reference("", type="book")
    before, locator, words = locators.split(rest)
    before = before.rstrip(" .")
    if series := _SERIES.search(before):
        add_note(source, f"Printed with its series: {series['series']}.")
        before = before[: series.start()] + before[series.end() :]
    imprint = _IMPRINT.search(before)
    if imprint is None or not imprint.start():
        return None
    source.issued = imprint["year"]
    source.publisher_place = imprint["place"] or imprint["town"] or imprint["seat"]
    source.publisher = imprint["publisher"] or imprint["firm"] or imprint["house"] or ""
    title = before[: imprint.start()]
    if edition := _EDITION.search(title):
        source.edition, title = edition["n"], title[: edition.start()]
    source.title = take_details(source, without_stop(title))
    cited = with_names(
        source, names, Cited(source, locator, suffix=trailing_words(words)), full=True
    )
    people = source.authors or source.editors
    if people and people[0].literal:
        source.type = "report"
    return cited

"""Reads treaties and judgments: a name, a date, a number in a series, an article."""

import re

from .. import locators, publication_details
from ..manuscript import Cited, Locator, Reference
from ..names import segments
from ..note_patterns import AGREEMENT, is_name, is_prose
from ..publication_details import Imprint
from .authorship import add_note, author_and_title, with_names, without_stop
from .tails import locator_and_words, trailing_words

_SPOKEN_SOURCE = re.compile(
    r"(?:(?:author’?s?|personal|private|e-?mail|telephone|skype) )*"
    r"(?:interviews?|conversations?|correspondence|communications?|e-?mails?|remarks|speech)\b",
    re.I,
)
_SIGNING = re.compile(
    r",?\s+(?:signed|adopted|concluded|done)(?:\s+(?:at|in)\s+(?P<place>[^,\d]{2,60}?))?(?:,?\s+on)?\Z",
    re.I,
)
_TREATY_SERIES = re.compile(
    r",?\s*(?P<number>(?:UN|United Nations|League of Nations) Treaty Series,? vol\.? \d{1,4},?"
    r" (?:(?:No|p|pp)\.? )\d{1,6}"
    r"|\d{1,4} (?:UNTS|U\.N\.T\.S\.|LNTS|ILM|I\.L\.M\.|ETS) (?:No\. )?\d{1,6})",
    re.I,
)
NO_TREATY = re.compile(r"(?:[A-Z]+, )?(?:minutes|decision|record|summary|transcript)\b", re.I)
PERIODICAL = re.compile(
    r"\bHansard\b|\b(?:Times|Post|Guardian|Herald|Gazette|Telegraph|Tribune|Courier|Daily|Chronicle"
    r"|Zeitung|Mail|Monde|Figaro|Newspaper)\Z"
)
JUDGMENT = re.compile(
    r"(?P<title>[^“\"]{5,300}?),\s+(?P<reports>(?:I\.?C\.?J\.?|P\.?C\.?I\.?J\.?|E\.?C\.?H\.?R\.?)"
    r"(?: Rep(?:orts|\.)?)?),?\s+\(?(?P<year>(?:19|20)\d\d)\)?(?P<place>,?\s.*)?"
)
_SIGNED = re.compile(
    r"(?:signed|adopted|concluded|done|opened for signature|entered into force)\b", re.I
)


def is_dated_treaty(imprint: Imprint) -> bool:
    named = bool(AGREEMENT.search(imprint.before)) and "," not in imprint.before
    publisher = imprint.publisher and not _SIGNED.match(imprint.publisher)
    return named and not (publisher or imprint.place) and len(segments(imprint.before)) == 1


def is_treaty(text: str) -> bool:
    return (
        bool(AGREEMENT.search(text.partition(",")[0]))
        and len(segments(text.partition(",")[0])) == 1
    )


def read_judgment(found: re.Match[str]) -> Cited:
    """“Case concerning A (B v. C), Judgment, I.C.J. Reports 1999, p. 1045, para. 12”."""
    locator, words = locator_and_words(found["place"] or "")
    source = Reference(found["title"], type="legal_case", issued=found["year"], full=True)
    source.container_title = found["reports"]
    return Cited(source, locator, suffix=words)


def read_dated_treaty(imprint: Imprint) -> Cited:
    """“Peace Accord (1994), Art. 2”, “Peace Accord (signed 3 May 1994) 1750 UNTS 12, art 2”."""
    after = imprint.after
    source = Reference(
        without_stop(imprint.before), type="treaty", issued=imprint.issued, full=True
    )
    if series := _TREATY_SERIES.match(after):
        source.number, after = series["number"], after[series.end() :]
    if " " in imprint.publisher:
        dates = publication_details.dates_in(imprint.publisher)  # signed one day, in force later
        source.issued = dates[0][0] if dates else imprint.issued
        add_note(
            source, f"Also printed: {imprint.publisher} {imprint.issued if dates else ''}".strip()
        )
    locator, words = locator_and_words(after)
    return Cited(source, locator, suffix=words)


def read_treaty(text: str, url: str) -> Cited | None:
    """“Title of the treaty, 1997.”, with or without an article (Art. 2) after the year."""
    dated = _title_and_date(text.strip())
    if dated is None:
        return None
    title, issued, series, locator = dated
    if _SPOKEN_SOURCE.match(title) or (not url and is_prose(title)):
        return None
    authors, title = author_and_title(title) if len(segments(title)) == 2 else ("", title)
    if not url and len(segments(title)) > 1:
        return None
    if (
        not authors
        and not AGREEMENT.search(title)
        and "," in title
        and is_name(title.partition(",")[0])
        and not url
    ):
        return None
    title, place = _without_signing(title, issued)
    kind = "document" if PERIODICAL.search(title) or NO_TREATY.match(title) else "treaty"
    source = Reference(title.strip(" ."), type=kind, issued=issued, publisher_place=place)
    source.number = series
    suffix = trailing_words(locator[1]) if locator else ""
    return with_names(
        source, authors, Cited(source, locator[0] if locator else None, suffix=suffix), full=True
    )


def _title_and_date(words: str) -> tuple[str, str, str, tuple[Locator, str] | None] | None:
    """What stands before a date, the date, the number in a series, and the place after it."""
    for stop in re.finditer(r"\d{4}(?=[.,]?(?:\s|\Z))", words):
        issued, title = publication_details.dated(words[: stop.end()])
        after = words[stop.end() :].strip(" .,")
        series = _TREATY_SERIES.match(after)
        after = after[series.end() :].strip(" .,") if series else after
        locator = locators.first_in(after) if after else None
        if not issued or (after and (locator is None or not _may_end(locator[1]))):
            continue
        if title.endswith(" of") and AGREEMENT.search(title):
            title = words[: stop.end()]  # “Agreement of 24 April 1995”
            return title, issued, series["number"] if series else "", locator
        if re.match(r"\s?,", words[len(title) :]) or _SIGNING.search(title):
            return title, issued, series["number"] if series else "", locator
    return None


def _without_signing(title: str, issued: str) -> tuple[str, str]:
    """The title of a treaty without where it was signed, and that: “…, signed at Bonn on”, or
    “…, Bonn” before a full date."""
    if signing := _SIGNING.search(title):
        return title[: signing.start()], signing["place"] or ""
    name, comma, place = title.rpartition(", ")
    place_like = re.fullmatch(r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)?", place)
    of_one_word = " " not in place or AGREEMENT.search(name)
    if comma and len(issued) == 10 and "," not in name and place_like and of_one_word:
        return name, place
    return title, ""


def _may_end(words: str) -> bool:
    return not words.strip(" .") or bool(re.match(r"\s*[(\[]", words))

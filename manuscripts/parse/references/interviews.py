"""Reads interviews: with whom, where and when; of somebody without a name they are words."""

import re

from .. import publication_details
from ..manuscript import Cited, Reference
from ..note_patterns import is_name
from .authorship import add_note, with_names
from .treaties import PERIODICAL

_BY = r"(?: (?:conducted )?by (?:the )?authors?)?"
_INTERVIEW = re.compile(
    r"(?:the )?(?:(?:authors?[’']{0,2}s?|personal|telephone|phone|online|skype|zoom|video) )*"
    rf"interviews?{_BY}(?: with (?P<who>[^,()]{{3,80}}?)(?=,| \(| (?:in|at) (?-i:[A-Z])|\Z)"
    r"|, (?P<named>[^,]{3,80})(?=, [^,]+, \d))",
    re.I,
)
_TITLE = r"(?P<title>(?:(?:personal|telephone|phone) )?interview(?:ed)?"
_INTERVIEWED = re.compile(
    rf"(?P<who>[^,“\"]{{3,60}}),\s+{_TITLE}(?: (?:by|with) [^,]{{3,60}})?)(?P<rest>,.*)\Z", re.I
)
_INVERTED = re.compile(
    rf"(?P<who>[^,.“\"]{{2,40}}, [^,.“\"]{{2,40}})\.\s+{_TITLE}(?: (?:by|with) the author)?)"
    r"(?P<rest>[,.] .*)\Z",
    re.I,
)  # MLA: “Alpha, Ann. Personal interview. 3 May 2014”
_PARTICLES = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|do|dos|du|la|le|ter|ten|al|el|ibn|bin|bint|ben|abu"
    r"|ould|ag) )*"
)
_WORD = r"(?:[a-z]{1,3}[-’'])?[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'.-]*"  # Alpha, al-Kathiri, d’Arc
_NAMED = re.compile(rf"(?!An? ){_PARTICLES}{_WORD} {_PARTICLES}{_WORD}")
_OFFICE = re.compile(
    r"(?:(?:\([^()]*\)|[a-z][^,]*|[^,]* (?:of|for|to) [^,]*)(?:,\s+|\Z))+"
)  # “then minister, Bamako”, “Minister of Justice, Bamako”
_MEDIUM = re.compile(
    r"\b(?:radio|rádio|rundfunk|television|télévision|televisión|TV|FM|BBC|CNN|RFI|NPR|PBS|AFP|Reuters"
    r"|Jazeera|Arabiya|Deutsche Welle|Channel|Magazine|Review|Weekly|Daily|Mirror|Star|Standard"
    r"|Observer|Spiegel|Express|News|Today|Journal|Reporter|Podcast)\b"
    r"|\A(?-i:(?:The|Die|Das|Het|Il|De) (?!Hague\b|Gambia\b|Bronx\b|Bilt\b)[A-Z]"
    r"|[A-Z]{2,4}[ -]?\d?\Z)",
    re.I,
)  # a station or newspaper by its words: Radio Okapi, Channel 4, The Nation
_NUMBER_OF_STATION = re.compile(r"\b(?:BBC|Canal|Channel|FM|France|Radio|TV) ?\d{1,3}(?:\.\d)?\b")
_MAY_BE_EITHER = re.compile(
    r"(?:L[aeo]s?|El|Der|Den|O|A|L’|L') ?(?!Paz\b|Salvador\b|Habana\b|Havana\b|Angeles\b|Havre\b"
    r"|Fasher\b|Haag\b|Haye\b|Plata\b|Serena\b|Obeid\b|Geneina\b|Aaiún\b|Oued\b)[A-ZÀ-Þ].*"
)  # “La Nación” may be a newspaper, “La Palma” a place
_PLACE_LIKE = re.compile(r"[A-Z][^\d.;:]{1,60}")


def read_interview(text: str) -> Cited | None:
    """“Interview with Ann Alpha, Bamako, 3 May 2014”, “Ann Alpha, interview by the author, …”."""
    if found := _INTERVIEW.match(text):
        return _interview(text, found)
    if found := _INTERVIEWED.match(text) or _INVERTED.match(text):
        return _interviewed(found)
    return None


def _interview(text: str, found: re.Match[str]) -> Cited | None:
    who = found["who"] or found["named"]
    source = Reference(text[: found.end()], type="interview")
    if not _NAMED.match(who) or not _take_place_and_date(source, text[found.end() :]):
        return None  # the words are named where notes are linked
    return Cited(source)


def _interviewed(found: re.Match[str]) -> Cited | None:
    title = found["title"][0].upper() + found["title"][1:]
    source = Reference(title, type="interview")
    who = found["who"].strip(" .")
    if not all(is_name(part, short=True) for part in who.split(", ")):
        return None
    if not _take_place_and_date(source, found["rest"]):
        return None
    return with_names(source, who, Cited(source), full=True)


def _take_place_and_date(source: Reference, rest: str) -> bool:
    """Set the date, and the place, newspaper or station before it; what else is said is kept in
    the source's note. Whether it is no more than that."""
    dates = publication_details.dates_in(rest)
    if not dates:
        return False
    issued, start, end = dates[-1]
    place = re.sub(r"\A\s(?:in|at) |\bon\s*\Z", "", rest[:start]).strip(" ,.")
    place = place if ")" in place else place.replace("(", ", ").strip(" ,.")
    office = found.group() if (found := _OFFICE.match(place)) else ""
    place = place[len(office) :]
    after = rest[end:].strip(" ,.)")
    if re.search(r"\d", office + _NUMBER_OF_STATION.sub("", place)) or (
        after and (place or not _PLACE_LIKE.fullmatch(after))
    ):
        return False
    source.issued, source.full = issued, True
    _take_where(source, place)
    if office:
        add_note(source, f"Also printed: {office.strip(' ,()')}.")
    if after:
        add_note(source, f"Perhaps the place of the interview: {after}.")
    return True


def _take_where(source: Reference, printed: str) -> None:
    """Set the newspaper or the station, and the place, that stand in front of the date. What may be
    either is neither, and is kept in the source's note."""
    parts = printed.split(", ")
    media = [part for part in parts if PERIODICAL.search(part) or _MEDIUM.search(part)]
    others = [part for part in parts if part not in media]
    unsure = [part for part in others if _MAY_BE_EITHER.fullmatch(part)] if not media else []
    source.container_title = ", ".join(media)
    source.publisher_place = ", ".join(part for part in others if part not in unsure)[:100]
    if unsure:
        words = ", ".join(unsure)
        add_note(source, f"Perhaps where the interview was held or printed: {words}.")

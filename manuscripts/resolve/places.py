"""Finds the countries named in a title or a location."""

import re
from dataclasses import dataclass

from manuscripts.parse.names import plain
from organisations.models import Country

from .directory import Directory

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_FALSE_FRIENDS = {  # names that contain a country's name and mean another, or none
    ("northern", "ireland"): "GBR",
    ("niger", "delta"): "NGA",
    ("niger", "river"): "",
    ("gulf", "of", "guinea"): "",
    ("lake", "chad"): "",
    ("new", "mexico"): "USA",
    ("inner", "mongolia"): "CHN",
    ("french", "guiana"): "GUF",
    ("somali", "region"): "",
}
_MAX_WORDS = 400
_TERRITORIES = {
    "ALA": "Finland",
    "JEY": "the United Kingdom",
    "GGY": "the United Kingdom",
    "IMN": "the United Kingdom",
}
# What stands after a name that is then part of another: Jersey Street, Jordan Valley.
_NAMED_AFTER = frozenset(
    """street road avenue square lane boulevard valley river bay lake sea gulf strait channel basin
    hotel university college school hospital airport palace house hall bridge park station mountains
    hills embassy""".split()
)
_NAMED_BEFORE = frozenset("mount lake hotel saint st".split())
# What stands before a country that the place is beside, not in.
_BESIDE = re.compile(
    r"(?:\b(?:borders?|frontier|boundary) (?:area |region )?(?:with|to)|\b(?:bordering"
    r"|neighbou?ring)(?: on)?"
    r"|\b(?:adjacent|next|close) to|\b(?:near|opposite|across from|facing|off|outside|away from)"
    r"|\bexiled? (?:in|to)|\brefugees (?:in|from)"
    r"|\b(?:near|close to|beyond|along|across) (?:the )?(?:\w+ )?"
    r"(?:borders?|frontiers?|boundar(?:y|ies)) (?:with|of|to)"
    r"|\b(?:occupied|claimed|annexed|administered|controlled|invaded|supported|backed|mediated|hosted"
    r"|brokered|led) by|\b(?:based|trained|signed|held) in"
    r"|(?<!the )\b(?:north|south|east|west)(?:east|west)? of"
    r"|\b(?:talks|negotiations|conference|meetings?) (?:held )?in)(?: the)?\s*\Z",
    re.I,
)
_AND = re.compile(r"\s*(?:,|and|&|or|/)\s*(?:the\s+)?\Z", re.I)


@dataclass(frozen=True)
class Mention:
    """A country that a text names without saying that the conflict was there, and why not."""

    country: Country
    reason: str


def countries_in(text: str, directory: Directory) -> tuple[list[Country], list[Mention]]:
    """The countries named in `text` as the place, in order, the longest name first: Guinea-Bissau,
    not Guinea; and those that it only mentions: “near the border with Niger”, “Jersey Street”.

    Acronyms count only in capitals.
    """
    spans = [f for f in _WORD.finditer(text) if f.group().casefold() != "the"][:_MAX_WORDS]
    tokens = [found.group() for found in spans]
    words = [plain(token) for token in tokens]
    found: list[Country] = []
    mentioned: list[Mention] = []
    at, beside_until = 0, -1
    while at < len(words):
        country, length = _country_at_start(words[at:], tokens[at:], directory)
        if country is not None:
            start, end = spans[at].start(), spans[at + length - 1].end()
            before = re.sub(r"\bthe\s*\Z", "", text[:start], flags=re.I)
            follows = beside_until >= 0 and bool(_AND.fullmatch(text[beside_until:start]))
            reason = _reason_against(before, text[end:], country, follows)
            if reason:
                mentioned.append(Mention(country, reason))
                beside_until = end if reason.startswith("the text") else -1
            elif country not in found:
                found.append(country)
        at += length or 1
    return found, mentioned


def _reason_against(before: str, after: str, country: Country, follows: bool) -> str:
    """Why the country is not the place of the conflict, or ""."""
    following = re.match(r"[ -]([A-Z]\w+)", after)
    if following and following[1].casefold() in _NAMED_AFTER:
        return f"it is part of the name “{country} {following[1]}”"
    if (word := re.search(r"([A-Z]\w+)\.?\s\Z", before)) and word[1].casefold() in _NAMED_BEFORE:
        return f"it is part of the name “{word[1]} {country}”"
    if _BESIDE.search(before):
        return "the text says that the place is beside it, or that something else was there"
    if follows:
        return "the text names it along with a country that the place is beside"
    if owner := _TERRITORIES.get(country.alpha3):
        return f"it is a territory of {owner}; is that the country?"
    return ""


def _country_at_start(
    words: list[str], tokens: list[str], directory: Directory
) -> tuple[Country | None, int]:
    """The country whose name `words` begin with, and the number of words of the name."""
    for length in range(min(directory.longest_country, len(words)), 0, -1):
        name = tuple(words[:length])
        if name in _FALSE_FRIENDS:
            code = _FALSE_FRIENDS[name]
            return next((c for c in directory.countries if c.alpha3 == code), None), length
        if found := directory.country(name):
            country, written = found
            is_acronym = written.isupper() and len(plain(written).replace(" ", "")) <= 5
            if not is_acronym or all(token.isupper() for token in tokens[:length]):
                return country, length
    return None, 0

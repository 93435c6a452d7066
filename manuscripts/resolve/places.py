"""Finds the countries named in a title or a location."""

import re

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


def countries_in(text: str, directory: Directory) -> list[Country]:
    """The countries named in `text`, in order, the longest name first: Guinea-Bissau, not Guinea.

    Acronyms count only in capitals.
    """
    tokens = [found.group() for found in _WORD.finditer(text)][:_MAX_WORDS]
    tokens = [token for token in tokens if token.casefold() != "the"]
    words = [plain(token) for token in tokens]
    found: list[Country] = []
    at = 0
    while at < len(words):
        country, length = _country_at_start(words[at:], tokens[at:], directory)
        if country is not None and country not in found:
            found.append(country)
        at += length or 1
    return found


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

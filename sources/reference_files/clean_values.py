"""Values as references have them: clean text, addresses, DOIs, ISBNs, ORCIDs, languages.

Each gives an empty text for what it cannot be. The last signs are those of ISO 2108 (ISBN) and
ISO 7064 MOD 11-2 (ORCID).
"""

import re
from typing import Any

from ..plain_text import plain, without_markup

KEY = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,79}")
ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9xX]")
_ADDRESS = re.compile(r"(https?)(://[^\s<>\"/?#]+[^\s<>\"]*)", re.I)
_NEVER_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in "\\^`{|}"}  # RFC 3986
_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.I)
_ORCID = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", re.I
)
_ISBN = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){8}(?:(?:[ -]?[0-9]){3})?[ -]?[0-9xX](?![0-9])")
_BETWEEN_PAGES = re.compile(r" ?(?:--|[\u2010-\u2015\u2212]) ?")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_LANGUAGES = (
    "en english eng american british usenglish ukenglish canadian australian;"
    "de german deu ger ngerman deutsch austrian naustrian;fr french fra fre francais français;"
    "es spanish spa español;it italian ita;pt portuguese por brazilian;ru russian rus русский;"
    "ar arabic ara;fa persian farsi fas per;tg tajik tgk;uk ukrainian ukr;nl dutch nld dut;"
    "pl polish pol;zh chinese zho chi;ja japanese jpn;tr turkish tur;sv swedish swe;"
    "no norwegian nor;da danish dan;fi finnish fin;el greek ell gre;he hebrew heb;hi hindi hin;"
    "sr serbian srp;hr croatian hrv;hu hungarian hun;ro romanian ron rum;bg bulgarian bul;"
    "cs czech ces cze;sw swahili swa;so somali som;am amharic amh;ka georgian kat geo;"
    "hy armenian hye arm;az azerbaijani aze;uz uzbek uzb;la latin lat"
)
_CODES = {name: group.split()[0] for group in _LANGUAGES.split(";") for name in group.split()}


def clean(value: Any) -> str:
    """The value as one line of text without markup."""
    return plain(without_markup(str(value)))


def shortened(value: Any, longest: int = 200) -> str:
    """The beginning of a value, to be shown in a message."""
    text = plain(str(value)[: 4 * longest])
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def key(value: str) -> str:
    """The value where it is a key as we have them, of at most 80 signs."""
    return value if KEY.fullmatch(value) else ""


def address(value: str) -> str:
    """An http or https address. The signs that RFC 3986 never allows are written by their
    number."""
    found = _ADDRESS.fullmatch(plain(value).replace("&amp;", "&"))
    return found[1].lower() + found[2].translate(_NEVER_IN_ADDRESSES) if found else ""


def doi(value: str) -> str:
    """The DOI alone, beginning with “10.”."""
    text = plain(value).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    found = _DOI.fullmatch(text)
    return found[1] if found else ""


def isbn(value: str) -> str:
    """The first ISBN in the value whose last sign is right, as digits and hyphens."""
    for found in _ISBN.finditer(plain(value).translate(_DASHES)):
        signs = [10 if sign in "xX" else int(sign) for sign in found[0] if sign not in " -"]
        weights = range(10, 0, -1) if len(signs) == 10 else (1, 3) * 6 + (1,)
        total = sum(sign * weight for sign, weight in zip(signs, weights, strict=True))
        if total % (11 if len(signs) == 10 else 10) == 0 and (len(signs) == 10 or signs[-1] < 10):
            return found[0].replace(" ", "-").upper()
    return ""


def orcid(value: str) -> str:
    """The ORCID alone, where its last sign is right."""
    found = _ORCID.fullmatch(plain(value))
    if not found:
        return ""
    total = 0
    for digit in found[1][:-1].replace("-", ""):
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return found[1].upper() if found[1][-1].upper() == ("X" if last == 10 else str(last)) else ""


def language(value: str) -> str:
    """The language's code where its name is known, else what was written."""
    text = clean(value)
    return text if len(text) == 2 else _CODES.get(text.casefold(), text)


def page(value: str) -> str:
    """First and last page with a hyphen between them: 49-72."""
    return _BETWEEN_PAGES.sub("-", clean(value))

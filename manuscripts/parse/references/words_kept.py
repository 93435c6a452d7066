"""Checks that every word of a printed citation is in one of the fields it was read into."""

import re
import unicodedata

from .. import months
from ..manuscript import Cited, Reference
from ..publication_details import DIGITS

_LETTERED_YEAR = re.compile(r"\A((?:1[5-9]|20)\d\d)[a-z]\Z")  # 2010a
_EAST_ASIAN = r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_IS_EAST_ASIAN = re.compile(rf"{_EAST_ASIAN}+")
_NUMBER_OR_SIGN = re.compile(rf"(?<=\d)(?={_EAST_ASIAN})|(?<={_EAST_ASIAN})(?=\d)")
_UNITS = re.compile(
    r"\A(?:参见|参看|參見|見|见|载于?|載|收入|所収)|第|卷|巻|期|号|號|年度?|月|日|页|頁|호|권|년|월|일|쪽"
    r"|(?:主编|主編|编著|編著|编|編|著|译|譯|訳|等|엮음|옮김|지음)\Z"
)  # what numbers and names are said to be
_WORD = re.compile(r"[^\W_]+")
LABELS = frozenset(
    """a d accessed addition afterword also an and archived art article at available by chapter col
    cit consulted dated de diss diss doc document doi ed eds edited edition editor editors edn
    et al for from hrsg http https ibid in is isbn issue last n nd no nos note number of on
    online op page pages para pp p published res resolution retrieved rev see series st the to
    trans translated translation u un und unpublished url v via viewed visited vol volume vols
    www 10 13 y и др others signed x т с № bd nr heft s вып стр chap th rd nº org
    new t tome tomo band hg hgg dir dirs coord coords comp comps orgs red cura di éd éds par por
    aufl auflage sous la direction de dans en em von herausgegeben núm num pág págs""".split()
)
_FIELDS = (
    *(
        "title",
        "title_short",
        "container_title",
        "publisher",
        "publisher_place",
        "issued",
        "volume",
        "issue",
        "genre",
    ),
    *("number", "symbol", "edition", "archive", "url", "archive_url", "doi", "isbn", "note"),
)
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})


def lost_words(printed: str, cited: Cited) -> str:
    """The words of the printed citation that no field has, in order; labels (“vol.”, “ed.”) and the
    parts of dates that were read are none."""
    everything = " ".join(_all_text(cited))
    kept = set(words(_apart(everything)))
    dated = {f"{int(part)}" for part in cited.reference.issued.split("-") if part}
    if accessed := cited.reference.accessed:
        dated |= {str(accessed.day), str(accessed.month), str(accessed.year)}
    with_month = len(cited.reference.issued) > 4 or bool(accessed)
    lost = []
    for word in words(_apart(printed)):
        is_month = with_month and word in months.NUMBERS
        day = re.sub(r"(?:st|nd|rd|th)\Z", "", word)
        if _IS_EAST_ASIAN.fullmatch(word) and _UNITS.sub("", word) in everything:
            continue
        if word in kept or word in LABELS or is_month or day.lstrip("0") in dated:
            continue
        lost.append(word)
    return " ".join(lost)


def _apart(text: str) -> str:
    """A text with a blank between numbers and the signs of China, Japan and Korea."""
    return _NUMBER_OR_SIGN.sub(" ", text)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    text = unicodedata.normalize("NFC", text).casefold().translate(DIGITS)
    return [_LETTERED_YEAR.sub(r"\1", word) for word in _WORD.findall(text)]


def _all_text(cited: Cited) -> list[str]:
    source: Reference = cited.reference
    found = [str(getattr(source, name)) for name in _FIELDS]
    for names in (source.authors, source.editors, source.translators):
        found += [str(name) for name in names]
    found += [cited.prefix, cited.suffix]
    if cited.locator:
        found += [cited.locator.value, cited.locator.written]
    return found

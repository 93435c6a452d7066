"""Checks that every word of a printed citation is in one of the fields it was read into."""

import re
import unicodedata

from .. import months
from ..manuscript import Cited, Reference
from ..publication_details import DIGITS

_LETTERED_YEAR = re.compile(r"\A((?:1[5-9]|20)\d\d)[a-z]\Z")  # 2010a
_WORD = re.compile(r"[^\W_]+")
LABELS = frozenset(
    """a d accessed addition afterword also an and archived art article at available by chapter col
    cit consulted dated de diss diss doc document doi ed eds edited edition editor editors edn
    et al for from hrsg http https ibid in is isbn issue last n nd no nos note number of on
    online op page pages para pp p published res resolution retrieved rev see series st the to
    trans translated translation u un und unpublished url v via viewed visited vol volume vols
    www 10 13 y и др others signed x т с № bd nr heft s вып стр chap th rd nº org
    new t tome tomo band hg hgg dir dirs coord coords comp comps orgs red cura di éd éds par por
    sous la direction de dans en em von herausgegeben núm num pág págs""".split()
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
    kept = set(words(" ".join(_all_text(cited))))
    dated = {f"{int(part)}" for part in cited.reference.issued.split("-") if part}
    if accessed := cited.reference.accessed:
        dated |= {str(accessed.day), str(accessed.month), str(accessed.year)}
    with_month = len(cited.reference.issued) > 4 or bool(accessed)
    lost = []
    for word in words(printed):
        is_month = with_month and word in months.NUMBERS
        day = re.sub(r"(?:st|nd|rd|th)\Z", "", word)
        if word in kept or word in LABELS or is_month or day.lstrip("0") in dated:
            continue
        lost.append(word)
    return " ".join(lost)


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

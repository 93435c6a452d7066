"""Recognises theses by the words that say so, in several languages, and the school after them."""

import re

from .. import publication_details
from ..manuscript import Reference

_DEGREE = (
    r"(?:ph\.?\s?d\.?|doctoral|doctorate|ed\.?d\.?|ll\.?m\.?|m\.?a\.?|m\.?sc\.?|m\.?phil\.?|m\.?litt\.?"
    r"|m\.?res\.?|b\.?a\.?|d\.?phil\.?|master(?:[’']?s)?|bachelor(?:[’']?s)?|honou?rs"
    r"|(?:post|under)?graduate)"
)
_ELSEWHERE = (
    r"thèse(?: (?:de|d[’'])\s?(?:doctorat|état|\w+))?|mémoire de (?:master|maîtrise|licence|dea)"
    r"|tesis (?:doctoral|de (?:doctorado|maestría|máster|licenciatura|grado))"
    r"|tese de (?:doutorado|doutoramento|mestrado)|dissertação de mestrado"
    r"|tesi di (?:laurea|dottorato)|(?:magister|master|diplom|doktor|bachelor)arbeit"
    r"|inaugural-?dissertation|proefschrift|doktorsavhandling|(?:doktora|yüksek lisans) tezi"
    r"|(?:(?:кандидатская|докторская) )?диссертация"
)
_GENRE = (
    rf"(?P<genre>(?:unpublished )?(?:(?:{_DEGREE} )+(?:thesis|dissertation|diss\.)(?!\w)"
    rf"|thesis \({_DEGREE}\)"
    r"|(?:thesis|dissertation|diss\.)(?=[.,:;)\]]|\Z|(?<=\.) )"
    rf"|(?:{_ELSEWHERE})(?: (?:en|em|in) [^,.()\d]{{3,40}})?(?=[.,:;)\]]|\Z)))"
)
_THESIS = re.compile(
    rf"(?:\A|(?<=[.,] )|(?<=[(\[])){_GENRE}[,:.)\]]*", re.I
)  # “The Democratic Peace Thesis” is a title
_SCHOOL_FIRST = re.compile(
    rf"(?<=[.”\"»’] )(?P<year>(?:19|20)\d\d)[.,] (?P<school>[^.,\d]{{3,120}}), {_GENRE}", re.I
)


def school_last(text: str) -> str:
    """A text with MLA’s “2010. University of Zenda, PhD diss.” in the order of all others."""
    return _SCHOOL_FIRST.sub(r"\g<genre>, \g<school>, \g<year>", text, count=1)


def take_thesis(source: Reference, words: str, *, titled: bool = False) -> str | None:
    """Make a thesis of a source whose publisher, or the `words` printed for it, say that it is one,
    and return the words in front of that; else None. `titled` where they begin with its title."""
    if found := _THESIS.search(source.publisher):
        before, after = source.publisher[: found.start()], source.publisher[found.end() :]
        source.publisher, front = (after.strip(" ,.:") or before).strip(" ,.("), words
    elif (found := _THESIS.search(words)) and (found.start() or not titled):
        front, after = words[: found.start()].strip(" ,([").removesuffix("."), words[found.end() :]
        if not source.issued:
            source.issued, after = publication_details.dated(after.strip(" ,.()[]"))
        source.publisher = source.publisher or after.strip(" ,.:()[]")
    else:
        return None
    source.type, source.genre = "thesis", found["genre"]
    return front

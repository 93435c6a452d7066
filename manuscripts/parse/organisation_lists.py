"""Parses lists of organisations: names between commas, governments, ministries, sentences."""

import re
from collections.abc import Callable

from organisations.credited_names import is_body

from .subjects import SUBJECTS

_GOVERNMENTS = re.compile(r"(?:the )?governments of (?:the )?(?=\S)", re.I)
_COMMON_PREFIXES = ("local ", "regional ", "various ", "other ", "neighbouring ")
_OF_MINISTRIES = re.compile(
    r"(?:the )?(?:ministr(?:y|ies)|departments?|office|committee|commission|bureau"
    r"|secretariat|institute"
    r"|centre|center|division|directorate)\b.*\b(?:of|for|on)\b.*\Z",
    re.I,
)
_BY_WHOM = re.compile(
    r"\A[A-Z].{0,200}?\b(?:led|mediated|conducted|carried out|undertaken|implemented"
    r"|facilitated|brokered"
    r"|organi[sz]ed|initiated|run|sponsored|made|convened|headed)\b(?: \w+ly| jointly| mainly"
    r"| primarily)? by "
    r"(?P<list>.+)\Z",
    re.S,
)
_HELPED_BY = re.compile(
    r",?\s+(?:and )?(?:together |along |jointly )?with (?:the )?(?:(?:active |strong |some "
    r")?(?:support|help"
    r"|assistance|backing|participation|involvement|mediation) (?:of|from|by) )?",
    re.I,
)


_SUPPORTED_BY = re.compile(
    r",?\s+(?:and )?(?:supported|assisted|backed|helped) by |,?\s+with (?:the )?(?:active "
    r"|strong )?"
    r"(?:support|help|assistance|backing) (?:of|from) ",
    re.I,
)
_COALITION = re.compile(
    r"(?:.*\b)?(?:troika|quartet|quint|contact group|coalition|friends|guarantors|alliance"
    r"|commission|committee|tripartite \w+|group) (?:of|between) (?P<country>[^,;]+)",
    re.I,
)
_OF_PEOPLES = re.compile(
    r"(?:the |local |traditional |religious |paramount )*(?i:councils?|elders|chiefs|leaders|clans"
    r"|women|youths?|assembl(?:y|ies)|representatives|members|delegates|kings|sultans|communities)"
    r"\b(?: [a-z]+)* of the [^\W\d_][\w’-]+ and the [A-Z][a-z][\w’-]*\Z"
)  # “Elders of the Gabra and the Borana” are one
_ACRONYM_AT_END = re.compile(r"\((?P<acronym>[A-Z]{3,10})\)[\s.]*\Z")


def _no(name: str) -> bool:
    return False


def list_in_prose(text: str) -> str:
    """The list of a sentence that says by whom an initiative was led; other text as it is, but for
    “with the support of”."""
    text = re.sub(r",\s+(?:and )?(?:jointly )?(?:led|headed|chaired|convened) by ", ", ", text)
    found = _BY_WHOM.match(text)
    return _HELPED_BY.sub(", ", found["list"]) if found else _SUPPORTED_BY.sub(", ", text)


def organisation_names(
    text: str,
    is_country: Callable[[str], bool] = _no,
    is_organisation: Callable[[str], bool] = _no,
) -> list[str]:
    """The names of a list of organisations, without a leading “the”.

    “The governments of A and B” become “Government of A” and “Government of B”; anything else stays
    as written. An “and” divides names only where the second begins with “the” or where all are
    surely names: countries, acronyms, organisations that we know."""
    names: list[str] = []
    governments: list[str] = []  # of “the governments of A, B and C”, while the list goes on
    for piece in _with_coalitions_whole(_list_pieces(text), is_country):
        closing = bool(re.match(r"(?:and|&)\s", piece, re.I))
        piece = re.sub(r"\A(?:and|&)\s+", "", piece, flags=re.I)
        if governments:
            parts = _countries_of(piece)
            if parts and all(_may_be_place(part) or is_country(part) for part in parts):
                names += [f"Government of {part}" for part in parts]
                governments = [] if closing or len(parts) > 1 else [piece]
                continue
            governments = []
        if found := _GOVERNMENTS.match(piece):
            article = "the " if found.group().lower().endswith("of the ") else ""
            places = _countries_of(article + piece[found.end() :])
            names += [f"Government of {place}" for place in places]
            governments = places if len(places) == 1 else []
        else:
            names += map(_clean_name, _own_names(piece, is_country, is_organisation))
    return [name for name in dict.fromkeys(names) if re.search(r"\w", name)]


def _list_pieces(text: str) -> list[str]:
    """The pieces between commas and semicolons outside brackets."""
    parts, start, depth = [], 0, 0
    for at, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth = max(0, depth - 1)
        elif c in ",;" and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    parts = _with_acronyms_whole(_with_ministries_whole(parts))
    governments = r"\s+(?:and|&)\s+(?=the governments of\b)"
    parts = [half for part in parts for half in re.split(governments, part, flags=re.I)]
    return [part.strip() for part in parts if part.strip(" .")]


def _with_ministries_whole(parts: list[str]) -> list[str]:
    """The pieces, with “Trade and Development” back behind “Ministry of Foreign Affairs”."""
    whole: list[str] = []
    for part in parts:
        belongs = whole and _OF_MINISTRIES.match(whole[-1].strip())
        if belongs and (fields := SUBJECTS.match(part.strip())):
            rest = part.strip()[fields.end() :].strip()
            field_words = part.strip()[: fields.end()].strip()
            joined = re.sub(r"\s+(?:and|&)\Z", "", field_words, flags=re.I)
            if not rest:
                whole[-1] = f"{whole[-1].strip()}, {field_words}"
                continue
            if joined != field_words and rest:
                whole[-1] = f"{whole[-1].strip()}, {joined}"
                whole.append(rest)
                continue
        whole.append(part)
    return whole


def _with_acronyms_whole(parts: list[str]) -> list[str]:
    """The pieces, those joined again of which only together the acronym behind them is made:
    “Military Observer Mission, Ecuador and Peru (MOMEP)”."""
    whole: list[str] = []
    for part in parts:
        found = _ACRONYM_AT_END.search(part)
        if whole and found and _initials(part[: found.start()]) != found["acronym"]:
            joined = f"{whole[-1].strip()}, {part.strip()}"
            if _initials(joined[: joined.rindex("(")]) == found["acronym"]:
                whole[-1] = joined
                continue
        whole.append(part)
    return whole


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", text) if word[0].isupper())


def _with_coalitions_whole(parts: list[str], is_country: Callable[[str], bool]) -> list[str]:
    """The pieces, with the countries behind “Troika of Portugal” joined to it again."""
    whole: list[str] = []
    is_open = False
    for part in parts:
        countries = _countries_of(re.sub(r"\A(?:and|&)\s+", "", part, flags=re.I))
        if is_open and countries and all(map(is_country, countries)):
            whole[-1] = f"{whole[-1]}, {part}"
            is_open = len(countries) == 1 and not re.match(r"(?:and|&)\s", part, re.I)
            continue
        found = _COALITION.fullmatch(part)
        is_open = bool(found) and is_country(found["country"] if found else "")
        whole.append(part)
    return whole


def _is_coalition(piece: str, is_country: Callable[[str], bool]) -> bool:
    found = _COALITION.match(piece)
    return bool(found) and all(map(is_country, _countries_of(found["country"] if found else "")))


def _own_names(
    piece: str, is_country: Callable[[str], bool], is_organisation: Callable[[str], bool]
) -> list[str]:
    """The names in “AU and Burkina Faso”, where each is surely one; else as `_two_names` has it."""
    if is_country(piece) or is_organisation(piece) or _is_coalition(piece, is_country):
        return [piece]
    parts = re.split(r"\s+(?:and|&)\s+(?![^()]*\))", piece)
    if len(parts) > 1 and all(
        is_country(part) or is_organisation(part) or _is_acronym(part) or (n and _is_league(part))
        for n, part in enumerate(parts)
    ):
        return parts
    return _two_names(piece)


def _is_acronym(text: str) -> bool:
    word = re.sub(r"\Athe\s+", "", text.strip(" ."), flags=re.I)
    return word.isupper() and word.isalpha() and 1 < len(word) < 9


def _is_league(text: str) -> bool:
    """Whether a text is a body whose name, in capitals throughout, stands on its own."""
    words = text.strip(" .").split()
    return len(words) > 1 and all(word[0].isupper() for word in words) and is_body(text)


def _two_names(piece: str) -> list[str]:
    """“The UN and the OSCE” are two; “Security and Cooperation in Europe” is part of one."""
    if _OF_PEOPLES.match(piece):
        return [piece]
    parts = re.split(r"\s+(?:and|&)\s+(?=the\s+\S)(?![^()]*\))", piece)
    first, last = [*re.split(r" and (?![^()]*\))", piece, maxsplit=1), ""][:2]
    if len(parts) > 1 or not last:
        return parts
    acronym = last.strip(" .").isupper() and " " not in last.strip(" .")
    if acronym and (first.isupper() or is_body(first)):
        return [first, last]
    return [first, last] if last.lower().startswith(_COMMON_PREFIXES) else parts


def _countries_of(text: str) -> list[str]:
    """The countries in “A and B”, but not split within names such as Bosnia and Herzegovina."""
    parts = re.split(r"\s+(?:and|&)\s+(?!Herzegovina|Tobago|Nevis|Barbuda|Caicos|Grenadines)", text)
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _may_be_place(text: str) -> bool:
    words = text.split()
    if words[0].lower() == "the":
        words = words[1:]
    if not words or len(words) > 5 or not words[0][0].isupper():
        return False
    acronym = len(words) == 1 and words[0].isupper()
    if acronym:
        return words[0].strip(".").replace(".", "") in (
            "UK",
            "US",
            "USA",
            "DRC",
            "USSR",
            "UAE",
            "CAR",
        )
    return text.startswith("the United ") or not is_body(" ".join(words)) or words[0] == "United"


def _clean_name(text: str) -> str:
    text = re.sub(r"\Athe\s+", "", text.strip(), flags=re.I)
    return text if re.search(r"\b[A-Z]\.[A-Z]\.\Z", text) else text.rstrip(" .")

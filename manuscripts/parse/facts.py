"""Parses the facts printed under an article: years, lists of terms, organisations, impact."""

import re
from collections.abc import Callable

from organisations.credited_names import is_body

from .manuscript import Line
from .publication_details import dated

_SEPARATOR = re.compile(r"\s*(?:,\s*and\b|,\s*&|[,;/]|\band\b|&)\s*", re.I)
_GOVERNMENTS = re.compile(r"(?:the )?governments of (?:the )?(?=\S)", re.I)
_COMMON_PREFIXES = ("local ", "regional ", "various ", "other ", "neighbouring ")
_IN_BRACKETS = re.compile(r"\((?P<date>[^()]{4,30})\)\s*\Z")
_ADDRESS = re.compile(r"\bhttps?://\S+\Z")
_OF_MINISTRIES = re.compile(
    r"(?:the )?(?:ministr(?:y|ies)|departments?|office|committee|commission|bureau"
    r"|secretariat|institute"
    r"|centre|center|division|directorate)\b.*\b(?:of|for|on)\b.*\Z",
    re.I,
)
_FIELDS_OF_MINISTRIES = re.compile(
    r"(?:(?:and |& )?(?:international |foreign |humanitarian |social |rural |regional "
    r"|public |religious "
    r"|veterans |women.?s |gender |economic )?(?:trade|development|cooperation|co-operation"
    r"|culture|sports?"
    r"|science|technology|education|youth|tourism|agriculture|forestry|fisheries|environment|energy"
    r"|industry|commerce|labou?r|health|justice|immigration|citizenship|affairs|communications?"
    r"|transport|planning|reintegration|demobili[sz]ation|disarmament|resettlement|arts|housing|water"
    r"|finance|reconstruction|refugees|rehabilitation|women|gender|children|family|families|defence"
    r"|defense|security|interior|mines|equality|reconciliation|peace|migration|humanitarian aid|aid"
    r"|investment|innovation|research|information|media|welfare|employment|policy|policies"
    r"|governance|elections|human rights|rights|relief|repatriation|equipment|public works|works"
    r"|lands?|livestock|environmental protection|social affairs)(?: affairs)?(?:\s+(?:and"
    r"|&)\s+)?){1,3}",
    re.I,
)
_IMPACT = re.compile(
    r"(?:(?:the )?impact (?:of [^.]{1,80} )?(?:was|is|has been|proved|remains?)(?: to "
    r"be)?\s+)?(?P<word>lasting|limited|contested|fail(?:ed|ure)|too (?:early|soon)(?: to "
    r"(?:say|tell))?)\b"
    r"[\s.:;,–—-]*(?P<note>.*)\Z",
    re.I | re.S,
)


def pieces(text: str) -> list[tuple[int, int]]:
    """Start and end of each piece between commas, semicolons, slashes and “and”."""
    spans, start = [], 0
    for found in _SEPARATOR.finditer(text):
        spans.append((start, found.start()))
        start = found.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip(" .")]


def impact(lines: list[Line]) -> tuple[str, str, list[Line]]:
    """The impact (a slug of `CaseContent.Impact` or ""), its note, and lines that are neither."""
    text = " ".join(line.text for line in lines).strip()
    found = _IMPACT.match(text)
    if found is None:
        return "", "", [line for line in lines if line.text]
    word = found["word"].lower()
    slug = "failed" if word.startswith("fail") else "too-early" if word.startswith("too") else word
    if len(found["note"]) > 500:
        return slug, "", lines
    return slug, found["note"].strip(), []


def agreements(lines: list[Line]) -> tuple[list[dict[str, str]], list[Line]]:
    """The agreements of a list, one per line or between semicolons, by title, date (ISO 8601, as
    much of it as is printed in brackets at the end) and address; and lines that are none."""
    found: list[dict[str, str]] = []
    unread: list[Line] = []
    for line in lines:
        for piece in filter(None, (part.strip(" .") for part in line.text.split(";"))):
            words, address = _without_address(piece)
            printed = _IN_BRACKETS.search(words)
            date, besides = dated(printed["date"]) if printed else ("", "")
            if printed and date and not besides:
                words = words[: printed.start()]
            else:
                date = ""
            title = words.strip(" ,.")
            if not 0 < len(title) <= 300 or len(address) > 500:
                unread.append(Line(line.number, piece))
            elif (title, date) not in ((a["title"], a["date"]) for a in found):
                found.append({"title": title, "date": date, "address": address})
    return found, unread


_DATED_LINE = re.compile(r"(?P<date>[^:–—]{4,30}?)\s*(?::|\s[–—-]\s)\s*(?P<line>\S.*)\Z")


def events(lines: list[Line]) -> tuple[list[dict[str, str]], list[Line]]:
    """The dated lines of a chronology, “27 June 1997: what happened”, by date (ISO 8601, as much of
    it as is printed); and lines that are none."""
    found: list[dict[str, str]] = []
    unread: list[Line] = []
    for line in lines:
        parts = _DATED_LINE.match(line.text)
        date, besides = dated(parts["date"]) if parts else ("", "")
        if parts is None or not date or besides or len(parts["line"]) > 300:
            unread.append(line)
        elif (event := {"date": date, "line": parts["line"]}) not in found:
            found.append(event)
    return found, unread


def _without_address(text: str) -> tuple[str, str]:
    found = _ADDRESS.search(text)
    return (text[: found.start()], found.group().strip()) if found else (text, "")


def unwrapped(lines: list[Line]) -> list[Line]:
    """The lines of a wrapped list joined into one; a list with one name per line as it is."""
    if any(line.text.endswith(",") or "," in line.text for line in lines[:-1]):
        return [Line(lines[0].number, " ".join(line.text for line in lines))]
    return lines


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


def list_in_prose(text: str) -> str:
    """The list of a sentence that says by whom an initiative was led; other text as it is."""
    found = _BY_WHOM.match(text)
    return _HELPED_BY.sub(", ", found["list"]) if found else text


def organisation_names(
    text: str, is_country: Callable[[str], bool] = lambda name: False
) -> list[str]:
    """The names of a list of organisations, without a leading “the”.

    “The governments of A and B” become “Government of A” and “Government of B”; anything else stays
    as written, and an “and” divides two names only where the second begins with “the”.
    """
    names: list[str] = []
    governments: list[str] = []  # of “the governments of A, B and C”, while the list goes on
    for piece in _list_pieces(text):
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
            names += [_clean_name(part) for part in _two_names(piece)]
    return list(dict.fromkeys(name for name in names if re.search(r"\w", name)))


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
    parts = _with_ministries_whole(parts)
    governments = r"\s+(?:and|&)\s+(?=the governments of\b)"
    parts = [half for part in parts for half in re.split(governments, part, flags=re.I)]
    return [part.strip() for part in parts if part.strip(" .")]


def _with_ministries_whole(parts: list[str]) -> list[str]:
    """The pieces, with “Trade and Development” back behind “Ministry of Foreign Affairs”."""
    whole: list[str] = []
    for part in parts:
        belongs = whole and _OF_MINISTRIES.match(whole[-1].strip())
        if belongs and (fields := _FIELDS_OF_MINISTRIES.match(part.strip())):
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


def _two_names(piece: str) -> list[str]:
    """“The UN and the OSCE” are two; “Security and Cooperation in Europe” is part of one."""
    parts = re.split(r"\s+(?:and|&)\s+(?=the\s+\S)", piece)
    first, _, last = piece.partition(" and ")
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

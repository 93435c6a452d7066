"""Recognises quoted titles, lists of names and prose by their form."""

import re

from organisations.credited_names import is_body, is_kind_of_body, is_kind_of_body_elsewhere

from .names import STOPS, is_east_asian_person, is_small, is_uncased, segments

_ENDS = {"“": '”"“', '"': '"”', "„": '“”"', "«": "»", "»": "«", "‘": "’'", "'": "'’", "‹": "›"}
CAPITAL = r"(?-i:[^\W\d_a-zà-öø-ÿа-я]|[“‘«„])"  # what a work begins with: A, ა, 王, a quotation
_DOUBLE = '“"„«»'
_OPENING = re.compile(
    r"(?:\A|(?<=[\s(]))[“\"„«](?=\s?\S)|(?:\A|(?<=[\s(]))»(?=[^\W\d_])"
    r"|(?:\A|(?<=[.,)\]:] ))[‘'‹](?=\S)"
)
_LOWER_IN_NAMES = frozenset(
    "and of for the in on de la le van von der den del della di da do dos das du ter ten te al el "
    "ibn bin bint ben abu ould ag los las dei degli et eds ed others to zu af av with und y e u a "
    "through between against to и др editor editors".split()
)
_LOWER_IN_BODIES = frozenset(
    "into under concerning regarding towards within among as its their or former".split()
)
_SMALL_ELSEWHERE = re.compile(
    r"\s(?:de|du|des|del|della|do|da|para|pour|sur|für|nationale?|nacional|nazionale)\s|\s[dl]’"
)  # what shows that the small words of a name are of another language
_PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le ter ten te zu zur af av al el ibn bin "
    "bint ben abu ould ag los las dei degli y e".split()
)
NO_NAME = frozenset(
    """the a an in on at of for from to with and as by why how what when where who treaty agreement
    accord protocol charter convention pact resolution letter interview hearing statement speech
    constitution act law decree memorandum communiqué declaration press peace war report""".split()
)

_NAMED_BODY = re.compile(
    r"(?:Peace|War|Press) (?:[A-Z][\w’-]+ ){0,4}(?:Group|Institute|Office|Association|Commission"
    r"|Committee|Council|Centre|Center|Foundation|Organi[sz]ation|Union|Network|Team|Secretariat"
    r"|Forum|Trust|Fund|Society|Coalition|Alliance|Federation|Agency|Board|Bureau)"
    r"(?: [A-Z][\w’-]+| (?:of|for|in|on) .+)?"
)  # “Peace Monitoring Group” is one, “Peace Research” may be a title

AGREEMENT = re.compile(
    r"(?:treat(?:y|ies)|agreements?|accords?|protocol|charter|convention|pact|constitution|act|declaration"
    r"|communiqué|memorandum|armistice|settlement|framework|covenant|statute)\b",
    re.I,
)


def quotation(text: str) -> tuple[str, str, str] | None:
    """The words before, in and after the quotation marks of a title; None without a quotation."""
    opening = _OPENING.search(text)
    if opening is None:
        return None
    ends = _ENDS[opening.group()]
    inside = text[opening.end() :]
    closers = [
        i
        for i, c in enumerate(inside)
        if c in ends and i and re.match(r"[\s.,;:()]|\Z", inside[i + 1 : i + 2])
    ]
    guillemets = opening.group() in "«»"
    closers = [i for i in closers if guillemets or not inside[i - 1].isspace()]
    if not closers:
        return None
    close = next((i for i in closers if inside[i - 1] in ".?!,…"), closers[-1])
    if inside[close - 1] not in ".?!,…":
        close = next(
            (i for i in closers if re.match(r"[.,:]?\s+(?:in\b|\()|[,.]\s", inside[i + 1 :])), close
        )
        if opening.group() in "‘'":
            close = _single_close(inside, closers, close)
    return text[: opening.start()].strip(), inside[:close].strip(), inside[close + 1 :].strip()


def _single_close(inside: str, closers: list[int], close: int) -> int:
    """Of single marks the last before the container: an apostrophe (“rebels’ war”) closes none."""
    return next((i for i in closers if re.match(r"[.,]\s|\s+\(|\Z", inside[i + 1 :])), close)


_BETWEEN_NAMES = re.compile(r"[,،、]|\s&\s")


def may_be_names(text: str) -> bool:
    """Whether a text may be a list of authors: capitals, particles and joining words only."""
    text = text.strip(f" ,{STOPS}")
    if not text:
        return True
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    if len(text) > 300 or not words or re.search(r"\d{3}|:\s", text):
        return False
    lower = [w for w in words if _is_common(w) and w.rstrip(".") not in _LOWER_IN_NAMES]
    if is_uncased(text) and max(len(name.split()) for name in _BETWEEN_NAMES.split(text)) > 5:
        return False  # rather a title, and nothing but its length says so
    return (not lower or _may_be_in_body(text, lower)) and (text[0].isalpha() or is_body(text))


def _may_be_in_body(text: str, lower: list[str]) -> bool:
    """Whether small words may belong to the name of a body: “Commission of Inquiry into …”, or
    “Commission nationale de désarmement”, as other languages write it."""
    words = text.split()
    kinds = [w for w in words[:3] if is_kind_of_body(w) and not _is_common(w)]
    if not kinds or len(words) > 14 or re.search(r"[.:;]\s", text):
        return False
    return (
        all(word in _LOWER_IN_BODIES for word in lower)
        or is_kind_of_body_elsewhere(kinds[0])
        or (kinds[0] == words[0] and bool(_SMALL_ELSEWHERE.search(text)))
    )


def is_written_small(text: str) -> bool:
    """Whether a name has small words that are of no person's and of no title in English."""
    return any(_is_common(word) and word not in _LOWER_IN_NAMES for word in text.split())


def _is_common(word: str) -> bool:
    """Whether a word is written small, as no name is: but al-Jumaili and d’Arc are."""
    return is_small(word) and not re.match(r"[a-z]{1,3}[-’'](?-i:[A-Z])", word)


_OTHER_NAME = re.compile(
    r"\s\([A-Z][^()]{1,60}\)\Z"
)  # of a body: “… through Law (Venice Commission)”


_AND_OTHERS = re.compile(r",?\s+et\.? al(?:ii)?\.?\Z", re.I)


def is_name(text: str, *, short: bool = False) -> bool:
    """Whether a text surely looks like one author: a body, or two to six words of which those that
    are no particles have capitals; in a short form a family name alone will do."""
    text = _AND_OTHERS.sub("", text.strip(f" ,{STOPS}")).strip(" ,")
    if found := _OTHER_NAME.search(text):
        return is_body(text[: found.start()]) and is_name(text[: found.start()], short=short)
    if is_east_asian_person(text):
        return True
    words = text.split()
    if not words or len(text) > 120 or re.search(r"\d", text) or re.search(r"[“”\"«»:?!()]", text):
        return False
    if words[0].casefold() in NO_NAME:
        may_begin = words[0].casefold() == "the" or bool(_NAMED_BODY.fullmatch(text))
        return may_begin and is_body(text) and may_be_names(text)
    if is_body(text):
        return may_be_names(text) and (len(words) > 1 or text.isupper())
    if len(words[-1]) > 1 and words[-1].casefold() in NO_NAME:
        return False
    named = [w for w in words if w not in _PARTICLES]
    if not named or not all(w[0].isalpha() and not _is_common(w) for w in named):
        return False
    return len(words) <= 6 and (len(words) > 1 or short)


def is_one_name(text: str) -> bool:
    """Whether `text` may be an author before a quoted title, though it has no full stop."""
    return len(segments(text)) == 1 and text.casefold() not in ("the", "a", "an", "on")


def is_prose(text: str) -> bool:
    """Whether a text is a sentence and not a title: long, with few capitalised words."""
    words = [w for w in text.split() if len(w) > 3]
    return len(words) > 4 and sum(not _is_common(w) for w in words) * 5 < len(words) * 2


_SIGNS_OF_A_CITATION = (
    (
        "an interview",
        re.compile(
            r"\binterview(?:s|ed)? (?:with|by|of)\b|\b(?:personal|telephone) interview\b", re.I
        ),
    ),
    (
        "a reference to an earlier note",
        re.compile(r"\b(?:ibid|op\. ?cit|loc\. ?cit|supra)\b", re.I),
    ),
    ("a document", re.compile(r"\b[SAE]/(?:\w+/)*\d|\b(?:UNTS|ILM)\b|\bresolution \d", re.I)),
    (
        "a citation",
        re.compile(
            r"\([^()]*(?:1[89]|20)\d\d[a-z]?(?:[,:] ?\d{1,4}(?:[-–]\d{1,4})?)?\)|\bpp?\. ?\d|https?://|\bdoi\b|\beds?\.",
            re.I,
        ),
    ),
    (
        "a citation",
        re.compile(
            r": [^.:;]{2,60}, (?:1[5-9]|20)\d\d[.,]|\. [A-Z][^.;]{1,60}, \d{1,4}\.?\Z"
            r"|[^\W\d_] (?:1[89]|20)\d\d[a-z]?: ?\d{1,4}(?:[-–]\d{1,4})?\.?\Z"
        ),
    ),
    (
        "a document of an archive",
        re.compile(r"\b(?:archives?|fonds?|box|folder)\b[^.]*\d|[A-Z]-\d{3,}", re.I),
    ),
    (
        "a personal communication",
        re.compile(
            r"\A(?:(?:personal|private|telephone) )*(?:communication|conversation|correspondence"
            r"|discussion|e-?mail)s? (?:with|from|to|of)\b",
            re.I,
        ),
    ),
    (
        "a short form",
        re.compile(
            r"\A[^\W\d_a-z][^.;:]{3,100}, (?!(?:1[5-9]|20)\d\d\b)\d{1,4}(?:[-–]\d{1,4})?\.?\Z"
        ),
    ),
    ("a citation", re.compile(r"[《『][^《》『』]+[》』]")),
    ("something with a date", re.compile(r"[,.] \d{1,2} [A-Z][a-z]+ (?:19|20)\d\d\.?\Z")),
)


def looks_cited(words: str) -> str:
    """What words that were not read as a citation look like, or ""."""
    return next((kind for kind, sign in _SIGNS_OF_A_CITATION if sign.search(words)), "")

"""Parses names of people; compares names of people and bodies that may be misspelt."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Indel

from organisations.credited_names import JOINING_WORDS

from .manuscript import Name

PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le ter ten te zu zur af av al el ibn bin "
    "bint ben abu ould ag los las dei degli".split()
)
_PARTICLES_IN_CAPITALS = frozenset({"Ó", "Ní", "Nic", "Uí"})
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ABBREVIATIONS = frozenset(
    "st dr mr mrs ms prof gen col lt maj capt sgt amb hon rev sir brig adm cdr vol no "
    "res doc sess dec".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_UNCASED_INITIAL = re.compile(r"(?:[^\W\d_]|[\u0900-\u0dff]{1,2})\.?")
_EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff・· ]+"
)
JOINED = "ˍ"  # holds the words of a family name together while names are divided
_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘"
    "于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈韦韋夏付傅方白邹鄒孟熊秦邱江尹薛闫阎"
    "段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯김이박최정강조윤장임한오서신권황안송류전홍고문양손"
    "배백허유남심노하곽성차주우구민진"
)  # the most usual ones
_DOUBLE_FAMILIES = frozenset(
    {"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "남궁", "황보"}
)
STOPS = ".。።।۔"  # that end a sentence, as Latin, Chinese, Ethiopic, Devanagari and Urdu print them
_ASCII = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=2_000)
def romanised(text: str) -> str:
    """`plain` in the letters of ASCII, whatever the script: Петров is petrov."""
    words = plain(text)
    return words if words.isascii() else plain(anyascii(text))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower-case letters and digits of a text, without accents and with single spaces, in ASCII
    where it is Latin: how names are compared. The vowels of Indic and Thai letters stay."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_ASCII))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[’'`]", "", text)
    if not text.isascii():
        text = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return " ".join(re.sub(r"[\x00-/:-`{-\x7f]+", " ", text).split())


def is_small(word: str) -> bool:
    """Whether a word is written small; in a script without capitals (which to Unicode Georgian
    has, though nobody writes a name with one) none is."""
    return word[:1].islower() and word[:1].title() != word[:1]


def is_uncased(text: str) -> bool:
    """Whether no letter of a text has a capital: Georgian, Arabic, Hebrew, Devanagari, Chinese."""
    return text.title() == text.lower()


def is_initials(word: str) -> bool:
    if is_uncased(word):
        return _is_uncased_initial(word)
    return word == word.upper() and bool(_INITIALS.fullmatch(word))


def _is_uncased_initial(word: str) -> bool:
    """Whether a word is one letter, in India with its vowel: not 王, not 김, which are names."""
    return bool(_UNCASED_INITIAL.fullmatch(word)) and not is_family_first(word)


def is_family_first(text: str) -> bool:
    """Whether a name is in the letters of China, Japan and Korea: 李明, 山田 太郎, 김민수."""
    return bool(_EAST_ASIAN.fullmatch(text))


def is_east_asian_person(text: str) -> bool:
    """Whether a text is surely one person's name in the letters of China or Korea: a usual family
    name and one or two letters behind it."""
    double = text[:2] in _DOUBLE_FAMILIES
    return (
        is_family_first(text)
        and (double or text[:1] in _FAMILIES)
        and len(text) in (2 + double, 3 + double)
    )


def person(name: str) -> Name:
    """A person's name from “Given Family” or “Family, Given”."""
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        if plain(given) not in SUFFIXES:
            words = given.split()
            first = len(words)
            while first > 1 and words[first - 1] in PARTICLES:
                first -= 1
            return Name(family=" ".join([*words[first:], family]), given=" ".join(words[:first]))
        name = f"{family} {given}"
    words = name.split()
    if JOINED in name:
        return Name(family=words[-1].replace(JOINED, " "), given=" ".join(words[:-1]))
    last = len(words) - 1
    while last > 0 and words[last].casefold() in SUFFIXES:
        last -= 1
    if words[0] in PARTICLES | _PARTICLES_IN_CAPITALS:
        return Name(family=" ".join(words))
    initials = next((i for i, word in enumerate(words) if is_initials(word)), 0)
    is_family = initials > 1 and len(words) == initials + 1 and words[-1].isalpha()
    named_so = is_family and all(word[0].isupper() for word in words)  # Dor Bahadur KC
    if initials > 0 and not named_so and all(is_initials(word) for word in words[initials:]):
        return Name(family=" ".join(words[:initials]), given=" ".join(words[initials:]))
    particles = PARTICLES | _PARTICLES_IN_CAPITALS
    first = next((i for i in range(1, last) if words[i] in particles), last)
    if "y" in words[2:last]:
        first = min(first, words.index("y", 2) - 1)  # José Ortega y Gasset
    return Name(family=" ".join(words[first:]), given=" ".join(words[:first]))


def segments(text: str) -> list[str]:
    """The parts of a reference between full stops that end no initial or abbreviation."""
    parts: list[str] = []
    start = 0
    for stop in re.finditer(rf"[?!{STOPS}](?=\s)|。(?=\S)", text):
        word = re.split(r"\s", text[max(0, stop.start() - 30) : stop.start()])[-1]
        if stop.group() == ".":
            initial = re.fullmatch(r"[“\"(]?(?:[^\W\d_]\.-?)*[^\W\d_]", word)
            if (
                (initial and word[-1:].isupper())
                or _is_uncased_initial(word)
                or word.casefold().rpartition("/")[2] in _ABBREVIATIONS
            ):
                continue
        elif not parts and stop.group() in "?!":
            continue
        parts.append(text[start : stop.end()].strip())
        start = stop.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part.strip(f" {STOPS}")]


def key_stem(names: tuple[Name, ...], title: str) -> str:
    """The beginning of a key: the first family name, the body, or the title's first words."""
    if names and names[0].family:
        words = [w for w in romanised(names[0].family).split() if w not in SUFFIXES]
        return "".join(words)[:40]
    words = romanised(names[0].literal if names else title).split()
    words = [w for w in words if w not in JOINING_WORDS and w not in ("a", "an", "and")] or words
    stem = ""
    for word in words[: 4 if names else 2]:
        if stem and len(stem) + len(word) > 30:
            break
        stem += word
    return stem[:40]


def same_family(one: Name, other: Name) -> bool:
    """Whether two names may be one author's in full and short form, with or without particles."""
    if _is_acronym_of(one, other) or _is_acronym_of(other, one):
        return True
    first, second = (_family_words(n.family or n.literal) for n in (one, other))
    if not first or not second:
        return False
    if _names_whole_family(one, second) or _names_whole_family(other, first):
        return True
    if one.given and other.given and not _same_given(plain(one.given), plain(other.given)):
        return False
    if first == second or _begins_whole_name(one, other) or _begins_whole_name(other, one):
        return True
    if not (one.family and other.family):
        return False
    bare, bare2 = ([w for w in words if w not in PARTICLES] for words in (first, second))
    return bare == bare2 or (first[-1:] == second[-1:] and 1 in (len(bare), len(bare2)))


def _is_acronym_of(short: Name, body: Name) -> bool:
    """Whether a name is the acronym of a body, printed behind it or made of its capitals."""
    acronym = short.literal or (short.family if not short.given else "")
    if (
        not acronym.isupper()
        or not acronym.isalpha()
        or len(acronym) < 3
        or " " not in body.literal
    ):
        return False
    capitals = "".join(
        word[0] for word in re.findall(r"\w[\w-]*", body.literal) if word[0].isupper()
    )
    return f"({acronym})" in body.literal or capitals == acronym


def _names_whole_family(short: Name, family: list[str]) -> bool:
    """Whether a name that was read as given and family is but the family name of another."""
    return bool(short.given) and plain(str(short)).split() == family


def _begins_whole_name(short: Name, whole: Name) -> bool:
    """Whether a name is the family of one that is printed with its family first: 김 of 김민수."""
    is_one = is_family_first(whole.family) and is_family_first(short.family) and not short.given
    return is_one and whole.family.startswith(short.family)


def with_family(name: Name, family: str) -> Name:
    """The name with the family name that is longer than it was thought, if it ends with it."""
    words, short = str(name).split(), family.split()
    if (
        not name.given
        or len(short) < 2
        or len(short) >= len(words)
        or words[-len(short) :] != short
    ):
        return name
    return Name(family=family, given=" ".join(words[: -len(short)]))


def _family_words(family: str) -> list[str]:
    return [word for word in plain(family).split() if word not in SUFFIXES]


def _same_given(one: str, other: str) -> bool:
    """Whether given names are alike, or one has the initials of the other."""
    if one == other or f" {one}".endswith(f" {other}") or f" {other}".endswith(f" {one}"):
        return True  # “Bravo Andrade” is the family name of Lucía Bravo Andrade
    pairs = list(zip(one.split(), other.split(), strict=False))
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def near(one: Name, other: Name) -> bool:
    """Whether two different names are so similar that one may be misspelt: Don and Dov Lynch."""
    first, second = plain(str(one)), plain(str(other))
    if first == second or not first or not second:
        return False
    if one.literal or other.literal:
        return bool(one.literal and other.literal) and _is_similar(first, second, 0.93)
    family, family2 = plain(one.family), plain(other.family)
    given, given2 = plain(one.given), plain(other.given)
    if family == family2:
        if not given or not given2:
            return False
        initial = min(len(given), len(given2)) == 1 and given[0] == given2[0]
        return initial or (given[0] == given2[0] and _is_similar(given, given2, 0.65))
    similar = _is_similar(family, family2, 0.8) and min(len(family), len(family2)) > 3
    return similar and (given == given2 or not given or not given2)


def _is_similar(one: str, other: str, ratio: float) -> bool:
    return Indel.normalized_similarity(one, other, score_cutoff=ratio) >= ratio

"""“Did you mean”: another way of writing a question that found nothing, which finds something."""

from django.db.models import Max, Q

from editions.models import Edition, SearchWord
from organisations.models import Country

from .finding import finds, search
from .query import MAX_LENGTH
from .tokens import Word, read
from .word_index import sound

_MOST_UNKNOWN = 3  # words; who types more of them means something else
_MOST_CANDIDATES = 400
_MOST_TRIED = 4  # for each word


def suggestion(text: str) -> str:
    """`text` with the words that no edition holds put right, if it finds something then; else "".
    Meant for questions that found nothing. A bounded number of queries."""
    typed = text[:MAX_LENGTH]
    words = list({word.plain: word for word in read(typed)}.values())
    known = set(
        SearchWord.objects.filter(token__in={word.token for word in words}).values_list(
            "token", flat=True
        )
    )
    unknown = [word for word in words if word.token not in known and word.plain.isalpha()]
    if not 0 < len(unknown) <= _MOST_UNKNOWN or _names_a_country(unknown):
        return ""
    for word in unknown:
        typed = _put_right(typed, word, last=word is unknown[-1])
        if not typed:
            return ""
    return typed


def _put_right(typed: str, word: Word, *, last: bool) -> str:
    """`typed` with one word in place of another that is like it; of several, and if it is the last
    to be put right, the one by which the question finds best. "" where none is."""
    candidates = [_replaced(typed, word.plain, other) for other in _like(word.plain)]
    if not last:
        return candidates[0] if candidates else ""
    finding = [text for text in candidates if finds(text)]
    return max(finding, key=_best) if len(finding) > 1 else "".join(finding)


def _best(text: str) -> float:
    """The rank of the best answer to a question that finds something."""
    return search(Edition.objects.listed(), text).aggregate(best=Max("rank"))["best"]


def _replaced(typed: str, plain: str, other: str) -> str:
    """`typed` with `other` wherever it had the word, with a capital where that had one."""
    said, at = "", 0
    for word in read(typed):
        if word.plain == plain:
            first = other[:1].upper() if typed[word.start].isupper() else other[:1].lower()
            said += typed[at : word.start] + (other if other.isupper() else first + other[1:])
            at = word.end
    return said + typed[at:]


def _like(plain: str) -> list[str]:
    """The words most like this one, as they are written, the most like it first."""
    key, length = sound(plain), len(plain)
    alike = Q(head=plain[:3]) | Q(tail=plain[-4:]) | (Q(sound=key) if len(key) > 1 else Q())
    rows = SearchWord.objects.filter(alike).order_by("-editions", "word")
    ranked = []
    for other, form, other_sound, editions in rows.values_list("word", "form", "sound", "editions")[
        :_MOST_CANDIDATES
    ]:
        same = other_sound == key
        most = _allowed(length, same=same and other[:1] == plain[:1])
        if abs(len(other) - length) <= most and other.isalpha():
            steps = distance(plain, other, most)
            if steps <= most:
                ranked.append((steps, not same, -editions, form))
    return [form for *_, form in sorted(ranked)[:_MOST_TRIED]]


def _allowed(length: int, *, same: bool) -> int:
    """How many letters may be wrong in a word: in a short one none, unless it sounds the same."""
    return (length > 4) + (length > 7) + same


def distance(one: str, other: str, most: int) -> int:
    """How many letters are too many, missing, wrong or in the wrong order; `most` + 1 for more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if earlier and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _names_a_country(unknown: list[Word]) -> bool:
    """Whether one of these words is of the name of a country: right, though no edition has it."""
    countries = Country.objects.only("name", "official_name", "other_names")
    names = " ".join(name for country in countries for name in country.names)
    return not {word.plain for word in unknown}.isdisjoint(word.plain for word in read(names))

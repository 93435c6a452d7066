"""Compares titles: the same, near, or of two works."""

from collections import Counter

from rapidfuzz import fuzz

from .facts import Facts, Title
from .folding import is_letter_apart, is_spelling_of

SAME, NEAR, OTHER = 2, 1, 0
NEAR_TITLE = 90  # of 100: titles that may be spellings of one
TELLING_WORDS = 4  # so many words of a title tell a work, though it is cut short or unsigned
RUN_ON = frozenset({"article-newspaper", "article-magazine", "article", "webpage", "post-weblog"})
_LONG_TITLE = 6  # words
_LOOSE_TITLE = 70  # of 100


def titles_agree(a: Facts, b: Facts) -> tuple[int, tuple[str, str] | None]:
    """SAME, NEAR or OTHER, with or without subtitles; and the words by which near ones differ."""
    best: tuple[int, tuple[str, str] | None] = (OTHER, None)
    for x in a.titles:
        for y in b.titles:
            if a.main and b.main and (x is a.main or y is b.main):
                continue  # two subtitles are compared
            if not x.run or not y.run:
                continue
            is_cut = x is a.main or y is b.main
            is_page = bool({a.type, b.type} & RUN_ON)
            if is_cut and is_page and len(x.words) == 1:
                continue  # “Kenya”, “Kenya: Chronology”
            if x.own == y.own:
                if not is_cut or (len(x.words) > 1 and not is_page):
                    return SAME, None
                best = (NEAR, None)
            elif not best[0] and (differing := _near_titles(x, y, a.day, b.day)):
                best = (NEAR, differing)
    return best


def _near_titles(
    x: Title, y: Title, day_x: tuple[int, ...], day_y: tuple[int, ...]
) -> tuple[str, str] | None:
    """The words by which two titles differ, where these are spellings of each other, or stand in
    one of them only, and are no numbers; None where the titles are no spellings of one."""
    if x.run == y.run:
        return (x.latin, y.latin)
    is_close = fuzz.ratio(x.sorted, y.sorted, score_cutoff=NEAR_TITLE) or fuzz.ratio(
        x.latin, y.latin, score_cutoff=NEAR_TITLE
    )
    fewest = min(len(x.words), len(y.words))
    # Of one day, a title may be cut short: “Patel etc. v. India and another”, “Patel v. India”.
    is_of_one_day = len(day_x) == 3 and day_x == day_y and fewest >= TELLING_WORDS
    if not is_close and not is_of_one_day:
        return None
    if x.numbers != y.numbers:
        only_one_has = set((x.numbers - y.numbers) + (y.numbers - x.numbers))
        if day_x[:1] != day_y[:1] or only_one_has != set(map(str, day_x[:1])):
            return None
    left, right = _unmatched(x.words, y.words), _unmatched(y.words, x.words)
    if left and right and not (is_close and _are_spellings(left, right, fewest)):
        return None
    return (" ".join(left), " ".join(right))


def _are_spellings(left: list[str], right: list[str], fewest: int) -> bool:
    """Whether what differs in two titles is spelling; in long ones one short word may be a slip."""
    if len(left) != len(right):  # “peace keeping”, “peacekeeping”
        left, right = ["".join(left)], ["".join(right)]
    if len(left) == 1 and fewest >= _LONG_TITLE and is_letter_apart(left[0], right[0]):
        return True
    return all(is_spelling_of(*pair) for pair in zip(left, right, strict=True))


def _unmatched(these: tuple[str, ...], those: tuple[str, ...]) -> list[str]:
    """The words that stand in the first only, in order."""
    return list((Counter(these) - Counter(those)).elements())


def titles_are_loose(a: Facts, b: Facts) -> bool:
    """Whether two titles may stand for one page, letter or book: that of a page often has its
    site in it."""
    x, y = a.title.latin, b.title.latin
    return bool(x and y and fuzz.token_set_ratio(x, y, score_cutoff=_LOOSE_TITLE))

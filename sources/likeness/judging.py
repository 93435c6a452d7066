"""Judges two references: the same work, likely the same, or neither."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from .facts import Facts
from .names import Name, is_near, is_same
from .titles import (
    NEAR,
    NEAR_TITLE,
    OTHER,
    RUN_ON,
    SAME,
    TELLING_WORDS,
    titles_agree,
    titles_are_loose,
)

_LOOSE_CONTAINER = 85  # names of one journal, newspaper or book
_OTHER_BOOK = 50  # below it, an ISBN that two books share is a slip
_REPRINTED = 3  # days within which newspapers and pages bring the same
_ONE_OF_A_KIND = frozenset({"thesis", "article-journal", "interview", "broadcast", "book"})
_TREATIES = frozenset({"treaty"})
_DIFFERENCES = {
    "year": gettext_lazy("year"),
    "day": gettext_lazy("day"),
    "until": gettext_lazy("last year"),
    "edition": gettext_lazy("edition"),
    "volume": gettext_lazy("volume"),
    "issue": gettext_lazy("issue"),
    "page": gettext_lazy("pages"),
    "doi": "DOI",
    "container": gettext_lazy("what it is in"),
    "type": gettext_lazy("kind"),
    "address": gettext_lazy("address"),
}


class Verdict(NamedTuple):
    """How alike two references are (0 to 100), why, and the two spellings where they differ."""

    sure: bool
    score: float
    why: str
    by_title: bool = False
    spellings: tuple[str, str] | None = None


def judged(a: Facts, b: Facts) -> Verdict | None:
    """The verdict on two references, the same whichever comes first; None where they differ."""
    title, other_words = titles_agree(a, b)
    if (a.is_part or b.is_part) and (not title or _is_part_and_whole(a, b)):
        return None
    is_loose = bool(title) or titles_are_loose(a, b)
    if a.doi and a.doi == b.doi:
        return Verdict(True, 100, _("the same DOI"))
    if a.symbols & b.symbols and not _differ(a.annex, b.annex):
        # Several agreements are often annexed to one document.
        sure = is_loose or not ({a.type, b.type} & _TREATIES or a.annex or b.annex)
        return Verdict(sure, 98 if sure else 60, _("the same document symbol"))
    if _is_numbered_apart(a, b):
        return None
    if a.isbns & b.isbns:
        if title == SAME and set(_small_differences(a, b)) <= {"year"}:
            return Verdict(True, 97, _("the same ISBN and title"))
        if title != SAME and not a.is_part and not b.is_part:
            sure = not _differ(a.edition, b.edition) and not _has_other_numbers(a, b)
            sure = sure and _is_not_another_book(a, b)
            return Verdict(sure, 90 if sure else 62, _("the same ISBN"))
        if title == SAME:
            return Verdict(False, 75, _("the same ISBN and title"))
    if a.addresses & b.addresses:
        sure = is_loose and not _has_other_numbers(a, b) and not _is_dated_apart(a, b)
        sure = sure and not _differ(a.edition, b.edition)
        return Verdict(sure, 95 if sure else 61, _("the same address"))
    return _by_title(a, b, title, other_words) if title else None


def _by_title(
    a: Facts, b: Facts, title: int, other_words: tuple[str, str] | None
) -> Verdict | None:
    people, spellings = _people_agree(a, b)
    if people == OTHER or _is_dated_apart(a, b):
        return None
    is_unsigned = a.author is None or b.author is None
    if is_unsigned and not _is_told_by_its_title(a, b):
        return None
    if a.year is None or b.year is None:
        is_short = min(len(a.title.words), len(b.title.words)) <= TELLING_WORDS
        is_undated = a.year is b.year and people == SAME and not is_unsigned
        if title != SAME and not is_undated:
            return None
        if is_unsigned and is_short and not _same_place(a, b):
            return None
    elif abs(a.year - b.year) > 1:
        return None
    differences = _small_differences(a, b)
    if people == SAME and title == SAME and not differences:
        if not is_unsigned:
            return Verdict(True, 96, _("author, title and year agree"), True)
        if a.year is not None and (_same_place(a, b) or (len(a.day) == 3 and a.day == b.day)):
            return Verdict(True, 94, _("title and date agree, and neither names an author"), True)
    score = 70 + 10 * (title == SAME) + 9 * (people == SAME) - 3 * len(differences)
    if not spellings and other_words and all(other_words):
        spellings = other_words
    return Verdict(False, score, _why(a, b, title, spellings, differences), True, spellings)


def _why(
    a: Facts, b: Facts, title: int, spellings: tuple[str, str] | None, differences: list[str]
) -> str:
    """Why two references are alike by their titles, and in what they differ."""
    one_is_unsigned = (a.author is None) != (b.author is None)
    what = ", ".join(str(_DIFFERENCES[name]) for name in differences)
    if spellings and not differences and not one_is_unsigned:
        why = _("author, title and year agree but for spelling: %(one)s / %(other)s")
        return why % {"one": spellings[0], "other": spellings[1]}
    if spellings:
        why = _("alike but for spelling: %(one)s / %(other)s")
        return why % {"one": spellings[0], "other": spellings[1]}
    if differences == ["year"] and (a.year is None or b.year is None):
        return _("the title agrees; one has no year")
    if one_is_unsigned and not differences:
        return _("title and year agree; one names no author")
    if differences:
        return _("the title agrees, but not: %(what)s") % {"what": what}
    if title == SAME:
        return _("author, title and year agree")
    return _("author and year agree, and most of the title")


def _people_agree(a: Facts, b: Facts) -> tuple[int, tuple[str, str] | None]:
    """SAME, NEAR (also where one names nobody) or OTHER; and how the near ones are spelled."""
    if a.author is None or b.author is None:
        return (SAME if a.author is b.author else NEAR), None
    if is_same(a.author, b.author):
        return SAME, None
    pair = _nearest(a.authors, b.authors)
    return (NEAR, pair) if pair else (OTHER, None)


def _nearest(these: list[Name], those: list[Name]) -> tuple[str, str] | None:
    """The first names of two lists, or a first name and its like among the others."""
    for one, other in (
        (these[0], those[0]),
        *((these[0], name) for name in those[1:]),
        *((name, those[0]) for name in these[1:]),
    ):
        if is_near(one, other):
            return (one.shown, other.shown)
    return None


def _is_not_another_book(a: Facts, b: Facts) -> bool:
    x, y = a.title.latin, b.title.latin
    return not x or not y or fuzz.token_set_ratio(x, y) >= _OTHER_BOOK


def _is_part_and_whole(a: Facts, b: Facts) -> bool:
    """Whether one is a chapter and the other the book that it is in."""
    if a.is_part == b.is_part:
        return False
    part, whole = (a, b) if a.is_part else (b, a)
    if not part.container.run:
        return whole.type == "book"
    return any(t.run == part.container.run for t in whole.titles) or bool(
        fuzz.ratio(part.container.latin, whole.title.latin, score_cutoff=NEAR_TITLE)
    )


def _is_numbered_apart(a: Facts, b: Facts) -> bool:
    """Whether symbols, numbers or volumes say that these are two works."""
    if a.symbols and b.symbols and (not a.symbols & b.symbols or _differ(a.annex, b.annex)):
        return True
    if _differ(a.number, b.number):
        return True
    return _differ(a.volume, b.volume) and not (a.is_article and b.is_article)


def _has_other_numbers(a: Facts, b: Facts) -> bool:
    both_main = a.main and b.main
    pairs = [(a.title, b.title)] if both_main else [(x, y) for x in a.titles for y in b.titles]
    return all(x.numbers != y.numbers for x, y in pairs)


def _is_dated_apart(a: Facts, b: Facts) -> bool:
    """Whether both are dated to the day, and these are two; pages and newspapers of one story may
    be up to three days apart."""
    if len(a.day) < 3 or len(b.day) < 3 or a.day == b.day:
        return False
    if a.type in RUN_ON and b.type in RUN_ON:
        try:
            return abs((date(*a.day) - date(*b.day)).days) > _REPRINTED
        except (ValueError, OverflowError):
            return True
    return True


def _small_differences(a: Facts, b: Facts) -> list[str]:
    """In what two references differ that may be one work all the same, or its other edition."""
    no_address = not a.addresses & b.addresses and len(a.title.words) < 3
    differ = {
        "year": a.year != b.year,
        "day": any(x != y for x, y in zip(a.day[1:], b.day[1:], strict=False)),
        "until": a.until != b.until,
        "edition": _differ(a.edition, b.edition),
        "volume": _differ(a.volume, b.volume),
        "issue": _differ(a.issue, b.issue),
        "page": _differ(a.page, b.page),
        "doi": _differ(a.doi, b.doi),
        "container": _is_elsewhere(a, b),
        "type": _is_of_another_kind(a, b),
        "address": no_address and _differ(a.addresses, b.addresses),
    }
    return [name for name, differs in differ.items() if differs]


def _is_of_another_kind(a: Facts, b: Facts) -> bool:
    return a.is_part != b.is_part or (a.type != b.type and {a.type, b.type} <= _ONE_OF_A_KIND)


def _differ(x: object, y: object) -> bool:
    """Whether both are known and are two."""
    return bool(x and y and x != y)


def _is_elsewhere(a: Facts, b: Facts) -> bool:
    """Whether both are in a journal, newspaper or book, and in two."""
    return bool(a.container.run and b.container.run) and not _is_in_one(a, b)


def _is_in_one(a: Facts, b: Facts) -> bool:
    these, those = (
        {a.container.run, a.container_short.run},
        {b.container.run, b.container_short.run},
    )
    return bool((these & those) - {""}) or bool(
        fuzz.token_set_ratio(a.container.latin, b.container.latin, score_cutoff=_LOOSE_CONTAINER)
    )


def _same_place(a: Facts, b: Facts) -> bool:
    """Whether both are in one journal, newspaper or book, or of one publisher, known by name."""
    if a.container.run or b.container.run:
        return _is_in_one(a, b)
    return bool(a.publisher) and a.publisher == b.publisher


def _is_told_by_its_title(a: Facts, b: Facts) -> bool:
    """Whether a title of three words or more, the place or the day tells a work that nobody
    signed."""
    if _is_elsewhere(a, b):
        return False
    if len(a.day) == 3 and a.day == b.day:
        return True
    return min(len(a.title.words), len(b.title.words)) > 2 or _same_place(a, b)

"""An index of references, asked for those that may be the same work as another."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from .facts import Facts
from .judging import Verdict, judged
from .names import Bodies

_MOST_FOUND = 5
# Of 5,000 works titled “Report” a block holds the first 40, so that no answer compares with more
# than a few hundred. What agrees in an identifier, or in title, author and year, is in a block of
# its own and found all the same.
_MOST_IN_A_BLOCK = 40
# Letters by which near titles are looked up: few slips are in both ends. Short titles have short
# ends besides.
_ENDS, _SHORT_ENDS, _SHORT = 14, 6, 30
_PROMISING = 80  # of 100: letters in common from which near titles are judged


class Likeness(NamedTuple):
    """What is there and may be the same: its key, whether that is sure, and why, as a sentence."""

    key: str
    sure: bool
    why: str


class Known:
    """The references that are there.

    `other_names` gives, for any name of a body, the name it goes by ("OAU" → "Organization of
    African Unity"); it is compared without case and accents.
    """

    def __init__(
        self,
        items: Iterable[Mapping[str, Any]] = (),
        other_names: Mapping[str, str] | None = None,
    ) -> None:
        self.bodies = Bodies(other_names)
        self._exact: dict[Hashable, list[Facts]] = defaultdict(list)
        self._near: dict[Hashable, list[Facts]] = defaultdict(list)
        for item in items:
            self.add(item)

    def add(self, item: Mapping[str, Any], key: str = "") -> None:
        """Take in one more, under a key of its own where its id is none."""
        self.add_facts(Facts(item, self.bodies, key))

    def like(self, item: Mapping[str, Any]) -> list[Likeness]:
        """The references that are or may be the same, best first, at most five; the item itself
        among them where it was added."""
        found = self.verdicts(Facts(item, self.bodies))
        return [
            Likeness(facts.key, verdict.sure, verdict.why) for facts, verdict in found[:_MOST_FOUND]
        ]

    def add_facts(self, facts: Facts) -> None:
        """Take in a reference that is folded already."""
        for blocks, keys in ((self._exact, _exact(facts)), (self._near, _near(facts))):
            for key in set(keys):
                if len(blocks[key]) < _MOST_IN_A_BLOCK:
                    blocks[key].append(facts)

    def verdicts(self, facts: Facts) -> list[tuple[Facts, Verdict]]:
        """All that may be the same, with the verdict on each, best first."""
        found = (
            (other, verdict)
            for other in self._candidates(facts)
            if (verdict := judged(facts, other)) is not None
        )
        return sorted(found, key=lambda pair: (not pair[1].sure, -pair[1].score, pair[0].key))

    def _candidates(self, facts: Facts) -> list[Facts]:
        found = {id(other): other for key in _exact(facts) for other in self._exact.get(key, ())}
        seen = set(found)
        for key in _near_asked(facts):
            for other in self._near.get(key, ()):
                if id(other) not in seen:
                    seen.add(id(other))
                    if _is_promising(facts, other):
                        found[id(other)] = other
        return list(found.values())


def _is_promising(a: Facts, b: Facts) -> bool:
    """A cheap look at two titles before they are judged."""
    return any(
        fuzz.ratio(x.run, y.run, score_cutoff=_PROMISING)
        or fuzz.ratio(x.sorted, y.sorted, score_cutoff=_PROMISING)
        for x in a.titles
        for y in b.titles
    )


def _exact(facts: Facts) -> Iterator[Hashable]:
    """The keys that two references share where an identifier, or the title with the author, the
    year or both, is the same."""
    if facts.doi:
        yield "doi", facts.doi
    for symbol in facts.symbols:
        yield "symbol", symbol
        yield "symbol", symbol, facts.title.run
    for isbn in facts.isbns:
        yield "isbn", isbn
        yield "isbn", isbn, facts.title.run
    for address in facts.addresses:
        yield "address", address
        yield "address", address, facts.title.run
    for title in facts.titles:
        if title.run:
            for author in _authors(facts):
                yield "title", title.run, author, facts.day[:1]
                yield "title", title.run, author, facts.day
                yield "title", title.run, author
            yield "title", title.run, facts.day
            yield "title", title.run, facts.year
            yield "title", title.run


def _authors(facts: Facts) -> set[str]:
    return {facts.author.family, facts.author.full} if facts.author else {""}


def _near(facts: Facts) -> Iterator[Hashable]:
    """The keys of near titles: an end of the title, or the beginning of the author's name, each
    with the year."""
    for start in _ends(facts):
        yield *start, facts.year
        yield start


def _near_asked(facts: Facts) -> Iterator[Hashable]:
    """The keys under which the near ones of a reference stand: those of its year, of the years
    before and after, and of no year; of any year where it has none itself."""
    for start in _ends(facts):
        if facts.year is None:
            yield start
        else:
            for year in (facts.year, facts.year - 1, facts.year + 1, None):
                yield *start, year


def _ends(facts: Facts) -> Iterator[tuple[str, str]]:
    for title in facts.titles:
        if title.run:
            for length in (_ENDS, _SHORT_ENDS) if len(title.run) < _SHORT else (_ENDS,):
                yield "starts", title.run[:length]
                yield "ends", title.run[-length:]
    for author in _authors(facts) - {""}:
        yield "author", author[:5]

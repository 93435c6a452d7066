"""How similar two editions are: the facts they share, and how telling it is to share each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from math import log2

from django.db.models import Count, QuerySet

from editions.models import Edition, Participation, many_to_many

WEIGHTS = {"countries": 4, "organisations": 3, "initiative_types": 2, "conflict_types": 1}
SAME_DECADE = 1
CONSIDERED = 100  # editions that are compared fact by fact, of those that share any
_LOOKED_AT = 500  # rows of one kind of fact, the newest editions first


@dataclass(frozen=True)
class Facts:
    """What of an edition another may share, as primary keys; `decade` is that of its start."""

    edition: int
    case: int
    conflict: int | None
    start: int | None
    countries: frozenset[int]
    organisations: frozenset[int]
    initiative_types: frozenset[int]
    conflict_types: frozenset[int]
    foreign: frozenset[int]  # organisations that are of none of its countries

    @property
    def decade(self) -> int | None:
        """1990 for 1993; none where nobody would call the time by its decade."""
        return self.start // 10 * 10 if self.start is not None and self.start >= 1000 else None

    @property
    def doers(self) -> frozenset[int]:
        """Organisations that certainly carried out every type of initiative that is named: the
        only one; or, of a single type, all but those that may have been a party."""
        if len(self.organisations) == 1:
            return self.organisations
        return self.foreign if len(self.initiative_types) == 1 else frozenset()

    def shared(self, other: "Facts", name: str) -> frozenset[int]:
        """Which facts of the kind `name` both have."""
        return getattr(self, name) & getattr(other, name)


def facts_of(editions: "QuerySet[Edition]") -> dict[int, Facts]:
    """The facts of each, by primary key; five queries."""
    columns = ("pk", "case", "conflict", "start_year")
    rows = {row[0]: row for row in editions.order_by().values_list(*columns)}
    found: dict[str, dict[int, set[int]]] = {name: defaultdict(set) for name in WEIGHTS}
    for name in ("countries", "initiative_types", "conflict_types"):
        for edition, fact in _rows(name).filter(edition__in=rows):
            found[name][edition].add(fact)
    foreign: dict[int, set[int]] = defaultdict(set)
    bodies = Participation.objects.filter(edition__in=rows).order_by()
    for edition, body, country in bodies.values_list(
        "edition", "organisation", "organisation__country"
    ):
        found["organisations"][edition].add(body)
        if country not in found["countries"][edition]:
            foreign[edition].add(body)
    return {
        pk: Facts(
            edition=pk,
            case=case,
            conflict=conflict,
            start=start,
            countries=frozenset(found["countries"][pk]),
            organisations=frozenset(found["organisations"][pk]),
            initiative_types=frozenset(found["initiative_types"][pk]),
            conflict_types=frozenset(found["conflict_types"][pk]),
            foreign=frozenset(foreign[pk]),
        )
        for pk, case, conflict, start in rows.values()
    }


def _rows(name: str) -> QuerySet:
    """(edition, fact) of every edition that has a fact of that kind."""
    field = many_to_many(name)
    rows = field.remote_field.through.objects.order_by()
    return rows.values_list("edition", field.m2m_reverse_field_name())


class Rarity:
    """How telling each fact is: more, the fewer editions have it. Counts what it is asked for, each
    once; one query for each kind of fact that is met anew."""

    def __init__(self) -> None:
        self._total = max(Edition.objects.current().count(), 1)
        self._counts: dict[str, dict[int, int]] = {name: {} for name in WEIGHTS}

    def learn(self, several: Iterable[Facts]) -> None:
        """Count the facts of these editions, earlier editions of a case included."""
        several = list(several)
        for name, counts in self._counts.items():
            new = {fact for facts in several for fact in getattr(facts, name)} - set(counts)
            if new:
                column = _fact_column(name)
                rows = _rows(name).filter(**{f"{column}__in": new})
                counts |= dict.fromkeys(new, 0)
                counts |= dict(rows.values(column).annotate(n=Count("pk")).values_list(column, "n"))

    def of(self, name: str, fact: int) -> float:
        """What it counts for to share the fact; it has to be learnt before."""
        return WEIGHTS[name] * log2(1 + self._total / max(self._counts[name][fact], 1))

    def most_telling(self, name: str, facts: Iterable[int]) -> int:
        """The rarest of `facts`, the same one each time."""
        return max(facts, key=lambda fact: (self.of(name, fact), -fact))


def _fact_column(name: str) -> str:
    return many_to_many(name).m2m_reverse_field_name()


def similarity(mine: Facts, other: Facts, rarity: Rarity) -> float:
    """How much of `mine` the other shares, rare facts before common ones."""
    score = sum(rarity.of(name, fact) for name in WEIGHTS for fact in mine.shared(other, name))
    return score + SAME_DECADE * (mine.decade is not None and mine.decade == other.decade)


def candidates(several: Iterable[Facts], rarity: Rarity) -> dict[int, list[int]]:
    """For each of these editions the primary keys of those that share most of it, in print or not:
    four queries at most for each, fewer where they share all of a kind, each of bounded rows, so
    that the cost does not follow the size of the collection."""
    asked: dict[tuple[str, frozenset[int]], list[tuple[int, int]]] = {}
    return {mine.edition: _candidates(mine, rarity, asked) for mine in several}


def _candidates(
    mine: Facts,
    rarity: Rarity,
    asked: dict[tuple[str, frozenset[int]], list[tuple[int, int]]],
) -> list[int]:
    score: dict[int, float] = defaultdict(float)
    for name in WEIGHTS:
        facts = getattr(mine, name)
        if facts and (name, facts) not in asked:
            rows = _rows(name).filter(**{f"{_fact_column(name)}__in": facts})
            asked[name, facts] = list(rows.order_by("-edition_id")[:_LOOKED_AT])
        for edition, fact in asked.get((name, facts), ()):
            score[edition] += rarity.of(name, fact)
    score.pop(mine.edition, None)
    return nlargest(CONSIDERED, score, key=lambda edition: (score[edition], edition))

"""Whether an article tells of a case that we have, in other words: one case in two lives.

Articles were published twice, in two templates and worded apart. What they say of place, years and
doers is the same, and they rest on the same works. It is proposed, with its reasons, never decided.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cases.models import Case, Participation
from organisations.naming import folded

from .resolved import Resolved

_KEY = re.compile(r"@([^\s\];,:]+)")
_SAID_OF_ALL = frozenset(
    "the a an of in and to for between on from after during ending end ended preventing keeping "
    "resolving reducing maintaining armed conflict conflicts war wars civil violence peace dispute "
    "crisis case republic relapse into".split()
)
_YEARS_APART = 1  # by which two lives may differ: of an agreement, or of what followed
ENOUGH = 6  # points, of ten
MOST_OF = 0.6  # of the works that the shorter of two rests on


@dataclass(frozen=True)
class CaseFacts:
    """What is compared of a case, or of an article that would be one: names folded, countries by
    their codes, types of initiative by slug, sources by key."""

    slug: str
    title: str
    start: int | None
    end: int | None
    countries: frozenset[str]
    organisations: frozenset[str]
    initiatives: frozenset[str]
    sources: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """The words of the title that tell it from others."""
        return frozenset(folded(self.title).split()) - _SAID_OF_ALL


@dataclass
class KnownCases:
    """The cases that an article may be about."""

    cases: list[CaseFacts] = field(default_factory=list)

    @classmethod
    def load(cls) -> "KnownCases":
        """All cases; four queries, whatever their number."""
        countries: dict[int, set[str]] = defaultdict(set)
        for pk, code in Case.countries.through.objects.values_list("case", "country__alpha3"):
            countries[pk].add(code)
        initiatives: dict[int, set[str]] = defaultdict(set)
        rows = Case.initiative_types.through.objects.values_list("case", "initiativetype__slug")
        for pk, slug in rows:
            initiatives[pk].add(slug)
        bodies: dict[int, set[str]] = defaultdict(set)
        taking_part = Participation.objects.values_list("case", "organisation__name")
        for pk, name in taking_part:
            bodies[pk].add(folded(name))
        columns = ("pk", "slug", "title", "start_year", "end_year", "body")
        return cls(
            [
                CaseFacts(
                    *(slug, title, start, end, frozenset(countries[pk]), frozenset(bodies[pk])),
                    *(frozenset(initiatives[pk]), frozenset(_KEY.findall(body))),
                )
                for pk, slug, title, start, end, body in Case.objects.values_list(
                    *columns
                ).iterator(chunk_size=500)
            ]
        )

    def add(self, resolved: Resolved) -> None:
        """Know the case that was made of an article."""
        self.cases.append(facts_of(resolved))

    def told_again(self, resolved: Resolved) -> list[tuple[CaseFacts, list[str]]]:
        """The cases that the article may be about, each with the reasons, the likeliest first."""
        return self.like(facts_of(resolved))

    def like_draft(self, slug: str) -> list[tuple[CaseFacts, list[str]]]:
        """The other cases that a stored one may be about, as `told_again`."""
        return [found for case in self.cases if case.slug == slug for found in self.like(case)]

    def like(self, mine: CaseFacts) -> list[tuple[CaseFacts, list[str]]]:
        """The cases, but for itself, that these facts may be about, the likeliest first."""
        found = [(*_judged(mine, case), case) for case in self.cases if case.slug != mine.slug]
        likely = sorted((f for f in found if f[0] >= ENOUGH), key=lambda f: (-f[0], f[2].slug))
        return [(case, reasons) for _points, reasons, case in likely]


def facts_of(resolved: Resolved) -> CaseFacts:
    """What is compared of an article. A work that may be one of ours counts as that."""
    similar = [key for keys in resolved.similar.values() for key in keys]
    named = [n.organisation.name if n.organisation else n.name for n in resolved.organisations]
    return CaseFacts(
        slug=resolved.slug or "",
        title=resolved.manuscript.title,
        start=resolved.start_year,
        end=resolved.end_year,
        countries=frozenset(country.alpha3 for country in resolved.countries),
        organisations=frozenset(map(folded, named)),
        initiatives=frozenset(term.slug for term in resolved.initiative_types),
        sources=frozenset([*resolved.keys, *similar]),
    )


def _judged(mine: CaseFacts, other: CaseFacts) -> tuple[int, list[str]]:
    """How many points speak for one case, and in words which; none where something excludes it."""
    works = _share(mine.sources, other.sources)
    if _is_excluded(mine, other, works):
        return 0, []
    told = list(_reasons(mine, other, works))
    rests = works or mine.organisations & other.organisations
    points = sum(weight for weight, _words in told) if rests else 0
    return points, [words for _weight, words in told]


def _is_excluded(mine: CaseFacts, other: CaseFacts, works: float) -> bool:
    """Other places, other years, another kind of initiative; or others who did it, unless most of
    the evidence is the same: one conflict has seen several initiatives."""
    years = ((mine.start, other.start), (mine.end, other.end))
    apart = any(a is not None and b is not None and abs(a - b) > _YEARS_APART for a, b in years)
    pairs = ((mine.countries, other.countries), (mine.initiatives, other.initiatives))
    strange = any(a and b and not a & b for a, b in pairs)
    others = (
        bool(mine.organisations and other.organisations)
        and not mine.organisations & other.organisations
        and works < MOST_OF
    )
    return apart or strange or others


def _reasons(mine: CaseFacts, other: CaseFacts, works: float) -> Iterator[tuple[int, str]]:
    if mine.start is not None and mine.start == other.start and mine.end == other.end:
        yield 2, _("the same years")
    elif mine.start is not None and other.start is not None:
        yield 1, _("nearly the same years")
    if mine.countries and mine.countries == other.countries:
        yield 1, _("the same countries")
    if _share(mine.organisations, other.organisations) >= 0.5:
        yield 2, _("the same organisations")
    if mine.initiatives & other.initiatives:
        yield 1, _("the same kind of initiative")
    if _share(mine.words, other.words) >= 0.5:
        yield 1, _("words of the title")
    both = len(mine.sources & other.sources)
    if both >= 2:
        words = {"both": both, "all": min(len(mine.sources), len(other.sources))}
        yield 3 if works >= 0.3 else 2, _("%(both)d of %(all)d works cited") % words


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    """How much of the smaller set is in the other."""
    smaller = min(len(some), len(others))
    return len(some & others) / smaller if smaller else 0.0

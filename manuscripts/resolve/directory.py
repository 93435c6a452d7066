"""Lookup tables of our terms, countries, organisations, sources and earlier imports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from cases.models import Aim, Case, ConflictType, InitiativeType
from cases.regional_groups import own_regional_groups
from manuscripts.parse.manuscript import Reference
from manuscripts.parse.names import plain
from organisations.models import Country, Organisation, RegionalGroup
from organisations.naming import directory as by_name
from organisations.naming import folded, free_slug
from sources.models import Contributor, Source

from .new_source import new_source
from .resolved import Resolved
from .same_case import KnownCases

_NEAR_CUTOFF = 0.92  # ratio of difflib above which a spelling is a near match


@dataclass
class Terms:
    """One vocabulary, by the spellings of its terms."""

    terms: list[Any]
    spellings: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.spellings = by_name(self.terms)

    def find(self, written: str, *, near: bool = True) -> tuple[Any, str] | None:
        """The term with that spelling, and how well it matches: exact, other or (if asked) near."""
        name = folded(written)
        if term := self.spellings.get(name):
            return term, "exact" if folded(term.label) == name else "other"
        if not near or len(name) > 200:
            return None
        for close in get_close_matches(name, self.spellings, n=3, cutoff=_NEAR_CUTOFF):
            if _distinctive_parts(close) == _distinctive_parts(name):
                return self.spellings[close], "near"
        return None


def _distinctive_parts(words: str) -> tuple[bool, ...]:
    """Which of the parts occur that distinguish terms with nearly the same spelling."""
    return tuple(part in words for part in ("intra", "inter", "horizontal", "vertical", "risk"))


@dataclass
class Directory:
    """Everything that `resolve` looks up. `cases` has the two halves of an import digest: text to
    (name, slug); `titles` has slugs by folded title; `groups_of` takes countries and years."""

    aims: Terms
    conflict_types: Terms
    initiative_types: Terms
    regional_groups: Terms
    countries: list[Country]
    organisations: list[Organisation]
    sources: list[Source] = field(default_factory=list)
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    known_cases: KnownCases = field(default_factory=KnownCases)
    groups_of: Callable[..., Iterable[RegionalGroup]] = own_regional_groups

    def __post_init__(self) -> None:
        self._organisations = by_name(self.organisations)
        self._variants = {_normalised(n): o for o in reversed(self.organisations) for n in o.names}
        self._countries = countries_by_name(self.countries)
        self.longest_country = max((len(words) for words in self._countries), default=0)
        self._sources: dict[tuple[str, ...], list[Source]] = {}
        self.keys: set[str] = set()
        for source in self.sources:
            self._add_source(source)
        self.slugs = {slug for _, slug in self.cases.values()} | set(self.titles.values())

    @classmethod
    def load(cls) -> "Directory":
        """The directory of everything in the database."""
        titles = Case.objects.values_list("title", "slug")
        return cls(
            aims=Terms(list(Aim.objects.all())),
            conflict_types=Terms(list(ConflictType.objects.all())),
            initiative_types=Terms(list(InitiativeType.objects.all())),
            regional_groups=Terms(list(RegionalGroup.objects.all())),
            countries=list(Country.objects.all()),
            organisations=list(Organisation.objects.kept()),
            sources=list(Source.objects.kept().prefetch_related("contributors")),
            cases=earlier_imports(),
            titles={folded(title): slug for title, slug in titles},
            known_cases=KnownCases.load(),
        )

    def _add_source(self, source: Source) -> None:
        self._sources.setdefault(_identity_of(source), []).append(source)
        self.keys.add(source.key.casefold())

    def _add_organisation(self, organisation: Organisation) -> None:
        self.organisations.append(organisation)
        for name in organisation.names:
            self._organisations.setdefault(folded(name), organisation)
            self._variants.setdefault(_normalised(name), organisation)

    def _add_case(self, resolved: Resolved) -> None:
        manuscript, slug = resolved.manuscript, resolved.slug or ""
        self.cases[manuscript.digest[:32]] = (manuscript.digest[32:], slug)
        self.titles.setdefault(folded(manuscript.title), slug)
        self.slugs.add(slug)
        self.known_cases.add(resolved)

    def learn(self, resolved: Resolved) -> None:
        """Know what was stored of a manuscript, without loading the rest again."""
        new = [
            k for k, known in zip(resolved.keys, resolved.known_sources, strict=True) if not known
        ]
        for source in Source.objects.filter(key__in=new).prefetch_related("contributors"):
            self._add_source(source)
        names = [named.name for named in resolved.organisations if named.organisation is None]
        for organisation in Organisation.objects.filter(name__in=names):
            self._add_organisation(organisation)
        if resolved.slug:
            self._add_case(resolved)

    def pretend(self, resolved: Resolved) -> None:
        """Know what would be stored of a manuscript, and set the slug that its case would have.
        Raises ValidationError where a source would be refused. Stores nothing."""
        manuscript = resolved.manuscript
        for reference, key, known in zip(
            manuscript.sources, resolved.keys, resolved.known_sources, strict=True
        ):
            if known is None:
                self._add_source(unsaved_source(reference, key))
        for named in resolved.organisations:
            if named.organisation is None and folded(named.name) not in self._organisations:
                self._add_organisation(Organisation(name=named.name))
        resolved.slug = resolved.origin.slug or free_slug(manuscript.title, self.slugs)
        self._add_case(resolved)

    def country(self, words: Iterable[str]) -> tuple[Country, str] | None:
        """The country with that name, given as `plain` words, and the name as we write it."""
        return self._countries.get(tuple(words))

    def is_country(self, name: str) -> bool:
        """Whether a name, with or without “the”, is a country's."""
        return self.country(word for word in plain(name).split() if word != "the") is not None

    def organisation(self, written: str) -> tuple[Organisation, str] | None:
        """The organisation with that name, and how well it matches: exact, other or near."""
        name = folded(written)
        if found := self._organisations.get(name):
            exact = name in (folded(found.name), folded(found.short_name))
            return found, "exact" if exact else "other"
        found = self._variants.get(_normalised(written))
        return (found, "near") if found else None

    def is_organisation(self, name: str) -> bool:
        """Whether one of our organisations has exactly that name."""
        return folded(name) in self._organisations

    def organisation_like(self, written: str) -> Organisation | None:
        """An organisation with so similar a name that an editor should compare them."""
        close = get_close_matches(folded(written)[:200], self._organisations, n=1, cutoff=0.9)
        return self._organisations[close[0]] if close else None

    def sources_like(self, title: str, container: str, year: str, first: str) -> list[Source]:
        """The sources with this title, container, year and first author or body."""
        return self._sources.get(_identity(title, container, year, first), [])


def earlier_imports() -> dict[str, tuple[str, str]]:
    """The cases that were imported: the half of their digest for the text, to the half for the name
    and the slug. One query."""
    cases = Case.objects.exclude(import_digest="").values_list("import_digest", "slug")
    return {digest[:32]: (digest[32:], slug) for digest, slug in cases}


def countries_by_name(countries: list[Country]) -> dict[tuple[str, ...], tuple[Country, str]]:
    """The countries, and their names as we write them, by the words of each name as `plain` has
    them, without “the”."""
    return {
        tuple(word for word in plain(name).split() if word != "the"): (country, name)
        for country in reversed(countries)
        for name in country.names
    }


def unsaved_source(reference: Reference, key: str) -> Source:
    """The source to be made of a reference, with its contributors. Raises ValidationError."""
    source, people = new_source(reference, key)
    source.pk = 0
    source.clean_fields(exclude=["merged_into"])
    source.clean()
    source._prefetched_objects_cache = {"contributors": people}  # type: ignore[attr-defined]
    return source


def _identity(title: str, container: str, year: str, first: str) -> tuple[str, ...]:
    """What identifies a source, however it is typed."""
    return plain(title), plain(container), year[:4], plain(first)


def _identity_of(source: Source) -> tuple[str, ...]:
    rows = list(source.contributors.all())
    authors = [row for row in rows if row.role == Contributor.Role.AUTHOR] or rows
    first = min(authors, key=lambda row: row.position, default=None)
    name = (first.family or first.literal) if first else ""
    return _identity(source.title, source.container_title, source.issued, name)


def _normalised(name: str) -> str:
    """A name without variants of spelling: Organization of the, Organisation of."""
    words = plain(name.replace("&", " and ")).split()
    return " ".join(w.replace("iz", "is").replace("center", "centre") for w in words if w != "the")

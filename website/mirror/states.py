"""What each page of the collection is made of, as a number for each that changes when that does.

Read in bulk, a fixed number of queries: so a run after a publication finds the few pages to be made
anew without making any. What is not seen here the full pass finds (`writing.write`, `anew`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from corrections.models import Notice
from editions.models import (
    AddressCitation,
    Edition,
    EditionCitation,
    Neighbour,
    Participation,
    WatchedAddress,
)
from organisations.models import Country, GroupMembership
from website.pages import fragments
from website.views.related_cases import WORK, public_organisations
from website.views.vocabularies import VOCABULARIES

_MOST = 2**128
Sums = defaultdict[Any, int]


def weight(*said: object) -> int:
    """A number for what is said; sums of them are equal where the same is said, in any order."""
    return int.from_bytes(blake2b(repr(said).encode(), digest_size=16).digest(), "big")


class EditionRow(NamedTuple):
    """What there is to know of an edition to see whether its pages are as they were."""

    pk: int
    case: int
    slug: str
    number: int
    kind: str
    digest: str
    is_current: bool
    removed: bool
    conflict: int | None
    impact: str

    @property
    def is_listed(self) -> bool:
        """Whether lists show it: `EditionQuerySet.listed`."""
        return self.is_current and not self.removed and self.kind != Edition.Kind.WITHDRAWAL


@dataclass
class States:
    """The collection as it stands: its editions, and sums over what rests on them."""

    cases: dict[int, list[EditionRow]] = field(default_factory=lambda: defaultdict(list))
    weights: dict[int, int] = field(default_factory=dict)  # by edition
    _current: dict[int, int] = field(default_factory=dict)  # weight of the one in print, by case

    def __post_init__(self) -> None:
        rows = Edition.objects.order_by("case", "number").values_list(
            *("pk", "case", "case__slug", "number", "kind", "digest", "is_current"),
            *("removed_at", "conflict", "impact"),
        )
        said: Any
        for said in rows.iterator(chunk_size=5000):
            *own, removed_at, conflict, impact = said
            row = EditionRow._make([*own, removed_at is not None, conflict, impact])
            self.cases[row.case].append(row)
            self.weights[row.pk] = weight(*row)
            if row.is_current:
                self._current[row.case] = self.weights[row.pk]

    @cached_property
    def removed(self) -> str:
        """Which editions are removed."""
        gone = (row.pk for rows in self.cases.values() for row in rows if row.removed)
        return f"{weight(*sorted(gone)):032x}"

    @cached_property
    def common(self) -> int:
        """What all pages are made with: templates, style sheets, the names of terms and countries,
        the year up to which charts are drawn."""
        folder = Path(settings.STATIC_ROOT) / "staticfiles.json"
        sheets = folder.read_bytes() if folder.exists() else b""
        templates = Path(settings.BASE_DIR) / "templates"
        made = [file.read_bytes() for file in sorted(templates.rglob("*.*")) if file.is_file()]
        terms = [[*v.model._default_manager.values_list()] for n, v in _terms() if n != "conflicts"]
        places = [[*Country.objects.values_list()], [*GroupMembership.objects.values_list()]]
        year = timezone.localdate().year
        return weight(fragments.stamp(), sheets, made, terms, places, year)

    @cached_property
    def of_cases(self) -> dict[int, int]:
        """Each case: its editions, notices, “More posts”, sequence, and dead addresses."""
        around = sums(self._around())
        sequences = sums((r.conflict, self.weights[r.pk]) for r in self._listed() if r.conflict)
        found = {}
        for case, rows in self.cases.items():
            conflict = next((row.conflict for row in rows if row.is_current), None)
            own = sum(self.weights[row.pk] for row in rows)
            found[case] = own + around[case] + sequences.get(conflict, 0)
        return found

    def _around(self) -> Iterable[tuple[int, int]]:
        names = ("position", "chosen", "kind", "country", "initiative_type", "conflict_type")
        rows = Neighbour.objects.order_by().values_list(
            *("case", "other", "organisation", "organisation__updated_at", "decade"), *names
        )
        for case, other, *why in rows.iterator(chunk_size=5000):
            yield case, weight(self._current.get(other), *why)
        for case, notice in self.notices.items():
            yield case, sum(state for _reference, state in notice)
        yield from self._dead_in_cases()

    @cached_property
    def notices(self) -> dict[int, list[tuple[str, int]]]:
        """The public notices of each case: reference, and what it says of others and of whom."""
        found = defaultdict(list)
        lifted = set(Notice.objects.exclude(lifts=None).values_list("lifts", flat=True))
        for notice in Notice.objects.public():
            case = notice.case_id
            about = sum(self.weights[row.pk] for row in self.cases[case])
            state = weight(notice.pk, notice.credit, notice.pk in lifted, about)
            found[case].append((notice.reference, state))
        return found

    def _dead_in_cases(self) -> Iterable[tuple[int, int]]:
        rows = AddressCitation.objects.exclude(address__dead_since=None).values_list(
            *("edition__case", "address", "address__failing_since"),
            *("address__archived_url", "address__archived_on"),
        )
        for case, *shown in rows:
            yield case, weight(*shown)

    def _listed(self) -> Iterable[EditionRow]:
        return (row for rows in self.cases.values() for row in rows if row.is_listed)

    @cached_property
    def of_sources(self) -> dict[int, int]:
        """Each source: the editions that cite it, or one that was merged into it."""
        cited = EditionCitation.objects.order_by().annotate(work=WORK)
        return self._resting(cited.values_list("work", "edition", "note_number", "locator"))

    @cached_property
    def of_organisations(self) -> dict[int, int]:
        """Each public organisation with its whole family: what it is part of, its parts, what it
        became."""
        named = self._resting(Participation.objects.order_by().values_list(*_NAMED))
        rows = list(public_organisations().values_list("pk", "parent", "successor", "updated_at"))
        public, head = {row[0] for row in rows}, {row[0]: row[0] for row in rows}
        for pk, *kin, _at in rows:
            for other in public.intersection(kin):
                head[_head(head, pk)] = _head(head, other)
        of_family = sums((_head(head, r[0]), weight(*r) + named.get(r[0], 0)) for r in rows)
        return {pk: of_family[_head(head, pk)] for pk in public}

    @cached_property
    def of_countries(self) -> dict[int, int]:
        """Each country: the listed editions about it, and its organisations."""
        return self._of_terms(Country, "editions", "country")

    def of_vocabulary(self, name: str) -> dict[int, int]:
        """Each term: the listed editions that bear it, what it says itself, its organisations."""
        vocabulary = VOCABULARIES[name]
        if vocabulary.is_column:
            bearing = sums((row.impact, self.weights[row.pk]) for row in self._listed())
            terms: Any = vocabulary.terms.values_list("pk", "slug")
            return {pk: bearing[slug] for pk, slug in terms}
        kind = "kind" if name == "organisation-kinds" else ""
        found = self._of_terms(vocabulary.model, vocabulary.editions, kind)
        rows: Any = vocabulary.terms.values_list()
        return {row[0]: found.get(row[0], 0) + weight(*row) for row in rows}

    def _of_terms(self, model: Any, way: str, of_organisations: str) -> dict[int, int]:
        rows = model._default_manager.order_by().filter(**{f"{way}__is_current": True})
        found = sums((pk, self.weights.get(e, 0)) for pk, e in rows.values_list("pk", way))
        if of_organisations:
            bodies = public_organisations().exclude(**{of_organisations: None})
            for pk, *body in bodies.values_list(of_organisations, "pk", "updated_at"):
                found[pk] += weight(*body)
        return found

    def _resting(self, rows: Any) -> dict[int, int]:
        return sums(
            (pk, weight(self.weights.get(edition), *rest))
            for pk, edition, *rest in rows.iterator(chunk_size=5000)
        )

    @cached_property
    def dead_addresses(self) -> dict[str, int]:
        """What readers are shown of each address that is dead."""
        return {row.address: weight(*row.as_shown) for row in WatchedAddress.objects.dead()}


_NAMED = ("organisation", "edition", "position")


def sums(pairs: Iterable[tuple[Any, int]]) -> Sums:
    """The sum of the numbers for each key."""
    found: Sums = defaultdict(int)
    for key, number in pairs:
        found[key] = (found[key] + number) % _MOST
    return found


def _terms() -> Any:
    return VOCABULARIES.items()


def _head(head: dict[int, int], one: int) -> int:
    while head[one] != one:
        one = head[one]
    return one

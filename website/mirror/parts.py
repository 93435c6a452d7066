"""The parts of the mirror: what is written together, from what, and at which addresses.

A part is a case with all that belongs to it, a source, an organisation, a term, a notice; the
lists; the exports of the whole collection. It is written anew when its state changes.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from organisations.models import Country
from website.exports import EDITION_FORMATS, RESULT_FORMATS
from website.exports.references import REFERENCE_FORMATS
from website.views.related_cases import public_organisations, public_sources
from website.views.sitemaps import SITEMAPS, PageSitemap
from website.views.vocabularies import VOCABULARIES

from .states import EditionRow, States, weight

FEED = "atom"
_STATIC = ("css/", "js/", "fonts/", "img/")


class Part(NamedTuple):
    """What is written together; `state` says from what, `addresses` where."""

    name: str
    state: str
    addresses: Callable[[], list[str]]


def parts(states: States, *, version: str, with_removed: bool) -> Iterator[Part]:
    """All that come from the collection, cases first, what lists them last. `with_removed`: the
    tombstones of removed editions stand here too, for where no site says 410."""

    def part(name: str, state: int, addresses: Callable[[], list[str]]) -> Part:
        whole = weight(states.common, state, with_removed)
        return Part(name, f"{whole:032x}", addresses)

    yield part("static", 0, static_files)
    for case, state in states.of_cases.items():
        rows = states.cases[case]
        yield part(f"case {case}", state, partial(pages_of, rows, with_removed))
        own = sum(states.weights[row.pk] for row in rows)
        own += sum(said for _reference, said in states.notices.get(case, []))
        yield part(f"forms {case}", own, partial(forms_of, rows, with_removed))
    for notices in states.notices.values():
        for reference, state in notices:
            yield part(f"notice {reference}", state, partial(_notice, reference))
    for key, state in _sources(states):
        yield part(f"source {key}", state, partial(of_source, key))
    for address, state in _others(states):
        yield part(address, state, partial(list, [address]))
    yield part("lists", weight(version), lists)


def exports(states: States, version: str) -> Part:
    """What is dear: the whole collection in every format."""
    state = weight(states.common, states.removed, version)
    return Part("exports", f"{state:032x}", whole_collection)


def pages_of(rows: Sequence[EditionRow], with_removed: bool) -> list[str]:
    """The case, the list of its editions, these, and comparisons of those that follow each other
    or lead to the one in print."""
    case = reverse("case", args=[rows[0].slug])
    found = [f"{case}editions/"]
    if with_removed or not any(row.is_current and row.removed for row in rows):
        found.insert(0, case)  # else its own address is a tombstone
    shown = [row for row in rows if with_removed or not row.removed]
    found += [f"{case}editions/{row.number}/" for row in shown]
    there = [row.number for row in rows if not row.removed]
    pairs = {*pairwise(there)} | {(number, there[-1]) for number in there[1:-1]}
    return found + [f"{case}compare/{a}/{b}/" for a, b in sorted(pairs)]


def forms_of(rows: Sequence[EditionRow], with_removed: bool) -> list[str]:
    """What machines read of each edition: its forms, its references, its card. They depend on the
    editions and notices of the case alone."""
    case, found = reverse("case", args=[rows[0].slug]), []
    for row in rows:
        edition = f"{case}editions/{row.number}"
        if with_removed or not row.removed:
            found += [f"{edition}.{form}" for form in EDITION_FORMATS]
            found += [f"{edition}/references.{form}" for form in REFERENCE_FORMATS]
        if not row.removed:
            found.append(f"{edition}/card.png")
    return found


def of_source(key: str) -> list[str]:
    """A source, and its files for reference managers."""
    files = [reverse("source-file", args=[key, form]) for form in ("bib", "ris", "csl.json")]
    return [reverse("source", args=[key]), *files]


def _notice(reference: str) -> list[str]:
    return [reverse("notice", args=[reference])]


def _sources(states: States) -> Iterator[tuple[str, int]]:
    dead = states.dead_addresses
    rows = public_sources().order_by("pk").values_list("pk", "key", "url", "updated_at")
    for pk, key, url, at in rows:
        yield key, weight(at, states.of_sources.get(pk, 0), dead.get(url, 0))


def _others(states: States) -> Iterator[tuple[str, int]]:
    for pk, slug in public_organisations().order_by("pk").values_list("pk", "slug"):
        yield reverse("organisation", args=[slug]), states.of_organisations[pk]
    for country in Country.objects.all():
        yield country.get_absolute_url(), states.of_countries.get(country.pk, 0)
    for name, vocabulary in VOCABULARIES.items():
        of_terms = states.of_vocabulary(name)
        for term in vocabulary.terms:
            yield term.get_absolute_url(), of_terms.get(term.pk, 0)


def lists() -> list[str]:
    """First pages of lists, what the site says of itself, feeds, and what machines look for."""
    found = [reverse(name) for name in PageSitemap().items()]
    found += [reverse("correction-figures-json"), reverse("notices-feed")]
    found += [reverse("results", args=[FEED]), reverse("site-card"), reverse("codebook-table")]
    found += [reverse(f"record-{name}") for name in ("log", "head", "verifier")]
    found += [reverse("schema", args=[name]) for name in ("record", "cases")]
    found += [reverse("robots"), reverse("sitemap")]
    return found + [reverse("sitemap-section", args=[name]) for name in SITEMAPS]


def whole_collection() -> list[str]:
    """Every format of the whole collection but the feed, of all that it cites, and the field
    edition."""
    found = [reverse("results", args=[form]) for form in RESULT_FORMATS if form != FEED]
    forms = ("epub", "sqlite3", "sqlite3.zip")
    found += [reverse("field-edition", args=[f"collection.{form}"]) for form in forms]
    return found + [reverse("references", args=[form]) for form in REFERENCE_FORMATS]


def static_files() -> list[str]:
    """Style sheets, scripts, typefaces and marks of the public pages, by the names pages use."""
    names = {
        name
        for finder in finders.get_finders()
        for name, _storage in finder.list([])
        if name.startswith(_STATIC)
    }
    return sorted({static(name) for name in names})

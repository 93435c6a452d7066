"""Compares a case with the whole collection, when it is saved: the same passage elsewhere, names a
letter apart, sources and organisations that may be one. What is found is kept with the case
(`Case.compared`); the rules of `kept` give it again while the case still says so, without a query.

At most some ten queries and some tens of milliseconds, however large the collection is.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from cases.models import Case, Shingle
from cases.rendering import Rendered
from organisations.models import Organisation
from organisations.naming import folded
from sources.formats import csl_json
from sources.likeness import person_slips, work_slips
from sources.likeness.folding import is_spelling_of
from sources.models import Contributor, Source

from . import shingles
from .reading import Paragraph, Reading, Text

_OTHERS = 5  # cases that are read beside one
_BOILERPLATE = 40  # cases that share a hash: it tells nothing
_PEOPLE = 1_000  # names that are looked through
_COMMON = 8  # family names, with which a given name tells nobody
_TELLING = 7  # letters of a family name that tells in spite of that
_WORKS = 300
_NAMED = 20  # organisations that are named
_SHORT = 2  # words: a name that short is like too many others

Kept = dict[str, Any]


def compare(reading: Reading) -> list[Kept]:
    """What the rest of the collection says about a stored case; its own words are put into the
    index first."""
    case, rendered = reading.case, reading.rendered
    if not reading.is_readable:
        return []
    return [
        *_passages(case, reading.texts["body"]),
        *_people(rendered),
        *_works(rendered),
        *_organisations(reading),
        *_one_way(case),
    ]


def _passages(case: Case, body: Text) -> Iterator[Kept]:
    """Runs of words that stand in other cases too, and paragraphs that are much like theirs."""
    words = shingles.tokens(body.bare)
    prose = {p.start: body.bare[p.start : p.start + len(p.typed)] for p in _prose(body)}
    of_runs = shingles.of_passages(words)
    of_paragraphs = {start: shingles.of_paragraph(text) for start, text in prose.items()}
    of_all = set().union(*of_paragraphs.values())
    _index(case, of_runs | of_all)
    sharing, like = _sharing(case, of_runs, of_all)
    others = list(Case.objects.filter(pk__in=sharing | like).only("title", "body"))
    for other in (other for other in others if other.pk in sharing):
        theirs = shingles.tokens(Text("body", other.body).bare)
        first, length = shingles.common_run(words, theirs)
        if length >= shingles.RUN:
            piece = body.typed[words[first].start : words[first + length - 1].end]
            yield {"code": "same-passage", "piece": piece, "title": other.title, "count": length}
    compared = {start: text for start, text in prose.items() if of_paragraphs[start]}
    for other in (other for other in others if other.pk in like):
        yield from _alike(body, compared, other)


def _prose(body: Text) -> Iterator[Paragraph]:
    return (paragraph for paragraph in body.paragraphs if paragraph.is_prose)


def _index(case: Case, hashes: set[int]) -> None:
    """Let the index hold these hashes of the case, and no other."""
    stored = set(Shingle.objects.filter(case=case).values_list("hash", flat=True))
    if stored - hashes:
        Shingle.objects.filter(case=case, hash__in=stored - hashes).delete()
    Shingle.objects.bulk_create(Shingle(case=case, hash=one) for one in hashes - stored)


def _sharing(case: Case, *sets: set[int]) -> list[set[int]]:
    """For each set of hashes the cases that share most of them. One query, or none."""
    asked = set().union(*sets)
    rows = (
        Shingle.objects.filter(hash__in=asked).exclude(case=case)
        if asked
        else Shingle.objects.none()
    )
    by_hash: dict[int, list[int]] = defaultdict(list)
    for one, other in rows.values_list("hash", "case"):
        by_hash[one].append(other)
    telling = {one: them for one, them in by_hash.items() if len(them) < _BOILERPLATE}
    counted = [
        Counter(pk for one, them in telling.items() if one in hashes for pk in them)
        for hashes in sets
    ]
    return [{pk for pk, _count in found.most_common(_OTHERS)} for found in counted]


def _alike(body: Text, paragraphs: Mapping[int, str], other: Case) -> Iterator[Kept]:
    """Those of these paragraphs, by their offsets, that are much like one of another case."""
    theirs = [shingles.telling(p.typed) for p in Text("body", other.body).paragraphs]
    for start, text in paragraphs.items():
        mine = shingles.telling(text)
        if any(len(mine & one) >= shingles.ALIKE * len(mine | one) for one in theirs):
            piece = body.typed[start:].partition("\n")[0]
            yield {"code": "paragraph-alike", "piece": piece, "title": other.title}


def _people(rendered: Rendered) -> Iterator[Kept]:
    """Names of the case's sources that are a letter from those of other sources."""
    own = {item["id"] for item in rendered.sources}
    people = [
        name
        for item in rendered.sources
        for role in ("author", "editor")
        for name in item.get(role, [])
        if name.get("family")
    ]
    if not people:
        return
    alike = Q(family__in={name["family"] for name in people})
    for given, initial in {(n["given"], n["family"][0]) for n in people if n.get("given")}:
        alike |= Q(given=given, family__startswith=initial)
    rows = Contributor.objects.filter(alike, source__merged_into=None).order_by("source__key", "pk")
    names = list(rows.values_list("source__key", "family", "given")[:_PEOPLE])
    names.sort(key=lambda row: row[0] not in own)  # of one name, the source of this case
    once: dict[tuple[str, str], str] = {}
    for key, family, given in names:
        once.setdefault((family, given), key)
    items = [
        {"id": key, "author": [{"family": family, "given": given}]}
        for (family, given), key in once.items()
    ]
    found = [slip for slip in person_slips(items) if own & {slip.first, slip.second}]
    common = _common_given({name["given"] for name in people if name.get("given")} if found else ())
    for slip in found:
        told = min(len(name.split()[-1]) for name in slip.names) >= _TELLING
        if told or not any(name.rpartition(" ")[0] in common for name in slip.names):
            yield {"code": "names-apart", "keys": [slip.first, slip.second], "names": [*slip.names]}


def _common_given(names: Collection[str]) -> set[str]:
    """Those of these given names that go with many family names. One query, or none."""
    if not names:
        return set()
    rows = Contributor.objects.filter(given__in=names).order_by().values("given")
    counted = rows.annotate(families=Count("family", distinct=True))
    return set(counted.filter(families__gte=_COMMON).values_list("given", flat=True))


def _works(rendered: Rendered) -> Iterator[Kept]:
    """Sources of the case that are here twice."""
    items = {item["id"]: item for item in rendered.sources}
    if not items:
        return
    asked = Q(title__in={item["title"] for item in items.values()})
    for field, csl in (("doi", "DOI"), ("url", "URL")):
        values = {item[csl] for item in items.values() if item.get(csl)}
        asked |= Q(**{f"{field}__in": values}) if values else Q()
    others = Source.objects.kept().filter(asked).exclude(key__in=items).order_by("key")
    there = [csl_json(one) for one in others.prefetch_related("contributors")[:_WORKS]]
    for slip in work_slips([*items.values(), *there]):
        yield {"code": "source-double", "keys": [slip.first, slip.second], "why": slip.why}


def _organisations(reading: Reading) -> Iterator[Kept]:
    """Organisations that the text names and the facts do not list, or spells as none of their
    names."""
    prose = "\n".join(text.bare for text in reading.texts.values())
    known = _directory(
        *Organisation.objects.aggregate(n=Count("pk"), at=Max("updated_at")).values()
    )
    names, by_end = known.names, known.by_end
    parents = {body.parent_id for body in reading.organisations}
    listed = {body.name for body in reading.organisations} | {known.by_key.get(p) for p in parents}
    lengths = {length for _end, length, _word in by_end}
    told: dict[str, Kept] = {}
    for typed, run in _capitalised(prose, lengths):
        found = folded(typed)
        if found in names:
            if names[found] not in listed:
                kept = {"code": "organisation-not-listed", "piece": typed, "name": names[found]}
                told.setdefault(found, kept)
        elif len(run) > _SHORT and " ".join(run) not in known.runs:
            near = by_end.get(("first", len(run), run[0]), [])
            near = [*near, *by_end.get(("last", len(run), run[-1]), [])]
            for parts in (parts for parts in near if _is_near(run, parts)):
                name = names.get(" ".join(parts), " ".join(parts))
                kept = {"code": "organisation-spelling", "piece": typed, "name": name}
                told.setdefault(found, kept)
    yield from list(told.values())[:_NAMED]


def _capitalised(prose: str, lengths: Iterable[int]) -> Iterator[tuple[str, list[str]]]:
    """Every run of so many words that begins with a capital: as typed, and its words."""
    words = shingles.tokens(prose)
    for at, first in enumerate(words):
        if prose[first.start].isupper():
            for run in (words[at : at + length] for length in lengths):
                yield prose[first.start : run[-1].end], [token.word for token in run]


class _Directory(NamedTuple):
    """The names of organisations: the one it goes by, by any that is folded and by its key; the
    words of each name as a run, and by its first and its last word and its length."""

    names: dict[str, str]
    by_key: dict[int | None, str]
    runs: set[str]
    by_end: dict[tuple[str, int, str], list[list[str]]]


@lru_cache(maxsize=1)
def _directory(_number: int, _changed_at: Any) -> _Directory:
    """Of all organisations, kept until one of them changes. One query."""
    known = _Directory({}, {}, set(), defaultdict(list))
    rows = Organisation.objects.kept().order_by("pk")
    for body in rows.only("name", "short_name", "other_names"):
        known.by_key[body.pk] = body.name
        for name in body.names:
            known.names.setdefault(folded(name), body.name)
    for name in known.names:
        parts = [token.word for token in shingles.tokens(name)]
        if len(parts) > 1:
            known.runs.add(" ".join(parts))
            known.by_end["first", len(parts), parts[0]].append(parts)
            known.by_end["last", len(parts), parts[-1]].append(parts)
    return known


def _is_near(these: list[str], those: list[str]) -> bool:
    """Whether they differ in the spelling of one word."""
    differing = [pair for pair in zip(these, those, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and is_spelling_of(*differing[0])


def _one_way(case: Case) -> Iterator[Kept]:
    """Related cases that do not relate back."""
    back = case.related_from.values("pk")
    for other in case.related.exclude(pk__in=back).only("title"):
        yield {"code": "related-one-way", "pk": other.pk, "title": other.title}

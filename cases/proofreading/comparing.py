"""Compares a case with the whole collection, when it is saved: the same passage elsewhere, names a
letter apart, sources and organisations that may be one. What is found is kept with the case
(`Case.compared`); the rules of `kept` give it again while the case still says so, without a query.

At most some ten queries and some tens of milliseconds, however large the collection is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from cases.models import Case, Shingle
from cases.rendering import Rendered
from organisations.models import Organisation
from organisations.naming import folded
from sources.formats import csl_json
from sources.likeness import person_slips, work_slips
from sources.likeness.folding import is_spelling_of
from sources.models import Contributor, Source

from . import shingles
from .reading import Reading, Text

_OTHERS = 5  # cases that are read beside one
_BOILERPLATE = 40  # cases that share a hash: it tells nothing
_PEOPLE = 3_000  # names that are looked through
_WORKS = 300
_NAMED = 20  # organisations that are named

Kept = dict[str, Any]


def compare(case: Case, rendered: Rendered) -> list[Kept]:
    """What the rest of the collection says about a stored case; its own words are put into the
    index first."""
    reading = Reading(case, rendered)
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
    words = shingles.tokens(body.bare)
    paragraphs = [p for p in body.paragraphs if p.is_prose]
    bare = {p.start: body.bare[p.start : p.start + len(p.typed)] for p in paragraphs}
    of_runs = shingles.of_passages(words)
    of_paragraphs = {start: shingles.of_paragraph(text) for start, text in bare.items()}
    _index(case, of_runs.union(*of_paragraphs.values()))
    others = _sharing(case, of_runs)
    for other in Case.objects.filter(pk__in=others).only("title", "body"):
        theirs = shingles.tokens(Text("body", other.body).bare)
        first, length = shingles.common_run(words, theirs)
        if length >= shingles.RUN:
            piece = body.typed[words[first].start : words[first + length - 1].end]
            yield {"code": "same-passage", "piece": piece, "title": other.title, "count": length}
    yield from _alike(case, body, bare, of_paragraphs)


def _index(case: Case, hashes: set[int]) -> None:
    """Let the index hold these hashes of the case, and no other."""
    stored = set(Shingle.objects.filter(case=case).values_list("hash", flat=True))
    if stored - hashes:
        Shingle.objects.filter(case=case, hash__in=stored - hashes).delete()
    Shingle.objects.bulk_create(Shingle(case=case, hash=one) for one in hashes - stored)


def _sharing(case: Case, hashes: Iterable[int]) -> list[int]:
    """The cases that share most of these hashes."""
    rows = Shingle.objects.filter(hash__in=list(hashes)).exclude(case=case)
    by_hash: dict[int, list[int]] = defaultdict(list)
    for one, other in rows.values_list("hash", "case"):
        by_hash[one].append(other)
    found = Counter(
        other for sharing in by_hash.values() if len(sharing) < _BOILERPLATE for other in sharing
    )
    return [pk for pk, _count in found.most_common(_OTHERS)]


def _alike(
    case: Case, body: Text, bare: Mapping[int, str], of_paragraphs: Mapping[int, set[int]]
) -> Iterator[Kept]:
    hashes = set().union(*of_paragraphs.values())
    others = Case.objects.filter(pk__in=_sharing(case, hashes) if hashes else [])
    for other in others.only("title", "body"):
        theirs = [shingles.telling(p.typed) for p in Text("body", other.body).paragraphs]
        for start in (start for start, found in of_paragraphs.items() if found):
            mine = shingles.telling(bare[start])
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
    alike |= Q(given__in={name["given"] for name in people if name.get("given")})
    rows = Contributor.objects.filter(alike, source__merged_into=None).order_by("source__key", "pk")
    names = rows.values_list("source__key", "family", "given")[:_PEOPLE]
    items = [{"id": k, "author": [{"family": f, "given": g}]} for k, f, g in names]
    items.sort(key=lambda item: item["id"] not in own)  # of one name, the source of this case
    for slip in person_slips(items):
        if own & {slip.first, slip.second}:
            yield {"code": "names-apart", "keys": [slip.first, slip.second], "names": [*slip.names]}


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
    kept = Organisation.objects.kept().order_by("pk")
    rows = kept.only("name", "short_name", "other_names", "merged_into", "parent")
    prose = "\n".join(text.bare for text in reading.texts.values())
    words = shingles.tokens(prose)
    names: dict[str, str] = {}
    parents = {body.parent_id for body in reading.organisations}
    listed = {body.name for body in reading.organisations}
    for body in rows:
        for name in body.names:
            names.setdefault(folded(name), body.name)
        if body.pk in parents:
            listed.add(body.name)
    by_end: dict[tuple[str, int, str], list[list[str]]] = defaultdict(list)
    known = set()
    for name in names:
        parts = [token.word for token in shingles.tokens(name)]
        if len(parts) > 1:
            known.add(" ".join(parts))
            by_end["first", len(parts), parts[0]].append(parts)
            by_end["last", len(parts), parts[-1]].append(parts)
    lengths = sorted({length for _end, length, _word in by_end})
    told: dict[str, Kept] = {}
    for at in range(len(words)):
        for length in lengths:
            run = words[at : at + length]
            if len(run) < length or not prose[run[0].start].isupper():
                continue
            typed = prose[run[0].start : run[-1].end]
            found = folded(typed)
            if found in names and names[found] not in listed:
                told.setdefault(
                    found, {"code": "organisation-not-listed", "piece": typed, "name": names[found]}
                )
            elif found not in names and length > 2 and " ".join(t.word for t in run) not in known:
                parts = [token.word for token in run]
                for near in (
                    *by_end.get(("first", length, parts[0]), ()),
                    *by_end.get(("last", length, parts[-1]), ()),
                ):
                    if _is_near(parts, near):
                        name = names.get(" ".join(near), " ".join(near))
                        told.setdefault(
                            found, {"code": "organisation-spelling", "piece": typed, "name": name}
                        )
    yield from list(told.values())[:_NAMED]


def _is_near(these: list[str], those: list[str]) -> bool:
    """Whether they differ in the spelling of one word."""
    differing = [pair for pair in zip(these, those, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and is_spelling_of(*differing[0])


def _one_way(case: Case) -> Iterator[Kept]:
    """Related cases that do not relate back."""
    back = case.related_from.values("pk")
    for other in case.related.exclude(pk__in=back).only("title"):
        yield {"code": "related-one-way", "pk": other.pk, "title": other.title}

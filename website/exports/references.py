"""The references of an edition, or of all that was found, for reference managers and as text."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce, Lower

from editions.models import Edition, EditionCitation
from editions.record.read import record_of
from organisations.naming import folded
from serving.dear import check_time
from sources.citing import reference
from sources.formats import csl_json
from sources.models import Source
from sources.reference_files import FORMATS

from .export_set import BATCH, ExportSet, in_pieces

Item = Mapping[str, Any]


class ReferenceFormat(NamedTuple):
    """One format: `written` gives the items in pieces, `before` the first and `after` the last."""

    label: str
    content_type: str
    written: Callable[[list[Item]], str]
    before: str = ""
    between: str = ""
    after: str = "\n"


def _as_text(items: Iterable[Item]) -> str:
    """The full references, a line each, as the house sets them."""
    return "".join(f"{reference(item).text}\n" for item in items)


def _as_objects(items: Iterable[Item]) -> str:
    return ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)


REFERENCE_FORMATS = (
    {  # by extension
        name: ReferenceFormat(label, content_type, write, after="")
        for name, (label, content_type, write) in FORMATS.items()
    }
    | {
        "csl.json": ReferenceFormat(*FORMATS["csl.json"][:2], _as_objects, "[\n", ",\n", "\n]\n"),
        "txt": ReferenceFormat("Text", "text/plain; charset=utf-8", _as_text, after=""),
    }
)


def references_of(edition: Edition) -> list[Item]:
    """The works that an edition cites, as CSL-JSON, by the names they are filed under."""
    return sorted(record_of(edition)["sources"], key=filed_under)


def references_in(found: ExportSet) -> Iterator[list[Item]]:
    """The works that any of the editions cites, each once, in batches, by their keys, as their
    pages show them; one that was merged into another is that one."""
    works: set[int] = set()
    for start in range(0, len(found.keys), BATCH):
        cited = EditionCitation.objects.filter(edition__in=list(found.keys[start : start + BATCH]))
        cited = cited.order_by().annotate(work=Coalesce("source__merged_into", "source"))
        works.update(cited.values_list("work", flat=True).distinct())
    in_order = Source.objects.order_by(Lower("key")).values_list("pk", flat=True)
    wanted = [pk for pk in in_order if pk in works]
    for start in range(0, len(wanted), BATCH):
        check_time()
        batch = Source.objects.prefetch_related("contributors").order_by(Lower("key"))
        yield [csl_json(source) for source in batch.filter(pk__in=wanted[start : start + BATCH])]


def written(form: ReferenceFormat, batches: Iterable[list[Item]]) -> Iterator[str]:
    """A file in that format, in pieces."""
    return in_pieces(_pieces(form, batches))


def _pieces(form: ReferenceFormat, batches: Iterable[list[Item]]) -> Iterator[str]:
    yield form.before
    between = ""
    for batch in batches:
        if batch:
            yield between + form.written(batch)
            between = form.between
    yield form.after


def filed_under(item: Item) -> tuple[str, str, str]:
    """By what a work is found in a bibliography: the name of its first author or editor, or its
    title where there is none."""
    people = item.get("author") or item.get("editor") or [{}]
    name = people[0].get("family") or people[0].get("literal") or item.get("title", "")
    return folded(name), folded(people[0].get("given", "")), folded(item.get("title", ""))

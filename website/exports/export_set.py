"""All that was found: which editions, and how they are read without holding them all.

An edition never changes, so the list of primary keys is a snapshot that no transaction need hold:
the rows are read in short queries, however slowly a file is taken. Writers wait for nobody, and
neither database holds more than one batch.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, OuterRef, Subquery
from django.http import QueryDict

from corrections.models import Notice
from editions.models import Edition
from editions.record.read import read
from serving.dear import check_time
from serving.site_version import version
from website.catalogue import catalogue
from website.catalogue.filters import CatalogueFilter
from website.catalogue.params import CatalogueParams
from website.catalogue.results import find

from .query_in_words import QueryInWords, in_words

BATCH = 100  # editions in memory at once
PIECE = 64 * 1024  # characters sent at once, about
_COLUMNS = ("case__slug", "number", "kind", "title", "standfirst", "change_note", "body_html")
_LONG = ("body", "body_html", "notes", "sources")


class InvalidParams(ValueError):
    """A parameter is wrong; `sentences` say why, for readers."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class _ShortRecord(Func):
    """The record without its long parts: they are nine tenths of it, and of the time to read it."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        paths = ", ".join(f"'$.{name}'" for name in _LONG)
        return self.as_sql(
            compiler, connection, template=f"json_remove(%(expressions)s, {paths})", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = f"(%(expressions)s - '{{{','.join(_LONG)}}}'::text[])"
        return self.as_sql(compiler, connection, template=template, **context)


class _Length(Func):
    """How many things are in one list of the record."""

    output_field = IntegerField()

    def __init__(self, column: str, part: str) -> None:
        super().__init__(column)
        self.extra["part"] = part

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "json_array_length(%(expressions)s, '$.%(part)s')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "jsonb_array_length(%(expressions)s -> '%(part)s')"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class ExportSet:
    """The editions that the catalogue found for `query` at the moment `at`: `keys` holds their
    primary keys in order, eight bytes each."""

    query: QueryInWords
    at: datetime
    keys: "array[int]"

    def __len__(self) -> int:
        return len(self.keys)

    def editions(self, *, whole: bool = False) -> Iterator[Edition]:
        """Each edition, in order, with its case, `number_of_notes`, `number_of_sources` and, as
        `concern`, the reference of the expression of concern that stands, or None. Its `record`
        lacks text, notes and sources unless it is wanted `whole`. One query for each BATCH."""
        for start in range(0, len(self.keys), BATCH):
            check_time()
            batch = self.keys[start : start + BATCH]
            found = {edition.pk: edition for edition in _rows(batch, whole=whole)}
            for key in batch:
                yield found[key]


def _rows(keys: Iterable[int], *, whole: bool) -> Iterator[Edition]:
    concern = Notice.objects.standing().filter(case=OuterRef("case"))
    rows = (
        Edition.objects.filter(pk__in=list(keys))
        .select_related("case")
        .only(*_COLUMNS, "published_at", "digest")
        .annotate(
            kept_record=F("record") if whole else _ShortRecord("record"),
            number_of_notes=_Length("record", "notes"),
            number_of_sources=_Length("record", "sources"),
            concern=Subquery(concern.values("reference")[:1]),
        )
        .order_by()
    )
    for edition in rows:
        edition.record = read(edition.kept_record)
        yield edition


def export_set(params: QueryDict, *, at: datetime | None = None, order: str = "") -> ExportSet:
    """All editions that the catalogue finds for `params`, in the order of its page, or in `order`
    whatever is asked for. Raises InvalidParams where the catalogue names an error."""
    filter_ = CatalogueFilter(params, queryset=Edition.objects.listed())
    if not filter_.is_valid():
        raise InvalidParams([e for errors in filter_.errors.values() for e in errors])
    sort = order or params.get("sort", "")
    query = in_words(filter_.filters, filter_.form.cleaned_data, sort)
    results = find(CatalogueParams(params), catalogue.current(version()))
    entries = results.catalogue.index.entries
    keys = array("q", (entries[row].pk for row in results.rows(query.order)))
    return ExportSet(query, (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0), keys)


def in_pieces(parts: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces: each costs a turn through the server."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    if size:
        yield "".join(waiting)

"""Finding: the editions that hold every term of a query, and how well they answer it."""

import json
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import F, FloatField, Func, Lookup, QuerySet, TextField, Value

from editions.models import Edition, SearchRow
from serving.raw_queries import fetch_rows

from . import sql, word_index
from .fields import restricted
from .query import Query, parsed
from .snippets import snippet
from .sql import Ends
from .tokens import GAP

_ROW = "editions_searchrow"
_BOUNDARY = "\ue002"  # parts the columns of which a snippet is made
_MOST_ENDS = 50
MOST_RANKED = 100
"""Of a word that 8,000 of 100,000 texts hold, ranking all takes 20 ms on SQLite, these 2 ms."""


def search(queryset: "QuerySet[Edition]", text: str) -> "QuerySet[Edition]":
    """The editions of `queryset` that hold every term of `text`, with `rank` (greater is better)
    and `snippet` (see `marked`). Blank text leaves the queryset as it is, with rank 0.

    Order is the caller's; filters, counts and paging compose. Only listed editions are indexed.
    """
    query = parsed(text)
    ends = _ends(query)
    queryset = restricted(queryset, query.fields)
    if not query.present:
        if query.absent:
            rows = SearchRow.objects.filter(_Holds(F("title"), _expression(query, ends)))
            queryset = queryset.exclude(pk__in=rows.values("pk"))
        nothing = Value("", output_field=TextField())
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()), snippet=nothing)
    row = F("search_row__title")
    indexed = queryset.filter(search_row__isnull=False)  # an inner join, as MATCH demands
    return indexed.filter(_Holds(row, _expression(query, ends))).annotate(
        rank=_Rank(row, query, ends), snippet=_Snippet(row, query, ends)
    )


def finds(text: str) -> bool:
    """Whether any listed edition holds every term of `text`, and any is asked for. One query."""
    query = parsed(text)
    return bool(query.present or query.fields) and search(Edition.objects.listed(), text).exists()


def found(text: str) -> list[int]:
    """The primary key of every listed edition that holds every term of `text`, best first, as
    `search` ranks them; of equals the newest first. Blank text finds all.

    Where there are more than MOST_RANKED only those that promise most are ranked: that hold the
    terms in the title, then in facts or standfirst, then the newest; the others follow in that
    order. Two queries, or three of so many, and one before them where a word is only begun.
    """
    query = parsed(text)
    ends = _ends(query)
    tiers = _hits(query, ends)
    if query.fields:
        kept = restricted(Edition.objects.listed(), query.fields).order_by()
        among = set(kept.values_list("pk", flat=True))
        tiers = [[pk for pk in tier if pk in among] for tier in tiers]
    hits, *foremost = tiers
    if not query.present or not hits:
        return hits
    if len(hits) > MOST_RANKED:
        if len(foremost[0]) > MOST_RANKED:
            among = set(hits)
            foremost = [[pk for pk in _in_title(query, ends) if pk in among], *foremost]
        hits = list(dict.fromkeys(chain(*foremost, hits)))
    return _ranked(hits[:MOST_RANKED], query, ends) + hits[MOST_RANKED:]


def _hits(query: Query, ends: Ends) -> list[list[int]]:
    """The editions that answer, the newest first, and the other lists of `sql.hits` where a term
    must be present. One query."""
    vendor = connection.vendor
    if query.present:
        statement, params = sql.hits(vendor, query, ends)
        (row,) = fetch_rows(statement, params)
        return [_newest_first(pks) for pks in row]
    condition, params = "", []
    if query.absent:
        holds = sql.holds(vendor, _ROW)
        condition = f"WHERE edition_id NOT IN (SELECT edition_id FROM {_ROW} WHERE {holds})"  # noqa: S608
        params = [sql.expression(vendor, query, ends)]
    rows = fetch_rows(
        f"SELECT edition_id FROM {_ROW} {condition} ORDER BY edition_id DESC",  # noqa: S608
        params,
    )
    return [[pk for (pk,) in rows]]


def _in_title(query: Query, ends: Ends) -> list[int]:
    """The editions with every term in their title, the newest first. One query."""
    ((pks,),) = fetch_rows(*sql.hits_in_title(connection.vendor, query, ends))
    return _newest_first(pks)


def _newest_first(pks: str | None) -> list[int]:
    """Sorted here: a database gives them in order or nearly so, and does not know it."""
    return sorted(_listed(pks), reverse=True)


def _ranked(pks: list[int], query: Query, ends: Ends) -> list[int]:
    """These editions by rank. One query."""
    vendor = connection.vendor
    statement, params = sql.best_first(vendor, _ROW, query, ends)
    listed = json.dumps(pks)
    if vendor != "sqlite":
        listed = f"{{{listed[1:-1]}}}"
    before_where, after = (params, []) if vendor != "sqlite" else ([], params)
    ((ranked,),) = fetch_rows(statement, [*before_where, listed, *after])
    return _listed(ranked)


def _listed(pks: str | None) -> list[int]:
    """Keys as each database writes a list of them, [1, 2] or {1,2}: its driver takes longer."""
    return json.loads(f"[{pks[1:-1]}]") if pks else []


def snippets(text: str, pks: list[int]) -> dict[int, str]:
    """For each of these editions the passage that answers `text` best (see `marked`); "" where its
    text holds none of the words, as when they stand in title or facts. One query."""
    if not pks:
        return {}
    query = parsed(text)
    ends = _ends(query)
    statement = f"""SELECT edition_id, standfirst, body, text FROM {_ROW}
    WHERE edition_id IN ({", ".join(["%s"] * len(pks))})"""  # noqa: S608
    return {
        pk: snippet(standfirst + GAP + body, written, query, ends)
        for pk, standfirst, body, written in fetch_rows(statement, pks)
    }


def _ends(query: Query) -> Ends:
    """For the words that were only begun: the tokens of words that begin so, where the token is
    cut so short that it does not. One query, or none."""
    found = {}
    for term in (*query.present, *query.absent):
        if term.prefix and len(term.tokens) == 1:
            words = word_index.beginning(term.prefix).order_by("-editions", "pk")
            tokens = words.values_list("token", flat=True)[:200]
            start = sql.begun(term)
            others = dict.fromkeys(token for token in tokens if not token.startswith(start))
            found[term.prefix] = list(others)[:_MOST_ENDS]
    return found


def _expression(query: Query, ends: Ends) -> Value:
    return Value(sql.expression(connection.vendor, query, ends))


class _Holds(Lookup):
    """Whether the index row that the left side belongs to answers what the right side asks. A
    lookup, since only lookups stand in WHERE as they are; the left side only names the join."""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        text, params = compiler.compile(self.rhs)
        condition = sql.holds(connection.vendor, self.lhs.alias)
        return condition.replace("%s", text), params


class _OfRow(Func):
    """Something made of the index row that the column belongs to."""

    def __init__(self, column: F, query: Query, ends: Ends, **extra: Any) -> None:
        super().__init__(column, **extra)
        self.query, self.ends = query, ends


class _Rank(_OfRow):
    output_field = FloatField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **context: Any) -> Any:
        alias = self.get_source_expressions()[0].alias
        rank, params = sql.rank(connection.vendor, alias, self.query, self.ends)
        return f"({rank})", params


class _Snippet(_OfRow):
    """The columns as they are stored; the passage is chosen from each as it is fetched."""

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **context: Any) -> Any:
        alias = self.get_source_expressions()[0].alias
        columns = f" || '{_BOUNDARY}' || ".join(("said.standfirst", "said.body", "said.text"))
        # A query of its own: PostgreSQL then makes it of the rows of a page only, after sorting.
        row = f"SELECT {columns} FROM {_ROW} said WHERE said.edition_id = {alias}.edition_id"  # noqa: S608
        return f"({row})", []

    def get_db_converters(self, connection):
        return [self._chosen]

    def _chosen(self, value: str, expression: object, connection: object) -> str:
        standfirst, body, text = value.split(_BOUNDARY)
        return snippet(standfirst + GAP + body, text, self.query, self.ends)

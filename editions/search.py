"""Finds editions by words: phrases, exclusion, prefixes, accents and inflections folded.

One function for both databases: SQLite's FTS5 (porter, diacritics removed, bm25) and PostgreSQL's
text search (unaccent, English stemming). Whatever is typed, no error.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import (
    Expression,
    F,
    FloatField,
    Func,
    Lookup,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.utils.safestring import SafeString, mark_safe

from .models import Edition, SearchRow
from .words import words_of

MAX_LENGTH = 300
MAX_TERMS = 24
HIT, HIT_END = "\ue000", "\ue001"  # private characters: no text holds them, so escaping is safe
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_WEIGHTS = (10.0, 4.0, 6.0, 1.0)  # title, facts, standfirst, body, as the columns stand


@dataclass(frozen=True)
class Term:
    """One thing asked for: words in this order, perhaps only begun, perhaps to be absent."""

    words: str
    phrase: bool = False
    prefix: bool = False
    absent: bool = False


def parse(text: str) -> list[Term]:
    """The terms of what was typed; everything that holds no letter or digit is passed over."""
    terms = []
    plain = "".join(c if c.isprintable() else " " for c in text[:MAX_LENGTH]).replace("/", " ")
    for minus, phrase, word in _TERM.findall(plain.replace(HIT, " ").replace(HIT_END, " ")):
        prefix = not phrase and len(word) > 2 and word.endswith("*")
        words = (phrase or word).replace("*", " ").strip()
        if any(c.isalnum() for c in words):
            terms.append(Term(words, bool(phrase), prefix, minus == "-"))
    return terms[:MAX_TERMS]


def search(queryset: "QuerySet[Edition]", text: str) -> "QuerySet[Edition]":
    """The editions of `queryset` that hold every term of `text`, with `rank` (greater is better)
    and `snippet` (see `marked`). Blank text leaves the queryset as it is, with rank 0.

    Order is the caller's; filters, counts and paging compose. Only listed editions are indexed.
    """
    terms = parse(text)
    if not terms:
        nothing = Value("", output_field=TextField())
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()), snippet=nothing)
    backend = _Postgresql if connection.vendor == "postgresql" else _Sqlite
    present = [term for term in terms if not term.absent]
    absent = [term for term in terms if term.absent]
    if absent:
        rows = SearchRow.objects.filter(backend.any_of(absent, F("title")))
        queryset = queryset.exclude(pk__in=rows.values("pk"))
    if not present:
        nothing = Value("", output_field=TextField())
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()), snippet=nothing)
    column = F("search_row__body")
    indexed = queryset.filter(search_row__isnull=False)  # an inner join, as MATCH demands
    return indexed.filter(backend.all_of(present, column)).annotate(
        rank=backend.rank(present, column), snippet=backend.snippet(present, column)
    )


def marked(snippet: str) -> SafeString:
    """A snippet as safe HTML, the words that were found in <mark>."""
    escaped = html.escape(snippet)
    return mark_safe(escaped.replace(HIT, "<mark>").replace(HIT_END, "</mark>"))  # noqa: S308


def index(edition: Edition) -> None:
    """Write the row of a newly published edition, in place of that of the edition before it."""
    SearchRow.objects.filter(edition__in=edition.case.editions.all()).delete()
    SearchRow.objects.filter(pk=edition.pk).delete()
    if not edition.is_withdrawn:
        SearchRow.objects.create(
            edition=edition,
            title=_plain(edition.title),
            facts=_plain(_facts(edition)),
            standfirst=_plain(edition.standfirst),
            body=_plain(_text(edition)),
        )


def rebuild() -> int:
    """Write every row again, and return how many: after names of organisations were changed."""
    SearchRow.objects.all().delete()
    count = 0
    for edition in (
        Edition.objects.listed().select_related("case", "aim", "conflict").iterator(chunk_size=200)
    ):
        index(edition)
        count += 1
    return count


def _plain(text: str) -> str:
    """Words apart: PostgreSQL reads a/b as a path, and what follows <script> not at all."""
    apart = text.replace("/", " / ").replace("<", " < ").replace("\x00", " ")
    return " ".join(apart.split())


def _text(edition: Edition) -> str:
    return " ".join([words_of(edition.body_html), *(note["text"] for note in edition.notes)])


def _facts(edition: Edition) -> str:
    terms: list[Model] = [edition.aim] if edition.aim else []
    for name in ("regional_groups", "conflict_types", "initiative_types"):
        terms += getattr(edition, name).all()
    words = [edition.location, edition.authors, *(term.label for term in terms)]
    words += edition.conflict.spellings if edition.conflict else []
    for thing in [*edition.countries.all(), *edition.organisations.all()]:
        words += thing.names
    return " | ".join(words)


class _Found(Lookup):
    """Whether the index row that the left side belongs to holds what the right side asks for. A
    lookup, since only lookups stand in WHERE as they are; the left side only names the join."""

    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        sql, params = compiler.compile(self.rhs)
        return f"{self.lhs.alias}.editions_searchrow MATCH {sql}", params

    def as_postgresql(self, compiler, connection):
        sql, params = compiler.compile(self.rhs)
        return f"{self.lhs.alias}.vector @@ {sql}", params


class _Row(Func):
    """An auxiliary function of FTS5, or one of PostgreSQL's on the stored vector."""

    def __init__(self, column: F, *rest: object, function: str, **extra: object) -> None:
        super().__init__(column, *rest, **extra)
        self.function = function

    def as_sqlite(self, compiler, connection, **context):
        column, *rest = self.get_source_expressions()
        sql, params = _compiled(compiler, rest)
        return f"{self.function}({column.alias}.editions_searchrow, {sql})", params

    def as_postgresql(self, compiler, connection, **context):
        column, *rest = self.get_source_expressions()
        sql, params = _compiled(compiler, rest)
        return f"{self.function}({column.alias}.vector, {sql})", params


def _compiled(compiler, expressions: Iterable[Expression]) -> tuple[str, list[object]]:
    parts, params = [], []
    for expression in expressions:
        sql, values = compiler.compile(expression)
        parts.append(sql)
        params += values
    return ", ".join(parts), params


class _Negated(_Row):
    """bm25 is smaller for better rows; rank is greater."""

    output_field = FloatField()

    def as_sqlite(self, compiler, connection, **context):
        sql, params = super().as_sqlite(compiler, connection, **context)
        return f"-{sql}", params


class _Sqlite:
    @staticmethod
    def _query(terms: list[Term], joint: str) -> Value:
        quoted = (f'"{t.words.replace(chr(34), " ")}"' + "*" * t.prefix for t in terms)
        return Value(joint.join(quoted))

    @classmethod
    def all_of(cls, terms: list[Term], column: F) -> _Found:
        return _Found(column, cls._query(terms, " AND "))

    @classmethod
    def any_of(cls, terms: list[Term], column: F) -> _Found:
        return _Found(column, cls._query(terms, " OR "))

    @staticmethod
    def rank(terms: list[Term], column: F) -> Expression:
        return _Negated(column, *map(Value, _WEIGHTS), function="bm25")

    @staticmethod
    def snippet(terms: list[Term], column: F) -> Expression:
        values = map(Value, (3, HIT, HIT_END, "…", 40))
        return _Row(column, *values, function="snippet", output_field=TextField())


class _Postgresql:
    config = "peacesite"

    @classmethod
    def _one(cls, term: Term) -> SearchQuery:
        if term.prefix:
            escaped = term.words.replace("\\", " ").replace("'", "''")
            return SearchQuery(f"'{escaped}':*", config=cls.config, search_type="raw")
        kind = "phrase" if term.phrase or not term.words.isalnum() else "plain"
        return SearchQuery(term.words, config=cls.config, search_type=kind)

    @classmethod
    def _query(cls, terms: list[Term], any_: bool = False) -> SearchQuery:
        query = cls._one(terms[0])
        for term in terms[1:]:
            query = query | cls._one(term) if any_ else query & cls._one(term)
        return query

    @classmethod
    def all_of(cls, terms: list[Term], column: F) -> _Found:
        return _Found(column, cls._query(terms))

    @classmethod
    def any_of(cls, terms: list[Term], column: F) -> _Found:
        return _Found(column, cls._query(terms, any_=True))

    @classmethod
    def rank(cls, terms: list[Term], column: F) -> Expression:
        return _Row(column, cls._query(terms), function="ts_rank_cd", output_field=FloatField())

    @classmethod
    def snippet(cls, terms: list[Term], column: F) -> Expression:
        options = f"StartSel={HIT}, StopSel={HIT_END}, MaxWords=40, MinWords=20, MaxFragments=1"
        return Func(
            Value(cls.config, output_field=TextField()),
            column,
            cls._query(terms),
            Value(options),
            function="ts_headline",
            template="%(function)s(%(expressions)s)",
            arg_joiner=", ",
            output_field=TextField(),
        )

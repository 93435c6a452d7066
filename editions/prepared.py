"""Queries by slug that are compiled once: for the pages that readers ask for most.

Compiling a query of Django's costs several times what the database takes to answer it by a key; so
does planning it, on PostgreSQL, where these are prepared statements too.
"""

from collections.abc import Callable

from django.db import connection
from django.db.models import QuerySet

from revisions.fetching import fetched

_SENTINEL = "\ue000"  # no slug is this


class Prepared:
    """`values(slug)` must be a queryset's `values_list`; calling this gives its rows as the
    database has them: on SQLite dates are words and truth is 0 or 1."""

    def __init__(self, values: Callable[[str], QuerySet]) -> None:
        self.values = values
        self._compiled: dict[str, tuple[str, tuple]] = {}

    def __call__(self, slug: str) -> list[tuple]:
        """The rows for that slug; one query."""
        sql, params = self._compiled.get(connection.vendor) or self._compile()
        return fetched(sql, [slug if param == _SENTINEL else param for param in params])

    def _compile(self) -> tuple[str, tuple]:
        compiled = self.values(_SENTINEL).query.sql_with_params()
        self._compiled[connection.vendor] = compiled
        return compiled

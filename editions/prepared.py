"""Queries of one argument that are compiled once: for the pages that readers ask for most.

Compiling a query of Django's costs several times what the database takes to answer it by a key; so
does planning it, on PostgreSQL, where these are prepared statements too.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg import Cursor

_SENTINEL = {str: "\ue000", int: -(2**31) + 1}  # no slug and no key is these


class Prepared:
    """`values(argument)` must be a queryset's `values_list`; calling this gives its rows as the
    database has them: on SQLite dates are words and truth is 0 or 1."""

    def __init__(self, values: Callable[[Any], QuerySet], kind: type) -> None:
        self.values, self.kind = values, kind
        self._compiled: dict[str, tuple[str, tuple]] = {}

    def __call__(self, argument: str | int) -> list[tuple]:
        """The rows for that argument; one query."""
        sql, params = self._compiled.get(connection.vendor) or self._compile()
        wanted = _SENTINEL[self.kind]
        with _cursor() as cursor:
            cursor.execute(sql, [argument if param == wanted else param for param in params])
            return cursor.fetchall()

    def _compile(self) -> tuple[str, tuple]:
        compiled = self.values(_SENTINEL[self.kind]).query.sql_with_params()
        self._compiled[connection.vendor] = compiled
        return compiled


def _cursor() -> CursorWrapper:
    """A cursor of Django's; on PostgreSQL one whose statements are prepared at their first use."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0  # Django's own cursors never prepare
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return make(Cursor(connection.connection))

"""Queries of which the database is asked directly: for pages that readers ask for.

A row by its key takes 0.06 ms on PostgreSQL where the statement is prepared; through Django, which
never prepares and asks first whether the connection stands, 0.25 ms.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any, cast
from weakref import WeakSet

from django.db import InterfaceError, NotSupportedError, OperationalError, connection
from psycopg import Connection, RawCursor

_prepares_at_once: "WeakSet[Connection]" = WeakSet()  # connections set for these queries


def fetch_rows(sql: str, params: Sequence = ()) -> list[tuple]:
    """The rows of one query, whose `%s` stand for `params` and whose `%%` for a percent sign. On
    PostgreSQL it is prepared, and tells itself whether the connection still stands, which Django
    would ask before with a query of its own: where it does not, or where the plan is from before a
    migration, and no transaction is lost with it, another connection answers."""
    if connection.vendor != "postgresql":
        return _on_sqlite(sql, params)
    cast(Any, connection).health_check_done = True
    try:
        return _prepared(sql, params)
    except (InterfaceError, NotSupportedError, OperationalError) as error:
        outlived = isinstance(error, NotSupportedError) or not connection.is_usable()
        if connection.in_atomic_block or not outlived:
            raise
        connection.close()
        return _prepared(sql, params)


def _on_sqlite(sql: str, params: Sequence) -> list[tuple]:
    connection.ensure_connection()
    if connection.queries_logged:  # that reads the query as Django writes it
        cursor = connection.cursor()
    else:
        cursor = connection.make_cursor(connection.connection.cursor())
        sql = _numbered(sql, "?")
    with cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@lru_cache(maxsize=500)
def _numbered(sql: str, mark: str) -> str:
    """The query with the database's own marks for what is put in, `%d` in `mark` for their number:
    that is found once for each query, where both drivers' ways look through 5 kB each time."""
    numbers = count(1)

    def own(found: re.Match) -> str:
        return mark.replace("%d", str(next(numbers))) if found[0] == "%s" else "%"

    return re.sub("%[s%]", own, sql)


def _prepared(sql: str, params: Sequence) -> list[tuple]:
    """By a cursor of psycopg's own, which prepares; Django's never do, so that neither setting of
    the connection touches any query but these."""
    connection.ensure_connection()
    raw = connection.connection
    if raw not in _prepares_at_once or connection.in_atomic_block:
        with connection.wrap_database_errors:
            _prepare_at_once(raw)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cast(Any, RawCursor(raw))) as cursor:
        cursor.execute(_numbered(sql, "$%d"), params)
        return cursor.fetchall()


def _prepare_at_once(raw: Connection) -> None:
    """Prepare a query when it is first asked, and do not look at its parameters in planning. That
    is right for keys; and for the words of a search, which PostgreSQL believes it would find sooner
    by unpacking the vector of every row than through their index. In a transaction it is said each
    time, since it would be undone with it."""
    raw.prepare_threshold = 0
    if connection.in_atomic_block:
        raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    else:
        raw.execute("SET plan_cache_mode = force_generic_plan")
        _prepares_at_once.add(raw)

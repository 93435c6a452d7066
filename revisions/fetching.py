"""Reads rows with as little around the query as there can be: for pages that readers ask for."""

from collections.abc import Sequence

from django.db import InterfaceError, NotSupportedError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.dispatch import receiver
from psycopg import Cursor


def fetched(sql: str, params: Sequence = ()) -> list[tuple]:
    """The rows of one query. On PostgreSQL it is prepared, and tells itself whether the connection
    still stands, which Django would ask before with a query of its own: where it does not, or
    where the plan is from before a migration, and no transaction is lost with it, another
    connection answers."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    connection.health_check_done = True
    try:
        return _prepared(sql, params)
    except (InterfaceError, NotSupportedError, OperationalError) as error:
        outlived = isinstance(error, NotSupportedError) or not connection.is_usable()
        if connection.in_atomic_block or not outlived:
            raise
        connection.close()
        return _prepared(sql, params)


def _prepared(sql: str, params: Sequence) -> list[tuple]:
    with _cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _cursor() -> CursorWrapper:
    """One of psycopg's own: Django's never prepare."""
    connection.ensure_connection()
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return make(Cursor(connection.connection))


@receiver(connection_created)
def _prepare_at_once(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Prepare a query when it is first asked, and do not look at its parameters in planning. That
    is right for keys; and for the words of a search, which PostgreSQL believes it would find sooner
    by unpacking the vector of every row than through their index."""
    if connection.vendor == "postgresql":
        connection.connection.prepare_threshold = 0
        connection.connection.execute("SET plan_cache_mode = force_generic_plan")

"""A connection that is given up when nothing comes from the server for too long.

The server ends a statement itself (statement_timeout), unless it hangs, or the line to it is cut:
then libpq waits for as long as TCP does, which was measured as 75 s and more.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg.errors import _WaitTimeout

_GRACE = 1.0  # seconds that the server has, beyond its own limit, to say that it was reached


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; while the site serves, no wait is longer than DATABASE_SECONDS and a second."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A new connection to the server."""
        connection: Connection = super().get_new_connection(conn_params)
        if settings.DATABASE_SECONDS:
            seconds = settings.DATABASE_SECONDS + _GRACE
            connection.wait = partial(_wait, connection, seconds)  # type: ignore[method-assign]
        return connection


def _wait(
    connection: Connection,
    seconds: float,
    generator: Any,
    interval: float = 0.1,
    timeout: float | None = None,
) -> Any:
    if timeout is not None:
        return Connection.wait(connection, generator, interval, timeout)
    try:
        return Connection.wait(connection, generator, interval, seconds)
    except _WaitTimeout:
        connection.close()  # an answer that comes later would be taken for that of another query
        raise OperationalError(f"The database was silent for {seconds:.0f} seconds.") from None

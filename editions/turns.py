"""Publishing in turns: one lock for all that writes what readers see of more than one case."""

from django.db import connection


def one_at_a_time() -> None:
    """Publishing writes neighbours of other cases, and the log: in turns, else two block each
    other. Held until the transaction ends; taking it twice is taking it once."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('editions.publish'))")

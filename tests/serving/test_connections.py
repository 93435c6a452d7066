"""Rows fetched over a connection that may have gone. These tests commit, so they stand in a file of
their own: pytest runs it after all that roll back."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from serving.raw_queries import fetch_rows

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no connection that a server can end"
    ),
]


def end_the_connection():
    """As a restart of the server does."""
    [(pid,)] = fetch_rows("SELECT pg_backend_pid()")
    asked = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: asked[name] for name in names if name in asked}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_connection_that_is_gone_is_replaced():
    end_the_connection()
    assert fetch_rows("SELECT 1") == [(1,)]


def test_a_transaction_that_is_lost_is_not_begun_again_unsaid():
    with pytest.raises(OperationalError), transaction.atomic():
        end_the_connection()
        fetch_rows("SELECT 1")
    assert fetch_rows("SELECT 1") == [(1,)]


def test_a_plan_from_before_a_migration_is_given_up():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planned (words varchar(10))")
        try:
            assert fetch_rows("SELECT words FROM planned") == []
            cursor.execute("ALTER TABLE planned ALTER words TYPE text")
            assert fetch_rows("SELECT words FROM planned") == []
        finally:
            with connection.cursor() as other:
                other.execute("DROP TABLE planned")


def test_how_queries_are_planned_outlives_a_transaction_that_is_given_up():
    connection.close()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fetch_rows("SELECT 1")
        1 / 0  # noqa: B018
    assert fetch_rows("SHOW plan_cache_mode") == [("force_generic_plan",)]

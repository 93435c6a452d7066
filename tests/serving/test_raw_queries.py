"""Rows fetched with little around the query."""

import pytest
from django.db import DatabaseError, transaction

from serving.raw_queries import fetch_rows


def test_rows_and_parameters(db):
    assert fetch_rows("SELECT 1, %s", ["two"]) == [(1, "two")]
    assert fetch_rows("SELECT 1 WHERE 1 = %s", [2]) == []


def test_a_percent_sign_is_written_twice_whoever_reads_the_query(db, settings):
    for logged in (False, True):
        settings.DEBUG = logged
        assert fetch_rows("SELECT '5 %%', %s, '%%s'", ["%s"]) == [("5 %", "%s", "%s")]


def test_a_query_that_is_wrong_is_said_to_be(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch_rows("SELECT nothing FROM nowhere")
    assert fetch_rows("SELECT 1") == [(1,)]

"""Rows fetched with little around the query."""

import pytest
from django.db import DatabaseError, transaction

from revisions.fetching import fetched


def test_rows_and_parameters(db):
    assert fetched("SELECT 1, %s", ["two"]) == [(1, "two")]
    assert fetched("SELECT 1 WHERE 1 = %s", [2]) == []


def test_a_query_that_is_wrong_is_said_to_be(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        fetched("SELECT nothing FROM nowhere")
    assert fetched("SELECT 1") == [(1,)]

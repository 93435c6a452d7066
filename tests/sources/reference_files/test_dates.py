"""Dates: which there are, how they are written and what is read as one."""

import pytest
from hypothesis import given

from sources.reference_files.dates import edtf, read_date, valid

from .items import dates


@pytest.mark.parametrize("parts", [[2000, 2, 29], [1500, 2, 29], [-1, 2, 29], [2001, 12, 31]])
def test_dates_that_there_are(parts):
    assert valid(parts) == parts


@pytest.mark.parametrize(
    "parts", [[], [0], [10_000], [2001, 0], [2001, 13], [2001, 2, 31], [1900, 2, 29], [1, 1, 1, 1]]
)
def test_dates_that_there_are_not(parts):
    assert valid(parts) == []


@given(dates())
def test_edtf_is_read_back(date):
    assert read_date(edtf(date)) == (date, "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5 March 2001", [[2001, 3, 5]]),
        ("March 5th, 2001", [[2001, 3, 5]]),
        ("2001 Mar 5", [[2001, 3, 5]]),
        ("5.3.2001", [[2001, 3, 5]]),
        ("[2001]", [[2001]]),
        ("2001-03-05T10:20:30Z", [[2001, 3, 5]]),
        ("2001/03/05 10:20", [[2001, 3, 5]]),
        ("1998 – 2001", [[1998], [2001]]),
        ("44 B.C.", [[-44]]),
    ],
)
def test_what_people_write(text, parts):
    assert read_date(text) == ({"date-parts": parts}, "")


@pytest.mark.parametrize(
    "text", ["3/5/2001", "n.d.", "in press", "2001 2002", "5 2001", "1998-99", "44", "March", ""]
)
def test_what_is_no_date(text):
    assert read_date(text) == ({}, text)

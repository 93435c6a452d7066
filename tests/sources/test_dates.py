"""Dates of sources: what is read, how it is written, what notes print."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import NotADate, date_text, normalised, read_date, validate_date, years_text


@pytest.mark.parametrize(
    ("typed", "parts", "written", "printed"),
    [
        ("2001", [[2001]], "2001", "2001"),
        ("2001-3", [[2001, 3]], "2001-03", "2001"),
        ("2001/03/05", [[2001, 3, 5]], "2001-03-05", "2001"),
        ("1998/2001", [[1998], [2001]], "1998/2001", "1998-2001"),
        ("1998–2001", [[1998], [2001]], "1998/2001", "1998-2001"),
        ("1998-03/1998-07-02", [[1998, 3], [1998, 7, 2]], "1998-03/1998-07-02", "1998"),
        ("44 BC", [[-44]], "44 BC", "44 BC"),
        ("-0044", [[-44]], "44 BC", "44 BC"),
        ("100 BCE/50 BCE", [[-100], [-50]], "100 BC/50 BC", "100-50 BC"),
        ("10 BC/20", [[-10], [20]], "10 BC/0020", "10 BC-20"),
    ],
)
def test_a_date_is_read_written_and_printed(typed, parts, written, printed):
    date = read_date(typed)
    assert date == {"date-parts": parts}
    assert date_text(date) == normalised(typed) == written
    assert years_text(date) == printed


@pytest.mark.parametrize("typed", ["c. 1920", "ca. 1920", "circa 1920", "about 1920", "1920~"])
def test_about_a_year(typed):
    assert read_date(typed) == {"date-parts": [[1920]], "circa": True}
    assert normalised(typed) == "c. 1920"
    assert years_text(read_date(typed)) == "c. 1920"


@pytest.mark.parametrize(
    "typed",
    ["spring", "2001-13", "2001-02-30", "0", "2001-00", "2001/1998", "1/2/3/4", "-44 BC", "20011"],
)
def test_what_is_no_date_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="is no date"):
        validate_date(typed)
    assert normalised(typed) == typed


@pytest.mark.parametrize(
    "value", ["2001", {"date-parts": [["x"]]}, {"date-parts": [[2001, 14]]}, {"raw": "spring"}]
)
def test_what_is_no_date_of_csl_is_refused(value):
    with pytest.raises(NotADate):
        date_text(value)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_date_or_is_said_to_be_none(typed):
    try:
        written = date_text(read_date(typed))
    except NotADate:
        return
    assert read_date(written) == read_date(typed)

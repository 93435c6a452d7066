"""An organisation outside its years."""

import pytest
from django.core.exceptions import ValidationError

from cases.proofreading import proofread
from tests.factories import make_case, make_organisation

CODE = "organisation-out-of-its-years"


@pytest.mark.parametrize(
    ("founded", "ended", "start", "end", "ongoing", "said"),
    [
        (1963, 2002, 1990, 1995, False, ""),
        (1963, 2002, 2003, 2005, False, "ended in 2002"),
        (1963, 2002, 2002, 2005, False, ""),
        (2002, None, 1990, 1995, False, "founded in 2002"),
        (2002, None, 1990, None, True, ""),
        (2002, None, None, None, False, ""),
        (None, None, 1990, 1995, False, ""),
    ],
)
def test_it_is_named_where_it_was_not_there(db, founded, ended, start, end, ongoing, said):
    body = make_organisation("Organisation of Lakes", founded=founded, ended=ended)
    case = make_case(organisations=[body], start_year=start, end_year=end, ongoing=ongoing)
    found = [finding.message for finding in proofread(case) if finding.code == CODE]
    assert len(found) == bool(said) and all(said in message for message in found)


def test_no_organisation_ends_before_it_was_founded(db):
    with pytest.raises(ValidationError, match="ends after it was founded"):
        make_organisation("Organisation of Lakes", founded=2002, ended=1963)

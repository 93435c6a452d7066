"""What of an old address tells it from others, and that it leads to one case alone."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cases.models.old_addresses import LONGEST, normalised
from tests.cases.admin_forms import change_url, form_of
from tests.factories import make_case


@pytest.mark.parametrize(
    "address, kept",
    [
        ("https://old.example/2019/05/A-Case/", "/2019/05/a-case"),
        ("http://WWW.old.example:80/2019/05/a-case", "/2019/05/a-case"),
        ("/2019/05/a%2Dcase/?utm_source=x#top", "/2019/05/a-case"),
        ("2019/05/a-case", "/2019/05/a-case"),
        ("https://old.example//2019//05/a-case//", "/2019/05/a-case"),
        ("https://old.example/friede-f%C3%BCr-alle/", "/friede-für-alle"),
        ("https://old.example/friede-fu\u0308r-alle/", "/friede-für-alle"),
        ("https://old.example/?p=123", "/?p=123"),
        ("https://old.example/index.php?page_id=0123&x=1", "/?p=123"),
        ("https://old.example/blog/?p=123", "/blog/?p=123"),
        ("https://old.example/?p=drop", ""),
        ("https://old.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken/x", ""),
        ("", ""),
    ],
)
def test_case_slashes_percent_signs_and_host_make_no_difference(address, kept):
    assert normalised(address) == kept


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_path_or_nothing_and_is_read_alike_again(address):
    kept = normalised(address)
    assert kept == "" or kept.startswith("/")
    assert not kept.startswith("//")


def test_an_old_address_belongs_to_one_case(db):
    make_case(old_addresses=[{"address": "https://old.example/a-case/"}], title="The first")
    with pytest.raises(ValidationError, match="old address of “The first” already"):
        make_case(old_addresses=[{"address": "/A-Case"}])


@pytest.mark.parametrize("address", ["https://old.example/", "/admin/x/", "x" * (LONGEST + 1)])
def test_what_leads_to_no_article_is_refused(db, address):
    with pytest.raises(ValidationError):
        make_case(old_addresses=[{"address": address}])


def test_the_form_takes_an_old_address(logged_in, editor):
    case = make_case(by=editor)
    row = {"old_addresses-TOTAL_FORMS": 1, "old_addresses-0-address": "https://o.example/A/?p=7"}
    row |= {"old_addresses-0-case": case.pk}
    response = logged_in(editor).post(change_url(case), form_of(case, **row))
    assert response.status_code == 302, response.content.decode()
    assert [str(row) for row in case.old_addresses.all()] == ["/a/?p=7"]

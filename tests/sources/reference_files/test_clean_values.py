"""Values as references have them."""

import pytest

from sources.reference_files import clean_values


@pytest.mark.parametrize(
    ("value", "isbn"),
    [
        ("0-306-40615-2", "0-306-40615-2"),
        ("ISBN 978 0 306 40615 7 (hbk)", "978-0-306-40615-7"),
        ("9780306406158; 9780306406157", "9780306406157"),
        ("080442957x", "080442957X"),
        ("97803064061571", ""),
        ("0306406153", ""),
        ("1234-5679", ""),
    ],
)
def test_isbn(value, isbn):
    assert clean_values.isbn(value) == isbn


@pytest.mark.parametrize(
    ("value", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("http://orcid.org/0000-0002-9079-593X", "0000-0002-9079-593X"),
        ("0000-0002-1825-0098", ""),
        ("0000000218250097", ""),
    ],
)
def test_orcid(value, orcid):
    assert clean_values.orcid(value) == orcid


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1000/a(b)<c>", "10.1000/a(b)<c>"),
        ("doi: 10.1000/A", "10.1000/A"),
        ("https://dx.doi.org/10.1000/a", "10.1000/a"),
        ("10.1000/", ""),
        ("11.1000/a", ""),
        ("10.1000/a b", ""),
    ],
)
def test_doi(value, doi):
    assert clean_values.doi(value) == doi


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" https://x.org/a?b=1&amp;c=2 ", "https://x.org/a?b=1&c=2"),
        ("HTTP://x.org/{a}", "http://x.org/%7Ba%7D"),
        ("https://", ""),
        ("javascript:alert(1)", ""),
        ("https://x.org/a b", ""),
        ('https://x.org/"', ""),
        ("www.x.org", ""),
    ],
)
def test_address(value, address):
    assert clean_values.address(value) == address


@pytest.mark.parametrize(
    ("value", "code"),
    [("English", "en"), ("ngerman", "de"), ("tgk", "tg"), ("zh-Hant", "zh-Hant"), ("Dari", "Dari")],
)
def test_language(value, code):
    assert clean_values.language(value) == code

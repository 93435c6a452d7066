"""Identifiers are known by their last sign."""

import pytest

from sources.identifiers import UN_SYMBOL, is_isbn, orcid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0002-1694-233X/ ", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("0000000218250097", ""),
        ("١٢٣٤-0002-1825-0097", ""),
        ("", ""),
    ],
)
def test_orcid(typed, kept):
    assert orcid(typed) == kept


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("978-0-306-40615-7", True),
        ("9780306406158", False),
        ("0-306-40615-2", True),
        ("080442957X", True),
        ("0-306-40615-3", False),
        ("123", False),
    ],
)
def test_isbn(typed, is_one):
    assert is_isbn(typed) is is_one


@pytest.mark.parametrize("symbol", ["S/RES/968 (1994)", "A/57/340", "S/PRST/2016/19", "E/CN.4/1"])
def test_symbols_of_the_united_nations(symbol):
    assert UN_SYMBOL.fullmatch(symbol)


@pytest.mark.parametrize("words", ["Working Paper 12", "12/3", "RES", "S/"])
def test_what_is_no_symbol(words):
    assert not UN_SYMBOL.fullmatch(words)

"""BibTeX as it is written for BibTeX and BibLaTeX."""

import pytest

from sources.reference_files import FORMATS, bibtex_name

ITEM = {"id": "k", "type": "book", "title": "T"}


def written(**over):
    return FORMATS["bib"][2]([ITEM | over])


@pytest.mark.parametrize(
    ("issued", "lines"),
    [
        ([[2001, 12]], ["year = {2001}", "month = dec"]),
        ([[2001, 12, 3]], ["year = {2001}", "date = {2001-12-03}", "month = dec"]),
        ([[1998], [2001]], ["year = {1998}", "date = {1998/2001}"]),
        ([[-44]], ["year = {44 BC}", "date = {-0043}"]),
        ([[98]], ["year = {98}", "date = {0098}"]),
    ],
)
def test_dates_are_said_to_bibtex_and_to_biblatex(issued, lines):
    text = written(issued={"date-parts": issued})
    assert [line.strip(" ,") for line in text.split("\n")[2:-2]] == lines


def test_braces_without_their_match_are_spelt_out():
    text = written(title="a} {b} {c")
    assert r"title = {{a\textbraceright{} \{b\} \textbraceleft{}c}}" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("name", "bibtex"),
    [
        ({"family": "van der Berg", "given": "Jan"}, "van der Berg, Jan"),
        ({"literal": "Smith and Sons"}, "{Smith and Sons}"),
        ({"family": "Saud"}, "Saud, {}"),
        ({"family": "Smith, X", "given": "Y and Z"}, "{Smith, X}, {Y and Z}"),
        ({"family": "King", "suffix": "Jr.", "given": "M."}, "King, Jr., M."),
        ({"family": "Waal", "non-dropping-particle": "de", "given": "A."}, "de Waal, A."),
    ],
)
def test_names(name, bibtex):
    assert bibtex_name(name) == bibtex


def test_several_items_make_one_file():
    text = FORMATS["bib"][2]([ITEM, ITEM | {"id": "k2"}])
    assert text == "@book{k,\n  title = {{T}},\n}\n\n@book{k2,\n  title = {{T}},\n}\n"
    assert FORMATS["bib"][2](iter([])) == ""


def test_addresses_stand_as_they_are_but_for_braces():
    assert "url = {https://x.org/a_b%7Bc%7D&d#e}" in written(URL="https://x.org/a_b{c}&d#e")

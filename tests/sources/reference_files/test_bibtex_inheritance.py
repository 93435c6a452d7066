"""What entries of BibTeX take from others."""

import pytest

from sources.reference_files import read

BOOK = "@{kind}{{book, title = {{Book}}, subtitle = {{Sub}}, editor = {{E, F}}, year = 2001,\n" + (
    " publisher = {{P}}, url = {{https://x.org}}, isbn = {{0306406152}}}}"
)
CHILD = "@{kind}{{child, crossref = {{BOOK}}, title = {{Child}}, author = {{A, B}}}}"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("parent", "child"),
    [("book", "inbook"), ("collection", "incollection"), ("proceedings", "inproceedings")],
)
def test_a_crossref_gives_the_book_and_what_is_missing(order, parent, child):
    files = [BOOK.format(kind=parent), CHILD.format(kind=child)][::order]
    found = {one.item["id"]: one for one in read("\n".join(files))}["child"]
    assert found.unread == []
    assert found.item | {"type": ""} == {
        "id": "child",
        "type": "",
        "title": "Child",
        "container-title": "Book: Sub",
        "publisher": "P",
        "ISBN": "0306406152",
        "editor": [{"family": "E", "given": "F"}],
        "author": [{"family": "A", "given": "B"}],
        "issued": {"date-parts": [[2001]]},
    }


def test_own_fields_come_before_those_of_crossref_and_xdata():
    text = """@xdata{x, publisher = {X}, address = {XA}}
@mvbook{v, title = {Volumes}, publisher = {V}, edition = 2}
@book{b, title = {B}, crossref = {v}, xdata = {x}, date = {1999-05}}
@incollection{c, title = {C}, crossref = {b}, year = 2001, address = {CA}}
@incollection{d, title = {D},
  crossref = {nowhere}}"""
    found = [reference.item for reference in read(text)]
    assert found[-2] == {
        "id": "c",
        "type": "chapter",
        "title": "C",
        "container-title": "B",
        "publisher": "X",
        "publisher-place": "CA",
        "edition": "2",
        "issued": {"date-parts": [[2001]]},
    }
    assert read(text)[-1].unread == [(6, "crossref: nowhere")]
    assert len(found) == 4

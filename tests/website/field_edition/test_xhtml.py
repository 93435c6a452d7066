"""HTML as XHTML for a book."""

import pytest

from website.field_edition.xhtml import as_xhtml, legal


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>a<br>b &amp; c</p><hr>", "<p>a<br/>b &amp; c</p><hr/>", id="closed"),
        pytest.param("caf&eacute;&nbsp;&lt;", "café\xa0&lt;", id="entities"),
        pytest.param('<q lang="fr">oui</q>', '<q lang="fr" xml:lang="fr">oui</q>', id="language"),
        pytest.param(
            '<a href="#n" role="doc-noteref">1</a>',
            '<a role="doc-noteref" epub:type="noteref" href="#n">1</a>',
            id="note",
        ),
        pytest.param('<img src="/a.png" alt="A map">', "A map", id="picture"),
        pytest.param('<a href="/cases/x/">x</a>', '<a href="x.xhtml">x</a>', id="chapter"),
        pytest.param('<a href="javascript:a()">x</a>', "<a>x</a>", id="script"),
        pytest.param('<a href="https://[x/">x</a>', "<a>x</a>", id="no address"),
        pytest.param('<a href="https://a.b:x/">x</a>', "<a>x</a>", id="no port"),
        pytest.param('<a href="//a.b/">x</a>', "<a>x</a>", id="no scheme"),
        pytest.param('<a href="mailto:a@b.c">x</a>', '<a href="mailto:a@b.c">x</a>', id="mail"),
        pytest.param(
            '<a href="https://a.b/é d?x=[1]#y#z">x</a>',
            '<a href="https://a.b/%C3%A9%20d?x=%5B1%5D#y%23z">x</a>',
            id="strict",
        ),
        pytest.param('<p style="a" onclick="b" class="c">x</p>', '<p class="c">x</p>', id="style"),
    ],
)
def test_html_is_made_xhtml(html, expected):
    assert as_xhtml(html, {"/cases/x/": "x.xhtml"}) == expected


def test_what_xml_cannot_hold_is_left_out():
    assert legal("a\x0bb\x00c\ud800d\n\U0001f54a") == "abcd\n\U0001f54a"

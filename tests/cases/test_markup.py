"""What would be printed as typed is found, and plain words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.markup import as_typed
from cases.proofreading import proofread
from tests.factories import make_case


def found(text, *, article):
    return [words for _line, words in as_typed(text, article=article)]


@pytest.mark.parametrize(
    "text",
    [
        "| Year | What |\n|------|------|\n| 1997 | x |",
        "An <i>open</i> end",
        "A line<br/>break",
        "~~struck~~ out",
        "Text.[1]",
        "More.[footnote]z[/footnote]",
        'A [caption id="x"] code',
        "See [[Tajikistan]]",
        "See {{cite web}}",
        "<!-- a comment",
    ],
)
def test_markup_that_no_text_has(text):
    assert found(text, article=True)
    assert found(text, article=False)


@pytest.mark.parametrize(
    "text",
    [
        "Peace *held*.",
        "**Peace**",
        "_Peace_ held",
        "held.[@doe2001, p. 3]",
        "held [see @doe2001]",
        "a[^1]",
        "a^[b]",
        "[a](https://example.org)",
        "War &amp; peace",
        "a &#8211; b",
    ],
)
def test_markup_of_texts_in_a_plain_field(text):
    assert found(text, article=False)
    assert not found(text, article=True)


@pytest.mark.parametrize(
    "text",
    [
        "A & B; C",
        "5 * 3 * 2",
        "snake_case_name",
        "a < b and c > d",
        "AT&T",
        "“[sic]” he wrote",
        "me@example.org",
        "1997–2001 [in part]",
        "Nr. [1](https://example.org)",
        "a --- b",
        "**",
        "__",
    ],
)
def test_plain_words_are_not_markup(text):
    assert not found(text, article=True)


def test_findings_name_the_field_and_the_line(db):
    case = make_case(title="The *Mayaguez* case", body="One.\n\nTwo.[1] " + "~~x~~ " * 9)
    got = [(f.field, f.line, f.blocks) for f in proofread(case) if f.code == "printed-as-typed"]
    assert got == [("title", None, False), *[("body", 3, False)] * 5]


@given(st.text(alphabet="[]{}<>&*_~|-^@#/a1 \n=", max_size=300))
def test_anything_is_looked_through(text):
    assert all(line >= 1 for line, _words in as_typed(text, article=False))

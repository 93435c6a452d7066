"""The passage of a correction in the Markdown of its case."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rendering import render_case
from corrections.placing import as_markdown, find
from tests.factories import make_case

TEXT = (
    "# The war\n\nThe talks *began* in spring, it is said.[@hay2001, p. 3] "
    "They “ended” well.[^1]\n\n"
    "Gen. Peña signed it on the [fourth](https://example.org/a_b) day. The talks went on.\n\n"
    "[^1]: As told by others."
)


def words(passage, text=TEXT):
    return [place.words for place in find(passage, text).exact]


@pytest.mark.parametrize(
    ("passage", "stands"),
    [
        ("The talks began in spring", "The talks *began* in spring"),
        ("the  talks BEGAN in\nspring,", "The talks *began* in spring,"),
        ('They "ended" well.[2]', "They “ended” well."),
        ("it is said.[1] They “ended” well", "it is said.[@hay2001, p. 3] They “ended” well"),
        ("Gen. Pena signed it on the fourth day.", None),
        ("As told by others", "As told by others"),
    ],
)
def test_a_passage_is_found_whatever_its_marks_capitals_and_accents(passage, stands):
    stands = stands or "Gen. Peña signed it on the [fourth](https://example.org/a_b) day."
    assert words(passage) == [stands]


def test_what_stands_twice_is_found_twice_and_no_word_is_cut():
    assert words("the talks") == ["The talks", "The talks"]
    assert words("he talks") == []
    assert words("") == words("…") == words("[1]") == []


def test_what_stands_in_an_address_or_a_key_is_not_found():
    assert words("example") == []
    assert words("hay2001") == []


def test_what_was_changed_a_little_is_found_as_the_nearest():
    moved = "New beginning.\n\nThe talks *began* early in that spring, it is said. More."
    found = find("The talks began in spring, it is said.", moved)
    assert found.exact == ()
    assert found.nearest.words == "The talks *began* early in that spring, it is said."
    assert moved[found.nearest.start : found.nearest.end] == found.nearest.words
    assert find("Nothing of the kind was ever written here", moved).shown is None


def test_a_long_text_is_searched_in_a_moment():
    text = "\n\n".join(f"Paragraph {n} has some words about the talks. " * 12 for n in range(200))
    began = time.perf_counter()
    find("words which are nearly " * 20 + "there", text)
    assert time.perf_counter() - began < 2


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_asked_a_place_is_in_the_text(passage, text):
    found = find(passage, text)
    for place in (*found.exact, *filter(None, [found.nearest])):
        assert text[place.start : place.end] == place.words


@pytest.mark.parametrize(
    "typed",
    [
        "5 * 3 * 2 is _x_",
        "[see @hay2001] <b>x</b> & [a](http://a.test)",
        "- one",
        "1. one",
        "# one",
    ],
)
def test_what_a_reader_typed_is_printed_as_they_typed_it(db, typed):
    html = render_case(make_case(body=as_markdown(typed))).html
    plain = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html.strip() == f"<p>{plain}</p>"

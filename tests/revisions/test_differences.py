"""Differences between two states: by field, and by word in bounded time."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisions.differences import Chunk, Text, differences, folded, word_differences


def sides(chunks):
    before = "".join(c.text for c in chunks if c.kind in ("same", "removed", "folded"))
    after = "".join(c.text for c in chunks if c.kind in ("same", "added", "folded"))
    return before, after


def test_a_changed_word_is_shown_as_one_removed_and_one_added():
    assert word_differences("the Confederation of States", "the Commonwealth of States") == [
        Chunk("same", "the "),
        Chunk("removed", "Confederation"),
        Chunk("added", "Commonwealth"),
        Chunk("same", " of States"),
    ]


def test_neighbouring_changed_words_are_one_change():
    assert word_differences("signed in red ink today", "signed with blue paint today") == [
        Chunk("same", "signed "),
        Chunk("removed", "in red ink"),
        Chunk("added", "with blue paint"),
        Chunk("same", " today"),
    ]


def test_a_new_paragraph_is_added_and_the_rest_stays():
    chunks = word_differences("One.\n\nThree.\n", "One.\n\nTwo.\n\nThree.\n")
    assert [c.text for c in chunks if c.kind == "added"] == ["Two.\n\n"]
    assert not [c for c in chunks if c.kind == "removed"]


def test_a_word_that_occurs_often_in_a_long_text_still_anchors_the_comparison():
    text = "".join(f"the talks of the year {n} went on and on. " for n in range(200))
    chunks = word_differences(text, text.replace("year 100 ", "month 100 "))
    assert [c for c in chunks if c.kind != "same"] == [
        Chunk("removed", "year"),
        Chunk("added", "month"),
    ]


words = st.text(alphabet="ab .,\n’'\x00\u2028é\U0001f54a", max_size=60)


@given(words, words)
def test_what_stayed_with_what_went_is_before_and_with_what_came_is_after(a, b):
    assert sides(word_differences(a, b)) == (a, b)
    assert sides(folded(word_differences(a, b))) == (a, b)


def _random_words(seed, count, vocabulary):
    chooser = random.Random(seed)
    return " ".join(f"w{chooser.randrange(vocabulary)}" for _ in range(count))


HOSTILE = {
    "one word, 1 MB": ("a " * 500_000, "b " * 500_000),
    "one line, 1 MB, every other word changed": (
        " ".join(f"x{n} y{n}" for n in range(60_000)),
        " ".join(f"x{n} z{n}" for n in range(60_000)),
    ),
    "the same two lines 200,000 times": ("a\nb\n" * 200_000, "b\na\n" * 200_000),
    "few words, shuffled": (_random_words(1, 200_000, 50), _random_words(2, 200_000, 50)),
    "many words, shuffled": (_random_words(1, 100_000, 50_000), _random_words(2, 100_000, 50_000)),
    "no white space": ("ab" * 500_000, "ba" * 500_000),
    "every paragraph rewritten a little": (
        "\n\n".join(_random_words(n, 100, 300) + " old" for n in range(1500)),
        "\n\n".join(_random_words(n, 100, 300) + " new" for n in range(1500)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_large_texts_are_compared_in_bounded_time(name):
    before, after = HOSTILE[name]
    start = time.process_time()
    chunks = word_differences(before, after)
    assert time.process_time() - start < 5
    assert sides(chunks) == (before, after)


def test_small_changes_in_a_large_text_are_found_by_word():
    before, after = HOSTILE["every paragraph rewritten a little"]
    chunks = word_differences(before, after)
    assert {c.text for c in chunks if c.kind == "removed"} == {"old"}


def test_long_unchanged_runs_are_folded_beside_changes():
    text = "goes on to its end. " + "Nobody changed this sentence. " * 20 + "This one is at the"
    chunks = folded(word_differences(f"An old one {text} end.", f"An new one {text} fin."))
    assert [c.kind for c in chunks] == [
        "same", "removed", "added", "same", "folded", "same", "removed", "added", "same",
    ]  # fmt: skip
    assert chunks[4].words == 80
    assert chunks[3].text.endswith("goes on to its end. ")
    assert chunks[5].text == "This one is at the "


def test_fields_that_did_not_change_are_left_out():
    assert differences({"Title": "A", "Years": "1"}, {"Title": "A", "Years": "2"})[0].label == (
        "Years"
    )


def test_a_set_of_names_shows_who_left_and_who_came():
    before, after = frozenset({"Chad", "Mali"}), frozenset({"Mali", "Niger"})
    [found] = differences({"Countries": before}, {"Countries": after})
    assert found.kind == "names"
    assert found.chunks == [Chunk("removed", "Chad"), Chunk("added", "Niger")]


def test_names_in_order_show_a_change_of_order():
    [found] = differences({"Authors": ("Ann", "Bea")}, {"Authors": ("Bea", "Ann")})
    assert [c.text for c in found.chunks if c.kind != "removed"] == ["Bea", "Ann"]
    assert any(c.kind != "same" for c in found.chunks)


def test_a_short_line_is_shown_whole_as_it_was_and_as_it_is():
    [found] = differences({"Start year": "1993"}, {"Start year": "1994"})
    assert (found.kind, found.chunks) == (
        "line",
        [Chunk("removed", "1993"), Chunk("added", "1994")],
    )


def test_a_field_one_side_lacks_counts_as_empty_there():
    [found] = differences({}, {"Text": Text("Hello")})
    assert found.chunks == [Chunk("added", "Hello")]

"""Which numbers of a text are note markers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscripts.parse.markers import find


def found(text, notes):
    return [(m.number, text[: m.start]) for m in find([text], set(range(1, notes + 1)))[0]]


def numbers(text, notes):
    return [number for number, _ in found(text, notes)]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("It rained.1 Then it stopped.2", 2),
        ("It began in 1993.1 In 1994 it ended.2", 2),
        ("“A war.”1 (So they said.)2 It went on,3 and on;4 why?5 No!6", 6),
        ("Unions (the UTO)1 met, and [again]2 parted.3", 3),
        ("It rained1 and snowed2 often.3", 3),
        ("It rained.[1] It snowed.[2]", 2),
        ("It rained.[i] It snowed.[ii] It froze.[iii] It thawed.[iv]", 4),
        ("It rained.¹ It snowed.² Ten times.³", 3),
        ("It rained. 1 Then it stopped. 2", 2),
        ("It rained.1Then it stopped.2", 2),
        ("It rained in 1993,1 and in 1994;2 then no more.3", 3),
        ("In 19931 The rain stopped in 19942", 2),
        ("The U.S.1 said so.2", 2),
        ("It fell by 50%.1 It rose.2", 2),
        ("He met the UTO.1 He met the ITD2.", 2),
        ("It covers 5 km².1 It grew.2", 2),
    ],
)
def test_markers_are_found_where_superscripts_were(text, notes):
    assert numbers(text, notes) == list(range(1, notes + 1))


@pytest.mark.parametrize(
    "text",
    [
        "It cost 3.5 million.",
        "Some 50,000 died, and 700,000 fled.",
        "On 27 June 1997 it ended.",
        "Resolution 4 was passed.",
        "It grew by 1.5%.",
        "The M2 group and the G2 met.",
        "The area is 3 km2 and 4 km².",
        "The match ended 2-1 in 2001-2.",
        "See S/RES/1 and COVID-1.",
        "In 1992, 2 men came at 5:2 o’clock.",
        "The 1st and 2nd came.",
    ],
)
def test_numbers_of_the_text_are_no_markers(text):
    assert numbers(text, 5) == []


def test_the_year_before_a_marker_stays_in_the_text():
    assert found("Talks began in 1993.1 They ended.", 1) == [(1, "Talks began in 1993.")]


def test_a_number_is_a_marker_only_in_its_place_in_the_sequence():
    text = "He left.1 It cost 3.2 In all it was.2 Then 4.3 That was it.4"
    assert found(text, 4)[1] == (2, "He left.1 It cost 3.2 In all it was.")


def test_markers_ascend_over_the_paragraphs():
    chosen, _ = find(["First.1 Second.2", "Third.3 And 1994.4"], {1, 2, 3, 4})
    assert [(m.text, m.number) for m in chosen] == [(0, 1), (0, 2), (1, 3), (1, 4)]


def test_no_number_beyond_the_printed_notes_is_a_marker_but_it_is_named():
    chosen, others = find(["First.1 Second.2 Third.3"], {1, 2})
    assert [m.number for m in chosen] == [1, 2]
    assert [m.number for m in others] == [3]


def test_a_marker_that_comes_twice_is_named():
    chosen, others = find(["First.1 Again.1 Second.2"], {1, 2})
    assert [m.number for m in chosen] == [1, 2]
    assert [m.number for m in others] == [1]


def test_a_missing_marker_leaves_the_others_in_place():
    assert numbers("First.1 Third.3 Fourth.4", 4) == [1, 3, 4]


words = st.text(st.sampled_from("abcdefgh"), min_size=3, max_size=8)
distractors = st.sampled_from(
    ["1993", "5,000", "3.5 million", "27 June 1997", "M23", "2001-2", "60%", "12 men"]
)
sentences = st.lists(st.one_of(words, distractors), min_size=1, max_size=8)


@given(st.lists(st.tuples(sentences, words, st.sampled_from(".;,?")), min_size=1, max_size=40))
def test_every_marker_is_found_among_dates_and_amounts(written):
    text = " ".join(
        f"Now {' '.join(sentence)} {last}{stop}{n}"
        for n, (sentence, last, stop) in enumerate(written, 1)
    )
    assert numbers(text, len(written)) == list(range(1, len(written) + 1))


@given(st.text(max_size=300), st.sets(st.integers(1, 40), max_size=40))
def test_markers_of_any_text_ascend_and_are_of_the_notes(text, notes):
    chosen, _ = find([text], notes)
    found_numbers = [m.number for m in chosen]
    assert found_numbers == sorted(set(found_numbers)) and set(found_numbers) <= notes
    assert all(a.end <= b.start for a, b in pairwise(chosen) if a.text == b.text)


def test_thousands_are_no_markers_however_many_notes_there_are():
    assert numbers("Some 1,120 men came, and 2,130 left.", 150) == []

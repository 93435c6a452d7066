"""Paragraphs and sentences have ids that are worked out from the frozen text, always the same."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rendering import render
from editions.passages import Passage, marked, passages, same_or_like
from revisions.sentences import breaks

TEXT = """The *war* began. It went on.[^1] Then came peace, the third attempt.

* One item. Another sentence.
* Two

> A quotation. “Of two.”

[^1]: For long.
"""


def without_marks(html):
    return re.sub(r'<span id="[^"]*">|</span>|(?<=<p)( id="p\d+")|(?<=<li)( id="p\d+")', "", html)


def test_each_paragraph_and_each_sentence_has_an_id():
    html = render(TEXT, {}).html
    assert [passage.id for passage in passages(html)] == [
        *("p1", "p1s1", "p1s2", "p1s3", "p2", "p2s1", "p2s2", "p3", "p3s1", "p4", "p4s1", "p4s2")
    ]
    assert passages(html)[2] == Passage("p1s2", "It went on.")
    shown = marked(html, lambda id_: f"[{id_}]")
    assert '<p id="p1"><span id="p1s1">The <em>war</em> began.</span> <span id="p1s2">' in shown
    assert '</a></sup></span> <span id="p1s3">Then' in shown
    assert without_marks(marked(html, lambda _id: "")) == html


def test_a_sentence_that_ends_within_emphasis_goes_on_to_its_end():
    found = passages("<p>See <em>It is so. And so.</em> Then.</p>")
    assert [p.text for p in found[1:]] == ["See It is so. And so.", "Then."]


@given(st.text(st.sampled_from("aB. “”?!&<>()\n1é谈。"), max_size=60))
def test_marks_change_no_word_whatever_the_text(text):
    html = render(text, {}).html
    assert without_marks(marked(html, lambda _id: "")) == html
    for passage in passages(html):
        assert passage.text == " ".join(passage.text.split())
    whole = [p for p in passages(html) if "s" not in p.id]
    for paragraph in whole:
        parts = [p.text for p in passages(html) if p.id.startswith(f"{paragraph.id}s")]
        assert "".join(parts).replace(" ", "") == paragraph.text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. No met J. Smith. He left.", ["Dr. No met J. Smith.", "He left."]),
        ("It was No. 5 of pp. 3-4. So?", ["It was No. 5 of pp. 3-4.", "So?"]),
        ("He said “go.” They went.", ["He said “go.”", "They went."]),
        ("In the U.S. Congress it failed.", ["In the U.S. Congress it failed."]),
        ("It rose by 3.5 per cent. Then 4.", ["It rose by 3.5 per cent.", "Then 4."]),
        ("and so on … and on", ["and so on … and on"]),
        ("Кончилось. Мир.", ["Кончилось.", "Мир."]),
        ("谈判开始。停火。", ["谈判开始。", "停火。"]),
        ("", [""]),
    ],
)
def test_where_sentences_end(text, sentences):
    edges = [0, *breaks(text), len(text)]
    found = [text[a:b].strip() for a, b in itertools.pairwise(edges)]
    assert found == sentences


def test_what_became_of_a_passage():
    others = [Passage("p1s1", "The war ended in 1997."), Passage("p1s2", "Peace held.")]
    assert same_or_like("Peace held.", others).id == "p1s2"
    assert same_or_like("The war ended in 1998.", others).id == "p1s1"
    assert same_or_like("Nothing of the kind was said.", others) is None
    assert same_or_like("Anything", []) is None

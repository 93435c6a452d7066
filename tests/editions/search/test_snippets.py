"""The passage that a search shows of a long text, wherever the word stands."""

import re

import pytest

from editions.search.query import parsed
from editions.search.snippets import HIT, HIT_END, WORDS, snippet
from editions.search.tokens import CUT, laid_out

LENGTH = 300


@pytest.mark.parametrize("place", [0, 1, 11, 12, 13, 40, 149, 150, 151, 260, 288, 298, 299])
def test_a_passage_begins_and_ends_near_what_was_found(place):
    words = [f"word{n}" for n in range(LENGTH)]
    words[place] = "mediation"
    passage = snippet(*laid_out([" ".join(words)]), parsed("mediation"), {})
    assert f"{HIT}mediation{HIT_END}" in passage
    shown = re.findall(r"word(\d+)", passage)
    numbers = [int(n) for n in shown]
    assert numbers == [n for n in range(min(numbers), max(numbers) + 1) if n != place]
    assert len(numbers) + 1 <= WORDS
    first, last = min([*numbers, place]), max([*numbers, place])
    assert passage.startswith("…") == (first > 0)
    assert passage.endswith("…") == (last < LENGTH - 1)
    assert place - first < 12
    assert last - place >= min(WORDS - 12, LENGTH - 1 - place)


def test_a_passage_begins_with_its_sentence_and_never_runs_into_another_block():
    blocks = ["One block of words that is of no use.", "It began. Then mediation helped. It ended."]
    passage = snippet(*laid_out(blocks), parsed("mediation"), {})
    assert passage.startswith(f"…Then {HIT}mediation{HIT_END} helped.")


def test_an_index_of_another_release_shows_no_passage_and_is_no_error():
    stream, text = laid_out(["It began in spring. Then mediation helped."])
    assert snippet(stream, text.replace(CUT, "\ue003"), parsed("mediation"), {}) == ""

"""Passages in the text of a page: there, nearly there, or not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.links.asking import Answer
from sources.links.page_text import look_in, texts_of
from sources.links.passages import Looked, look_for

PAGE = (
    "The two sides signed the General Agreement on 27 June 1997 in Moscow.\n"
    "“We shall not go back to war,” said the presi-\ndent’s envoy – he was tired.   "
    "The cease-fire of 1992–1997 held, and the co\u00adoperation of neighbours was\u00a0vital. "
    "Some 50,000 people had died, and 1.2 million had fled their homes in those years. "
) + "Nobody knows how many came back to their villages. " * 3


@pytest.mark.parametrize(
    "passage",
    [
        "signed the General Agreement on 27 June 1997",
        "SIGNED  the\ngeneral agreement",
        "“We shall not go back to war”",
        "'We shall not go back to war,' said the president's envoy",
        "said the president’s envoy - he was tired",
        "The ceasefire of 1992-1997 held, and the cooperation",
        "The two sides signed … in Moscow.",
        "The two sides [...] in Moscow. “We shall (...) back to war”",
        "[t]he two sides signed the General Agreement [sic] on 27 June",
        "held, and the co-operation of neighbours was vital",
    ],
)
def test_marks_hyphens_blanks_and_what_is_left_out_say_nothing(passage):
    assert look_for(passage, [PAGE]).looked == Looked.FOUND


@pytest.mark.parametrize(
    ("passage", "difference"),
    [
        ("signed the General Agreement on 27 June 1998 in Moscow", "“1998” → “1997”"),
        ("Some 60,000 people had died, and 1.2 million had fled", "“60” → “50”"),
        ("The two sides have signed the General Agreement on 27 June", "“have” → “”"),
        ("The two sides the General Agreement on 27 June 1997", "“” → “signed”"),
    ],
)
def test_nearly_says_what_differs(passage, difference):
    found = look_for(passage, [PAGE])
    assert (found.looked, found.difference) == (Looked.NEARLY, difference)


@pytest.mark.parametrize(
    "passage",
    [
        "The parliament rejected the peace plan by a great majority",
        "in Moscow … The two sides signed",
        "back to peace",
        "he side",
    ],
)
def test_not_found(passage):
    assert look_for(passage, [PAGE]).looked == Looked.NOT_FOUND


def test_what_was_put_in_may_stand_in_the_page_as_well():
    page = PAGE.replace("vital", "vitel [sic]")
    for passage in ("neighbours was vitel [sic]. Some 50,000", "neighbours was vitel. Some 50,000"):
        assert look_for(passage, [page]).looked == Looked.FOUND


def test_of_several_readings_of_a_page_the_best_counts():
    near = PAGE.replace("27 June", "26 June")
    assert look_for("General Agreement on 27 June 1997 in Moscow", [near, PAGE]).looked == "found"


@pytest.mark.parametrize(
    ("passage", "texts", "is_whole"),
    [
        ("words of it", ["Accept cookies?"], True),
        ("…", [PAGE], True),
        ("words of it", [PAGE], False),
    ],
)
def test_what_cannot_be_looked_for(passage, texts, is_whole):
    found = look_for(passage, texts, is_whole=is_whole)
    assert found.looked == Looked.NOT_LOOKED
    assert found.difference


@given(st.text(max_size=300), st.text(max_size=600))
def test_whatever_stands_there_there_is_an_answer(passage, text):
    assert look_for(passage, [text]).looked in Looked
    if passage.strip() and look_for(passage, [passage]).looked != Looked.NOT_LOOKED:
        assert look_for(passage, [passage + " " + text]).looked != Looked.NOT_FOUND


def test_a_long_page_is_looked_through_in_time():
    words = " ".join(f"word{n} of the long page" for n in range(60_000))
    started = time.monotonic()
    assert look_for("a passage that is not there at all, " * 25, [words]).looked == "not-found"
    assert time.monotonic() - started < 10


def answer(body, kind="text/html"):
    return Answer(200, {"Content-Type": kind}, body.encode())


def test_the_text_of_a_page_is_what_one_sees_of_it():
    menu = "<nav><ul><li>Home</li><li>News</li></ul></nav><script>var x = 'hidden words';</script>"
    long = "".join(
        f"<p>Paragraph {n} of the report says this and that at length.</p>" for n in range(9)
    )
    html = f"<html><head><title>T</title></head><body>{menu}<article>{long}</article></body></html>"
    texts = texts_of(answer(html))
    assert all("hidden" not in text for text in texts)
    assert "Home News" in texts[-1]
    assert "Paragraph 8 of the report" in texts[0]


def test_words_that_trafilatura_leaves_out_are_found():
    aside = "<aside class='sidebar'><ul><li>The envoy left the talks early.</li></ul></aside>"
    article = "<article>" + "<p>Another paragraph about something else.</p>" * 20 + "</article>"
    found = look_in(answer(f"<body>{aside}{article}</body>"), ["The envoy left the talks early"])
    assert found[0].looked == Looked.FOUND


def test_a_page_over_which_trafilatura_stumbles_is_looked_through_all_the_same(monkeypatch):
    import trafilatura

    def stumble(*_args, **_over):
        raise ValueError("an odd page")

    monkeypatch.setattr(trafilatura, "extract", stumble)
    assert look_in(answer(f"<p>{PAGE}</p>"), ["said the president’s envoy"])[0].looked == "found"


def test_plain_text_and_other_kinds():
    assert look_in(answer(PAGE, "text/plain"), ["said the president’s envoy"])[0].looked == "found"
    assert look_in(answer(PAGE, "image/png"), ["x y z"])[0].looked == Looked.NOT_LOOKED
    assert look_in(answer(PAGE), []) == ()


@pytest.mark.parametrize(
    "html", ["<div>" * 20_000 + "deep", "", "<", "<!--", "\x00" * 10, "<p>" + "&#0;" * 50, "<?xml"]
)
def test_pages_that_are_none(html):
    assert look_in(answer(html), ["some words of it"])[0].looked in ("not-looked", "not-found")

"""Parsing a whole article: its parts, however it was typed; and what is refused."""

import re
import textwrap
import time
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from manuscripts.files.encodings import decode
from manuscripts.parse.decoding import DROPPED, Refused
from manuscripts.parse.reading import read
from tests.manuscripts.articles import NOTES, TITLE, make_article

ARTICLE = make_article()


def summary(text):
    """Everything that was parsed, without line numbers."""
    m = read(text, "a.txt")
    return {
        "title": m.title,
        "standfirst": m.standfirst,
        "blocks": [(b.kind, b.items) for b in m.blocks],
        "notes": [(n.number, [(c.source, c.locator) for c in n.citations]) for n in m.notes],
        "sources": [(s.key, s.title, s.container_title, s.url, s.accessed) for s in m.sources],
        "facts": {name: [line.text for line in lines] for name, lines in m.facts.items()},
        "left over": m.left_over,
    }


def text_and_notes():
    text, notes = ARTICLE.split("\n1 Ann", 1)
    return text, f"1 Ann{notes}"


def marked(form):
    text, notes = text_and_notes()
    text = re.sub(r"(?<=\.)([123])(?= |\n|\Z)", lambda found: form(found[1]), text)
    return f"{text}\n{notes}"


def test_an_article_is_divided_into_its_parts():
    read_ = summary(ARTICLE)
    assert read_["title"] == TITLE
    assert read_["standfirst"].startswith("Mediation by the United Nations")
    assert [kind for kind, _ in read_["blocks"]] == ["paragraph", "paragraph"]
    assert read_["notes"][0][0] == 1 and len(read_["notes"]) == 3
    assert read_["facts"]["start_year"] == ["1993"]
    assert read_["facts"]["regional_groups"] == []
    assert read_["left over"] == []


def test_markers_stand_where_the_superscripts_were():
    first, second = read(ARTICLE, "a.txt").blocks
    assert first.items[0][1:4:2] == (1, 2)
    assert first.items[0][2] == " Talks were held from 1993."
    assert second.items[0][1] == 3


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(ARTICLE.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param("\ufeff" + ARTICLE, id="byte order mark"),
        pytest.param(ARTICLE.replace(" ", "\u00a0"), id="non-breaking spaces"),
        pytest.param(ARTICLE.translate(str.maketrans("“”", '""')), id="straight quotes"),
        pytest.param(re.sub(r"\n+", "\n", ARTICLE), id="single newlines"),
        pytest.param(re.sub(r"(?m)^([123]) (?=[A-Z])", r"\1. ", ARTICLE), id="numbered with stops"),
        pytest.param(
            re.sub(r"(?m)^([123]) (?=[A-Z])", r"[\1] ", ARTICLE), id="numbers in brackets"
        ),
        pytest.param(re.sub(r"(?m)^([123]) (?=[A-Z])", r"\1", ARTICLE), id="numbers glued"),
        pytest.param(marked(lambda n: f"[{n}]"), id="markers in brackets"),
        pytest.param(marked(lambda n: "⁰¹²³"[int(n)]), id="markers raised"),
        pytest.param(marked(lambda n: f" {n}"), id="markers after a space"),
        pytest.param(ARTICLE.replace("Year\n\n19", "Year: 19"), id="values beside labels"),
        pytest.param(ARTICLE.replace("Organisation(s)", "Organization(s)"), id="American spelling"),
        pytest.param(ARTICLE.replace("\n\nStart Year", "\n\n\n\n  start year:"), id="other labels"),
    ],
)
def test_however_it_is_typed_it_says_the_same(typed):
    expected, got = summary(ARTICLE), summary(typed)
    if "values beside" in typed:
        expected["facts"] = got["facts"]
    assert got == expected


def test_hard_wrapped_lines_are_put_together():
    wrapped = "\n".join(textwrap.fill(line, 60) for line in ARTICLE.split("\n"))
    assert summary(wrapped) == summary(ARTICLE)


def test_a_file_in_utf_16_is_read():
    assert summary(decode(ARTICLE.encode("utf-16"))) == summary(ARTICLE)


def test_facts_may_stand_before_the_notes():
    text, rest = text_and_notes()
    notes, facts = rest.split("\nStart Year", 1)
    assert summary(f"{text}\nStart Year{facts}\n{notes}")["notes"] == summary(ARTICLE)["notes"]


def test_headings_are_not_paragraphs_and_a_numbered_list_is_one():
    manuscript = read(
        make_article(
            text="""
            How it began and how it came to an end.

            The Causes

            The war began in the hills.1

            The Talks

            They agreed on three things:

            1. To stop;

            2. To go home;2

            3. To talk.

            Then it was over.3
            """
        ),
        "a.txt",
    )
    assert manuscript.paragraphs == 4
    assert [block.kind for block in manuscript.blocks] == [
        *("heading", "paragraph", "heading", "paragraph", "list", "paragraph")
    ]
    assert manuscript.blocks[4].items == (("To stop;",), ("To go home;", 2), ("To talk.",))


def test_a_long_numbered_list_in_the_text_is_not_taken_for_the_notes():
    things = "\n".join(f"{n}. To do thing {chr(96 + n)};" for n in range(1, 10))
    article = make_article(text=f"How.\n\nIt began.1 They agreed:2\n\n{things}\n\nIt ended.3")
    assert [note.number for note in read(article, "a.txt").notes] == [1, 2, 3]


def test_a_note_may_be_broken_before_a_number():
    article = make_article().replace("of Small Wars, Vol. 4", "of Small Wars,\nVol.\n4")
    article = article.replace("(2001) pp.52-4", "(2001)\n52 other pages")
    assert [note.number for note in read(article, "a.txt").notes] == [1, 2, 3]


def test_a_first_block_with_a_note_is_text_and_the_standfirst_is_missing():
    manuscript = read(make_article(text="The war began.1 It went on.2 It ended.3"), "a.txt")
    assert (manuscript.standfirst, manuscript.paragraphs) == ("", 1)
    assert "standfirst-missing" in [caution.code for caution in manuscript.cautions]


def test_a_byline_is_the_author():
    text = "By Ann Smith and Bo Lee\n\nHow it ended.\n\nIt ended.1 Well.2 Yes.3"
    manuscript = read(make_article(text=text), "a.txt")
    assert manuscript.authors == ["Ann Smith", "Bo Lee"]


def test_a_note_without_a_marker_has_an_entry_and_a_warning():
    manuscript = read(make_article(text="How.\n\nIt began.1 It ended.3"), "a.txt")
    assert [note.number for note in manuscript.notes] == [1, 2, 3]
    assert manuscript.marked == {1, 3}
    codes = [(c.code, c.text) for c in manuscript.cautions if "marker" in c.code]
    assert codes == [
        (
            "note-without-marker",
            "No marker of note 2 was found; it is kept at the end of the draft.",
        )
    ]


def test_a_marker_without_a_note_has_no_entry_and_stays_in_the_text():
    manuscript = read(make_article(text="How.\n\nA.1 Bee.2 It was.3 It ended.4"), "a.txt")
    assert [note.number for note in manuscript.notes] == [1, 2, 3]
    assert manuscript.blocks[0].items[0][-1] == " It ended.4"
    assert "marker-without-note" in [caution.code for caution in manuscript.cautions]


def test_what_is_not_recognised_is_left_over_and_named_by_line():
    article = make_article().replace("More Posts\n", "More Posts\n\nEnding another war\n")
    manuscript = read(article, "a.txt")
    line = article.split("\n").index("Ending another war") + 1
    assert [(left.number, left.text) for left in manuscript.left_over] == [
        (line, "Ending another war")
    ]
    assert ("unrecognised-line", line) in [(c.code, c.line) for c in manuscript.cautions]


def test_facts_may_be_missing_altogether():
    article = make_article(facts="")
    assert summary(article)["facts"] == {}
    assert len(summary(article)["notes"]) == 3


def test_nothing_in_the_text_is_put_right():
    article = make_article(text="How.\n\nThe Confederation of Independant States came.1 A.2 B.3")
    assert "Confederation of Independant States" in read(article, "a.txt").blocks[0].items[0][0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("Title\x00\n\nText.", "NUL"),
        ("x" * 1_000_001, "1 MB"),
        ("\x01\x02\x03\x04\x05\x06 binary", "control"),
        (ARTICLE.replace(TITLE + "\n", ""), "no title"),
        ("Start Year\n\n1993\n", "no title"),
        ("1 Ann Smith. A war. (London: Concord, 2000)\n", "no title"),
        ("A" * 251 + "\n\nText.", "no title"),
        ("***\n\nText.", "no title"),
        ("A shopping list\n\nEggs and milk.\n", "Neither"),
        (ARTICLE + "".join(f"w.{n} " for n in range(100_000)), "markers"),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(text, reason):
    with pytest.raises(Refused, match=reason):
        read(text, "a.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text"),
        (b"x" * 1_000_001, "1 MB"),
        (b"\xff\xfea", "not text"),
    ],
)
def test_a_file_that_is_no_text_is_refused(data, reason):
    with pytest.raises(Refused, match=reason):
        decode(data)


@pytest.mark.parametrize(
    "note",
    [
        "(" * 3_900,
        "“" * 1_900 + "”" * 1_900,
        "A. " * 1_300,
        "in A & " * 550,
        "Ann Smith, " * 350 + "“T.” J, Vol. 1. (2001)",
        "(2001) " * 550,
        "p. " * 1_300,
        "Accessed " * 430,
        "See " * 950,
        "A b; " * 59,
        "a ,." * 950,
    ],
)
def test_bait_for_regular_expressions_takes_no_time(note):
    before = time.process_time()
    with_bait = make_article(notes=[note] * 60)
    with suppress(Refused):
        read(with_bait, "a.txt")
    assert (
        time.process_time() - before < 20
    )  # bait takes minutes; this is what sixty long notes take, on a slow machine


pieces = st.sampled_from(
    [
        *ARTICLE.split("\n"),
        *NOTES,
        "\n",
        "\n\n",
        "Start Year",
        "1 ",
        "2 ",
        ".1 ",
        "[2]",
        "More Posts",
    ]
)


@settings(max_examples=150)
@given(st.lists(pieces, max_size=40).map("\n".join))
def test_any_shuffle_of_an_article_is_read_or_refused(text):
    try:
        manuscript = read(text, "a.txt")
    except Refused:
        return
    assert all(
        0 <= c.source < len(manuscript.sources) for n in manuscript.notes for c in n.citations
    )
    assert len({source.key for source in manuscript.sources}) == len(manuscript.sources)


@settings(max_examples=150)
@given(st.text(max_size=500), st.text(max_size=200))
@example("A\x1fAAA", "")
@example("A\u200bAAA AAA\u0301", "")
def test_no_word_of_an_article_is_lost(body, left):
    text = make_article(text=f"How.\n\nIt began.1 {body}\n\nIt ended.2 Yes.3") + left
    try:
        manuscript = read(text, "a.txt")
    except Refused:
        return
    kept = [manuscript.title, manuscript.standfirst, *manuscript.authors]
    kept += [str(p) for b in manuscript.blocks for item in b.items for p in item]
    kept += [note.text for note in manuscript.notes]
    kept += [line.text for line in manuscript.left_over]
    kept += [line.text for lines in manuscript.facts.values() for line in lines]
    printed = body.replace("\x1e", "-")
    for signs in DROPPED:  # what stood on both sides of one is one word; a warning says so
        printed = signs.sub("", printed)
    printed = unicodedata.normalize("NFC", printed)
    words = set(re.findall(r"[a-zA-Z]{3,}", printed))
    assert words <= set(re.findall(r"[a-zA-Z]{3,}", " ".join(kept)))

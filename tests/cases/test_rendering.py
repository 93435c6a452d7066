"""Articles as readers get them: notes numbered and linked both ways, and nothing that harms."""

import os
import re
import time
import tomllib
from html.parser import HTMLParser
from json import loads
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.rendering import MAX_LENGTH, MAX_NOTES, Citation, render
from cases.rendering.citations import read_citations
from tests.sources.tajik_library import TAJIK_NOTES, tajik_library

MANUSCRIPT = Path(os.environ.get("MANUSCRIPTS", "/work/shared/manuscripts")) / "tajikistan.txt"
COLLECTION = sorted(Path("collection").glob("*/case.md"))
LIBRARY = {
    "ade1": {
        "type": "book",
        "title": "River Pacts: A Study",
        "author": [{"family": "Ade", "given": "Bola"}],
        "publisher": "Delta",
        "issued": {"date-parts": [[1999]]},
    },
    "Ber2": {"type": "treaty", "title": "River Accord", "issued": {"date-parts": [[1997]]}},
}
ADE = "Bola Ade. River Pacts: A Study. (Delta, 1999)"
SHORT = "Ade. River Pacts."


def texts(body):
    return [note.text for note in render(body, LIBRARY).notes]


def codes(body):
    return [(problem.code, problem.line) for problem in render(body, LIBRARY).problems]


def notes_html(rendered):
    """The list of notes as the pages of readers and editors have it."""
    html = render_to_string("_notes.html", {"notes": rendered.notes})
    return html[html.index("<ol") : html.index("</section>")] if html.strip() else ""


class Page(HTMLParser):
    """The tags, attributes and targets of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.links, self.names = [], [], [], set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.names |= {name for name, _ in attributes}
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [value for name, value in attributes if name == "href"]


def page(body):
    rendered = render(body, LIBRARY)
    return Page(rendered.html + notes_html(rendered))


def test_an_article_of_our_own_comes_out_whole():
    body = (
        "# The river\n\nTwo sides met.[see *also* @ade1, pp. 5-7; @Ber2, Art. 2] They agreed "
        "[@ade1, {p.8-9}].\n\n## After\n\nIt held.[^1] Until it did not.[^1]\n\n"
        "[^1]: So [@ade1, ch. 3] has it; **others** doubt it.\n"
    )
    rendered = render(body, LIBRARY)
    assert rendered.problems == []
    assert [note.text for note in rendered.notes] == [
        f"see also {ADE} pp.5-7; River Accord, 1997. Art. 2",
        f"{SHORT} p.8-9",
        f"So {SHORT} ch. 3 has it; others doubt it.",
    ]
    assert rendered.notes[0].html.startswith(
        "see <em>also</em> Bola Ade. <i>River Pacts: A Study</i>. (Delta"
    )
    assert rendered.html == (
        "<h2>The river</h2>\n<p>Two sides met."
        '<sup class="note-ref"><a id="ref-1" href="#note-1" role="doc-noteref" '
        'aria-label="Note 1">1</a></sup> They agreed'
        '<sup class="note-ref"><a id="ref-2" href="#note-2" role="doc-noteref" '
        'aria-label="Note 2">2</a></sup>.</p>\n<h3>After</h3>\n<p>It held.'
        '<sup class="note-ref"><a id="ref-3" href="#note-3" role="doc-noteref" '
        'aria-label="Note 3">3</a></sup> Until it did not.'
        '<sup class="note-ref"><a id="ref-3-2" href="#note-3" role="doc-noteref" '
        'aria-label="Note 3">3</a></sup></p>\n'
    )
    assert rendered.keys == ["ade1", "Ber2"]
    assert rendered.word_count == 14
    assert rendered.notes[0].citations == [
        Citation("ade1", "5-7", "page"),
        Citation("Ber2", "Art. 2", ""),
    ]
    assert rendered.notes[1].citations == [Citation("ade1", "8-9", "page")]
    assert rendered.notes[2].refs == ["ref-3", "ref-3-2"]


@pytest.mark.parametrize("path", COLLECTION, ids=lambda path: path.parent.name)
def test_a_case_of_the_sample_collection_renders_without_a_problem(path):
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert tomllib.loads(front)["title"]
    items = loads(path.with_name("sources.json").read_text(encoding="utf-8"))
    rendered = render(body, {item["id"]: item for item in items})
    assert rendered.problems == []
    assert rendered.notes


def test_the_manuscript_with_citations_for_its_numbers_gives_its_ten_notes():
    if not MANUSCRIPT.exists():
        pytest.skip(f"The manuscript {MANUSCRIPT} is not on this machine.")
    expected = re.findall(r"^\d+ (.+)$", MANUSCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    cites = [
        "; ".join(
            f"@{key}, {{{place}}}" if exact else f"@{key}, {place}" for key, place, exact in c
        )
        for c in TAJIK_NOTES
    ]
    body = "\n\n".join(f"Claim.[{cite}]" for cite in cites)
    rendered = render(body, tajik_library(slips=True))
    assert rendered.problems == []
    assert [note.text for note in rendered.notes] == expected


def test_notes_link_back_to_every_place_that_uses_them():
    found = page("A[^x] b[@ade1] c[^x] d[^x]\n\n[^x]: Words.")
    assert found.ids == ["ref-1", "ref-2", "ref-1-2", "ref-1-3", "note-1", "note-2"]
    assert found.links == [
        *("#note-1", "#note-2", "#note-1", "#note-1"),
        *("#ref-1", "#ref-1-2", "#ref-1-3", "#ref-2"),
    ]


def test_back_links_have_names_of_their_own():
    html = notes_html(render("A[^x] b[^x]\n\n[^x]: Words.", {}))
    assert 'aria-label="Back to note 1 in the text, place 2"' in html
    assert notes_html(render("No notes.", {})) == ""


def test_notes_are_numbered_in_order_of_the_text_whatever_stands_where():
    body = "[^z]: Zed.\n[^a]: Ay.\n\n> Quoted.[^a]\n\n- Listed.[@ade1]\n\nLast.[^z]"
    assert texts(body) == ["Ay.", ADE, "Zed."]


def test_the_same_citation_twice_is_two_notes():
    assert texts("A[@ade1] b[@ade1]") == [ADE, SHORT]


def test_a_citation_may_run_over_a_line_end_and_stand_on_its_own_line():
    assert texts("A\n[see\n@ade1,\np. 5]") == [f"see {ADE} p.5"]
    assert "A<sup" in render("A\n[@ade1]", LIBRARY).html
    assert codes("A\n[@ade1,\np. 5] b\nc [@nobody]") == [("unknown-key", 4)]


def test_a_note_on_the_spot_is_a_note_and_may_cite():
    body = "One^[See *also* [@ade1, p. 3].] two[@Ber2]^[Plain\nwords] three[@nobody]"
    assert texts(body)[:3] == [f"See also {ADE} p.3.", "River Accord, 1997.", "Plain words"]
    assert codes(body) == [("unknown-key", 2)]
    assert "^" not in render(body, LIBRARY).html


@pytest.mark.parametrize(
    "body", ["1997. It was over.", "> 1997. It was over.", "- 1997) It was over.", "a\n\n100. b"]
)
def test_a_year_at_the_beginning_of_a_line_is_no_list(body):
    html = render(body, {}).html
    assert "<ol" not in html
    assert "\\" not in html


def test_a_numbered_list_is_one():
    assert "<ol>\n<li>One.</li>" in render("1. One.\n2. Two.", {}).html


def test_a_footnote_of_paragraphs_runs_on():
    rendered = render("A[^1]\n\n[^1]: One.\n\n    Two [@ade1].\n", LIBRARY)
    assert rendered.notes[0].text == f"One. Two {ADE}."
    assert rendered.notes[0].html.startswith("One.<br>Two Bola")


def test_headings_begin_at_the_second_level_and_leave_none_out():
    assert page("## A\n\nB\n=\n").tags == ["h2", "h2"]
    assert page("## A\n\n#### B\n\n## C").tags == ["h2", "h3", "h2"]
    assert page("# A\n\n### B\n\n###### C").tags == ["h2", "h3", "h4"]


def test_code_escapes_and_e_mail_addresses_are_not_citations():
    for body in ("`[@ade1]`", "\\[@nobody]", "me@example.org and @UN", "[me@x.org](https://x.org)"):
        assert texts(body) == []
        assert codes(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A\n\nb [@nobody]", [("unknown-key", 3)]),
        ("A [@ADE1]", [("unknown-key", 1)]),
        ("A[^1]", [("undefined-footnote", 1)]),
        ("A\n\n[^1]: B", [("unused-footnote", 3)]),
        ("A[^1]\n\n[^1]: B\n\n[^1]: C", [("duplicate-footnote", 5)]),
        ("A[^1]\n\n[^1]:\n", [("empty-footnote", 3)]),
        ("A[^1]\n\n[^1]: B [^1]", [("nested-footnote", 3)]),
        ("A\n^[ ]", [("empty-footnote", 2)]),
        ("A^[B [^1]]\n\n[^1]: C", [("nested-footnote", 1), ("unused-footnote", 3)]),
        ("A[^1]\n\n[^1]: B ^[c]", [("nested-footnote", 3)]),
        ("A\nb[^my note]", [("broken-footnote", 2)]),
        ("A\n\n[^my note]: word", [("broken-footnote", 3)]),
        ("A[^]\n\n[^]: word", [("broken-footnote", 1), ("broken-footnote", 3)]),
        ("A\nb [@ade1, p. 5", [("broken-citation", 2)]),
        ("A @ade1, p. 5]", [("broken-citation", 1)]),
        ("A [@ade1; see below]", [("broken-citation", 1)]),
        ("A [@ade1 @Ber2]", [("broken-citation", 1), ("broken-citation", 1)]),
        ("A [-@ade1]", [("broken-citation", 1)]),
        ("A [@nobody, [p. 5]]", [("broken-citation", 1)]),
        ("A ![b](https://example.org/c.png)", [("image", 1)]),
        ("A [b](javascript:alert(1))", [("broken-link", 1)]),
        ("A [b [@ade1]](https://example.org)", [("broken-link", 1)]),
        ("A[^1]\n\n[^1]: B\n    [@nobody]", [("unknown-key", 4)]),
    ],
)
def test_a_mistake_is_named_with_its_line(body, expected):
    assert codes(body) == expected
    assert all(str(problem.line) in problem.message for problem in render(body, LIBRARY).problems)


def test_editors_can_look_up_every_kind_of_mistake():
    code = Path("cases/rendering/article.py").read_text(encoding="utf-8")
    page = Path("docs/notes.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r'(?:_problem|_refused)\(\s*"([a-z-]+)"', code))
    assert len(kinds) == 14
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()


def test_an_unknown_source_can_be_seen_in_the_draft():
    assert texts("A [@nobody]") == ["[unknown source: nobody]"]


def test_an_article_too_long_or_with_too_many_notes_is_refused_with_a_reason():
    for body in ("a" * (MAX_LENGTH + 1), "[@a]" * (MAX_NOTES + 1)):
        rendered = render(body, {})
        assert (rendered.html, rendered.notes) == ("", [])
        assert "an article may have" in rendered.problems[0].message


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@a", [("", "a", None)]),
        ("@a, pp. 1; @b, pp. 2", [("", "a", ("1", "page", "")), ("", "b", ("2", "page", ""))]),
        ("@a p. 1", [("", "a", ("1", "page", ""))]),
        ("see @k, ch. 3", [("see ", "k", ("ch. 3", "", ""))]),
        ("@k, {p.38-40}", [("", "k", ("38-40", "page", "p.38-40"))]),
        ("@k, {one; two}", [("", "k", ("one; two", "", ""))]),
        ("@k,", [("", "k", None)]),
        ("", None),
        ("@", None),
        ("a@b", None),
        ("@a;", [("", "a", None)]),
        ("@a.b", None),
    ],
)
def test_citations_are_read_as_pandoc_writes_them(inside, expected):
    found = read_citations(inside)
    assert (found and [(c.words, c.cite.key, c.cite.locator) for c in found]) == expected


_keys = st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,8}", fullmatch=True)
_places = st.sampled_from(["", "p. 5", "pp. 5-7", "Art. 2", "{p.5-7; 9}", "ch. 3 and passim"])
_pieces = st.lists(st.tuples(st.sampled_from(["", "see ", "cf. "]), _keys, _places), min_size=1)


@settings(deadline=None)
@given(_pieces)
def test_every_citation_that_is_written_is_read_again(pieces):
    inside = "; ".join(f"{w}@{key}" + (f", {place}" if place else "") for w, key, place in pieces)
    found = read_citations(inside)
    assert [(c.words, c.cite.key) for c in found] == [(w, key) for w, key, _ in pieces]
    assert [bool(c.cite.locator) for c in found] == [bool(place) for *_, place in pieces]


_scraps = st.sampled_from(
    [
        *("[@ade1", "@ade1", "[", "]", "[^1]", "\n\n[^1]: ", "[^2]:", ", p. 5", "; ", "{", "}"),
        *("\n", "\n\n", "> ", "- ", "# ", "*", "_", "`", "    ", "](", "](https://a.b)", "\\"),
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)"),
        *("\x00", "\u202e", "שלום", "سلام", "\ud800", "\ue010", "&#106;", "<https://x.y>", "!["),
    ]
)
_allowed_names = {"href", "id", "class", "role", "aria-label", "rel", "title", "start"}


def assert_harmless(rendered):
    found = Page(rendered.html + notes_html(rendered))
    assert not {"script", "img", "iframe", "style", "svg"} & set(found.tags)
    assert found.names <= _allowed_names
    assert all(re.match(r"#|https?:|mailto:|[^:]*\Z", link) for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    targets = {link[1:] for link in found.links if re.match(r"#(note|ref)-[0-9-]+\Z", link)}
    assert targets == set(found.ids)
    (rendered.html + notes_html(rendered)).encode()


@settings(max_examples=150, deadline=None)
@given(st.lists(_scraps | st.text(max_size=8), max_size=30).map("".join))
@example("[a]: javascript:alert(1)\n\n[a]")
@example("[a](ftp://example.org) <tel:123> [b](x-app:run)")
@example("<a href='javascript:alert(1)' id='note-1' onclick=x>")
@example("[a](data:text/html;base64,PHN2Zz4=) <javascript:alert(1)>")
@example("[a](JaVaScRiPt&colon;alert(1)) [b](//evil.example)")
@example('[a](https://x.org "title\\" onclick=\\"alert(1)")')
@example("[^1]\n\n[^1]: <b>[@ade1]</b>\n\n        code <script>\n\n    > quote\n    - list")
@example("[see <script> @ade1, {<img src=x onerror=alert(1)>}]")
@example("[@ade1, \ue010\ue014 p. 5]")
def test_whatever_is_typed_what_comes_out_is_harmless_and_every_link_to_a_note_arrives(body):
    assert_harmless(render(body, LIBRARY))


def test_direction_overrides_and_nul_are_taken_out_and_right_to_left_text_is_kept():
    html = render("a\u202eb\x00c שלום \u200fسلام", {}).html
    assert "\u202e" not in html
    assert "\x00" not in html
    assert "שלום \u200fسلام" in html


@pytest.mark.parametrize(
    "body",
    [
        *("[" * 10_000, "]" * 10_000, "[@" * 10_000, "[^" * 10_000, "[@ade1" * 10_000),
        *("[@ade1; " * 10_000, "![" * 10_000, "[](" * 10_000, "{" * 50_000, "[@a,{" * 10_000),
        *(">" * 50_000, "- " * 30_000, "*a _b " * 10_000, "`" * 50_000, "<" * 50_000),
        *("".join(f"[^{n}]: x\n" for n in range(8_000)), "[^a]: " * 10_000),
        "[^" * 20_000 + "\n\n[^1]: x",
        *("[@" + "a" * 90_000 + "]", "@ade1 " * 15_000, "[^1] " * 19_000 + "\n\n[^1]: x"),
        *("".join(f"[@ade1, p. {n}]" for n in range(MAX_NOTES)), "word " * 200_000),
        *("^[" * 10_000, "^[" + "[a]" * 9_000, "^[a]" * 9_000, "[^a b]" * 9_000),
        "\n".join(f"{n}. x" for n in range(100, 9_000)),
        *("[@ade1]\n" * 900, "a@" * 45_000, "[@ade1, " + "p. " * 600 + "]", "](x" * 30_000),
    ],
    ids=lambda body: body[:12].strip(),
)
def test_hostile_text_is_rendered_or_refused_in_bounded_time(body):
    started = time.process_time()
    assert_harmless(render(body, LIBRARY))
    assert time.process_time() - started < 10


def test_a_normal_article_takes_tens_of_milliseconds():
    body = "\n\n".join("Word " * 40 + f"[@ade1, p. {n}; @Ber2]" for n in range(12))
    render(body, LIBRARY)
    started = time.process_time()
    render(body, LIBRARY)
    assert time.process_time() - started < 0.5  # ten times what it takes on a quiet machine


@pytest.mark.parametrize("words", ["observed the talks.", "observed the talks. "])
def test_a_citation_in_a_footnote_stands_apart_from_its_words(words):
    library = {"a2001": {"id": "a2001", "type": "book", "title": "A Book"}}
    rendered = render(f"Text.[^1]\n\n[^1]: They {words}[@a2001]", library)
    assert rendered.notes[0].text.startswith("They observed the talks. A Book.")


@pytest.mark.parametrize("mark", ["![", "[", "*a", "_", "`", "<", "&"])
def test_marks_without_end_are_refused_and_not_looked_through(mark):
    refused = render(mark * (100_000 // len(mark)), {})
    assert [problem.code for problem in refused.problems] == ["too-many-marks"]
    assert not refused.html


@pytest.mark.parametrize(
    ("text", "passage", "accessed", "printed"),
    [
        ("[@a, p. 5: “He met [them]; then x.”]", "He met [them]; then x.", "", "p.5"),
        ('[@a: "straight ]"]', "straight ]", "", ""),
        ("[@a, accessed 2020-11-17]", "", "2020-11-17", ""),
        ("[@a, p. 5, accessed 17/11/2020:“x”]", "x", "2020-11-17", "p.5"),
        ("[see @a, {Art. 2: “words”}]", "", "", "Art. 2: “words”"),
        ("[@a, p. 5: “x” and more]", "", "", "p.5: “x” and more"),
        ("[@a, accessed 31/2/2020]", "", "", "accessed 31/2/2020"),
        ("^[Words [@a: “a [b] c”].]", "a [b] c", "", ""),
    ],
)
def test_a_citation_may_end_in_the_day_and_the_passage(text, passage, accessed, printed):
    item = {"id": "a", "type": "book", "title": "T"}
    rendered = render(f"One.{text}", {"a": item})
    assert rendered.problems == []
    [note] = rendered.notes
    [cite] = note.citations
    assert (cite.passage, cite.accessed) == (passage, accessed)
    assert printed in note.text and (not passage or passage not in note.text)


@pytest.mark.parametrize("text", ["[@a: “never closed]", "[@a: “x”, p. 5]", "[@a, p. [5: “x”]"])
def test_a_passage_that_cannot_be_read_is_a_broken_citation(text):
    rendered = render(f"One.{text}", {"a": {"id": "a", "type": "book", "title": "T"}})
    assert [problem.code for problem in rendered.problems] == ["broken-citation"]


def test_ten_thousand_opening_quotations_are_read_in_one_pass():
    started = time.perf_counter()
    render("[@a: “" * 1_900, {})
    render("[@a" + ": “" * 30_000, {})
    assert time.perf_counter() - started < 5

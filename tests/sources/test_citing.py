"""The house style: how each type of source is formatted in a note, at first and later."""

import os
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.citing import (
    Cite,
    Locator,
    Setting,
    _style,
    bibliography,
    read_locator,
    reference,
    set_notes,
)
from tests.sources.tajik_library import TAJIK_NOTES, tajik_library

MANUSCRIPT = Path(os.environ.get("MANUSCRIPTS", "/work/shared/manuscripts")) / "tajikistan.txt"

PERSON = {"family": "Okafor", "given": "Ngozi"}
BOOK = {
    "id": "Okafor1999",
    "type": "book",
    "author": [PERSON],
    "title": "Rivers and Truces: A History",
    "publisher": "Delta",
    "publisher-place": "Lagos",
    "issued": {"date-parts": [[1999]]},
}
CHAPTER = BOOK | {
    "id": "a",
    "type": "chapter",
    "title": "Who Kept the Peace?",
    "container-title": "Monitors: Collected Essays",
    "editor": [{"family": "Ahn", "given": "Jin"}, {"family": "Berg", "given": "Ole"}],
}


def make_item(**over):
    return {name: value for name, value in (BOOK | over).items() if value is not None}


def note(*cites, **items):
    return set_notes([[cite] for cite in cites], items or {"a": BOOK})


def text(item, locator=""):
    return note(Cite("a", read_locator(locator) if locator else None), a=item)[0].text


def visible(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


def manuscript_notes():
    if not MANUSCRIPT.exists():
        pytest.skip(f"The manuscript {MANUSCRIPT} is not on this machine.")
    return re.findall(r"^\d+ (.+)$", MANUSCRIPT.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_ten_notes_of_the_manuscript_come_out_letter_for_letter():
    expected = manuscript_notes()
    library = tajik_library(slips=True)
    notes = [
        [
            part
            for number, (key, locator, verbatim) in enumerate(cites)
            for part in (
                *([Setting("; ", "; ")] if number else []),
                Cite(key, read_locator(locator, verbatim=verbatim) if locator else None),
            )
        ]
        for cites in TAJIK_NOTES
    ]
    settings = set_notes(notes, library)
    assert [setting.text for setting in settings] == expected
    assert [visible(setting.html) for setting in settings] == expected


def test_the_style_is_valid_csl():
    from citeproc import CitationStylesStyle

    CitationStylesStyle("sources/house.csl", validate=True)  # a warning is an error here
    assert _style() is _style()


def test_a_book_is_set_in_full_once_and_short_afterwards():
    first, later = note(Cite("a", read_locator("p. 9")), Cite("a", read_locator("pp. 9-11")))
    assert first.text == "Ngozi Okafor. Rivers and Truces: A History. (Lagos: Delta, 1999) p.9"
    assert later.text == "Okafor. Rivers and Truces. pp.9-11"
    assert later.html == "Okafor. <i>Rivers and Truces</i>. pp.9-11"


def test_a_second_mention_within_one_note_is_short():
    (setting,) = set_notes([[Cite("a"), Setting("; ", "; "), Cite("a")]], {"a": BOOK})
    assert setting.text.endswith("1999); Okafor. Rivers and Truces.")


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "A One."),
        (2, "A One & B Two."),
        (3, "A One, B Two & C Three."),
        (4, "A One et al."),
        (5, "A One et al."),
    ],
)
def test_up_to_three_authors_are_named_and_from_four_the_first(count, expected):
    names = [("A", "One"), ("B", "Two"), ("C", "Three"), ("D", "Four"), ("E", "Five")]
    authors = [{"given": given, "family": family} for given, family in names[:count]]
    assert text(make_item(author=authors)).startswith(f"{expected} Rivers")


def test_three_authors_are_short_by_family_name():
    authors = [{"given": "X", "family": family} for family in ("One", "Two", "Three")]
    later = note(Cite("a"), Cite("a"), a=make_item(author=authors))[1]
    assert later.text == "One, Two & Three. Rivers and Truces."


def test_a_body_as_author_is_printed_as_it_stands():
    item = make_item(author=[{"literal": "UN"}], publisher="UN", **{"publisher-place": None})
    assert text(item) == "UN. Rivers and Truces: A History. (UN, 1999)"


def test_initials_as_author_do_not_double_the_full_stop():
    assert text(make_item(author=[{"literal": "U.N."}])).startswith("U.N. Rivers")


def test_an_edited_book_stands_under_its_editors():
    item = make_item(author=None, editor=CHAPTER["editor"])
    assert text(item).startswith("Jin Ahn & Ole Berg. Rivers")


def test_a_source_without_author_begins_with_its_title():
    assert text(make_item(author=None)) == "Rivers and Truces: A History. (Lagos: Delta, 1999)"


def test_a_source_without_date_says_so():
    assert text(make_item(issued=None)).endswith("(Lagos: Delta, n.d.)")
    assert text(make_item(issued=None, publisher=None, **{"publisher-place": None})).endswith(
        "History. (n.d.)"
    )


def test_years_of_a_range_and_uncertain_years_are_printed():
    assert "1998-2001)" in text(make_item(issued={"date-parts": [[1998, 5], [2001]]}))
    assert "c. 1998)" in text(make_item(issued={"date-parts": [[1998]], "circa": True}))


@pytest.mark.parametrize("title", ["Who Won?", "Peace!", "Peace.", "Peace..."])
def test_a_title_that_ends_in_a_mark_gets_no_second_one(title):
    quoted = text(make_item(type="article-journal", title=title, **{"container-title": "J"}))
    assert f"“{title}” J. (1999)" in quoted
    assert f"Okafor. {title} (Lagos" in text(make_item(title=title))


def test_quotation_marks_within_a_quoted_title_become_single():
    assert "“On ‘peace’.” in" in text(CHAPTER | {"title": "On “peace”"})


def test_a_treaty_has_its_year_after_a_comma_and_no_brackets():
    item = {
        "type": "treaty",
        "title": "River Accord",
        "issued": {"date-parts": [[1997, 6, 27]]},
        "URL": "https://example.org/a",
        "accessed": {"date-parts": [[2020, 1, 7]]},
    }
    first, later = note(
        Cite("a", read_locator("Art. 2")), Cite("a", read_locator("para. 76")), a=item
    )
    address = "Available at: https://example.org/a (Accessed 07/01/2020)"
    assert first.text == f"River Accord, 1997. Art. 2 {address}"
    assert later.text == "River Accord. para. 76"


def test_an_undated_treaty_is_not_marked_as_undated():
    assert text({"type": "treaty", "title": "River Accord"}) == "River Accord."


def test_document_number_edition_and_genre_are_printed():
    assert "History, S/1997/56. (" in text(make_item(type="report", number="S/1997/56"))
    assert "History, 2nd ed. (" in text(make_item(edition="2nd ed."))
    assert "(PhD, Lagos: Delta, 1999)" in text(make_item(type="thesis", genre="PhD"))


def test_an_article_has_volume_and_number_as_far_as_known():
    article = make_item(type="article-journal", **{"container-title": "Accord"})
    assert "“Rivers and Truces: A History.” Accord. (1999)" in text(article)
    assert "Accord, Vol. 4. (1999)" in text(article | {"volume": "4"})
    assert "Accord, No. 10. (1999)" in text(article | {"issue": "10"})
    assert "Accord, Vol. 4, No. 2-3. (1999)" in text(article | {"volume": "4", "issue": "2-3"})


def test_a_chapter_of_a_book_cited_through_another_chapter_shortens_the_book():
    other = CHAPTER | {"id": "b", "title": "Boats", "author": [{"family": "Diop", "given": "Awa"}]}
    first, second = note(Cite("a"), Cite("b", read_locator("p. 36")), a=CHAPTER, b=other)
    assert first.text == (
        "Ngozi Okafor. “Who Kept the Peace?” in Jin Ahn & Ole Berg. "
        "Monitors: Collected Essays. (Lagos: Delta, 1999)"
    )
    assert second.text == "Awa Diop. “Boats.” in Jin Ahn & Ole Berg. Monitors. p.36"


def test_a_chapter_of_a_book_cited_as_a_whole_shortens_the_book():
    book = make_item(author=None, editor=CHAPTER["editor"], title=CHAPTER["container-title"])
    assert note(Cite("b"), Cite("a"), a=CHAPTER, b=book)[1].text.endswith("Ole Berg. Monitors.")


@pytest.mark.parametrize(
    "over",
    [
        {"issued": {"date-parts": [[2004]]}},
        {"editor": [{"family": "Ahn", "given": "Jin"}]},
        {"container-title": "Monitors: Further Essays"},
    ],
)
def test_another_book_of_like_name_is_not_shortened(over):
    other = CHAPTER | {"title": "Boats"} | over
    assert "(Lagos: Delta, " in note(Cite("a"), Cite("b"), a=CHAPTER, b=other)[1].text


def test_two_sources_whose_short_forms_would_read_alike_keep_their_full_titles():
    other = make_item(title="Rivers and Truces: A Sequel")
    cites = (Cite("a"), Cite("b"), Cite("a"), Cite("b"))
    assert [setting.text for setting in note(*cites, a=BOOK, b=other)[2:]] == [
        "Okafor. Rivers and Truces: A History.",
        "Okafor. Rivers and Truces: A Sequel.",
    ]


@pytest.mark.parametrize(
    ("typed", "read", "printed"),
    [
        ("pp. 52-4", ("52-4", "page"), "pp.52-4"),
        ("pp. 52–4", ("52-4", "page"), "pp.52-4"),
        ("p. 52-4", ("52-4", "page"), "pp.52-4"),
        ("pp. 16", ("16", "page"), "p.16"),
        ("16", ("16", "page"), "p.16"),
        ("pp. 3, 9 & 12", ("3, 9 & 12", "page"), "pp.3, 9 & 12"),
        ("p.16", ("16", "page"), "p.16"),
        ("p. 16, note 3", ("16, note 3", "page"), "p.16, note 3"),
        ("pp. vi-x", ("vi-x", "page"), "pp.vi-x"),
        ("para. 76", ("para. 76", ""), "para. 76"),
        ("paras 4.2-4.7", ("paras 4.2-4.7", ""), "paras 4.2-4.7"),
        ("Art. 2", ("Art. 2", ""), "Art. 2"),
        ("ch. 3", ("ch. 3", ""), "ch. 3"),
        ("passim", ("passim", ""), "passim"),
    ],
)
def test_a_locator_is_read_and_printed(typed, read, printed):
    locator = read_locator(typed)
    assert locator[:2] == read
    assert note(Cite("a", locator))[0].text.endswith(f"1999) {printed}")


def test_a_verbatim_locator_is_printed_as_typed_and_still_read():
    locator = read_locator("p.38-40", verbatim=True)
    assert locator == Locator("38-40", "page", "p.38-40")
    assert note(Cite("a", locator))[0].text.endswith(") p.38-40")


def test_keys_keep_their_case():
    upper = make_item(title="Upper")
    first, second = note(Cite("Ab"), Cite("ab"), Ab=upper, ab=BOOK)
    assert "Upper" in first.text
    assert "Rivers" in second.text


def test_an_unknown_key_is_named():
    assert note(Cite("nobody"))[0].text == "[unknown source: nobody]"


def test_words_stand_before_a_citation_and_a_full_stop_is_not_doubled():
    parts = [Setting("Compare ", "Compare "), Cite("a"), Setting(" and ", " and "), Cite("a")]
    (setting,) = set_notes([[*parts, Setting(". End.", ". End.")]], {"a": BOOK})
    assert setting.text.startswith("Compare Ngozi")
    assert setting.text.endswith("Okafor. Rivers and Truces. End.")


def test_an_address_becomes_a_link_and_a_doi_stands_in_for_one():
    html = reference(make_item(URL="https://example.org/?a=1&b=2"))[1]
    address = "https://example.org/?a=1&amp;b=2"
    assert html.endswith(f'Available at: <a href="{address}" rel="noopener">{address}</a>')
    assert text(make_item(DOI="10.1000/x")).endswith("Available at: https://doi.org/10.1000/x")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_only_addresses_of_the_web_become_links(address):
    setting = reference(make_item(URL=address))
    assert "<a" not in setting.html
    assert address in setting.text


def test_markup_in_a_source_is_printed_and_not_obeyed():
    setting = reference(make_item(title="<script>alert('x')</script> & <i>co", URL='http://x"y'))
    assert "<script" not in setting.html
    assert 'href="http://x&quot;y"' in setting.html
    assert visible(setting.html) == setting.text


def test_a_bibliography_is_in_order_of_author_and_title():
    items = [
        make_item(title="B"),
        make_item(title="A"),
        make_item(author=[{"family": "Abe", "given": "Z"}]),
    ]
    assert [s.text.split(". (")[0] for s in bibliography(items)] == [
        "Z Abe. Rivers and Truces: A History",
        "Ngozi Okafor. A",
        "Ngozi Okafor. B",
    ]


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_fields = ["type", "title", "author", "issued", "accessed", "URL", "volume", "custom", "id"]
_dates = st.fixed_dictionaries({"date-parts": st.lists(st.lists(_junk, max_size=3), max_size=3)})
_names = st.lists(st.dictionaries(st.sampled_from(["given", "family", "literal"]), _junk))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(_fields), _junk | _dates | _names, max_size=6))
def test_whatever_an_item_holds_it_is_set_and_its_html_reads_as_its_text(item):
    for setting in note(Cite("a", read_locator("p. 1")), Cite("a"), a=item):
        assert setting.text
        assert visible(setting.html.replace("&lt;", "‹")) == setting.text.replace("<", "‹")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
@example("__0__")
def test_a_verbatim_locator_is_printed_whatever_it_is(typed):
    locator = read_locator(typed, verbatim=True)
    printed = (locator.typed or locator.value).translate({0xE010: None, 0xE011: None})  # italics
    assert note(Cite("a", locator))[0].text.endswith(printed)


def test_two_short_forms_are_parted_without_a_full_stop_before_the_semicolon():
    library = {
        "body": {"id": "body", "type": "report", "title": "UNMOT", "author": [{"literal": "UN"}]},
        "book": {"id": "book", "type": "book", "title": "War", "author": [{"family": "Akiner"}]},
    }
    cites = [Cite("body"), Setting("; ", "; "), Cite("book")]
    _first, again = set_notes([cites, cites], library)
    assert ".;" not in again.text
    assert ".;" not in again.html


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("p. 1,024", "p.1,024"),
        ("1,024", "p.1,024"),
        ("pp. 1,024-6", "pp.1,024-6"),
        ("pp. 1,024, 1,030", "pp.1,024, 1,030"),
        ("pp. 9, 1,024", "pp.9, 1,024"),
        ("pp. 100,000–100,002", "pp.100,000-100,002"),
        ("p. 007", "p.007"),
        ("pp. 007-9", "pp.007-9"),
        ("pp. 9,10", "pp.9, 10"),
    ],
)
def test_a_page_number_keeps_its_thousands_and_leading_noughts(typed, printed):
    assert text(BOOK, typed).endswith(f"1999) {printed}")


def test_a_locator_has_italics_and_its_value_is_plain():
    locator = read_locator("p. 5 and *passim*")
    assert locator.value == "5 and passim"
    (setting,) = note(Cite("a", locator))
    assert setting.text.endswith("p.5 and passim")
    assert setting.html.endswith("p.5 and <i>passim</i>")
    assert read_locator("5*3*2").value == "5*3*2"


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ({"number": "A/1"}, {"number": "A/2", "issued": None}, ("A/1", "A/2")),
        ({"number": "A/1"}, {"issued": {"date-parts": [[2004]]}}, ("1999", "2004")),
        ({"container-title": "J"}, {"container-title": "K"}, ("J", "K")),
        ({"volume": "1"}, {"volume": "2"}, ("1", "2")),
        ({}, {"author": [PERSON | {"given": "Ada"}]}, ("Ngozi", "Ada")),
        ({"publisher": "Delta"}, {"publisher": "Gamma"}, None),
    ],
)
def test_later_mentions_of_two_works_that_read_alike_are_told_apart(one, two, told):
    a, b = make_item(**one), make_item(**two)
    cites = (Cite("a"), Cite("b"), Cite("a"), Cite("b"))
    later = [setting.text for setting in note(*cites, a=a, b=b)[2:]]
    assert later[0] != later[1]
    if told:
        assert [said.rpartition(" ")[2] for said in later] == [f"({words})" for words in told]


def test_agreements_and_works_of_many_authors_are_told_apart_by_what_is_printed():
    treaty = {"type": "treaty", "title": "Accord", "author": [{"literal": "A"}]}
    one = treaty | {"issued": {"date-parts": [[1994]]}}
    two = treaty | {"issued": {"date-parts": [[1996]]}, "author": [{"literal": "B"}]}
    cites = (Cite("a"), Cite("b"), Cite("a", read_locator("Art. 2")), Cite("b"))
    assert [s.text for s in note(*cites, a=one, b=two)[2:]] == [
        "Accord. (1994) Art. 2",
        "Accord. (1996)",
    ]
    many = [{"family": name} for name in ("One", "Two", "Three", "Four")]
    other = [many[0], *({"family": name} for name in ("Five", "Six", "Seven"))]
    one, two = make_item(author=many, title="A: b"), make_item(author=other, title="A: c")
    assert [s.text for s in note(*cites[:2], *cites[:2], a=one, b=two)[2:]] == [
        "One et al. A: b.",
        "One et al. A: c.",
    ]


def test_two_works_alike_in_everything_are_set_alike():
    assert note(Cite("a"), Cite("b"), Cite("a"), Cite("b"), a=BOOK, b=BOOK)[2].text == (
        "Okafor. Rivers and Truces: A History."
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Never again" in the press', "‘Never again’ in the press."),
        ("„Nie wieder“ in der Presse", "‘Nie wieder’ in der Presse."),
        ("„Nigdy więcej” w prasie", "‘Nigdy więcej’ w prasie."),
        ("On “the ‘long’ war” there", "On ‘the “long” war’ there."),
        ("On ‘the “long” war’ there", "On ‘the “long” war’ there."),
        ("“What now?”", "‘What now?’"),
        ("The dogs’ war and ’t Hooft's “peace”", "The dogs’ war and ’t Hooft's ‘peace’."),
        ("« Plus jamais » en presse", "« Plus jamais » en presse."),
        ('A 5" gun', 'A 5" gun.'),
        ("Half “open", "Half “open."),
    ],
)
def test_quotation_marks_within_a_quoted_title(typed, printed):
    item = make_item(type="article-journal", title=typed, **{"container-title": "J"})
    assert f"“{printed}” J. (1999)" in text(item)


@pytest.mark.parametrize(
    "title", ["He said “stop!”", "And then…", "He said “stop.”", "«Et alors ?»"]
)
def test_a_title_that_ends_within_marks_gets_no_second_stop(title):
    assert f"Okafor. {title} (Lagos" in text(make_item(title=title))


def test_entities_and_tags_in_a_source_are_not_printed():
    item = make_item(title="War &amp; <i>peace</i> &#8211; 3 < 4 & AT&T", publisher="A &amp; B")
    assert "War & peace – 3 < 4 & AT&T. (Lagos: A & B, 1999)" in text(item)


@pytest.mark.parametrize(
    ("edition", "printed"),
    [
        ("2", "2nd ed."),
        ("3rd", "3rd ed."),
        ("11", "11th ed."),
        ("21", "21st ed."),
        ("112", "112th ed."),
        ("2nd ed.", "2nd ed."),
        ("revised", "revised."),
    ],
)
def test_the_number_of_an_edition_is_said_as_one(edition, printed):
    assert f"History, {printed} (Lagos" in text(make_item(edition=edition))


@pytest.mark.parametrize(
    ("family", "given", "printed"),
    [
        ("王", "小明", "王小明."),
        ("김", "철수", "김철수."),
        ("山田", "たろう", "山田たろう."),
        ("スミス", "ジョン", "ジョン スミス."),
        ("Wang", "Xiaoming", "Xiaoming Wang."),
    ],
)
def test_family_names_stand_first_where_their_script_wants_it(family, given, printed):
    assert text(make_item(author=[{"family": family, "given": given}])).startswith(printed)


def test_who_else_made_it_and_where_it_is_kept_are_said_in_full_only():
    item = {
        "id": "a",
        "type": "book",
        "title": "On war",
        "author": [{"family": "Clausewitz", "given": "C."}],
        "translator": [{"family": "Howard", "given": "M."}, {"family": "Paret", "given": "P."}],
        "publisher": "P",
        "publisher-place": "Princeton",
        "issued": {"date-parts": [[1976]]},
        "original-date": {"date-parts": [[1832]]},
        "archive": "The National Archives, Kew",
        "call-number": "51/2",
    }
    first, later = set_notes([[Cite("a", read_locator("p. 5"))], [Cite("a")]], {"a": item})
    assert first.text == (
        "C. Clausewitz. On war. Translated by M. Howard & P. Paret. (Princeton: P, 1976 [1832]) "
        "The National Archives, Kew, 51/2. p.5"
    )
    assert later.text == "Clausewitz. On war."


def test_the_day_of_a_citation_stands_in_place_of_the_sources():
    item = {
        "id": "a",
        "type": "webpage",
        "title": "A page",
        "URL": "https://a.org",
        "accessed": {"date-parts": [[2020, 1, 2]]},
    }
    day = date(2021, 3, 4)
    notes = set_notes(
        [[Cite("a", accessed=day)], [Cite("a", accessed=day)], [Cite("a")]], {"a": item}
    )
    assert [note.text for note in notes] == [
        "A page. (n.d.) Available at: https://a.org (Accessed 04/03/2021)",
        "A page. (Accessed 04/03/2021)",
        "A page.",
    ]


def test_a_source_that_changes_is_not_set_as_it_was():
    before = set_notes([[Cite("it")]], {"it": BOOK})[0].text
    after = set_notes([[Cite("it")]], {"it": BOOK | {"title": "Another book"}})[0].text
    again = set_notes([[Cite("other")]], {"other": BOOK})[0].text
    assert (again, "Another book" in after, "Another book" in before) == (before, True, False)

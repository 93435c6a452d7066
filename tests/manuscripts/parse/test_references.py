"""Parsing printed notes: each form of a citation, and which type of source it makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscripts.parse.notes import read_note

URL = "Available at: https://example.org/a (Accessed 17/11/2020)"


def read(text):
    parts, _ = read_note(text, 1)
    return parts


def one(text):
    (part,) = read(text)
    return part


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Ann Smith. “A war.” in Dan Ames. A book. (London: Concord, 2001) p.3", "chapter"),
        ("Ann Smith. “A war.” Small Wars, Vol. 4, No. 4. (2001) pp.5-6", "article-journal"),
        ("Ann Smith. “A war.” Small Wars, No. 4. (2001)", "article-journal"),
        ("Ann Smith. “A war.” Small Wars 4:2 (2001) p.3", "article-journal"),
        (f"Ann Smith. “A war.” The Daily News. (1992) {URL}", "article-newspaper"),
        ("“A war.” The Daily News. (1992)", "article-newspaper"),
        ("Peace Accord for Ruritania, 1997. " + URL, "treaty"),
        ("Accord on a Lasting Peace, 29 December 1996. Art. 2", "treaty"),
        ("Ann Smith. A long war. (London: Concord, 2000) p.159", "book"),
        ("Human Rights Watch. A long war. (New York: HRW, 2000) p.159", "report"),
        ("UNDP. A long war. (UNDP, 2000) p.159", "report"),
        (f"UN Peacekeeping. The mission: Background. (UN, 2000) {URL}", "webpage"),
        (f"Ann Smith. The mission. (Concord, 2000) {URL}", "webpage"),
        ("Ann Smith. A long war. (PhD thesis, University of Zenda, 2000) p.4", "thesis"),
        ("Ann Smith. “A long war.” PhD thesis, University of Zenda. (2000) p.4", "thesis"),
    ],
)
def test_the_form_of_a_note_decides_the_type(form, kind):
    assert one(form).reference.type == kind


def test_a_journal_article_has_its_parts():
    cited = one("Ann Smith. “A war.” Small Wars, Vol. 4, No. 2-3. (2001) pp.52-4")
    source = cited.reference
    assert [str(n) for n in source.authors] == ["Ann Smith"]
    assert (source.title, source.container_title) == ("A war", "Small Wars")
    assert (source.volume, source.issue, source.issued) == ("4", "2-3", "2001")
    assert (cited.locator.value, cited.locator.written) == ("52-4", "pp. 52-4")


def test_a_chapter_has_its_book_editors_place_publisher_address_and_day():
    cited = one(
        "Ann Smith & Bo Lee. “A war: Causes.” in Dan Ames & Eve Bell (eds.). A book: And more. "
        f"(Washington, DC: Concord, 2001) p.16 {URL}"
    )
    source = cited.reference
    assert [str(n) for n in source.authors] == ["Ann Smith", "Bo Lee"]
    assert [str(n) for n in source.editors] == ["Dan Ames", "Eve Bell"]
    assert (source.title, source.container_title) == ("A war: Causes", "A book: And more")
    assert (source.publisher_place, source.publisher) == ("Washington, DC", "Concord")
    assert (source.url, str(source.accessed)) == ("https://example.org/a", "2020-11-17")


def test_a_title_keeps_its_question_mark():
    source = one("Ann Smith. “Why war?” Small Wars, Vol. 4. (2001) p.1").reference
    assert (source.title, source.container_title) == ("Why war?", "Small Wars")


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ann Smith, Bo Lee & Cy Orr", ["Ann Smith", "Bo Lee", "Cy Orr"]),
        ("Ann Smith and Bo Lee", ["Ann Smith", "Bo Lee"]),
        ("J. William Smith & P.V. Lee", ["J. William Smith", "P.V. Lee"]),
        ("Elena Rossi Hay", ["Elena Rossi Hay"]),
        ("International Crisis Group", ["International Crisis Group"]),
        ("Ministry of Foreign Affairs & Trade", ["Ministry of Foreign Affairs & Trade"]),
        ("Truth and Reconciliation Commission", ["Truth and Reconciliation Commission"]),
        ("Ann Smith et al.", ["Ann Smith"]),
    ],
)
def test_authors_are_people_bodies_and_lists_of_both(written, authors):
    source = one(f"{written}. A long war. (London: Concord, 2000)").reference
    assert [str(name) for name in source.authors] == authors


@pytest.mark.parametrize(
    ("name", "family", "given", "literal"),
    [
        ("Elena Rossi Hay", "Hay", "Elena Rossi", ""),
        ("Paul van der Berg", "van der Berg", "Paul", ""),
        ("Martin King Jr", "King Jr.", "Martin", ""),
        ("UN Peacekeeping", "", "", "UN Peacekeeping"),
        ("Reuters", "", "", "Reuters"),
    ],
)
def test_names_have_a_family_and_a_given_part_or_are_bodies(name, family, given, literal):
    (found,) = one(f"{name}. “A war.” The News. (1992)").reference.authors
    assert (found.family, found.given, found.literal) == (family, given, literal)


@pytest.mark.parametrize(
    ("printed", "value", "written"),
    [
        ("p.23", "23", "p. 23"),
        ("p. 23", "23", "p. 23"),
        ("pp.1-3, 7", "1-3, 7", "pp. 1-3, 7"),
        ("pp.52–4", "52-4", "pp. 52-4"),
        ("p.xii", "xii", "p. xii"),
        ("para. 76", "para. 76", "para. 76"),
        ("Art. 2", "Art. 2", "Art. 2"),
        ("ch. 3", "ch. 3", "ch. 3"),
    ],
)
def test_locators_drop_p_and_pp_and_keep_other_labels(printed, value, written):
    locator = one(f"Ann Smith. A long war. (London: Concord, 2000) {printed}").locator
    assert (locator.value, locator.written, locator.verbatim) == (value, written, False)


@pytest.mark.parametrize(
    ("printed", "value"), [("p.38-40", "38-40"), ("pp.12", "12"), ("16", "16")]
)
def test_a_locator_that_breaks_the_rule_is_kept_word_for_word(printed, value):
    locator = one(f"Ann Smith. A long war. (London: Concord, 2000) {printed}").locator
    assert (locator.value, locator.written, locator.verbatim) == (value, printed, True)


def test_semicolons_divide_citations_but_not_titles_and_addresses():
    parts = read(
        "Ann Smith. “War; and peace.” The News. (1992) Available at: https://example.org/a;b; "
        "Bo Lee. A book. (London: Concord, 2000) p.1"
    )
    assert [part.reference.title for part in parts] == ["War; and peace", "A book"]
    assert parts[0].reference.url == "https://example.org/a;b"


def test_words_before_and_after_a_citation_are_kept():
    cited = one("See also Ann Smith. A long war. (London: Concord, 2000) p.3. It is the best.")
    assert (cited.prefix, cited.suffix) == ("See also", ". It is the best.")


@pytest.mark.parametrize(
    "words",
    [
        "The figures are disputed. Some put them lower.",
        "In 1997, the mission left. It came back in 1999.",
        "Interview with a former commander, Zenda, May 2014.",
        "The president said he would “fight on.” This was widely reported.",
    ],
)
def test_plain_words_are_no_reference(words):
    parts = read(words)
    assert parts == [words] or not (parts[0].reference.full or parts[0].locator)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("(Accessed 1/2/2020)", "2020-02-01"),
        ("(Accessed: 1 June 2020)", "2020-06-01"),
        ("(accessed on 2020-05-01)", "2020-05-01"),
        ("[Accessed 17 Nov. 2020]", "2020-11-17"),
    ],
)
def test_the_day_of_access_is_read_in_british_order(printed, day):
    source = one(
        f"“A war.” The News. (1992) Available at: https://example.org/a {printed}"
    ).reference
    assert str(source.accessed) == day


def test_an_impossible_day_of_access_is_named_and_kept():
    parts, cautions = read_note(
        "“A war.” The News. (1992) Available at: https://example.org/ (Accessed 11/17/2020)", 7
    )
    assert [(c.code, c.line) for c in cautions] == [("date-unread", 7)]
    assert "11/17/2020" in parts[0].reference.note


@given(st.text(max_size=400))
def test_any_note_is_read_as_citations_or_words(text):
    parts, _ = read_note(text, 1)
    assert all(isinstance(part, str) or part.reference.title or part.again for part in parts)


fragments = st.sampled_from(
    [
        *("Ann Smith", ". ", "“A war.”", " in ", "(London: Concord, 2001)", " p.5", "; ", "&"),
        *(", Vol. 4", "Available at: https://example.org/a", "(Accessed 17/11/2020)", "Ibid."),
        *("1997", ", ", "(", ")"),
    ]
)


@given(st.lists(fragments, max_size=14).map("".join))
def test_any_mixture_of_parts_of_references_is_read(text):
    read_note(text, 1)


@pytest.mark.parametrize("end", [".", ",", ")", ".)", "”"])
def test_an_address_ends_before_the_punctuation_after_it(end):
    source = one(f"“A war.” The News. (1992) Available at: https://example.org/a(b){end}").reference
    assert source.url == "https://example.org/a(b)"

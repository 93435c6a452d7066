"""Which source a citation means: short forms, containers, repetitions and slips."""

from manuscripts.parse.linking import link
from manuscripts.parse.manuscript import Note
from manuscripts.parse.notes import read_note


def linked(*texts):
    notes = []
    for number, text in enumerate(texts, 1):
        note = Note(number, number, text)
        note.parts, _ = read_note(text, number)
        notes.append(note)
    sources, cautions = link(notes)
    return notes, sources, cautions


def cited(*texts):
    notes, sources, _ = linked(*texts)
    return [[c.source for c in note.citations] for note in notes], [s.key for s in sources]


def codes(*texts):
    return [(caution.code, caution.line) for caution in linked(*texts)[2]]


ARTICLE = "Ann Smith. “The war: A history.” Small Wars, Vol. 4. (2001) pp.5-6"
BOOK = "Bo Lee. The long war: And its end. (London: Concord, 2000) p.159"
CHAPTER = "Cy Orr. “Talks.” in Dan Ames & Eve Bell. Peace: The talks. (London: Concord, 2003) p.16"


def test_each_source_is_listed_once_in_order_of_first_citation():
    assert cited(BOOK, ARTICLE, BOOK) == ([[0], [1], [0]], ["lee2000", "smith2001"])


def test_a_short_form_means_the_earlier_full_form():
    assert cited(ARTICLE, BOOK, "Smith. “The war.” p.7", "Lee. The long war. p.1")[0] == [
        [0],
        [1],
        [0],
        [1],
    ]


def test_an_author_and_a_page_are_enough_where_the_author_has_one_source():
    assert cited(ARTICLE, BOOK, "Smith, p.7")[0] == [[0], [1], [0]]


def test_ibid_means_the_source_before_it():
    assert cited(ARTICLE, BOOK, "Ibid. p.4")[0] == [[0], [1], [1]]


def test_op_cit_means_the_latest_source_of_that_author():
    assert cited(ARTICLE, BOOK, "Smith, op. cit., p.4")[0] == [[0], [1], [0]]


def test_a_treaty_is_known_again_by_its_name():
    assert cited("Peace Accord, 1997.", "Peace Accord, Art. 2")[0] == [[0], [0]]


def test_a_short_container_gets_its_full_title_year_and_publisher():
    _, sources, cautions = linked(CHAPTER, "Flo Gray. “More.” in Dan Ames & Eve Bell. Peace. p.3")
    more = sources[1]
    assert more.container_title == "Peace: The talks"
    assert (more.issued, more.publisher, more.publisher_place) == ("2003", "Concord", "London")
    assert cautions == []


def test_a_container_cited_by_families_alone_is_the_same_book():
    _, sources, _ = linked(CHAPTER, "Flo Gray. “More.” in Ames & Bell. Peace. p.3")
    assert [str(name) for name in sources[1].editors] == ["Dan Ames", "Eve Bell"]


def test_a_container_is_found_where_the_book_itself_was_cited():
    book = "Dan Ames & Eve Bell (eds.). Peace: The talks. (London: Concord, 2003)"
    _, sources, _ = linked(book, "Flo Gray. “More.” in Ames & Bell. Peace. p.3")
    assert (sources[1].container_title, sources[1].issued) == ("Peace: The talks", "2003")


def test_a_container_that_no_note_gives_in_full_is_named():
    assert codes("Flo Gray. “More.” in Ames & Bell. Peace. p.3") == [("container-unresolved", 1)]


def test_a_short_form_of_nothing_becomes_a_bare_source_and_is_named():
    _, sources, cautions = linked(ARTICLE, "Nobody. Unheard of. p.4")
    assert sources[1].title == "Unheard of"
    assert [c.code for c in cautions] == ["short-form-unresolved"]


def test_a_short_form_of_two_sources_is_named():
    second = "Ann Smith. “The war: A sequel.” Small Wars, Vol. 5. (2002) pp.5-6"
    assert ("short-form-ambiguous", 3) in codes(ARTICLE, second, "Smith. “The war.” p.7")


def test_near_identical_authors_are_kept_apart_and_named():
    other = "Anne Smith. The other war. (London: Concord, 2000) p.159"
    _, sources, cautions = linked(ARTICLE, other)
    assert [str(s.authors[0]) for s in sources] == ["Ann Smith", "Anne Smith"]
    assert [(c.code, c.line) for c in cautions] == [("author-near-match", 2)]


def test_a_slip_in_the_author_of_a_short_form_is_resolved_and_named():
    notes, _, cautions = linked(ARTICLE, "Smithe. “The war.” p.7")
    assert notes[1].citations[0].source == 0
    assert [(c.code, c.line) for c in cautions] == [("author-near-match", 2)]


def test_a_slip_in_a_short_title_is_resolved_and_named():
    notes, _, cautions = linked(BOOK, "Lee. The lomg war: And its end. p.7")
    assert notes[1].citations[0].source == 0
    assert [(c.code, c.line) for c in cautions] == [("title-near-match", 2)]


def test_authors_who_differ_in_more_than_a_slip_raise_no_warning():
    assert codes(ARTICLE, BOOK, CHAPTER) == []


def test_keys_are_family_and_year_and_a_letter_where_that_is_taken():
    second = "Ann Smith. The second war. (London: Concord, 2001)"
    third = "Bob Smith. The third war. (London: Concord, 2001)"
    fourth = "Émile Þór-Łuk. A war. (London: Concord, 1999)"
    treaty = "Agreement on the Hills, 1997."
    body = "UN Peacekeeping. Missions. (UN, 2000)"
    assert cited(ARTICLE, second, third, fourth, treaty, body)[1] == [
        "smith2001",
        "smith2001b",
        "smith2001c",
        "thorluk1999",
        "agreementhills1997",
        "unpeacekeeping2000",
    ]


def test_a_short_title_that_is_not_the_part_before_the_colon_is_kept():
    _, sources, _ = linked("Bo Lee. War, peace and more. (London: Concord, 2000)", "Lee. War. p.3")
    assert sources[0].title_short == "War"


def test_what_cannot_be_linked_and_points_nowhere_is_words():
    notes, sources, _ = linked("The figures are disputed.")
    assert (notes[0].parts, sources) == (["The figures are disputed."], [])


def test_of_two_sources_the_one_of_exactly_that_title_is_meant():
    longer = "Ann Smith. “The war: A sequel.” Small Wars, Vol. 5. (2002) pp.5-6"
    exact = "Ann Smith. “The war.” Small Wars, Vol. 6. (2003) pp.5-6"
    assert cited(longer, exact, longer, "Smith. “The war.” p.7")[0][3] == [1]
    assert cited(exact, longer, "Smith. “The war.” p.7")[0][2] == [0]

from corrections.passages import find_passage
from editions.html_text import words_of

HTML = (
    "<p>The <em>Confederation</em> of Independent&nbsp;States sent peacekeepers."
    '<sup><a href="#note-1">1</a></sup> They stayed “for years”.</p><p>In 1993 talks began.</p>'
)


def test_text_is_what_a_reader_sees_without_note_markers():
    assert words_of(HTML) == (
        "The Confederation of Independent States sent peacekeepers. "
        "They stayed “for years”. In 1993 talks began."
    )


def test_a_passage_is_found_across_markup_and_blanks():
    found = find_passage("confederation of\nIndependent  States", HTML)
    assert found == (
        "The ",
        "Confederation of Independent States",
        " sent peacekeepers. They stayed “for years”. In 1993 talks began.",
    )


def test_a_passage_copied_with_its_note_numbers_and_other_quotes_is_found():
    for copied in ('peacekeepers.1 They stayed "for', "peacekeepers.[1] They stayed 'for"):
        assert find_passage(copied, HTML).match == "peacekeepers. They stayed “for"


def test_a_passage_with_another_year_is_found_only_where_no_exact_one_is():
    text = "<p>In 1992 talks failed. In 1993 talks failed.</p>"
    assert find_passage("In 1993 talks failed", text).before == "In 1992 talks failed. "


def test_letters_that_grow_when_compared_do_not_shift_the_passage():
    found = find_passage("STRASSE nach", "<p>Die Straße nach Ὀδυσσεύς</p>")
    assert found == ("Die ", "Straße nach", " Ὀδυσσεύς")


def test_nothing_is_found_for_blank_strange_or_missing_passages():
    for passage in ("", "  ", "[12]", "—", "never said"):
        assert find_passage(passage, HTML) is None


def test_what_stands_around_is_cut_at_words():
    found = find_passage("middle", "<p>" + "word " * 400 + "middle" + " word" * 400 + "</p>")
    assert found.before.startswith("… word") and len(found.before) < 250
    assert found.after.endswith("word …") and len(found.after) < 250

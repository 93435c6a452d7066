"""Interviews, memoranda and theses in the forms of the manuals: what is part of a title."""

import pytest

from manuscripts.parse.notes import read_note
from tests.manuscripts.parse.test_forms_of_strangers import cited


def read(text):
    [part], doubts = read_note(text, 1)
    return part.reference, [doubt.code for doubt in doubts]


@pytest.mark.parametrize(
    "who",
    [
        "Musallam al-Kathiri",
        "Sheikh Ahmad bin Said al-Mahri",
        "Jan van der Berg",
        "al-Hajj Omar Tall",
        "N’Golo d’Arc",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "Interview with {}, Taqah, 19 January 2006.",
        "Author’s interview with {} (Taqah, 19 January 2006).",
        "Interview with {} in Taqah, 19 January 2006.",
        "Personal interview with {}, Taqah, January 19, 2006.",
    ],
)
def test_an_interview_is_with_somebody_somewhere(form, who):
    source, doubts = read(form.format(who))
    assert source.title.endswith(f"nterview with {who}") and source.type == "interview"
    assert (source.publisher_place, source.issued, doubts) == ("Taqah", "2006-01-19", [])


@pytest.mark.parametrize(
    ("text", "place", "kept"),
    [
        ("Interview with Ann Ek, 3 May 2014, Bamako.", "", "Bamako"),
        ("Interview with Ann Ek, then minister, Bamako, 3 May 2014.", "Bamako", "then minister"),
        ("Interview with Ann Ek (Minister), Bamako, 3 May 2014.", "Bamako", "Minister"),
        ("Interview with Ann Ek, Head of State, Bamako, 3 May 2014.", "Bamako", "Head of State"),
    ],
)
def test_what_may_be_no_place_is_kept_in_the_note_of_an_interview_and_named(text, place, kept):
    source, doubts = read(text)
    assert (source.title, source.issued) == ("Interview with Ann Ek", "2014-05-03")
    assert (source.publisher_place, doubts) == (place, ["reference-part-unread"])
    assert kept in source.note


@pytest.mark.parametrize(
    ("printed", "medium", "place"),
    [
        ("Le Monde", "Le Monde", ""),
        ("Radio Okapi", "Radio Okapi", ""),
        ("Radio France Internationale", "Radio France Internationale", ""),
        ("Kiss FM", "Kiss FM", ""),
        ("BBC World Service", "BBC World Service", ""),
        ("CNN", "CNN", ""),
        ("Al Jazeera", "Al Jazeera", ""),
        ("Al-Jazeera English", "Al-Jazeera English", ""),
        ("Channel 4", "Channel 4", ""),
        ("Deutsche Welle", "Deutsche Welle", ""),
        ("Citizen TV, Nairobi", "Citizen TV", "Nairobi"),
        ("Nairobi, Citizen TV", "Citizen TV", "Nairobi"),
        ("The Nation", "The Nation", ""),
        ("The Daily Mirror", "The Daily Mirror", ""),
        ("Der Spiegel", "Der Spiegel", ""),
        ("The Hague", "", "The Hague"),
        ("La Paz", "", "La Paz"),
        ("El Fasher, Sudan", "", "El Fasher, Sudan"),
        ("Dar es Salaam", "", "Dar es Salaam"),
        ("N’Djamena, Chad", "", "N’Djamena, Chad"),
    ],
)
def test_where_an_interview_was_printed_or_heard_is_no_place(printed, medium, place):
    source, doubts = read(f"Interview with Ann Ek, {printed}, 3 May 2014.")
    assert (source.container_title, source.publisher_place, doubts) == (medium, place, [])


@pytest.mark.parametrize("printed", ["La Nación", "El Espectador", "Le Républicain", "O Globo"])
def test_what_may_be_a_newspaper_or_a_place_is_neither_and_is_named(printed):
    source, doubts = read(f"Interview with Ann Ek, {printed}, 3 May 2014.")
    assert (source.container_title, source.publisher_place) == ("", "")
    assert printed in source.note and doubts == ["reference-part-unread"]


def test_the_interviewed_may_stand_in_front():
    assert cited("al-Kathiri, Musallam. Personal interview. 19 January 2006.")[1] == [
        "interview | Musallam al-Kathiri | Personal interview | 2006"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Interview with three elders of al-Kathir, Zenda, May 2014.",
        "Interview with Minister of Defence, Zenda, May 2014.",
        "Interviews with Ann Ek, Bamako, 3 and 5 May 2014.",
        "A former officer, interview with the author, Bamako, 3 May 2014.",
    ],
)
def test_an_interview_without_a_name_or_with_two_dates_is_words(text):
    assert cited(text) == ([""], [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Memorandum of Settlement, 1986.", "treaty"),
        ("Memorandum of Cooperation between Chad and Niger, 3 May 1986.", "treaty"),
        ("Memorandum of Understanding between A and B, 15 August 2005, Art. 3.", "treaty"),
        ("Exchange of Letters between Chad and Niger, 3 May 1995.", "treaty"),
        ("Memorandum of the Foreign Office, 3 May 1924.", "document"),
        ("Memorandum of conversation, Ek and Lee, 3 May 1974.", "document"),
        ("Memorandum from Ek to Lee, 3 May 1994.", "document"),
    ],
)
def test_a_memorandum_of_what_was_agreed_is_a_treaty(text, kind):
    assert read(text)[0].type == kind


@pytest.mark.parametrize(
    "form",
    [
        "Ek, L. (2010) Its Price. {}, Zenda University, p. 7.",
        "Ek, L. (2010) Its Price, {}, Zenda University, p. 7.",
        "Ek, L. (2010) Its Price. {}. Zenda University, p. 7.",
        "Ek, L. (2010). Its price [{}, Zenda University], p. 7.",
        "Ek, L. (2010) ‘Its Price’, {}, Zenda University, p. 7.",
        "Ek, Liv. Its Price. 2010. Zenda University, {}, p. 7.",
        "Ek, Liv. “Its Price.” 2010. Zenda University, {}, p. 7.",
        "Ek, Liv. Its Price. {}, Zenda University, 2010, p. 7.",
        "Liv Ek, “Its Price” ({}, Zenda University, 2010), 7.",
        "Liv Ek, Its Price ({}, Zenda University, 2010), 7.",
        "Liv Ek. Its Price. ({}, Zenda University, 2010) p.7",
        "Liv Ek. Its Price. (Zenda University, {}, 2010) p.7",
    ],
)
@pytest.mark.parametrize(
    "genre",
    [
        "PhD thesis",
        "Unpublished DPhil thesis",
        "Master’s dissertation",
        "MA thesis",
        "Dissertation",
        "Thèse de doctorat",
        "Tesis doctoral",
        "Tese de doutorado",
        "Diplomarbeit",
    ],
)
def test_a_thesis_says_so_behind_its_title(form, genre):
    source, doubts = read(form.format(genre))
    found = (source.type, source.title.lower(), source.genre, source.publisher, source.issued)
    assert found == ("thesis", "its price", genre, "Zenda University", "2010")
    assert doubts == []


@pytest.mark.parametrize(
    "text",
    [
        "Ek, L. (2010) The Democratic Peace Thesis. London: Zed, p. 7.",
        "Liv Ek. The Democratic Peace Thesis. (London: Zed, 2010) p.7",
        "Liv Ek. A Thesis on War. (London: Zed, 2010) p.7",
    ],
)
def test_a_book_about_a_thesis_is_a_book(text):
    source, _ = read(text)
    assert source.type == "book" and "Thesis" in source.title

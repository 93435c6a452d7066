"""Imprints without brackets behind the book of a chapter, and editors, as languages print them."""

import pytest

from manuscripts.parse.notes import read_note


def chapter(after):
    """The book of “A Cardinal” as “place: publisher”, editors, title and volume; and its page."""
    [part], doubts = read_note(f"Peter Callow, “A Cardinal”, {after}", 1)
    source = part.reference
    assert (source.type, source.title, source.issued) == ("chapter", "A Cardinal", "2009")
    imprint = f"{source.publisher_place}: {source.publisher}"
    editors = ", ".join(map(str, source.editors))
    page = part.locator.value if part.locator else "-"
    found = (imprint, editors, source.container_title, source.volume, page)
    return found, [doubt.code for doubt in doubts]


@pytest.mark.parametrize(
    "place",
    [
        *(
            "London",
            "Buenos Aires",
            "San José de Costa Rica",
            "Frankfurt am Main",
            "Rio de Janeiro",
        ),
        *("St. Petersburg", "L’Aquila", "Aix-en-Provence", "’s-Gravenhage", "Ciudad de México"),
        *("Princeton, NJ", "Cambridge, Mass.", "Cambridge, UK", "San José, Costa Rica", "Łódź"),
        *("Paris/Dakar", "London and New York", "London, New York", "Paris et Dakar", "México"),
    ],
)
def test_a_place_is_no_part_of_the_book(place):
    found, doubts = chapter(f"in Ann Ek and Bo Lee (eds.), Holy Works, {place}, Ink, 2009, p. 90.")
    assert found == (f"{place}: Ink", "Ann Ek, Bo Lee", "Holy Works", "", "90")
    assert doubts == []


@pytest.mark.parametrize(
    "after",
    [
        "in Bo Lee (ed.), Holy Works, Roma, Ink, 2009, 90.",
        "in Bo Lee. Holy Works. Roma, Ink, 2009, p. 90.",
        "in Holy Works, ed. Bo Lee, Roma, Ink, 2009, p. 90.",
        "in Holy Works, edited by Bo Lee, Roma, Ink, 2009, p. 90.",
        "in Holy Works, a cura di Bo Lee, Ink, Roma 2009, p. 90.",
        "in Bo Lee (a cura di), Holy Works, Ink, Roma 2009, p. 90.",
        "dans Bo Lee (dir.), Holy Works, Roma, Ink, 2009, p. 90.",
        "dans Holy Works, sous la direction de Bo Lee, Roma, Ink, 2009, p. 90.",
        "en Bo Lee (comp.), Holy Works, Roma, Ink, 2009, pág. 90.",
        "en Bo Lee (coord.), Holy Works, Roma, Ink, 2009, p. 90.",
        "em Bo Lee (org.), Holy Works, Roma, Ink, 2009, p. 90.",
        "in: Bo Lee (Hg.), Holy Works, Roma: Ink 2009, p. 90.",
        "in: Bo Lee (Hrsg.): Holy Works, Ink, Roma 2009, p. 90.",
    ],
)
def test_editors_are_named_as_languages_name_them(after):
    assert chapter(after) == (("Roma: Ink", "Bo Lee", "Holy Works", "", "90"), [])


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("in Holy Works, London, Ink, 2009.", ("London: Ink", "", "Holy Works", "", "-")),
        (
            "in Works, Words and Men, London, Ink, 2009.",
            ("London: Ink", "", "Works, Words and Men", "", "-"),
        ),
        ("in Holy Works, vol. II, Roma, Ink, 2009.", ("Roma: Ink", "", "Holy Works", "II", "-")),
        ("dans Holy Works, t. 2, Paris, Ink, 2009.", ("Paris: Ink", "", "Holy Works", "2", "-")),
        (
            "in: Ann Ek/Bo Lee (Hg.), Holy Works, Berlin 2009, S. 9.",
            ("Berlin: ", "Ann Ek, Bo Lee", "Holy Works", "", "S. 9"),
        ),
        ("in Bo Lee (ed.), Works, Ink, 2009, p. 9.", (": Ink", "Bo Lee", "Works", "", "9")),
        (
            "in Bo Lee (ed.), Works, Words, and Men, Ink, 2009.",
            (": Ink", "Bo Lee", "Works, Words, and Men", "", "-"),
        ),
    ],
)
def test_volumes_towns_alone_and_commas_are_told_apart(after, found):
    assert chapter(after) == (found, [])


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("in Ann Ek, Works, Ink, 2009, p. 9.", "Works"),
        ("in Holy Works, edited by Ann Ek, Bo Lee, Ink, 2009, p. 9.", "Bo Lee"),
        ("in Wars, Words and Deeds, Harbours, Ink, 2009, p. 9.", "Harbours"),
    ],
)
def test_what_may_as_well_be_a_title_or_a_name_is_no_place_and_is_named(after, kept):
    found, doubts = chapter(after)
    assert (found[0], doubts) == (": Ink", ["reference-part-unread"])
    assert kept in f"{found[1]} {found[2]}"


def test_a_series_is_kept_and_named():
    found, doubts = chapter(
        "dans Bo Lee (dir.), Holy Works, Paris, Ink, coll. « Ports », 2009, p. 9."
    )
    assert found == ("Paris: Ink", "Bo Lee", "Holy Works", "", "9")
    assert doubts == ["reference-part-unread"]


@pytest.mark.parametrize(
    ("after", "kind", "container"),
    [
        (
            "en El Faro de Ushuaia, 26 de noviembre de 1984, p. 1.",
            "article-newspaper",
            "El Faro de Ushuaia",
        ),
        ("en Revista de Paz, núm. 4 (2003), págs. 20-31.", "article-journal", "Revista de Paz"),
        ("dans Politique, vol. 9, n° 3, 1998, p. 4.", "article-journal", "Politique"),
    ],
)
def test_newspapers_and_journals_that_follow_in_are_no_books(after, kind, container):
    [part], _ = read_note(f"Ana Vera, «La paz», {after}", 1)
    assert (part.reference.type, part.reference.container_title) == (kind, container)


def test_a_house_stands_at_the_end_where_the_year_is_in_front():
    note = "Ek, J. (2009) ‘Small wars’, in Lee, B. (ed.), Holy Works, London, Ink, p. 3."
    [part], _ = read_note(note, 1)
    source = part.reference
    assert (source.container_title, source.publisher_place) == ("Holy Works", "London")

"""What stands around a title and is no part of it: a volume, a town, a house, the words before."""

import pytest

from manuscripts.parse.note_patterns import looks_cited
from tests.manuscripts.parse.test_forms_of_strangers import cited


@pytest.mark.parametrize(
    ("note", "place", "source"),
    [
        (  # first and last page, then the place
            "Ek, J. & Lee, A., 2011. ‘Small wars’, Peace Notes 18(2), 45–67, at 50.",
            "0:45-67",
            "article-journal | J. Ek, A. Lee | Small wars | 2011",
        ),
        (  # a year in a title is not that of an author
            "Department of State, Report on Terror 2010, Washington DC, 2011, p. 12.",
            "0:12",
            "report | Department of State | Report on Terror 2010 | 2011",
        ),
        (
            "Ek, J. (2011) Hybrid Peace, Basingstoke, Palgrave Macmillan, p. 8.",
            "0:8",
            "book | J. Ek | Hybrid Peace | 2011",
        ),
        (  # nothing says that the last word is a house
            "Ek, J. (2011) Elders, Herders, Traders, p. 8.",
            "0:8",
            "book | J. Ek | Elders, Herders, Traders | 2011",
        ),
        (
            "V. P. Ek, Does It Work?, Princeton, NJ, Ink, 2008, p. 5.",
            "0:5",
            "book | V. P. Ek | Does It Work? | 2008",
        ),
        (
            "The text of it is in Ek’s Record, vol. 41 (1995), p. 400.",
            "0:400",
            "book |  | Ek’s Record, vol. 41 | 1995",
        ),
        (
            "Jo Ek, ‘Statement to the Council’, New York, 26 March 1999.",
            "0:-",
            "document | Jo Ek | Statement to the Council | 1999",
        ),
        (
            "Jo Ek, ‘Small wars’, Evening Herald, 26 March 1999.",
            "0:-",
            "article-newspaper | Jo Ek | Small wars | 1999",
        ),
        (
            "Jo Ek, ‘Peace’ (video), 2 June 2011, https://a.example/v.",
            "0:-",
            "webpage | Jo Ek | Peace | 2011",
        ),
        (
            "Jo Ek, An Agenda, A/47/277–S/24111, 17 June 1992 (the Ek report), para. 2.",
            "0:para. 2",
            "report | Jo Ek | An Agenda | 1992",
        ),
        (
            "Ríos, C. «La paz», Revista de Paz, núm. 4 (2003), págs. 20-31.",
            "0:20-31",
            "article-journal | C. Ríos | La paz | 2003",
        ),
        (
            "K. Ek, N. Lee, Peace: A Life (London: Ink, 2012), 201–2.",
            "0:201-2",
            "book | K. Ek, N. Lee | Peace: A Life | 2012",
        ),
        (
            "See figures in Ek Yearbook 2004 (Oxford: Ink, 2004), p. 99.",
            "0:99",
            "book |  | Ek Yearbook 2004 | 2004",
        ),
        (
            "Ruth Kasule, personal interview, Gulu, 2 Feb. 2008.",
            "0:-",
            "interview | Ruth Kasule | Personal interview | 2008",
        ),
        (
            "Minutes of the 3rd meeting of the Commission, Kassala, 5 May 2006, p. 2.",
            "0:2",
            "document |  | Minutes of the 3rd meeting of the Commission | 2006",
        ),
        ("Irish Times, 12 April 1998.", "0:-", "document |  | Irish Times | 1998"),
        ("Lomé Accord, 7 July 1999.", "0:-", "treaty |  | Lomé Accord | 1999"),
    ],
)
def test_a_title_has_nothing_of_its_surroundings(note, place, source):
    assert cited(note) == ([place], [source])


def test_short_forms_of_several_and_of_articles_point_back():
    places, sources = cited(
        "Roger Ek, William Lee and Bruce Ode, Getting There, 3rd ed. (New York: Ink, 2011), ch. 4.",
        "Ek et al., Getting There, ch. 5.",
        "Dupont, J.-P., « Les médiateurs », Politique, n° 3, 1998, p. 455-470.",
        "Dupont, art. cit., p. 460.",
    )
    assert (places, len(sources)) == (["0:ch. 4", "0:ch. 5", "1:455-470", "1:460"], 2)


@pytest.mark.parametrize(
    "words",
    [
        "Some 300 people died (HRW 2012, 14).",
        "OAU, Decision AHG/Dec. 141 (XXXV), Algiers, 14 July 1999.",
        "Telegram, Bunche to Lie, 24 January 1949, UN Archives, S-0375-0001.",
        "Personal communication with an official, Geneva, June 2014.",
        "World Bank, WDR 2011, 50.",
        "the figures of the Displacement Centre 2000: 20",
    ],
)
def test_what_is_kept_as_words_is_named(words):
    assert looks_cited(words)


@pytest.mark.parametrize(
    "words", ["They met in Geneva, 1994.", "She kept a box of letters.", "In 1994: 20 died."]
)
def test_words_that_cite_nothing_are_not(words):
    assert not looks_cited(words)

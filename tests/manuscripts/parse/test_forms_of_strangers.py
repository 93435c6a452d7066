"""Forms of citations and lists that manuscripts written without a look at the reader have."""

import pytest

from manuscripts.parse.linking import link
from manuscripts.parse.manuscript import Note
from manuscripts.parse.notes import read_note
from manuscripts.parse.organisation_lists import list_in_prose, organisation_names

COUNTRIES = {
    "Spain",
    "Mexico",
    "Portugal",
    "Russia",
    "the United States",
    "Burkina Faso",
    "Ecuador",
}


def cited(*texts):
    """The notes as “source:locator”, and the sources as “type | authors | title | year”."""
    notes = [Note(n, n, text) for n, text in enumerate(texts, 1)]
    for note in notes:
        note.parts, _ = read_note(note.text, note.line)
    sources, _ = link(notes)
    return (
        [
            "; ".join(f"{c.source}:{c.locator.value if c.locator else '-'}" for c in note.citations)
            for note in notes
        ],
        [
            f"{s.type} | {', '.join(map(str, s.authors or s.editors))} | {s.title} | {s.year or ''}"
            for s in sources
        ],
    )


@pytest.mark.parametrize(
    ("notes", "places", "sources"),
    [
        (  # a page that a sentence follows
            ["Ann Lee, Mud (Oslo: Fjell, 2001), 3.", "Lee, Mud, 50. The figure is disputed."],
            ["0:3", "0:50"],
            ["book | Ann Lee | Mud | 2001"],
        ),
        (  # a family name of two words
            ["Lucía Bravo Paz, Raya (Quito: Sur, 1999), p. 2.", "Bravo Paz, Raya, p. 7."],
            ["0:2", "0:7"],
            ["book | Lucía Bravo Paz | Raya | 1999"],
        ),
        (  # lawyers' notes
            [
                "Al Tekle, ‘Badme’ (2000) 12 Horn Notes 45, 47.",
                "Peace Agreement (signed 12 December 2000) 2138 UNTS 94, art 4(2).",
                "Tekle (n 1) 49.",
                "ibid 50.",
            ],
            ["0:45, 47", "1:art 4(2)", "0:49", "0:50"],
            ["article-journal | Al Tekle | Badme | 2000", "treaty |  | Peace Agreement | 2000"],
        ),
        (  # the French imprint
            ["Ida Loemba, Ponts, Paris, Seuil, 2002, p. 9."],
            ["0:9"],
            ["book | Ida Loemba | Ponts | 2002"],
        ),
        (  # a body and its acronym
            [
                "UN Office for Aid (OFA), Report No. 1 (Jakarta: OFA, 2005), 3.",
                "OFA, Report No. 1, 4.",
            ],
            ["0:3", "0:4"],
            ["report | UN Office for Aid (OFA) | Report No. 1 | 2005"],
        ),
        (  # a body with “&”, and a book that is known by a chapter
            [
                "Bo Ek. “Ports.” in Ann Lee. Harbours. (Oslo: Fjell, 2004) p.5",
                "Lee (ed.). Harbours. p.9",
                "Organization for Security & Co-operation in Europe. Osh. (Vienna: OSCE, 2011) p.2",
            ],
            ["0:5", "1:9", "2:2"],
            [
                "chapter | Bo Ek | Ports | 2004",
                "book | Ann Lee | Harbours | 2004",
                "report | Organization for Security & Co-operation in Europe | Osh | 2011",
            ],
        ),
        (  # an agreement with the place of its signing, a treaty series, an alias
            [
                "Treaty of Peace, signed at Bonn on 29 November 1984, "
                "UN Treaty Series, vol. 9, p. 8, Art. 7.",
                "Lincoln Agreement on Peace, 23 January 1998 (‘Lincoln Agreement’), cl. 5.",
            ],
            ["0:Art. 7", "1:cl. 5"],
            [
                "treaty |  | Treaty of Peace | 1984",
                "treaty |  | Lincoln Agreement on Peace | 1998",
            ],
        ),
        (  # dates in other languages and digits
            [
                "“Le général pleure,” La Nation, 28 février 1990, p. 1.",
                "رضا. نیزار. (تهران: رود، ۲۰۰۳) p.5",
            ],
            ["0:1", "1:5"],
            ["article-newspaper |  | Le général pleure | 1990", "book | رضا | نیزار | 2003"],
        ),
        (  # a body, a title, a month; a press release; a judgment
            [
                "League of Nations, Official Journal, September 1921, p. 699",
                "UN Press Release SC/8123, 14 June 2004.",
                "Frontier Dispute (A/B), Judgment, I.C.J. Reports 2013, p. 44, para. 2.",
            ],
            ["0:699", "1:-", "2:44, para. 2"],
            [
                "report | League of Nations | Official Journal | 1921",
                "report | UN | Press Release SC/8123 | 2004",
                "legal_case |  | Frontier Dispute (A/B), Judgment | 2013",
            ],
        ),
        (  # a title that begins with a quotation; parts that have names
            [
                "Rights Watch. “They Rained”: The January Attack. (New York: RW, 2002) p.10",
                "Ibid., Strand Two, para. 1.",
            ],
            ["0:10", "0:Strand Two, para. 1"],
            ["report | Rights Watch | “They Rained”: The January Attack | 2002"],
        ),
        (  # a report on an agreement is none
            ["Report on the Lusaka Agreement, S/1999/12, para. 2."],
            ["0:para. 2"],
            ["report | UN Security Council | Report on the Lusaka Agreement | 1999"],
        ),
    ],
)
def test_notes_as_strangers_write_them(notes, places, sources):
    assert cited(*notes) == (places, sources)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("AU and Burkina Faso", ["AU", "Burkina Faso"]),
        (
            "Troika of Portugal, Russia and the United States; UN",
            ["Troika of Portugal, Russia and the United States", "UN"],
        ),
        (
            "OAS, the Observer Mission, Ecuador and Peru (OMEP)",
            ["OAS", "Observer Mission, Ecuador and Peru (OMEP)"],
        ),
        ("The UN, with the support of Spain and Mexico", ["UN", "Spain", "Mexico"]),
        ("The National Conference, led by Caritas", ["National Conference", "Caritas"]),
        (
            "Contact Group (France, the UK and the US) and NATO",
            ["Contact Group (France, the UK and the US)", "NATO"],
        ),
        ("chiefs of Gok and Rup", ["chiefs of Gok and Rup"]),
    ],
)
def test_lists_of_organisations_as_strangers_write_them(printed, names):
    assert organisation_names(list_in_prose(printed), lambda name: name in COUNTRIES) == names

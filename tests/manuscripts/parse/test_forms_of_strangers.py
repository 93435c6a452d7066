"""Forms of citations and lists that manuscripts written without a look at the reader have."""

import pytest

from manuscripts.parse import rich_text
from manuscripts.parse.linking import link
from manuscripts.parse.manuscript import Note
from manuscripts.parse.name_lists import parse_names
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


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("Jorge del Valle y Ríos", ["Jorge | del Valle y Ríos"]),
        ("José Ortega y Gasset", ["José | Ortega y Gasset"]),
        ("Ana Paz, Luis Ruiz y Sol y Eva Mar", ["Ana | Paz", "Luis | Ruiz y Sol", "Eva | Mar"]),
        ("Ana Paz y Luis Ruiz", ["Ana | Paz", "Luis | Ruiz"]),
        ("Paz, A. y Ruiz, L.", ["A. | Paz", "L. | Ruiz"]),
    ],
)
def test_a_y_within_a_name_makes_no_second_person(printed, people):
    names, _, _ = parse_names(printed)
    assert [f"{name.given} | {name.family}" for name in names] == people


@pytest.mark.parametrize(
    ("note", "source"),
    [
        (
            "Peace Monitoring Group (1999) Sleeping There: A Handbook. Arawa: PMG, p. 2.",
            "report | Peace Monitoring Group | Sleeping There: A Handbook | 1999",
        ),
        (
            "Peace Research Institute Oslo (2004) Counting. Oslo: PRIO, p. 2.",
            "report | Peace Research Institute Oslo | Counting | 2004",
        ),
        (
            "War Office. Report on the Straits. (London: Ink, 1919) p.2",
            "report | War Office | Report on the Straits | 1919",
        ),
        ("War and Want. (London: Ink, 1919) p.2", "book |  | War and Want | 1919"),
    ],
)
def test_a_body_may_begin_with_peace_or_war(note, source):
    places, sources = cited(note)
    assert (places, sources) == (["0:2"], [source])


def test_short_forms_are_told_apart_from_the_words_around_them():
    places, _ = cited(
        "Rahman, Saleem. Dust on the Line. Indus, 1971, p. 15.",
        "Rahman 22. Compare the higher figure in Greaves, Edith, and Colin Marsh. Observers. Tay "
        "Press, 1994, p. 130.",
        "Greaves and Marsh 131 (emphasis in the original).",
        "On the withdrawal see Rahman 90 and, for the other side, Greaves and Marsh 79.",
        "They met on day 4 and, for the first time, Rahman spoke.",
    )
    assert places == ["0:15", "0:22; 1:130", "1:131", "0:90; 1:79", ""]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Greaves and Marsh 131.", "a short form"),
        ("Interview with a teacher, Buin, May 2003.", "an interview"),
    ],
)
def test_a_citation_that_becomes_words_is_named_once_and_in_full(text, kind):
    note = Note(1, 1, text)
    note.parts, doubts = read_note(text, 1)
    _, more = link([note])
    [caution] = [*doubts, *more]
    assert caution.code == "citation-as-words" and not note.citations
    assert kind in caution.text and text.rstrip(".") in caution.text


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Councils of elders of the Gabra and the Borana; the UN",
            ["Councils of elders of the Gabra and the Borana", "UN"],
        ),
        ("Leaders of the Dinka and the Nuer", ["Leaders of the Dinka and the Nuer"]),
        ("Leaders of the Dinka and the UN", ["Leaders of the Dinka", "UN"]),
        ("Elders of the Dinka and the Catholic Church", ["Elders of the Dinka", "Catholic Church"]),
        ("the Bank of the South and the Senate", ["Bank of the South", "Senate"]),
    ],
)
def test_elders_of_two_peoples_are_one(printed, names):
    assert organisation_names(printed) == names


@pytest.mark.parametrize(
    ("words", "address", "printed"),
    [
        ("https://a.example/x", "https://www.google.com/url?q=https://a.example/x&sa=D", None),
        ("https://a.example/x", "https://b.example/", None),
        ("a page", "https://www.google.com/url?q=https://a.example/x&sa=D", "a page {}"),
        (
            "a page",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&d=1",
            "a page {}",
        ),
        ("a page", "https://a.example/x", "a page {}"),
        ("https://a.exa…", "https://a.example/x", "https://a.exa… {}"),
    ],
)
def test_a_link_leads_where_its_author_wrote_that_it_does(words, address, printed):
    text = rich_text.with_addresses(rich_text.link(words, address))
    assert text == (printed or "{}").format("https://a.example/x")


def test_a_redirect_that_leads_to_no_address_stays_as_it_is():
    address = "https://www.google.com/url?q=javascript:alert(1)"
    assert rich_text.meant(address) == address
    assert rich_text.meant("https://a.example/url?q=https://b.example/").startswith("https://a.")

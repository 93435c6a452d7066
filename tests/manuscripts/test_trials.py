"""Small manuscripts on which the importer once went wrong, read in the shared folder as their README
says; and siblings of each kind in our own words."""

import os
from pathlib import Path

import pytest

from manuscripts.files import files_at
from manuscripts.parse.linking import link
from manuscripts.parse.manuscript import Note
from manuscripts.parse.notes import read_note
from manuscripts.parse.reading import read as read_text
from manuscripts.report import report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from tests.manuscripts.articles import make_article, make_facts

TRIALS = Path(os.environ.get("TRIALS", "/work/shared/trials/manuscripts"))
pytestmark = pytest.mark.django_db

# file: (notes as "source:locator", sources as "type | authors | title | container | year"), or None
# where only what follows is looked at; then other fields of the report, and codes that are warned of.
EXPECTED = {
    "c02_cyrillic": (["0:7"], ["book | Иван Петров | Мир на севере | | 1998"], {}, []),
    "c04_arabic": (["0:3"], ["book | محمد علي | السلام في الشمال | | 1997"], {}, []),
    "c10_sep_see": (["0:3"], ["book | Lee Yu | Counting the Dead | | 2001"], {}, []),
    "c12_harvard": (["0:3"], ["book | A. Alpha | The Later Peace | | 2005"], {}, []),
    "c14_guillemets": (
        ["0:4"],
        ["article-journal | Ann Alpha | Trois | Politique africaine | 2003"],
        {},
        [],
    ),
    "c13_chicago_article": (
        ["0:12-15"],
        ["article-journal | Bo Beta | Short War | Survival | 2001"],
        {},
        [],
    ),
    "c20_doi": (
        ["0:1-9", "1:-"],
        [
            "article-journal | Ida Vo | Twelve | Survival | 2001",
            "article-newspaper | Ida Vo | Archived | The Guardian | 2001",
        ],
        {},
        [],
    ),
    "c11_trailing": (
        ["0:1", "0:10", "0:11", "0:9n3", "0:5", "0:6"],
        ["book | Nan Ab | One | | 2001"],
        {},
        [],
    ),
    "a03_un": (
        ["0:-", "0:para. 3", "1:-", "2:para. 76", "3:-", "4:para. 20", "5:-", "0:-"],
        [
            "report | UN Security Council | Resolution 858 | | 1993",
            "report | UN Security Council | S/RES/1101 (1997) | | 1997",
            "report | United Nations Security Council | Report of the Secretary-General on the situation in Mali | | 1996",
            "report | UN General Assembly | A/RES/60/1 | | 2005",
            "report | UN Secretary-General | An Agenda for Peace | | 1992",
            "document | | Letter dated 3 May 1994 from the Permanent Representative of Mali | | 1994",
        ],
        {},
        ["title-from-symbol", "body-from-symbol"],
    ),
    "b06_loc": (None, None, {"countries": ["GIN", "GNB", "MLI"]}, ["country-proposed"]),
    "b04_orgs": (
        None,
        None,
        {
            "organisations": [
                *("Médecins Sans Frontières", "Ministry of Foreign Affairs, Trade and Development"),
                *("Government of Mali", "Government of Niger", "Government of Burkina Faso"),
                *("Sant’Egidio", "African Union", "ECOWAS", "Norwegian government"),
            ]
        },
        [],
    ),
    "c01_names_latin": (
        ["0:4", "0:9", "1:101-9", "1:3", "2:4", "2:6", "3:5", "4:2", "5:77", "6:1", "7:1", "8:2"],
        None,
        {},
        [],
    ),
    "a02_etal_ibid": (
        [
            "0:4",
            "0:-",
            "0:9",
            "0:10-2",
            "1:3; 2:8",
            "2:12",
            "0:44",
            "1:-",
            "2:17",
            "2:18",
            "0:55ff",
            "0:passim",
        ],
        None,
        {},
        [],
    ),
    "a20_chicago": (
        ["0:44-45", "1:12-15", "2:6", "0:50", "3:3", "4:3", "5:vol. 2, p.3"],
        [
            "book | Ann Alpha | The Long Peace | | 2001",
            "article-journal | Bo Beta | Short War | Survival | 2001",
            "chapter | Cy Gamma | Chapter | Mali in Peace | 2009",
            "book | A. Alpha | The Later Peace | | 2005",
            "book | Bo Beta; Cy Gamma | Handbook of Truces | | 2010",
            "book | Bo Beta | Treatise | | 2011",
        ],
        {},
        [],
    ),
    "c15_thesis": (["0:30"], ["thesis | Ada Lo | Rivers and Truces | | 2011"], {}, []),
    "c19_note_two_paras": (["0:1", "1:2"], None, {}, ["note-continued"]),
    "b01_years": (["0:1"], None, {"start_year": 1991}, ["year-proposed"]),
    "c22_bce": (["0:1"], None, {"start_year": -420, "end_year": -403}, []),
    "b02_years_range": (["0:1"], None, {"start_year": 1991}, ["years-contradict"]),
    "b03_end_before": (["0:1"], None, {"start_year": 1999}, ["years-contradict"]),
    "a14_cp1252": (
        ["0:1"],
        ["article-journal | Séamus Ó Murchú | One – Two | Survival | 2001"],
        {},
        ["encoding-guessed"],
    ),
    # Once to be refused as XML; since WordPress exports are read it is one, of one article.
    "d01_export_wxr.xml": (["0:1"], ["book | Nan Ab | One | | 2001"], {"start_year": 1991}, []),
}


def said(entry):
    notes = [
        "; ".join(f"{c['source']}:{c['locator'] or '-'}" for c in n["citations"])
        for n in entry["notes"]
    ]
    sources = [
        f"{s['type']} | {'; '.join(s['authors'])} | {s['title']} | {s['container_title'] or ''} | {s['issued_year']}"
        for s in entry["sources"]
    ]
    return notes, [" ".join(line.split()) for line in sources]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_manuscript_of_the_trials_reads_as_its_readme_says(name):
    path = TRIALS / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not here; it is not part of the project")
    ((_name, [article]),) = [(name, list(found)) for name, found in files_at(path)]
    entry = report(resolve(article.read(), Directory.load()))
    notes, sources, fields, codes = EXPECTED[name]
    got_notes, got_sources = said(entry)
    assert notes is None or got_notes == notes
    assert sources is None or got_sources == [" ".join(s.split()) for s in sources]
    assert {field: entry[field] for field in fields} == fields
    warned = [warning["code"] for warning in entry["warnings"]]
    assert set(codes) <= set(warned)
    assert not {"short-form-unresolved", "citation-as-words"} & set(warned)


def test_every_manuscript_of_the_trials_is_looked_at():
    if not TRIALS.is_dir():
        pytest.skip(f"{TRIALS} is not here; it is not part of the project")
    assert {path.stem for path in TRIALS.glob("*.txt")} == set(EXPECTED)


def linked(*texts):
    """The notes as "source:locator", the sources, and the codes of what is warned of."""
    notes, codes = [], []
    for number, text in enumerate(texts, 1):
        note = Note(number, number, text)
        note.parts, doubts = read_note(text, number)
        codes += [doubt.code for doubt in doubts]
        notes.append(note)
    sources, cautions = link(notes)
    said = [
        "; ".join(f"{c.source}:{c.locator.value if c.locator else '-'}" for c in n.citations)
        for n in notes
    ]
    return said, sources, [*codes, *(caution.code for caution in cautions)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["Олег Мороз. Степь. (Киев: Днепр, 1999) p.4", "Мороз. Степь. p.5"],
            ["0:4", "0:5"],
            id="Cyrillic",
        ),
        pytest.param(
            ["Νίκος Λάμπρου. Η γέφυρα. (Αθήνα: Κύμα, 1999) p.4", "Λάμπρου. Η γέφυρα. p.6"],
            ["0:4", "0:6"],
            id="Greek",
        ),
        pytest.param(
            ["王芳. 和平. (北京: 河, 1999) p.4", "王芳. 和平. p.6"], ["0:4", "0:6"], id="Chinese"
        ),
        pytest.param(
            ["Opinions differ; compare Una Moe. Tides. (Oslo: Fjell, 2001) p.3"],
            ["0:3"],
            id="words; compare",
        ),
        pytest.param(
            [
                "Nobody knows how many came; see, for example, Una Moe, Tides (Oslo: Fjell, 2001), 3."
            ],
            ["0:3"],
            id="words; see, for example",
        ),
        pytest.param(
            ["Moe, U. (2001) Tides. Oslo: Fjell, pp. 3–4.", "Moe (2001: 7)", "(Moe 2001, 9)"],
            ["0:3-4", "0:7", "0:9"],
            id="Harvard",
        ),
        pytest.param(
            ["Una Moe. »Ebbe.« Nordlicht, Vol. 1, No. 2. (2001) p.5", "Moe. »Ebbe.« p.6"],
            ["0:5", "0:6"],
            id="guillemets turned",
        ),
        pytest.param(
            ["Una Moe. „Ebbe.“ Nordlicht, Vol. 1, No. 2. (2001) p.5"],
            ["0:5"],
            id="low quotation marks",
        ),
        pytest.param(
            ["Una Moe, “Ebb,” Tides 3, no. 1 (2001): 3, 5–7.", "Moe, “Ebb,” 9."],
            ["0:3, 5-7", "0:9"],
            id="Chicago, several pages",
        ),
        pytest.param(
            ["Una Moe. Tides. (Oslo: Fjell, 2001) p. 1,024"], ["0:1,024"], id="a thousand pages"
        ),
        pytest.param(
            [
                "Una Moe. Tides. (Oslo: Fjell, 2001) p.3",
                "Moe. Tides. p.4 (my translation)",
                "Moe. Tides. p.5. The sailors denied it.",
                "Moe. Tides. p.6n2",
            ],
            ["0:3", "0:4", "0:5", "0:6n2"],
            id="words after",
        ),
        pytest.param(
            ["UN Doc. A/47/1 (1992), para. 2.", "A/47/1, para. 5."],
            ["0:para. 2", "0:para. 5"],
            id="a symbol again",
        ),
        pytest.param(
            [
                "UN Security Council, Resolution 44 (1948), S/RES/44, 1 April 1948.",
                "Security Council Resolution 44.",
            ],
            ["0:-", "0:-"],
            id="a resolution again",
        ),
        pytest.param(
            [
                "Bram ten Have. Dykes. (Leiden: Rijn, 2001) p.3",
                "ten Have. Dykes. p.4",
                "Ten Have, p.5",
            ],
            ["0:3", "0:4", "0:5"],
            id="ten",
        ),
        pytest.param(
            [
                "Luis de la Vega y Soto. Olives. (Madrid: Sur, 2001) p.3",
                "de la Vega y Soto. Olives. p.4",
            ],
            ["0:3", "0:4"],
            id="de la … y",
        ),
        pytest.param(
            [
                "Ole Bø et al. Nets. (Oslo: Fjell, 2001) p.3",
                "Una Moe. Tides. (Oslo: Fjell, 2001) p.3",
                "Bø et al., supra note 1, p. 4",
                "Moe, above n. 2, at 9",
                "Moe, op. cit., p.5",
                "Idem, p.6",
            ],
            ["0:3", "1:3", "0:4", "1:9", "1:5", "1:6"],
            id="supra, above, idem",
        ),
        pytest.param(
            ["Una Moe. “Tides and truces.” (MA dissertation, University of Narvik, 2001) p.8"],
            ["0:8"],
            id="dissertation",
        ),
        pytest.param(
            [
                "Una Moe. Tides. (Oslo: Fjell, 2001) p.3. See also Ole Bø. Nets. (Oslo: Fjell, 2002) p.4"
            ],
            ["0:3; 1:4"],
            id="two in a sentence",
        ),
        pytest.param(
            ["Moe, Una, and Ole Bø. Tides and Nets. Fjell, 2001, p. 3.", "Moe and Bø 9."],
            ["0:3", "0:9"],
            id="MLA",
        ),
    ],
)
def test_siblings_of_each_kind_are_read(texts, expected):
    got, sources, codes = linked(*texts)
    assert got == expected
    assert not {"short-form-unresolved", "citation-as-words", "reference-part-unread"} & set(
        codes
    ) - {"reference-part-unread" if "et al." in texts[0] else ""}
    assert all(source.key.isascii() for source in sources)


def test_what_belongs_into_a_field_of_its_own_goes_there():
    texts = [
        "Una Moe. “Ebb.” Tides, Vol. 1. (2001) pp.1-9. doi: 10.5555/ebb.1",
        "Una Moe. Nets. (Oslo: Fjell, 2002) ISBN 978-3-16-148410-0 p.3",
        "Una Moe. “Surf.” The Post. (2003) Available at: https://example.org/s Archived at: https://perma.cc/AB12-CD34",
        "Una Moe. “Foam.” The Post. (2003) Available at: https://web.archive.org/web/20200102030405/https://example.org/f",
        "Una Moe, Sand, trans. Ole Bø, 2nd ed. (Oslo: Fjell, 2004), 5.",
    ]
    _, sources, _ = linked(*texts)
    assert (sources[0].doi, sources[0].url) == ("10.5555/ebb.1", "")
    assert sources[1].isbn == "978-3-16-148410-0"
    assert (sources[2].url, sources[2].archive_url) == (
        "https://example.org/s",
        "https://perma.cc/AB12-CD34",
    )
    assert (sources[3].url, sources[3].archive_url[:24]) == (
        "https://example.org/f",
        "https://web.archive.org/",
    )
    assert (sources[4].edition, [str(n) for n in sources[4].translators]) == ("2nd", ["Ole Bø"])


@pytest.mark.parametrize(
    "words",
    [
        "Interview with a former soldier, Kidal, 3 May 2014.",
        "Moe, op. cit., p. 5",
        "Una Moe, Letter to the editor, The Post, 3 May 1994.",
    ],
)
def test_a_citation_is_never_kept_as_words_without_a_warning(words):
    got, _, codes = linked(words)
    assert got == [""]
    assert {"citation-as-words", "short-form-unresolved"} & set(codes)


def test_a_title_that_may_hold_its_author_is_named():
    _, sources, codes = linked("Moe, Una, The Quiet Tide (Oslo: Fjell, 2001), 3.")
    assert sources[0].title.endswith("The Quiet Tide") and "author-missing" in codes


def test_words_of_a_citation_that_no_field_has_stay_in_the_sources_note():
    _, sources, codes = linked("Una Moe. Tides. Maps by Hall. 3 vols. (Oslo: Fjell, 2001) p.3")
    assert "3 volumes" in sources[0].note and "reference-part-unread" in codes


@pytest.mark.parametrize(
    ("location", "countries", "proposed"),
    [
        ("Gao, close to the border with Niger and Burkina Faso", [], 2),
        ("Jordan Street, Tbilisi, Georgia", ["GEO"], 1),
        ("the Åland Islands, Finland", ["FIN"], 1),
        ("the border between Chad and Libya", ["TCD", "LBY"], 0),
        ("the south of Sudan", ["SDN"], 0),
        ("north of Kenya", [], 1),
    ],
)
def test_a_country_is_taken_only_where_the_text_says_that_the_conflict_was_there(
    location, countries, proposed
):
    article = make_article(title="Ending the war", facts=make_facts(location=location))
    from_file = resolve(read_text(article, "a.txt"), Directory.load())
    assert [country.alpha3 for country in from_file.countries] == countries
    assert [c.code for c in from_file.cautions].count("country-proposed") == proposed

"""BibTeX and BibLaTeX as other programs write them."""

import pytest

from sources.reference_files import read


def one(text):
    (found,) = read(text)
    return found


def item(fields, entry="book"):
    return one(f"@{entry}{{k,\n title = {{T}},\n {fields}\n}}").item


def unread(fields, entry="book"):
    return one(f"@{entry}{{k,\n title = {{T}},\n {fields}\n}}").unread


def test_an_entry_of_classic_bibtex():
    found = one(r"""
@STRING{cw = "Civil " # {Wars}}
@preamble{"\newcommand{\x}{y}"}
@Comment{jabref-meta: databaseType:bibtex;}
% an old one
@Article(Lynch-2001,
  AUTHOR  = "Dov Lynch and de la Cruz, Jr, Ana and Jan von der Gr{\"u}n and {Barnes and Noble}",
  title   = {The {Tajik} {{C}ivil} War -- and \emph{Peace}},
  journal = cw # { Review},
  year    = 2001,
  month   = dec,
  volume  = 4, number = {4},
  pages   = {49--72},
  keywords = {peace, war},
  timestamp = {2001}, owner = {x}, bdsk-url-1 = {y},
)
""")
    assert found.item == {
        "id": "Lynch-2001",
        "type": "article-journal",
        "title": "The Tajik Civil War – and Peace",
        "container-title": "Civil Wars Review",
        "volume": "4",
        "issue": "4",
        "page": "49-72",
        "issued": {"date-parts": [[2001, 12]]},
        "author": [
            {"family": "Lynch", "given": "Dov"},
            {"family": "de la Cruz", "given": "Ana Jr"},
            {"family": "von der Grün", "given": "Jan"},
            {"literal": "Barnes and Noble"},
        ],
    }
    assert found.line == 6
    assert found.unread == [
        (6, "bdsk-url-1, owner, timestamp (of another program)"),
        (14, "keywords: peace, war"),
    ]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Lynch, Dov", [{"family": "Lynch", "given": "Dov"}]),
        ("Ludwig van Beethoven", [{"family": "van Beethoven", "given": "Ludwig"}]),
        ("de Gaulle", [{"family": "de Gaulle"}]),
        ("King, Jr., Martin", [{"family": "King", "given": "Martin Jr."}]),
        ("{UN Women}", [{"literal": "UN Women"}]),
        (
            "UNESCO and {\\'E}mile Zola",
            [{"literal": "UNESCO"}, {"family": "Zola", "given": "Émile"}],
        ),
        ("A. B and \\'Elie C", [{"family": "B", "given": "A."}, {"family": "C", "given": "Élie"}]),
        ("{Smith, X}, {and Y}", [{"family": "Smith, X", "given": "and Y"}]),
        ("Ibn Saud, {}", [{"family": "Ibn Saud"}]),
        ("Ibn Saud,", [{"family": "Ibn Saud"}]),
        ("A, B\n  and\n  C, D", [{"family": "A", "given": "B"}, {"family": "C", "given": "D"}]),
        ("毛, 泽东", [{"family": "毛", "given": "泽东"}]),
        ("", None),
    ],
)
def test_names(author, names):
    assert item(f"author = {{{author}}}").get("author") == names


def test_others_are_noted():
    found = one("@book{k,\n author = {A, B and others}}")
    assert found.item["author"] == [{"family": "A", "given": "B"}]
    assert found.unread == [(2, "author: and others (nobody is named)")]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2001", [[2001]]),
        ("year = {2001}, month = 3", [[2001, 3]]),
        ('year = 2001, month = "March"', [[2001, 3]]),
        ("year = 2001, month = Sept", [[2001, 9]]),
        ('year = 2001, month = jun # "~" # 3', [[2001, 6, 3]]),
        ('year = 2001, month = "3~" # jun', [[2001, 6, 3]]),
        ("year = 2001, month = 6, day = 3", [[2001, 6, 3]]),
        ("date = {2001-06-03}, year = 1999", [[2001, 6, 3]]),
        ("date = {1998/2001}", [[1998], [2001]]),
        ("date = {-0043}", [[-44]]),
        ("year = {1998--2001}", [[1998], [2001]]),
        ("year = {44 BC}", [[-44]]),
        ("year = {in press}", None),
        ("year = 98", None),
        ("date = {2001-02-31}", None),
        ("date = {spring}, year = 2001", [[2001]]),
        ("year = 2001, month = {March/April}", [[2001]]),
        ("month = mar", None),
    ],
)
def test_dates(fields, date):
    found = one(f"@book{{k, {fields}}}")
    assert found.item.get("issued", {}).get("date-parts") == date
    understood = date is not None and "spring" not in fields and "April" not in fields
    assert (found.unread == []) == understood


def test_about_and_what_edtf_says_besides():
    assert item("date = {1920~}")["issued"] == {"date-parts": [[1920]], "circa": True}
    assert item("year = {c. 1920}")["issued"] == {"date-parts": [[1920]], "circa": True}
    assert unread("date = {2001/..}") == [(3, "date: 2001/.. (open at its end)")]
    assert unread("date = {1920?}") == [(3, "date: 1920? (uncertain)")]
    assert unread("date = {2001-21}") == [(3, "date: 2001-21 (season)")]
    assert unread("urldate = {2001-03}") == [(3, "urldate: [[2001, 3]] (is not one full day)")]


@pytest.mark.parametrize(
    ("entry", "kind", "genre"),
    [
        ("online", "webpage", None),
        ("electronic", "webpage", None),
        ("report", "report", None),
        ("techreport", "report", None),
        ("manual", "report", None),
        ("thesis", "thesis", None),
        ("phdthesis", "thesis", "PhD thesis"),
        ("mastersthesis", "thesis", "Master’s thesis"),
        ("incollection", "chapter", None),
        ("conference", "paper-conference", None),
        ("proceedings", "book", None),
        ("legislation", "legislation", None),
        ("legal", "treaty", None),
        ("misc", "document", None),
        ("unpublished", "document", None),
    ],
)
def test_types(entry, kind, genre):
    found = one(f"@{entry}{{k, title = {{T}}}}")
    assert (found.item["type"], found.item.get("genre"), found.unread) == (kind, genre, [])


def test_types_that_are_not_ours_are_said():
    assert unread("", "video") == [(1, "@video (taken as broadcast)")]
    assert unread("", "dataset") == [(1, "@dataset (taken as document)")]
    assert unread("", "inbook") == [(1, "@inbook (taken as book)")]
    assert item("entrysubtype = {newspaper}", "article")["type"] == "article-newspaper"
    assert item("type = {mathesis}", "thesis")["genre"] == "Master’s thesis"


def test_fields_of_biblatex():
    found = item(
        r"""subtitle = {S}, shorttitle = {ST}, journaltitle = {J}, shortjournal = {JS},
        location = {Dushanbe}, institution = {I}, type = {Working paper}, number = {7},
        translator = {A, B}, editora = {C, D}, editoratype = {interviewer}, origdate = {1832},
        author = {E, F and G, H}, author+an:orcid = {2="0000-0002-1825-0097"},
        langid = {english}, eprint = {2101.00001}, eprinttype = {arXiv},
        doi = {https://doi.org/10.1000/a\_b},
        url = {https://example.org/\%7Ea\_b\#c}, urldate = {2020-11-17},
        isbn = {978 0 306 40615 7}""",
        "report",
    )
    assert found == {
        "id": "k",
        "type": "report",
        "title": "T: S",
        "title-short": "ST",
        "container-title": "J",
        "container-title-short": "JS",
        "publisher-place": "Dushanbe",
        "publisher": "I",
        "genre": "Working paper",
        "number": "7",
        "translator": [{"family": "A", "given": "B"}],
        "interviewer": [{"family": "C", "given": "D"}],
        "original-date": {"date-parts": [[1832]]},
        "author": [{"family": "E", "given": "F"}, {"family": "G", "given": "H"}],
        "custom": {
            "orcid": {"author": [None, "0000-0002-1825-0097"]},
            "urls": ["https://arxiv.org/abs/2101.00001"],
        },
        "language": "en",
        "DOI": "10.1000/a_b",
        "URL": "https://example.org/%7Ea_b#c",
        "accessed": {"date-parts": [[2020, 11, 17]]},
        "ISBN": "978-0-306-40615-7",
    }


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        (r"howpublished = {\url{https://example.org/a_b}}", "https://example.org/a_b"),
        (r"howpublished = {Available at: \url{https://example.org}}", "https://example.org"),
        (r"url = {\url{https://example.org/\textasciitilde{}x}}", "https://example.org/~x"),
        ("url = {https://example.org/\n   a}", "https://example.org/a"),
        ("eprint = {123}, archiveprefix = {jstor}", "https://www.jstor.org/stable/123"),
    ],
)
def test_addresses(fields, address):
    assert item(fields, "misc")["URL"] == address


def test_what_is_not_valid_is_left():
    assert unread("doi = {abc}, isbn = {978-0-306-40615-8}, url = {www.x.org}") == [
        (3, "doi: abc (is no valid DOI)"),
        (3, "isbn: 978-0-306-40615-8 (is no valid ISBN)"),
        (3, "url: www.x.org (is no address that begins with http)"),
    ]
    assert unread('author = {A, B}, author+an:orcid = {1="0000-0002-1825-0098"}') == [
        (3, "author+an:orcid: 0000-0002-1825-0098 (is no ORCID of a person here)")
    ]
    assert unread("series = {S}, number = 3, note = {N}, publisher = {A}, school = {B}") == [
        (3, "note: N"),
        (3, "number: 3"),
        (3, "school: B"),
        (3, "series: S"),
    ]


def test_what_is_there_twice_is_read_and_said():
    first, second = read("@book{k, title = {A},\n title = {B}}\n@book{K, title = {C}}")
    assert (first.item["title"], second.item["title"]) == ("A", "C")
    assert first.unread == [(2, "title: B")]
    assert second.unread == [(3, "key that is in the file before: K")]


def test_a_key_that_we_cannot_have_is_left():
    found = one("@book{DBLP:conf/x, title = {T}}")
    assert "id" not in found.item
    assert found.unread == [(1, "key: DBLP:conf/x (cannot be a key here)")]

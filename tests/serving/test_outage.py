"""The database away, busy or full: reading goes on, nobody waits twice, nothing typed is lost."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from serving import outage, page_cache
from serving.database_trouble import Trouble, trouble_of
from serving.outage import Breaker
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def breaker(monkeypatch):
    clock = Clock()
    breaker = Breaker(clock)
    breaker.clock = clock
    monkeypatch.setattr(outage, "BREAKER", breaker)
    monkeypatch.setattr("website.readiness.BREAKER", breaker)
    return breaker


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def wrapped(error, kind=OperationalError):
    """As Django wraps the error of a driver."""
    outer = kind(*error.args)
    outer.__cause__ = error
    return outer


def sqlite_error(name):
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return wrapped(error)


AWAY = wrapped(psycopg.OperationalError("connection refused"))


@pytest.fixture
def away(monkeypatch):
    """Every question for the site version fails, and so does every connection's cursor."""

    def failing(*args, **kwargs):
        raise AWAY

    monkeypatch.setattr(page_cache, "version", failing)
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", failing)


@pytest.fixture
def reader(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (AWAY, Trouble.AWAY),
        (InterfaceError("connection already closed"), Trouble.AWAY),
        (wrapped(psycopg.errors.AdminShutdown("shut down")), Trouble.AWAY),
        (wrapped(psycopg.errors.TooManyConnections("too many")), Trouble.AWAY),
        (wrapped(psycopg.errors.LockNotAvailable("lock")), Trouble.BUSY),
        (wrapped(psycopg.errors.QueryCanceled("time")), Trouble.BUSY),
        (wrapped(psycopg.errors.DiskFull("full")), Trouble.FULL),
        (wrapped(psycopg.errors.ReadOnlySqlTransaction("replica")), Trouble.FULL),
        (sqlite_error("SQLITE_BUSY_SNAPSHOT"), Trouble.BUSY),
        (sqlite_error("SQLITE_FULL"), Trouble.FULL),
        (sqlite_error("SQLITE_READONLY_DBMOVED"), Trouble.FULL),
        (sqlite_error("SQLITE_IOERR_WRITE"), Trouble.FULL),
        (sqlite_error("SQLITE_IOERR_FSYNC"), Trouble.FULL),
        (sqlite_error("SQLITE_IOERR_READ"), Trouble.AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.EACCES, "Permission denied"), None),
        (sqlite_error("SQLITE_ERROR"), None),
        (wrapped(psycopg.errors.UndefinedTable("no table"), ProgrammingError), None),
        (ValueError("ours"), None),
        (None, None),
    ],
)
def test_what_an_error_means(error, trouble):
    assert trouble_of(error) == trouble


def test_one_request_in_a_while_asks_the_database_again(breaker):
    assert not breaker.is_open()
    breaker.trip(AWAY)
    assert breaker.is_open()
    breaker.clock.now += outage.RETRY_AFTER
    assert [breaker.is_open() for _ in range(3)] == [False, True, True]
    breaker.close()
    assert not breaker.is_open()


def test_a_page_that_is_kept_says_from_when_it_is(reader, breaker):
    address = make_edition(title="Ending a war").get_absolute_url()
    assert reader.get(address, headers={"accept-encoding": "gzip"}).status_code == 200
    breaker.trip(AWAY)
    for headers in ({}, {"accept-encoding": "gzip"}):
        answer = reader.get(address, headers=headers)
        assert answer.status_code == 200
        words = answer.content.decode()
        assert "Ending a war" in words and "the site is being repaired" in words
        assert int(answer["Age"]) < 60 and "ETag" not in answer
        assert "no-store" in answer["Cache-Control"]


def test_whoever_asks_first_finds_it_away_and_nobody_after_them(reader, away, breaker):
    first = reader.get("/about/method/")
    assert first.status_code == 503 and first["Retry-After"] == "5"
    assert breaker.is_open()
    again = reader.get("/vocabulary/")
    assert again.status_code == 503 and "being repaired" in again.content.decode()


def test_when_it_answers_again_readers_get_the_page_as_it_is(reader, breaker):
    breaker.trip(AWAY)
    assert reader.get("/vocabulary/").status_code == 503
    breaker.clock.now += outage.RETRY_AFTER
    assert reader.get("/vocabulary/").status_code == 200
    assert not breaker.is_open()


def test_what_was_typed_is_held_on_the_page(reader, breaker):
    breaker.trip(AWAY)
    typed = {"message": "The <b>date</b> in the third line is wrong.", "email": "a@b.org"}
    answer = reader.post("/cases/a-case/correct/", typed)
    words = answer.content.decode()
    assert answer.status_code == 503
    assert "The &lt;b&gt;date&lt;/b&gt; in the third line" in words and 'value="a@b.org"' in words
    assert 'action="/cases/a-case/correct/"' in words and "Send it again" in words


def test_a_password_is_never_shown(reader, breaker):
    breaker.trip(AWAY)
    answer = reader.post("/admin/login/", {"username": "maud", "password": "peace on earth"})
    assert answer.status_code == 503
    assert "peace on earth" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [("SQLITE_BUSY", "took too long"), ("SQLITE_FULL", "Nothing can be stored")],
)
def test_what_cannot_be_stored_is_said_and_reading_goes_on(
    reader, monkeypatch, breaker, name, words
):
    edition = make_edition()

    def failing(*args, **kwargs):
        raise sqlite_error(name)

    monkeypatch.setattr("corrections.services.send", failing)
    answer = reader.post(
        f"/cases/{edition.case.slug}/correct/",
        {"kind": "correction", "message": "The date in the third line is wrong."},
    )
    assert answer.status_code == 503 and words in answer.content.decode()
    assert "The date in the third line is wrong." in answer.content.decode()
    assert not breaker.is_open()
    assert reader.get(edition.get_absolute_url()).status_code == 200


def test_a_fault_of_our_own_is_still_500(reader, monkeypatch, breaker):
    page_cache.PAGES.clear()
    monkeypatch.setattr("website.views.about.render", lambda *args, **kwargs: 1 / 0)
    answer = reader.get("/about/method/")
    assert answer.status_code == 500 and "went wrong on our side" in answer.content.decode()
    assert not breaker.is_open()


def test_health_answers_without_a_database(reader, away, breaker):
    breaker.trip(AWAY)
    assert reader.get("/healthz").content == b"ok\n"
    ready = reader.get("/readyz")
    assert ready.status_code == 503
    assert "database: It does not answer" in ready.content.decode()


def test_ready_names_what_it_looked_at(reader):
    ready = reader.get("/readyz")
    assert ready.status_code == 200
    assert ready.content.decode().split("\n")[:7] == [
        "database: ok",
        "cache: ok",
        "disk: ok",
        "kept files: ok",
        "proxies: ok",
        "key: ok",
        "mail: ok",
    ]


def test_a_disk_that_is_full_is_named_and_stops_nobody(reader, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("website.readiness.TemporaryFile", full)
    ready = reader.get("/readyz")
    assert ready.status_code == 200 and ": No space left on device" in ready.content.decode()


def test_an_export_that_finds_no_room_says_so(reader, monkeypatch):
    make_edition()

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(page_cache.FILES, "put", full)
    answer = reader.get("/cases.csv?sort=title")
    assert answer.status_code == 503 and answer["Retry-After"]


def test_a_file_of_the_whole_is_given_with_its_age_and_in_parts(reader, breaker):
    make_edition(title="Ending a war")
    whole = reader.get("/cases.csv")
    breaker.trip(AWAY)
    answer = reader.get("/cases.csv")
    assert (answer.status_code, answer.content) == (200, whole.content)
    assert answer["ETag"] == whole["ETag"] and int(answer["Age"]) >= 0
    part = reader.get("/cases.csv", headers={"range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, whole.content[3:10])
    assert reader.get("/cases.json").status_code == 503
    assert reader.get("/cases.csv?sort=title").status_code == 503


def test_what_was_kept_before_something_was_removed_is_not_given(reader, breaker):
    address = make_edition(title="Ending a war").get_absolute_url()
    reader.get(address)
    reader.get("/cases.csv?sort=title")
    page_cache.KEPT_FILES.folder.mkdir(parents=True, exist_ok=True)
    page_cache.KEPT_FILES.clear()
    breaker.trip(AWAY)
    for kept in (address, "/cases.csv?sort=title", "/cases.csv"):
        assert reader.get(kept).status_code == 503

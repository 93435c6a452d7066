"""A kept file as an answer: whole, a part of it, packed, or nothing where the client has it."""

import gzip

import pytest
from django.test import RequestFactory
from django.utils.http import http_date

from serving.file_answers import file_answer
from serving.kept_files import KeptFiles

TEXT = bytes(range(256)) * 500  # 128,000 bytes, more than leave as one object


@pytest.fixture
def file(tmp_path):
    told = {"Content-Type": "text/csv", "Content-Disposition": "attachment"}
    return KeptFiles(tmp_path).make("v", "cases.csv", lambda path: path.write_bytes(TEXT), told)


def ask(file, method="GET", **headers):
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    request = RequestFactory().generic(method, "/cases.csv", **named)
    response = file_answer(request, file, {"X-Frame-Options": "DENY", "Content-Length": "0"})
    body = b"".join(response) if response.streaming else response.content
    response.close()
    return response, body


@pytest.fixture(autouse=True)
def _database(db):
    """Closing a response ends a request, which looks at connections."""


def test_the_whole_says_what_it_is(file):
    response, body = ask(file)
    assert (response.status_code, body) == (200, TEXT)
    assert response["Content-Length"] == str(len(TEXT))
    assert (response["Content-Type"], response["Accept-Ranges"]) == ("text/csv", "bytes")
    assert response["ETag"] == file.etag and not response["ETag"].startswith("W/")
    assert response["Last-Modified"] == http_date(file.made)
    assert (response["Vary"], response["X-Frame-Options"]) == ("Accept-Encoding", "DENY")


def test_head_says_the_same_and_sends_nothing(file):
    whole, _body = ask(file)
    response, body = ask(file, "HEAD")
    assert body == b"" and dict(response.items()) == dict(whole.items())
    assert ask(file, "HEAD", range="bytes=0-9")[0].status_code == 200


def test_a_client_that_takes_gzip_gets_it_under_another_tag(file):
    response, body = ask(file, accept_encoding="br, gzip")
    assert gzip.decompress(body) == TEXT and len(body) == int(response["Content-Length"])
    assert response["Content-Encoding"] == "gzip" and response["ETag"] != file.etag
    for refused in ("gzip;q=0", "gzip;q=0.0", "br", "xgzip", ""):
        assert ask(file, accept_encoding=refused)[1] == TEXT


def test_who_has_it_already_is_told_so(file):
    for asked in ({"if_none_match": file.etag}, {"if_modified_since": http_date(file.made)}):
        response, body = ask(file, **asked)
        assert (response.status_code, body) == (304, b"")
        assert response["ETag"] == file.etag
    assert ask(file, if_none_match='"another"')[0].status_code == 200
    assert ask(file, if_match='"another"')[0].status_code == 412
    packed = f'{file.etag[:-1]}-gz"'
    assert ask(file, accept_encoding="gzip", if_none_match=packed)[0].status_code == 304
    assert ask(file, if_none_match=packed)[0].status_code == 200


@pytest.mark.parametrize(
    "asked, start, end",
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=127990-", 127_990, 128_000),
        ("bytes=-5", 127_995, 128_000),
        ("bytes=-999999", 0, 128_000),
        ("bytes=127999-999999999999999999", 127_999, 128_000),
        ("bytes=1-100000", 1, 100_001),
    ],
)
def test_a_part_is_that_part(file, asked, start, end):
    response, body = ask(file, range=asked)
    assert (response.status_code, body) == (206, TEXT[start:end])
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/128000"
    assert response["Content-Length"] == str(end - start)
    assert response["ETag"] == file.etag


def test_a_download_that_broke_off_goes_on_where_it_was(file):
    for tag in (file.etag, http_date(file.made)):
        response, body = ask(file, range="bytes=100000-", if_range=tag)
        assert (response.status_code, body) == (206, TEXT[100_000:])
    for other in ('"another"', f"W/{file.etag}", http_date(file.made - 9), "nonsense"):
        assert ask(file, range="bytes=100000-", if_range=other)[1] == TEXT
    packed = gzip.decompress(ask(file, accept_encoding="gzip")[1])
    assert packed == TEXT
    _response, part = ask(file, accept_encoding="gzip", range="bytes=0-9")
    assert part == ask(file, accept_encoding="gzip")[1][:10]


@pytest.mark.parametrize("asked", ["bytes=128000-", "bytes=999999-1000000", "bytes=-0"])
def test_what_lies_outside_is_refused_with_the_size(file, asked):
    response, body = ask(file, range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */128000")
    assert b"128000" in body and "ETag" not in response


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-0,0-0,0-0",
        "bytes=" + ",".join(["0-"] * 500),
        "bytes=9-3",
        "bytes=-",
        "bytes=a-b",
        "bytes=-1-1",
        "bytes=0x1-2",
        "bytes=" + "9" * 5000 + "-",
        "bytes=٣-٤",
        "items=0-1",
        "bytes 0-1",
        "",
    ],
)
def test_a_hostile_range_gets_the_whole_once(file, asked):
    response, body = ask(file, range=asked)
    assert (response.status_code, body) == (200, TEXT)


def test_a_small_file_leaves_as_one_object(file, monkeypatch):
    monkeypatch.setattr("serving.file_cache.SMALL", 10**6)
    response, body = ask(file)
    assert not response.streaming and body == TEXT

"""Archives of the web, as a double on loopback answers for them."""

import json
from datetime import date

import pytest

from sources.links.archives import Archive, Copy
from sources.links.verdicts import Trouble

from .servers import answer, door, hang

PAGE, DAY = "http://example.org/a?b=c&d=ü", date(2013, 9, 20)
KEPT = "http://web.archive.org/web/20130919044612/http://example.org/a"


def available(**closest):
    closest = {"available": True, "url": KEPT, "timestamp": "20130919044612"} | closest
    body = {"archived_snapshots": {"closest": closest} if closest["available"] else {}}
    return answer(200, json.dumps(body).encode(), Content_Type="application/json")


def archive(server, lookup="/available?url={url}&timestamp={timestamp}", **over):
    return Archive(door(server), lookup=server.url(lookup) if lookup else "", **over)


def test_the_availability_api_is_asked_and_read(server):
    server.ways["/available"] = available(status="200")
    assert archive(server).nearest(PAGE, DAY) == Copy(KEPT, date(2013, 9, 19))
    asked = "/available?url=http%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%3D%C3%BC&timestamp=20130920"
    assert server.paths() == [asked]


def test_a_timegate_is_asked_and_read(server):
    url = "http://archive.test/20130918000000/http://example.org/a"
    link = (
        f'<http://example.org/a>; rel="original", <{url}>; rel="first memento"; '
        'datetime="Wed, 18 Sep 2013 00:00:00 GMT"'
    )
    server.ways["/gate/http://example.org/a"] = answer(302, Location=url, Link=link)
    found = archive(server, "/gate/{url}").nearest("http://example.org/a", DAY)
    assert found == Copy(url, date(2013, 9, 18))
    assert server.asked[0][2]["Accept-Datetime"] == "Fri, 20 Sep 2013 12:00:00 GMT"


def test_a_timegate_that_answers_with_the_memento(server):
    server.ways["/gate/http://example.org/a"] = answer(
        200, b"", Memento_Datetime="Wed, 18 Sep 2013 00:00:00 GMT", Content_Location="/m/1"
    )
    found = archive(server, "/gate/{url}").nearest("http://example.org/a", None)
    assert found == Copy(server.url("/m/1"), date(2013, 9, 18))


@pytest.mark.parametrize(
    "said",
    [
        available(available=False),
        available(status="404"),
        available(url="javascript:alert(1)"),
        available(url='http://a/"><script>'),
        answer(200, b"[]", Content_Type="application/json"),
        answer(200, b'{"archived_snapshots": [', Content_Type="application/json"),
        answer(200, b"[" * 100_000, Content_Type="application/json"),
        answer(200, b'{"archived_snapshots": {"closest": 3}}', Content_Type="application/json"),
        answer(200, b"<html>Down for maintenance"),
        answer(404),
    ],
)
def test_no_copy_is_made_of_what_says_nothing(server, said):
    server.ways["/available"] = said
    assert archive(server).nearest(PAGE, DAY) is None


@pytest.mark.parametrize("way", [hang(), answer(500), answer(429)])
def test_an_archive_that_is_away_says_nothing_of_copies(server, way):
    server.ways["/available"] = way
    with pytest.raises(Trouble):
        archive(server).nearest(PAGE, DAY)


def test_without_an_address_nobody_is_asked(server):
    assert archive(server, "").nearest(PAGE, DAY) is None
    assert archive(server).ask_for_copy(PAGE) is False
    assert server.asked == []


def test_a_copy_is_asked_for_with_post_and_the_key(server):
    server.ways["/save"] = answer(200, b'{"job_id": "spn2-1"}', Content_Type="application/json")
    asking = archive(server, save=server.url("/save"), authorization="LOW key:secret")
    assert asking.ask_for_copy(PAGE) is True
    method, _path, headers = server.asked[0]
    assert (method, headers["Authorization"]) == ("POST", "LOW key:secret")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_copy_is_asked_for_with_get_where_the_address_says_so(server):
    server.ways["/save/http://example.org/a"] = answer(302, Location=KEPT)
    asking = archive(server, save=server.url("/save/{url}"))
    assert asking.ask_for_copy("http://example.org/a") is True
    assert asking.ask_for_copy("http://example.org/b") is False

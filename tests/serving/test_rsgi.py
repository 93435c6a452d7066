"""The event loop before the site: bodies within a deadline, threads that never wait for clients."""

import asyncio
import threading
from collections import Counter
from types import SimpleNamespace

import pytest
from django.http import FileResponse, HttpResponse
from granian.rsgi import ProtocolClosed

from serving import rsgi
from serving.bodies import UNREAD
from serving.dear import QUICK, Wish, wished
from serving.file_answers import PartResponse
from serving.file_cache import FILES

FORM = "/cases/a-case/correct/"


class Headers(dict):
    """As granian has them: several of one name are several items."""

    def __init__(self, *pairs):
        self.pairs = pairs

    def items(self):
        return self.pairs


def scope(method="GET", path="/", *headers, query="", version="1.1", authority=None):
    return SimpleNamespace(
        method=method,
        path=path,
        query_string=query,
        scheme="http",
        server="127.0.0.1:8000",
        client="10.0.0.9:5555",
        http_version=version,
        authority=authority,
        headers=Headers(*headers),
    )


class Protocol:
    """What granian gives an application; `body` is what comes, or an exception."""

    def __init__(self, body=b""):
        self.body, self.said = body, None
        self.was_read = False

    async def __call__(self):
        self.was_read = True
        if isinstance(self.body, Exception):
            raise self.body
        if self.body is None:
            await asyncio.sleep(60)
        return self.body

    def response_bytes(self, status, headers, body):
        self.said = status, dict(headers), body

    def response_file_range(self, status, headers, path, start, end):
        self.said = status, dict(headers), (path, start, end)

    def response_file(self, status, headers, path):
        self.said = status, dict(headers), path


def echo(environ, start):
    """Answers with what was sent, and why nothing was read."""
    start("200 OK", [("X-Unread", str(environ.get(UNREAD, "")))])
    return [environ["wsgi.input"].read()]


def posted(body, *, length=None, path=FORM, cookie="csrftoken=a"):
    length = str(len(body or b"") if length is None else length)
    headers = [("content-length", length), ("cookie", cookie), ("content-type", "text/plain")]
    return scope("POST", path, *headers), Protocol(body)


def serve(application, *requests):
    async def main():
        await asyncio.gather(*(application(each, protocol) for each, protocol in requests))

    asyncio.run(main())
    return [protocol.said for _scope, protocol in requests]


@pytest.fixture
def site(settings):
    settings.BODY_SECONDS = 0.05
    return rsgi.Application(echo, lambda environ: "sessionid=known" in environ["HTTP_COOKIE"])


def test_a_body_is_whole_before_a_thread_sees_it(site):
    [(status, headers, body)] = serve(site, posted(b"all of it"))
    assert (status, headers["X-Unread"], body) == (200, "", b"all of it")


def test_a_body_that_does_not_come_in_time_is_given_up(site):
    [(_status, headers, body)] = serve(site, posted(None, length=100))
    assert (headers["X-Unread"], body) == ("408", b"")


@pytest.mark.parametrize(
    "asked, status",
    [
        (posted(b"a", path="/about/"), "405"),
        (posted(b"a", length=70_000), "413"),
        (posted(b"a", cookie=""), "403"),
        (posted(b"a", path="/nowhere/"), "404"),
        (posted(b"a" * 9000, path="/admin/cases/case/add/"), "403"),
    ],
)
def test_what_can_be_refused_is_refused_unread(site, asked, status):
    [(_status, headers, body)] = serve(site, asked)
    assert (headers["X-Unread"], body) == (status, b"")
    assert not asked[1].was_read


def test_whoever_has_logged_in_may_send_much(site):
    cookie = "csrftoken=a; sessionid=known"
    [(_s, headers, body)] = serve(
        site, posted(b"a" * 9000, path="/admin/cases/case/add/", cookie=cookie)
    )
    assert (headers["X-Unread"], len(body)) == ("", 9000)


def test_no_more_is_read_at_once_than_there_is_room_for(site):
    site.budgets[False].most = 300
    said = serve(site, *(posted(None, length=60) for _ in range(3)))
    assert sorted(headers["X-Unread"] for _s, headers, _b in said) == ["408", "503", "503"]
    assert site.budgets[False].taken == 0


def test_a_client_that_goes_while_it_sends_leaves_nothing_behind(site):
    asked, protocol = posted(b"", length=10)
    protocol.body = ProtocolClosed()
    assert serve(site, (asked, protocol)) == [None]
    assert site.budgets[False].taken == 0


def test_where_too_many_wait_the_next_is_told_to_come_back(site):
    go = threading.Event()
    site.wsgi = lambda environ, start: go.wait(5) and echo(environ, start)
    site.quick.most_waiting = 1
    requests = [(scope(), Protocol()) for _ in range(8)]
    threading.Timer(0.3, go.set).start()
    said = serve(site, *requests)
    busy = [headers for status, headers, _body in said if status == 503]
    assert 0 < len(busy) < 8
    assert busy[0]["Retry-After"]
    site.desk.most_waiting = 0
    go.set()
    [(_status, headers, _body)] = serve(
        site,
        posted(b"a" * 9000, path="/admin/cases/case/add/", cookie="csrftoken=a; sessionid=known"),
    )
    assert headers["Retry-After"]


def test_readers_do_not_wait_behind_those_who_write(site):
    go = threading.Event()

    def answers(environ, start):
        if environ["REQUEST_METHOD"] == "POST" or environ["PATH_INFO"].startswith("/admin/"):
            assert go.wait(5)
        else:
            go.set()
        return echo(environ, start)

    site.wsgi = answers
    writing = [posted(b"a") for _ in range(4)] + [(scope(path="/admin/"), Protocol())] * 4
    said = serve(site, *writing, (scope(), Protocol()))
    assert {status for status, _headers, _body in said} == {200}


def test_an_application_that_fails_answers_500_and_its_thread_goes_on(site, caplog):
    def fails(environ, start):
        raise ZeroDivisionError

    site.wsgi = fails
    assert [s for s, _h, _b in serve(site, *[(scope(), Protocol()) for _ in range(5)])] == [500] * 5
    assert "failed" in caplog.text
    site.wsgi = echo
    assert serve(site, (scope(), Protocol()))[0][0] == 200


def test_an_answer_that_breaks_off_is_no_answer(site, caplog):
    def breaks(environ, start):
        start("200 OK", [])
        yield b"a"
        raise ZeroDivisionError

    site.wsgi = breaks
    assert serve(site, (scope(), Protocol()))[0][0] == 500


def kept(size=100_000):
    file = FILES.put("a", "v", 0, [("Content-Type", "text/csv")], [b"x" * size])

    def sends(environ, start):
        response = file.response()
        start("200 OK", list(response.items()))
        return response

    return file, sends


def test_a_file_leaves_without_a_thread(site):
    file, site.wsgi = kept()
    [(status, headers, path)] = serve(site, (scope(), Protocol()))
    assert (status, path, headers["Content-Length"]) == (200, str(file.path), "100000")


def test_a_static_file_is_sent_from_where_it_is(site, tmp_path):
    path = tmp_path / "font"
    path.write_bytes(b"x" * 70_000)
    site.wsgi = lambda environ, start: (
        start("200 OK", [("Content-Length", "70000")]),
        FileResponse(path.open("rb")),
    )[1]
    assert serve(site, (scope(), Protocol()))[0][2] == str(path)
    path.write_bytes(b"small")
    assert serve(site, (scope(), Protocol()))[0][2] == b"small"
    path.write_bytes(b"x" * 70_000)
    assert serve(site, (scope("HEAD"), Protocol()))[0][2] == b"x" * 70_000  # hyper sends the head


def test_slow_work_of_the_desk_has_threads_of_its_own(site):
    names = {}

    def named(environ, start):
        names[environ["PATH_INFO"]] = threading.current_thread().ident
        start("200 OK", [])
        return HttpResponse("")

    site.wsgi = named
    slow = ("/admin/audit.csv", "/admin/cited-addresses/7/")
    serve(site, *((scope(path=path), Protocol()) for path in slow))
    assert names[slow[0]] == names[slow[1]]  # THREADS is 2, so there is one
    serve(site, *((scope(path="/admin/"), Protocol()) for _ in range(4)))
    assert names["/admin/"] != names[slow[0]]


def dear_site(site, made_by):
    """A site whose answers are dear: a quick thread only tells what is made already."""

    def answers(environ, start):
        path = environ["PATH_INFO"]
        if path == "/quick/" or path in made_by:
            return echo(environ, start)
        if environ[QUICK]:
            response = wished(Wish.THREAD)
        else:
            made_by[path] = threading.current_thread().ident
            response = HttpResponse("made")
        start(f"{response.status_code} ", list(response.items()))
        return response

    site.wsgi = answers


def test_what_is_dear_is_made_by_one_thread_of_its_own(site, settings):
    made_by = {}
    dear_site(site, made_by)
    said = serve(site, *((scope(path=f"/{n}"), Protocol()) for n in range(5)))
    assert {(status, body) for status, _headers, body in said} == {(200, b"made")}
    assert len(set(made_by.values())) == 1


def test_one_client_holds_a_quarter_of_the_places_before_the_dear_thread(site):
    go, made_by = threading.Event(), {}
    dear_site(site, made_by)
    answers = site.wsgi

    def waits(environ, start):
        assert environ[QUICK] or go.wait(5)
        return answers(environ, start)

    site.wsgi = waits
    asked = [scope(path=f"/{n}") for n in range(12)]
    asked.append(scope(path="/other/"))
    asked[-1].client = "192.0.2.9:5555"
    threading.Timer(0.3, go.set).start()
    said = serve(site, *((each, Protocol()) for each in asked))
    statuses = [status for status, _headers, _body in said]
    assert Counter(statuses[:12]) == {200: 5, 503: 7} and statuses[12] == 200


def test_reading_goes_on_while_the_dear_thread_is_at_work(site):
    go, at_work = threading.Event(), threading.Event()
    made_by = {}
    dear_site(site, made_by)
    answers = site.wsgi

    def waits(environ, start):
        if not environ[QUICK]:
            at_work.set()
            assert go.wait(5)
        elif environ["PATH_INFO"] == "/quick/":
            assert at_work.wait(5)
            go.set()
        return answers(environ, start)

    site.wsgi = waits
    dear = [(scope(path=f"/{n}"), Protocol()) for n in range(3)]
    said = serve(site, *dear, (scope(path="/quick/"), Protocol()))
    assert [status for status, _headers, _body in said] == [200] * 4


def test_who_waits_for_what_another_makes_holds_no_thread(site, monkeypatch):
    monkeypatch.setattr(rsgi, "_ASKED_AGAIN", 0.02)
    asked = []

    def answers(environ, start):
        asked.append(threading.current_thread().ident)
        if len(asked) < 5:
            response = wished(Wish.TIME)
            start("503 ", list(response.items()))
            return response
        return echo(environ, start)

    site.wsgi = answers
    assert serve(site, (scope(), Protocol()))[0][0] == 200
    assert len(asked) == 5


def test_nobody_waits_for_ever_for_what_is_dear(site, monkeypatch):
    monkeypatch.setattr(rsgi, "_ASKED_AGAIN", 0.02)
    monkeypatch.setattr(rsgi, "_LONGEST_WAIT", 0.1)

    def answers(environ, start):
        response = wished(Wish.TIME if environ["PATH_INFO"] == "/" else Wish.THREAD)
        start("503 ", list(response.items()))
        return response

    site.wsgi = answers
    [(status, headers, body)] = serve(site, (scope(), Protocol()))
    assert (status, body) == (503, rsgi.BUSY) and headers["Retry-After"]
    site.dear.most_waiting = 0
    [(status, headers, _body)] = serve(site, (scope(path="/dear"), Protocol()))
    assert status == 503 and headers["Retry-After"]


def test_a_part_of_a_file_leaves_without_a_thread(site, tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 200_000)

    def sends(environ, start):
        response = PartResponse(tmp_path / "file", 10, 150_000, {"Content-Length": "149990"})
        start("206 ", list(response.items()))
        return response

    site.wsgi = sends
    [(status, headers, said)] = serve(site, (scope(), Protocol()))
    assert (status, headers["Content-Length"]) == (206, "149990")
    assert said == (str(tmp_path / "file"), 10, 150_000)


def test_headers_become_an_environ():
    asked = scope(
        "GET",
        "/café",
        ("host", "example.org"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-forwarded-for", "1.1.1.1"),
        ("x-forwarded-for", "2.2.2.2"),
        ("x_forwarded_for", "6.6.6.6"),
        ("content-type", "text/plain"),
        query="q=ä",
    )
    environ = rsgi.environ_of(asked)
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/café"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=ä"
    assert environ["HTTP_HOST"] == "example.org"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["REMOTE_ADDR"] == "10.0.0.9"
    assert rsgi.environ_of(scope(version="2", authority="h2.example"))["HTTP_HOST"] == "h2.example"


def test_a_client_that_has_gone_does_not_matter():
    async def main():
        done = asyncio.get_running_loop().create_future()
        done.cancel()
        rsgi._settle(done, 1, None)

    asyncio.run(main())

"""One address asked of servers on loopback that misbehave in every way."""

import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sources.links.passages import Looked
from sources.links.verdicts import Outcome

from .servers import (
    QUICK,
    Server,
    answer,
    by_method,
    checker,
    drip,
    endless,
    hang,
    page,
    self_signed,
)

LONG = "The parties agreed to end the fighting and to meet again in spring. " * 10
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def check(server, path="/a", passages=(), **over):
    started = time.monotonic()
    verdict = checker(server, **over).check(server.url(path), passages)
    assert time.monotonic() - started < QUICK.everything + 1
    return verdict


def test_a_page_is_there_with_its_title_and_its_passage(server):
    server.ways["/a"] = page(LONG, title="On  the\n talks")
    verdict = check(server, passages=["agreed to end the fighting"])
    assert (verdict.outcome, verdict.status, verdict.title) == ("ok", 200, "On the talks")
    assert verdict.found[0].looked == Looked.FOUND
    assert (verdict.final, verdict.moved_to) == ("", "")
    agents = {headers["User-Agent"] for _m, _p, headers in server.asked}
    assert agents == {"peacesite (+https://example.org)"}
    assert {headers["Host"] for _m, _p, headers in server.asked} == {f"good.test:{server.port}"}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "gone"),
        (410, "gone"),
        (401, "refused"),
        (403, "refused"),
        (429, "refused"),
        (451, "refused"),
        (500, "server-error"),
        (503, "server-error"),
        (599, "server-error"),
        (304, "unreachable"),
    ],
)
def test_what_a_status_means(server, status, outcome):
    server.ways["/a"] = answer(status)
    verdict = check(server)
    assert (verdict.outcome, verdict.status) == (outcome, status)


@pytest.mark.parametrize("denied", [403, 404, 405, 500, 501])
def test_what_head_denies_get_decides(server, denied):
    server.ways["/a"] = by_method(head=answer(denied), get=page("Here"))
    assert check(server).outcome == Outcome.OK


def test_a_head_that_lies_is_found_out(server):
    server.ways["/a"] = by_method(head=page("Here"), get=answer(404))
    assert check(server).outcome == Outcome.GONE


def test_a_head_that_hangs_or_breaks_off_is_asked_again_with_get(server):
    server.ways["/a"] = by_method(head=hang(seconds=1), get=page("Here"))
    server.ways["/b"] = by_method(head=lambda c, r: c.close(), get=page("Here"))
    assert check(server).outcome == Outcome.OK
    assert check(server, "/b").outcome == Outcome.OK


def test_of_a_file_the_head_is_enough(server):
    server.ways["/a"] = answer(200, b"%PDF", Content_Type="application/pdf")
    verdict = check(server, passages=["agreed to end"])
    assert verdict.outcome == Outcome.OK
    assert verdict.found[0].looked == Looked.NOT_LOOKED
    assert verdict.found[0].difference == "application/pdf"
    assert server.paths("GET") == []


@pytest.mark.parametrize(
    "way",
    [
        hang(),
        hang(b"HTTP/1.1 200 OK\r\nContent-Type: text/ht"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-Pad: y\r\n"),
    ],
    ids=["before", "within a header", "slow header", "continue for ever", "slow headers"],
)
def test_what_never_ends_is_ended(server, way):
    server.ways["/a"] = way
    assert check(server).outcome == Outcome.TIMED_OUT


@pytest.mark.parametrize(
    "way",
    [
        hang(HTML),
        hang(HTML + b"<p>Half"),
        drip(HTML, b"x"),
        endless(HTML),
        answer(200, b"short", Content_Type="text/html", Content_Length=5000),
        HTML.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n") + b"zz\r\nnot a chunk",
    ],
    ids=["no body", "half a body", "drip", "endless", "too short", "no chunks"],
)
def test_a_page_whose_end_never_comes_is_there_and_its_passage_could_not_be_looked_for(server, way):
    server.ways["/a"] = way
    verdict = check(server, passages=["agreed to end the fighting"])
    assert (verdict.outcome, verdict.status) == (Outcome.OK, 200)
    assert verdict.found[0].looked == Looked.NOT_LOOKED


@pytest.mark.parametrize(
    "way",
    [b"SSH-2.0-OpenSSH\r\n\r\n", lambda c, r: c.close(), b"HTTP/1.1 abc\r\n\r\n", b"\0" * 500],
    ids=["another protocol", "nothing", "no status", "noughts"],
)
def test_what_is_no_answer_is_not_reachable(server, way):
    server.ways["/a"] = way
    assert check(server).outcome == Outcome.UNREACHABLE


def test_more_headers_than_anybody_needs(server):
    head = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000))
    server.ways["/a"] = head + b"\r\n"
    assert check(server).outcome == Outcome.UNREACHABLE


def test_nobody_listens_and_no_such_host(server):
    server.stop()
    time.sleep(0.05)
    assert check(server).outcome == Outcome.UNREACHABLE
    assert checker().check("http://nowhere.test/").outcome == Outcome.NO_HOST


def test_a_bomb_is_unpacked_no_further_than_it_may(server):
    bomb = gzip.compress(b"<p>" + b"\0" * 30_000_000)
    assert len(bomb) < QUICK.body
    server.ways["/a"] = answer(200, bomb, Content_Type="text/html", Content_Encoding="gzip")
    verdict = check(server, passages=["agreed to end the fighting"])
    assert verdict.outcome == Outcome.OK
    assert verdict.found[0].looked == Looked.NOT_LOOKED


@pytest.mark.parametrize(("encoding", "found"), [("gzip", "found"), ("br", "not-looked")])
def test_packing_that_nobody_asked_for(server, encoding, found):
    packed = gzip.compress(f"<html><body><p>{LONG}</p></body></html>".encode())
    server.ways["/a"] = answer(200, packed, Content_Type="text/html", Content_Encoding=encoding)
    assert check(server, passages=["agreed to end the fighting"]).found[0].looked == found
    assert {headers["Accept-Encoding"] for _m, _p, headers in server.asked} == {"identity"}


@pytest.mark.parametrize("said", ["utf-8", "no-such-thing", "ascii"])
def test_the_encoding_that_a_page_names_may_be_wrong(server, said):
    text = f"<html><body><p>{LONG} Les négociations ont commencé à Genève.</p></body></html>"
    kind = f"text/html; charset={said}"
    server.ways["/a"] = answer(200, text.encode("latin-1"), Content_Type=kind)
    found = check(server, passages=["Les négociations ont commencé à Genève"]).found[0]
    assert found.looked == Looked.FOUND


def test_a_wall_of_cookies_proves_nothing_against_a_passage(server):
    server.ways["/a"] = page("We value your privacy. Accept all cookies?")
    assert check(server, passages=["agreed to end the fighting"]).found[0].looked == "not-looked"


@pytest.mark.parametrize(
    ("status", "outcome"), [(301, "redirected"), (308, "redirected"), (302, "ok"), (307, "ok")]
)
def test_only_a_permanent_redirect_is_a_new_address(server, status, outcome):
    server.ways["/a"] = answer(status, Location="/b?x=1#part")
    server.ways["/b"] = page("Here")
    verdict = check(server)
    assert (verdict.outcome, verdict.final) == (outcome, server.url("/b?x=1"))
    assert verdict.moved_to == (server.url("/b?x=1") if status in (301, 308) else "")


def test_a_permanent_redirect_by_way_of_one_for_now_is_no_new_address(server):
    server.ways |= {"/a": answer(301, Location="/b"), "/b": answer(302, Location="/c")}
    server.ways["/c"] = page("Here")
    assert check(server).moved_to == ""


def test_where_a_redirect_leads_may_be_gone(server):
    server.ways["/a"] = answer(301, Location="/b")
    verdict = check(server)
    assert (verdict.outcome, verdict.final) == (Outcome.GONE, server.url("/b"))


def test_redirects_in_a_circle_and_without_end(server):
    server.ways["/a"] = answer(302, Location="/b")
    server.ways["/b"] = answer(302, Location="/a")
    server.ways["/n"] = lambda c, r: answer(302, Location=r[1] + "?" if "?" in r[1] else "/n?")
    assert check(server).outcome == Outcome.ENDLESS
    assert check(server, "/n").outcome == Outcome.ENDLESS
    assert len(server.paths("HEAD")) == 2 * (QUICK.redirects + 1)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "//user:secret@good.test/",
        "http://good.test:22/",
        "http://inside.test/",
        "http://[::ffff:10.0.0.1]/",
        "javascript:alert(1)",
        "http://exa mple.org/",
    ],
)
def test_a_redirect_leads_nowhere_that_we_may_not_ask(server, location):
    server.ways["/a"] = answer(302, Location=location)
    verdict = check(server, numbers={"inside.test": ["10.1.2.3"], "localhost": ["127.0.0.1"]})
    assert verdict.outcome == Outcome.NOT_ASKED
    assert server.paths() == ["/a"]


def test_a_redirect_to_nowhere(server):
    server.ways["/a"] = answer(302)
    assert check(server).outcome == Outcome.UNREACHABLE


def test_a_name_is_resolved_once_for_each_question_and_that_number_is_asked(server):
    """Rebinding: the name means us the first time, and a host within afterwards."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    server.ways["/a"] = answer(302, Location="/b")
    server.ways["/b"] = page("Secret")
    numbers = {"good.test": lambda _host: next(answers)}
    verdict = check(server, numbers=numbers)
    assert verdict.outcome == Outcome.NOT_ASKED
    assert server.paths() == ["/a"]
    assert len(list(answers)) == 1


def test_a_host_with_one_number_within_is_not_asked(server):
    verdict = check(server, numbers={"good.test": ["127.0.0.1", "10.0.0.1"]})
    assert verdict.outcome == Outcome.NOT_ASKED
    assert server.asked == []


def test_robots_may_forbid_it(server):
    server.ways["/robots.txt"] = answer(200, b"User-agent: peacesite\nDisallow: /a\n")
    server.ways["/a"] = server.ways["/b"] = page("Here")
    asking = checker(server)
    verdict = asking.check(server.url("/a"))
    assert (verdict.outcome, verdict.detail) == (Outcome.REFUSED, "robots.txt")
    assert server.paths() == []
    assert asking.check(server.url("/b")).outcome == Outcome.OK
    assert [p for _m, p, _h in server.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        (answer(404), "ok"),
        (answer(403), "ok"),
        (answer(500), "refused"),
        (hang(), "refused"),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"# much\n" * 2000), "ok"),
        (answer(200, b"\xff\xfe\0\0 no robots"), "ok"),
        (answer(302, Location="/robots.txt"), "ok"),
        (answer(302, Location="http://10.0.0.1/robots.txt"), "refused"),
    ],
    ids=["none", "closed", "broken", "hangs", "endless", "rubbish", "circle", "leads within"],
)
def test_robots_that_are_not_there_or_misbehave(server, robots, outcome):
    server.ways |= {"/robots.txt": robots, "/a": page("Here")}
    assert check(server).outcome == outcome


def test_the_robots_of_where_a_redirect_leads_hold_too(server, other):
    server.ways["/a"] = answer(302, Location=other.url("/b", "other.test"))
    other.ways["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /\n")
    asking = checker(server, other)
    assert asking.check(server.url("/a")).detail == "robots.txt"
    assert other.paths() == []


def test_a_server_that_asks_to_be_left_alone_is(server):
    server.ways["/a"] = answer(429, Retry_After="120")
    verdict = check(server)
    assert (verdict.outcome, verdict.leave_alone) == (Outcome.REFUSED, timedelta(minutes=2))
    assert server.paths("GET") == []
    at = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    server.ways["/b"] = answer(503, Retry_After=at)
    assert timedelta(minutes=59) < check(server, "/b").leave_alone <= timedelta(hours=1)
    for rubbish in ("soon", "-5", "Mon, 99 Foo 2026", "9" * 400):
        server.ways["/c"] = answer(503, Retry_After=rubbish)
        assert timedelta(0) <= check(server, "/c").leave_alone <= timedelta(days=7)


def test_the_pause_that_robots_ask_for_is_kept(server):
    server.ways["/robots.txt"] = answer(200, b"User-agent: *\nCrawl-delay: 20\nDisallow: /x")
    server.ways["/a"] = page("Here")
    assert check(server).leave_alone == timedelta(seconds=20)


def test_certificates_are_those_of_the_name(tmp_path):
    serving, trusting = self_signed(tmp_path, "good.test")
    server = Server(serving)
    server.ways["/a"] = page("Here")
    try:
        for host, context, outcome in (
            ("good.test", None, Outcome.BAD_CERTIFICATE),
            ("good.test", trusting, Outcome.OK),
            ("other.test", trusting, Outcome.BAD_CERTIFICATE),
        ):
            address = server.url("/a", host, "https")
            verdict = checker(server, context=context).check(address)
            assert verdict.outcome == outcome, (host, verdict)
        assert "match" in verdict.detail
    finally:
        server.stop()


def test_https_of_a_server_that_speaks_none(server):
    assert checker(server).check(server.url("/a", scheme="https")).outcome == Outcome.UNREACHABLE


def test_without_the_ports_of_a_test_loopback_is_closed(server):
    asking = checker()
    assert asking.check(server.url("/a")).outcome == Outcome.NOT_ASKED
    assert asking.check("http://good.test/").outcome == Outcome.NOT_ASKED
    assert server.asked == []

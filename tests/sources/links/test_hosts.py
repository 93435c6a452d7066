"""Which addresses may be asked: whatever is not public is refused, in whatever notation."""

import ipaddress
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.links.hosts import host_of, is_public, resolved, target_of
from sources.links.verdicts import Outcome, Trouble

from .servers import checker


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "127.255.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "0.1.2.3", "100.64.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
        *("255.255.255.255", "192.0.2.1", "198.18.0.1", "192.0.0.8"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::1", "2001:0:7f00:1::1", "100::1"),
    ],
)
def test_what_is_not_of_the_public_net(number):
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    [
        *("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"),
        *("64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"),
    ],
)
def test_what_is(number):
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/"),
        *("http://0x7f.1/", "http://127.0.0.1./", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1%25eth0]/"),
        *("http://[::ffff:7f00:1]/", "http://[", "http://[::1", "http://[zz]/"),
        *("http://localhost/", "http://LOCALHOST./", "http://inside.test/"),
        *("http://good.test:8080/", "http://good.test:0/", "http://good.test:99999/"),
        *("https://good.test:22/", "file:///etc/passwd", "ftp://good.test/", "gopher://a/"),
        *("data:text/html,x", "javascript:alert(1)", "//good.test/", "good.test", ""),
        *("http://", "http:///a", "http://a@good.test/", "http://a:b@good.test/"),
        *("http://good.test\\@10.0.0.1/", "http://good.test/\r\nHost: x", "http://go od.test/"),
        *("http://good.test/\x00", "http://" + "a" * 64 + ".test/", "http://a..b/", "http://-/"),
        "http://good.test/" + "a" * 3000,
        "http://1.2.3.4.5/",
    ],
)
def test_what_may_not_be_asked_is_not(address):
    within = {"localhost": ["127.0.0.1"], "localhost.": ["::1"], "inside.test": ["192.168.0.9"]}
    assert checker(numbers=within).check(address).outcome == Outcome.NOT_ASKED


def test_an_address_is_taken_apart():
    target = target_of("HTTPS://Bücher.Example:443/a b/ü?q=ü&x=%20".replace(" ", "%20"))
    assert target.host == "xn--bcher-kva.example"
    assert target.url == "https://xn--bcher-kva.example/a%20b/%C3%BC?q=%C3%BC&x=%20"
    assert target_of("http://example.org").url == "http://example.org/"
    assert target_of("http://[2606:2800:220:1::1]/x").url == "http://[2606:2800:220:1::1]/x"


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"https?://[a-z0-9.:@\[\]%0-9-]{0,40}(/\S{0,20})?", fullmatch=True),
    )
)
def test_whatever_is_typed_is_an_address_or_refused(typed):
    try:
        target = target_of(typed)
    except Trouble as trouble:
        assert trouble.outcome == Outcome.NOT_ASKED
        return
    assert target.scheme in ("http", "https") and target.port in (80, 443)
    assert target_of(target.url) == target
    assert host_of(typed) == target.host


def test_the_host_that_has_its_turn():
    assert host_of("https://Example.ORG:443/a") == "example.org"
    assert [host_of(odd) for odd in ("", "mailto:a@b", "http://[", "http://0x7f/")] == [""] * 4


def test_names_are_resolved_within_their_time(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(2) or [])
    with pytest.raises(Trouble) as raised:
        resolved("slow.test", 80, 0.1)
    assert raised.value.outcome == Outcome.TIMED_OUT


@pytest.mark.parametrize(
    ("number", "outcome"),
    [(socket.EAI_NONAME, Outcome.NO_HOST), (socket.EAI_AGAIN, Outcome.TIMED_OUT)],
)
def test_a_name_that_is_none_and_a_resolver_that_is_away(monkeypatch, number, outcome):
    def fail(*_args, **_kwargs):
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Trouble) as raised:
        resolved("odd.test", 80, 1)
    assert raised.value.outcome == outcome
    monkeypatch.undo()
    assert resolved("127.0.0.1", 80, 1) == ["127.0.0.1"]

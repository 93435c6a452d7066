import pytest

from corrections import limits
from serving.client_address import of_request


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "nonsense", "10.0.0.9"),
        (1, "203.0.113.7:4711", "203.0.113.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_the_client_is_what_the_last_trusted_proxy_saw(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert of_request(request) == address


def test_an_address_may_send_so_many_in_an_hour_and_is_told_how_long_to_wait():
    for _ in range(limits.PER_ADDRESS):
        assert limits.spend("203.0.113.7", now=7200 + 60) == 0
    assert limits.spend("203.0.113.7", now=7200 + 600) == 3000
    assert limits.spend("203.0.113.8", now=7200 + 600) == 0
    assert limits.spend("203.0.113.7", now=7200 + 3600) == 0


def test_the_site_takes_so_many_in_an_hour(monkeypatch):
    monkeypatch.setattr(limits, "SITE_WIDE", 3)
    assert [limits.spend(f"203.0.113.{n}", now=60) for n in range(4)] == [0, 0, 0, 3540]


def test_an_address_over_its_limit_does_not_use_up_the_sites(monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    monkeypatch.setattr(limits, "SITE_WIDE", 2)
    for _ in range(5):
        limits.spend("203.0.113.7", now=60)
    assert limits.spend("203.0.113.8", now=60) == 0


def test_one_household_counts_once_on_ipv6(monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    assert limits.spend("2001:db8:0:1::1", now=60) == 0
    assert limits.spend("2001:db8:0:1:ffff::2", now=60) > 0
    assert limits.spend("2001:db8:0:2::1", now=60) == 0


def test_strange_addresses_are_counted_too(monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    for strange in ("", "unix:/run/site.sock", "fe80::1%eth0"):
        assert (limits.spend(strange, now=60) == 0, limits.spend(strange, now=60) > 0) == (
            True,
            True,
        )

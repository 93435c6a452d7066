"""A proxy that is not counted is noticed: behind it a stranger locks a colleague out."""

import pytest

from serving.client_address import UncountedProxy


@pytest.fixture(autouse=True)
def unseen(monkeypatch):
    monkeypatch.setattr(UncountedProxy, "seen", False)


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted", "seen"),
    [
        ("127.0.0.1", "203.0.113.5", 0, True),
        ("10.0.0.7", "203.0.113.5", 0, True),
        ("10.0.0.7", "203.0.113.5", 1, False),
        ("10.0.0.7", "", 0, False),
        ("203.0.114.9", "203.0.113.5", 0, False),  # a client that makes it up
        ("", "203.0.113.5", 0, False),
    ],
)
def test_it_is_seen_by_its_private_address(settings, peer, forwarded, counted, seen):
    settings.TRUSTED_PROXIES = counted
    meta = {"REMOTE_ADDR": peer} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    UncountedProxy.look_at(meta)
    assert UncountedProxy.seen is seen


def test_readiness_says_so(client, db, settings):
    settings.TRUSTED_PROXIES = 0
    wrong = {"username": "somebody", "password": "wrong"}
    client.post("/admin/login/", wrong, HTTP_X_FORWARDED_FOR="203.0.113.5")
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "proxies: Requests come through a proxy" in ready.content.decode()

"""The headers of every answer: a strict content security policy, and no cookies for readers."""

import pytest

PAGES = ["/", "/cases/", "/corrections/", "/about/", "/admin/login/", "/nowhere/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client, db, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy


@pytest.mark.parametrize("address", PAGES)
def test_types_referrers_and_frames_are_guarded(client, db, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/", "/cases/", "/corrections/", "/about/", "/nowhere/"])
def test_readers_get_no_cookie(client, db, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")

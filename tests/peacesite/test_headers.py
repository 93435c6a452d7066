"""The headers of every answer: a strict content security policy, and no cookies for readers."""

import pytest

from tests.factories import PASSWORD, make_user

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


def test_a_name_is_locked_after_too_many_wrong_passwords(client, db, settings):
    settings.AXES_ENABLED = True
    typed = {"username": "somebody", "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post("/admin/login/", typed).status_code == 200
    locked = client.post("/admin/login/", typed)
    assert locked.status_code == 429
    assert b"Too many wrong passwords" in locked.content


def test_an_address_that_tries_many_names_is_made_to_wait(client, db, settings):
    settings.AXES_ENABLED = True
    for n in range(settings.LOGINS_PER_ADDRESS):
        typed = {"username": f"name-{n}", "password": "wrong"}
        assert client.post("/admin/login/", typed).status_code == 200
    refused = client.post("/admin/login/", typed)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "Nobody can sign in from there" in refused.content.decode()
    assert client.get("/admin/login/").status_code == 200
    elsewhere = client.post("/admin/login/", typed, REMOTE_ADDR="198.51.100.9")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_whoever_signs_in_stays_on_the_site(client, db, next_):
    make_user("edith", is_staff=True)
    typed = {"username": "edith", "password": PASSWORD}
    response = client.post(f"/admin/login/?next={next_}", typed | {"next": next_})
    assert response.headers["Location"] == "/admin/"


def test_the_mark_is_found_where_old_browsers_look(client, db):
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")


def test_behind_a_proxy_a_stranger_locks_nobody_else_out(client, db, settings):
    settings.AXES_ENABLED, settings.TRUSTED_PROXIES = True, 1
    typed = {"username": "somebody", "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        locked = client.post("/admin/login/", typed, HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert locked.status_code == 429
    elsewhere = client.post("/admin/login/", typed, HTTP_X_FORWARDED_FOR="198.51.100.9")
    assert elsewhere.status_code == 200

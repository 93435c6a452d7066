"""deploy/nginx.conf: the mirror first, the site behind it, the mirror again where that is away."""

import gzip
import http.client
import shutil
import time

import pytest

from website.mirror.asking import ask

from .nginx import free_port, nginx, site

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
PAGE = "<!doctype html><title>A case</title>" + "x" * 2000


@pytest.fixture
def mirror(tmp_path):
    """A few files as a mirror has them; open to the user that nginx answers as."""
    root = tmp_path / "mirror"
    for name in ("cases/a", "mirror/away", "mirror/search", ".mirror", "about", "static/css"):
        (root / name).mkdir(parents=True)
    (root / "cases/a/index.html").write_text(PAGE)
    (root / "cases/a/index.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (root / "cases/index.html").write_text("all cases")
    (root / "cases.json").write_text("[]")
    (root / "mirror/away/index.html").write_text("the site is away")
    (root / "mirror/search/index.html").write_text("search")
    (root / "about/index.html").write_text("about")
    (root / ".mirror/ledger.sqlite3").write_text("secret")
    (root / "static/css/base.0123456789ab.css").write_text("p {}")
    for folder in (root, *root.parents):
        if folder.is_relative_to("/tmp") and folder != folder.parent.parent:
            folder.chmod(0o755)
    return root


@pytest.fixture
def served(mirror, tmp_path):
    with site() as site_port, nginx(mirror, tmp_path, site_port=site_port) as port:
        yield port


@pytest.fixture
def away(mirror, tmp_path):
    with nginx(mirror, tmp_path, site_port=free_port()) as port:
        yield port


def asked(port, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        said = response.read()
        if response.headers["Content-Encoding"] == "gzip":
            said = gzip.decompress(said)
        return response.status, said.decode(), response.headers
    finally:
        connection.close()


def test_a_reader_without_a_session_who_asks_no_question_gets_the_file(served):
    status, said, headers = asked(served, "/cases/a/")
    assert (status, said) == (200, PAGE) and headers["Content-Type"] == "text/html; charset=utf-8"
    packed = asked(served, "/cases/a/", Accept_Encoding="gzip")
    assert packed[1] == PAGE and packed[2]["Content-Encoding"] == "gzip"
    assert asked(served, "/cases/a/", If_None_Match=headers["ETag"])[0] == 304


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/cases/?q=peace", {}),
        ("/cases/a/", {"Cookie": "csrftoken=x; sessionid=abc"}),
        ("/cases.json", {}),
        ("/cases/a/correct/", {}),
        ("/admin/", {}),
    ],
)
def test_questions_sessions_and_what_is_no_page_go_to_the_site(served, path, headers):
    _status, said, _headers = asked(served, path, **headers)
    assert said.startswith(f"the site: GET {path} Host=127.0.0.1")
    assert "X-Forwarded-For=127.0.0.1 X-Forwarded-Proto=http" in said


def test_what_is_sent_goes_to_the_site_and_its_answers_pass(served):
    said = asked(served, "/cases/a/", "POST", "words", X_Forwarded_For="6.6.6.6")[1]
    assert said.startswith("the site: POST /cases/a/") and said.endswith("words")
    assert "6.6.6.6" not in said
    assert asked(served, "/nowhere/")[0] == 404


def test_what_is_the_mirrors_own_is_not_served(served, away):
    for port in (served, away):
        assert asked(port, "/.mirror/ledger.sqlite3")[0] == 404
        assert "secret" not in asked(port, "/mirror/../.mirror/ledger.sqlite3")[1]


def test_where_the_site_is_away_all_that_is_a_file_is_read(away):
    for path, headers in (("/cases/a/", {"Cookie": "sessionid=abc"}), ("/about/", {})):
        assert asked(away, path, **headers)[0] == 200
    status, said, headers = asked(away, "/cases.json")
    assert (status, said) == (200, "[]") and headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    ("path", "method"),
    [("/cases/?q=peace", "GET"), ("/cases/a/correct/", "POST"), ("/nowhere/", "GET")],
)
def test_where_the_site_is_away_what_has_to_be_asked_is_answered_in_words(away, path, method):
    status, said, headers = asked(away, path, method, "words" if method == "POST" else None)
    assert (status, said, headers["Retry-After"]) == (503, "the site is away", "10")


def policy(text):
    return {part.split()[0]: sorted(part.split()[1:]) for part in text.split(";")}


@pytest.mark.django_db
def test_files_come_with_the_headers_that_the_site_sends(served, away):
    own = ask("/about/").headers
    for port in (served, away):
        headers = asked(port, "/about/")[2]
        for name in (
            *("content-type", "cache-control", "x-frame-options", "x-content-type-options"),
            *("referrer-policy", "cross-origin-opener-policy"),
        ):
            assert headers.get_all(name) == [own[name]], name
        assert policy(headers["Content-Security-Policy"]) == policy(own["content-security-policy"])


def test_the_policy_is_widened_for_the_search_alone(served):
    search = policy(asked(served, "/mirror/search/?q=x")[2]["Content-Security-Policy"])
    others = policy(asked(served, "/cases/a/")[2]["Content-Security-Policy"])
    assert search.pop("script-src") == ["'self'", "'wasm-unsafe-eval'"]
    assert others.pop("script-src") == ["'self'"] and search == others


def test_the_sites_own_headers_are_not_said_twice(served):
    headers = asked(served, "/cases/?q=x")[2]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers["Content-Security-Policy"] is None  # the double sent none


def test_names_with_a_digest_are_kept_for_ever(served):
    assert "immutable" in asked(served, "/static/css/base.0123456789ab.css")[2]["Cache-Control"]


def test_secret_addresses_stand_in_no_log(served, tmp_path):
    asked(served, "/drafts/abcdef/")
    asked(served, "/cases/a/")
    for _ in range(100):  # nginx writes it every two seconds
        if log := (tmp_path / "access.log").read_text():
            break
        time.sleep(0.1)
    assert "/cases/a/" in log and "drafts" not in log

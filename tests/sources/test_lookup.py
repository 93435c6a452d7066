"""Identifiers typed alone: what they are, and what is learnt of them."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from sources.lookup import Identifier, NotFound, identifiers, look_up

BOOK = "@book{a, title = {On peace}, author = {Doe, Jane}, year = {2001}}"


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("10.1080/13698240108402488", "DOI", "10.1080/13698240108402488"),
        ("https://doi.org/10.1080/1", "DOI", "10.1080/1"),
        ("doi: 10.1080/1", "DOI", "10.1080/1"),
        ("978-0-306-40615-7", "ISBN", "978-0-306-40615-7"),
        ("ISBN 0 306 40615 2", "ISBN", "0 306 40615 2"),
        ("PMID: 12345", "PMID", "12345"),
        ("arXiv:2101.00001v2", "arXiv", "2101.00001"),
        ("https://example.org/a", "URL", "https://example.org/a"),
    ],
)
def test_identifiers_are_known(typed, kind, value):
    assert identifiers(f"\n{typed}\n") == [Identifier(kind, value, 2)]


@pytest.mark.parametrize("typed", ["", BOOK, "10.1080/1\nSome words", "978-0-306-40615-8", "12345"])
def test_other_texts_are_none(typed):
    assert identifiers(typed) is None


@pytest.fixture
def server(settings):
    """Answers /ID with what `answers` has for it."""
    answers = {"10.1%2Fbook": BOOK, "10.1%2Ftwo": BOOK + BOOK, "10.1%2Fno": "<html>"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path.removeprefix("/at/"), "").encode()
            self.send_response(200 if answer else 503 if "busy" in self.path else 404)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.REFERENCE_LOOKUP_URL = f"http://127.0.0.1:{server.server_port}/at/{{}}"
    yield server
    server.shutdown()
    server.server_close()


def test_what_an_identifier_stands_for_is_read(server):
    found = look_up(Identifier("DOI", "10.1/book", 7))
    assert (found.item["title"], found.line) == ("On peace", 7)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("10.1/unknown", "Nobody knows"),
        ("10.1/busy", "503"),
        ("10.1/no", "could not be read"),
        ("10.1/two", "holds 2"),
    ],
)
def test_what_cannot_be_learnt_is_said(server, value, said):
    with pytest.raises(NotFound, match=said):
        look_up(Identifier("DOI", value, 1))


def test_without_an_address_nobody_is_asked(settings):
    settings.REFERENCE_LOOKUP_URL = ""
    with pytest.raises(NotFound, match="REFERENCE_LOOKUP_URL"):
        look_up(Identifier("DOI", "10.1/book", 1))


def test_a_server_that_is_away_is_said(settings):
    settings.REFERENCE_LOOKUP_URL = "http://127.0.0.1:1/{}"
    with pytest.raises(NotFound, match="could not be reached"):
        look_up(Identifier("DOI", "10.1/book", 1))

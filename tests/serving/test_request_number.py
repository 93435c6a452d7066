"""Each request has a number: in the log, in its answer's header, on pages of errors."""

import io
import json
import logging
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings as configured
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

from corrections.log_format import JsonTokensHidden, TokensHidden
from outbox import sending
from outbox.models import OutgoingMail
from serving.outage import BREAKER
from tests.factories import make_edition, make_user
from website.views import about

PERSONAL = ["Rosa", "rosa@example.org", "hunter2", "Marchenko", "203.0.113", "edith"]


@pytest.fixture(params=["lines", "json"])
def log(request):
    """What the site would write to standard error, in both formats."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    line = configured.LOGGING["formatters"]["lines"]["format"]
    handler.setFormatter(
        TokensHidden(line, style="{") if request.param == "lines" else JsonTokensHidden()
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.fixture(autouse=True)
def _the_database_is_asked():
    yield
    BREAKER.close()


def fails(monkeypatch, error):
    """The page “about” fails so."""

    def view(*args, **kwargs):
        raise error

    monkeypatch.setattr(about, "render", view)
    return Client(raise_request_exception=False).get("/about/")


def test_every_answer_has_a_number_of_its_own(client, db):
    numbers = {client.get(a).headers["X-Request-ID"] for a in ("/", "/", "/healthz", "/nowhere/")}
    assert len(numbers) == 4
    assert all(re.fullmatch("[0-9a-f]{12}", number) for number in numbers)


def test_a_page_that_is_kept_has_another_number_each_time(client, db):
    first, second = (client.get("/about/") for _ in range(2))
    assert first.content == second.content
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("proxies", "said", "taken"),
    [
        (1, "4f2c9a10-7b1e-4c55", True),
        (0, "4f2c9a10-7b1e-4c55", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "evil\nline-of-the-log", False),
        (1, "<b>12345678</b>", False),
        (1, "", False),
    ],
)
def test_a_number_is_taken_from_our_proxy_if_it_is_well_formed(
    client, db, settings, proxies, said, taken
):
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/healthz", HTTP_X_REQUEST_ID=said)
    assert (answer.headers["X-Request-ID"] == said) is taken


def test_pages_of_errors_show_the_number_that_the_log_has(db, log, monkeypatch, settings):
    answer = fails(monkeypatch, ValueError("broken"))
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert f"<code>{number}</code>" in answer.content.decode()
    assert number in log.getvalue()
    assert "about.py" in log.getvalue() or "test_request_number.py" in log.getvalue()


@pytest.mark.parametrize(
    ("error", "status"),
    [(SuspiciousOperation("no"), 400), (PermissionError(), 500), (OperationalError("gone"), 503)],
)
def test_so_do_those_of_400_500_and_503(db, monkeypatch, error, status):
    answer = fails(monkeypatch, error)
    assert answer.status_code == status
    assert f"<code>{answer.headers['X-Request-ID']}</code>" in answer.content.decode()


def test_so_does_what_is_refused(db, client):
    strict = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    for answer in (
        strict.post("/admin/login/", {"username": "a"}, HTTP_COOKIE="csrftoken=x"),
        client.post("/admin/login/", {"username": "x" * 10_000}),
    ):
        assert answer.status_code in (403, 413)
        assert f"<code>{answer.headers['X-Request-ID']}</code>" in answer.content.decode()


def test_nothing_of_a_correction_or_a_log_in_stands_in_the_log(db, log, settings, monkeypatch):
    settings.AXES_ENABLED = True
    edition, client = make_edition(), Client(REMOTE_ADDR="203.0.113.5")
    make_user("edith")
    address = reverse("correct", args=[edition.case.slug])
    page = client.get(address).content.decode()
    token = re.search('name="form_token" value="([^"]+)"', page)
    typed = {
        "message": "Marchenko was never there.",
        "name": "Rosa",
        "email": "rosa@example.org",
        "edition": edition.number,
        "form_token": token[1] if token else "",
    }
    for sent in (typed, typed | {"email": "rosa@example.org,"}):
        assert client.post(address, sent).status_code in (200, 302)
    for name in ("edith", "rosa@example.org"):
        for _ in range(settings.AXES_FAILURE_LIMIT + 1):
            client.post("/admin/login/", {"username": name, "password": "hunter2"})
    client.get("/corrections/status/hunter2hunter2/")
    written = log.getvalue()
    assert "Sign-in refused" in written and "Not Found" in written
    assert [each for each in PERSONAL if each in written] == []


@pytest.mark.parametrize(
    "error",
    [
        ValueError("invalid literal for int(): 'Rosa'"),
        IntegrityError("duplicate key\nDETAIL: Failing row contains (rosa@example.org, Marchenko)"),
        OperationalError("deadlock detected\nDETAIL: Row (rosa@example.org, Marchenko)"),
        OSError(28, "No space left", "/tmp/rosa@example.org"),
        KeyError("hunter2"),
    ],
)
def test_nothing_of_an_exception_that_holds_what_was_typed_stands_there(
    db, log, monkeypatch, error
):
    assert fails(monkeypatch, error).status_code in (500, 503)
    assert [each for each in PERSONAL if each in log.getvalue()] == []
    assert log.getvalue()


def test_of_an_exception_that_led_to_another_both_types_are_told(log):
    try:
        try:
            raise ValueError(PERSONAL[0])
        except ValueError as first:
            raise AttributeError("'NoneType' object has no attribute 'pk'") from first
    except AttributeError:
        logging.getLogger("x").exception("It failed.")
    written = log.getvalue()
    assert "ValueError" in written and "Rosa" not in written
    assert "no attribute 'pk'" in written


def test_what_a_mail_server_says_of_an_address_is_not_logged(db, log, monkeypatch, mailoutbox):

    OutgoingMail.objects.create(
        key="a", message_id="<a>", to="rosa@example.org", subject="-", body="Rosa", state="waiting"
    )

    def refuse(self, messages):
        raise SMTPRecipientsRefused({"rosa@example.org": (550, b"Rosa is unknown")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    sending.send_due()
    assert "The mail server refused a: SMTPRecipientsRefused" in log.getvalue()
    assert [each for each in PERSONAL if each in log.getvalue()] == []
    assert "550" in OutgoingMail.objects.get().error


def test_a_line_of_json_is_an_object(log, client, db):
    client.get("/nowhere/")
    if log.getvalue().startswith("{"):
        told = [json.loads(line) for line in log.getvalue().splitlines()]
        assert told[-1]["message"] == "Not Found: /nowhere/"
        assert re.fullmatch("[0-9a-f]{12}", told[-1]["request"])
        assert told[-1]["level"] == "WARNING" and told[-1]["at"] and told[-1]["logger"]
    else:
        assert re.search(r" WARNING django.request \[[0-9a-f]{12}\]: Not Found", log.getvalue())

"""What may be sent is told before it is read; what may not is refused in words, unread."""

import io

import pytest
from django.conf import settings

from serving.bodies import UNREAD, Budget, most_bytes, refusal

FORM = "/cases/a-case/correct/"


class Unreadable(io.BytesIO):
    """A body that nobody may look at."""

    def read(self, *size):
        raise AssertionError("The body was read.")


def environ(path=FORM, length="2000", cookie="csrftoken=abc", **more):
    return {"PATH_INFO": path, "CONTENT_LENGTH": length, "HTTP_COOKIE": cookie} | more


@pytest.mark.parametrize(
    "asked, status",
    [
        (environ(), 0),
        (environ("/admin/cases/case/add/"), 0),
        (environ("/admin/login/", length="100"), 0),
        (environ("/nowhere/"), 404),
        (environ("/about/"), 405),
        (environ("/cases/"), 405),
        (environ(length=""), 411),
        (environ(length="", HTTP_TRANSFER_ENCODING="chunked"), 411),
        (environ(HTTP_TRANSFER_ENCODING="chunked"), 411),
        (environ(length="-5"), 400),
        (environ(length="٣"), 400),
        (environ(length=str(64 * 1024 + 1)), 413),
        (environ(length="9" * 5000), 413),
        (environ("/admin/login/", length="8193"), 413),
        (environ(cookie=""), 403),
        (environ("/caf\u00c3\u00a9/"), 404),
        (environ("/\u00ff/"), 404),
    ],
)
def test_what_is_refused_by_its_head(asked, status):
    assert refusal(asked) == status


def test_each_form_has_its_limit_and_every_other_address_none():
    assert most_bytes("correct") == 64 * 1024
    assert most_bytes("admin:login") < most_bytes("admin:cases_case_change")
    assert most_bytes("catalogue") == 0
    assert most_bytes("other:page") == 0
    assert max(settings.BODY_LIMITS.values()) <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def send(client, path, **environ):
    stream = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": "2000"}
    return client.generic("POST", path, **(stream | environ))


@pytest.mark.parametrize(
    "path, sent, status, words",
    [
        (FORM, {"CONTENT_LENGTH": "70000"}, 413, "too large"),
        (FORM, {"CONTENT_LENGTH": "150000000"}, 413, "64.0\xa0KB"),
        ("/admin/login/", {"CONTENT_LENGTH": "150000000"}, 413, "8.0\xa0KB"),
        (FORM, {UNREAD: 503}, 503, "in half a minute"),
        (FORM, {UNREAD: 408}, 408, "in time"),
        ("/nowhere/", {UNREAD: 503}, 503, "in half a minute"),
        (FORM, {"CONTENT_LENGTH": "x"}, 400, "could not be read"),
    ],
)
def test_it_is_said_in_words_why_nothing_was_read(client, db, path, sent, status, words):
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    response = send(client, path, **sent)
    assert response.status_code == status
    assert words in response.content.decode()
    assert response.has_header("Retry-After") == (status == 503)
    assert "no-store" in response["Cache-Control"]
    assert response.has_header("Content-Security-Policy")


def test_nothing_may_be_sent_to_a_page(client, db):
    response = send(client, "/about/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_budget_has_room_for_several_and_is_not_one_clients():
    budget = Budget(100)
    assert budget.take("one", 20)
    assert not budget.take("one", 20)  # more than a quarter
    assert budget.take("two", 70)  # alone larger than a quarter: it is the first of its client
    assert not budget.take("three", 20)  # no room
    budget.give_back("two", 70)
    assert budget.take("three", 20)
    budget.give_back("one", 20)
    budget.give_back("three", 20)
    assert budget.taken == 0
    assert budget.take("one", 100)

"""What the tests of the desk stand on: cases waiting for review, and reading a page's forms."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db.models import F
from django.urls import reverse

from cases import services as cases
from corrections import services as corrections
from outbox.models import OutgoingMail
from tests.factories import make_case, make_edition


@pytest.fixture
def waiting(editor):
    """`waiting(**over)` is a case of the editor's in review, not published yet."""

    def make(**over):
        return cases.submit(make_case(by=editor, **over), by=editor, reason="Ready to be read.")

    return make


@pytest.fixture
def changed(editor):
    """`changed(**over)` is a published case that the editor has changed and submitted again."""

    def make(edition=None, **over):
        case = (edition or make_edition()).case
        case.refresh_from_db()
        over = over or {"standfirst": "How the talks in Moscow ended it."}
        case = cases.change_case(case, by=editor, reason="A second source.", **over)
        return cases.submit(case, by=editor, reason="Ready again.")

    return make


@pytest.fixture
def accepted(moderator):
    """`accepted(edition)` is a reader's correction of the edition that a moderator accepted."""

    def make(edition):
        sent, _token = corrections.send(
            edition,
            message="The talks were in Khujand.",
            passage="spring",
            suggestion="autumn",
            name="Rosa Reader",
            credit_wanted=True,
        )
        return corrections.accept(sent, by=moderator, reason="Thank you.")

    return make


@pytest.fixture
def page():
    """`page(name, *args)` is the address of a page of the desk."""
    return lambda name, *args: reverse(f"admin:{name}", args=args)


@pytest.fixture
def hidden():
    """`hidden(response)` is what the hidden fields of a page's forms hold, CSRF token apart."""

    def read(response):
        html = response.content.decode()
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
        return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}

    return read


@pytest.fixture
def later():
    """`later(**timedelta)`: that much time passes for all mails that were written."""

    def pass_time(**delta):
        OutgoingMail.objects.update(due_at=F("due_at") - timedelta(**delta))

    return pass_time

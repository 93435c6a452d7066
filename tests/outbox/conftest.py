"""What the tests of the outbox stand on: mails, and mail servers that fail in every way."""

from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from outbox.models import OutgoingMail
from outbox.services import post


@pytest.fixture
def written():
    """`written(n)` is a mail that waits."""

    def write(n=1, **over):
        values = {"to": "rosa@example.org", "subject": f"Number {n}", "body": "Words."} | over
        return post(f"test:{n}", **values)

    return write


@pytest.fixture
def later():
    """`later(**timedelta)`: that much time passes for all mails."""

    def pass_time(**delta):
        for mail in OutgoingMail.objects.all():
            mail.due_at -= timedelta(**delta)
            mail.changed_at -= timedelta(**delta)
            if mail.taken_until:
                mail.taken_until -= timedelta(**delta)
            mail.save()

    return pass_time


@pytest.fixture
def server(settings):
    """`server.fails_at` is "open", "send", "close" or nothing; `server.error` is what it raises."""
    settings.EMAIL_BACKEND = "tests.outbox.conftest.Server"
    Server.fails_at, Server.error, Server.opened = "", OSError("no such server"), 0
    return Server


class Server(EmailBackend):
    """A mail server of ours."""

    fails_at, error, opened = "", None, 0

    def open(self):
        type(self).opened += 1
        self._fail("open")
        return True

    def send_messages(self, messages):
        self._fail("send")
        return super().send_messages(messages)

    def close(self):
        self._fail("close")

    def _fail(self, step):
        if self.fails_at == step:
            raise self.error


@pytest.fixture
def now():
    return timezone.now()

"""What may come of asking an address, and how far one goes to ask it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from .passages import Found


class Outcome(models.TextChoices):
    """What came of asking an address once."""

    OK = "ok", _("there")
    REDIRECTED = "redirected", _("moved for good")
    GONE = "gone", _("gone")
    REFUSED = "refused", _("refused to us")
    SERVER_ERROR = "server-error", _("error of the server")
    TIMED_OUT = "timed-out", _("no answer in time")
    NO_HOST = "no-host", _("no such host")
    UNREACHABLE = "unreachable", _("not reachable")
    BAD_CERTIFICATE = "bad-certificate", _("bad certificate")
    ENDLESS = "endless", _("redirects without end")
    NOT_ASKED = "not-asked", _("no address we may ask")


THERE = frozenset({Outcome.OK, Outcome.REDIRECTED})
FAILING = frozenset(
    {
        *(Outcome.GONE, Outcome.SERVER_ERROR, Outcome.TIMED_OUT),
        *(Outcome.NO_HOST, Outcome.UNREACHABLE),
    }
)
"""What, again and again, makes an address dead. The others say of us rather than of the address:
a person with a browser may well read what is refused to a machine."""


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds, bytes, redirects."""

    connect: float = 10
    read: float = 15  # for each piece of an answer
    total: float = 30  # for one answer, from the connection to its last byte
    everything: float = 60  # for one address with all its redirects
    body: int = 2_000_000  # as it is sent, and as it is unpacked
    robots: int = 500_000  # RFC 9309 asks for as much at least
    redirects: int = 10


@dataclass(frozen=True)
class Verdict:
    """What came of asking an address. `status` is the last HTTP status, 0 for none; `final` where
    all redirects led; `moved_to` the same where they are permanent; `detail` what else a person
    may want to know; `leave_alone` for how long the host asks not to be asked."""

    outcome: Outcome
    status: int = 0
    final: str = ""
    moved_to: str = ""
    title: str = ""
    detail: str = ""
    found: tuple[Found, ...] = ()
    leave_alone: timedelta = timedelta(0)

    @property
    def is_there(self) -> bool:
        """Whether the address led to something."""
        return self.outcome in THERE

    @property
    def is_failure(self) -> bool:
        """Whether it speaks against the address."""
        return self.outcome in FAILING


class Trouble(Exception):
    """A question that came to nothing; `connected` says whether the server was reached."""

    def __init__(
        self, outcome: Outcome, detail: str = "", *, connected: bool = False, status: int = 0
    ) -> None:
        super().__init__(detail)
        self.outcome, self.detail = outcome, detail
        self.connected, self.status = connected, status

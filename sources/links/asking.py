"""One question to one server: bounded in time and bytes, and to the number that was looked at."""

import os
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.client import HTTPException
from threading import Timer
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from .hosts import Resolve, Target, number_of, resolved
from .verdicts import Limits, Outcome, Trouble

_PIECE = 16_384
_UNPACKED = {"gzip", "x-gzip", "deflate"}


@dataclass(frozen=True)
class Answer:
    """What a server answered; `body` is as much of it as was asked for, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    is_whole: bool = True

    @property
    def media_type(self) -> str:
        """Such as text/html; blank where it says none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


Wanted = Callable[[Answer], bool]


class _Watched:
    """What a connection needs so that it can be cut from outside, in whatever state it is."""

    number = ""
    alarm: socket.socket | None = None
    is_cut = False
    is_ready = False  # connected, and with TLS agreed on the keys

    def opened(self, port: int, seconds: float) -> socket.socket:
        """A socket connected to `number`, whatever the name of the host says by now."""
        made = socket.create_connection((self.number, port), seconds)
        self.alarm = socket.socket(fileno=os.dup(made.fileno()))  # TLS takes the other one over
        return made

    def cut(self) -> None:
        """End it, so that whoever waits for it goes on."""
        self.is_cut = True
        if self.alarm is not None:
            with suppress(OSError):
                self.alarm.shutdown(socket.SHUT_RDWR)


class _Plain(_Watched, HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return self.opened(self.port, float(self.timeout))  # type: ignore[arg-type]


class _Secure(_Watched, HTTPSConnection):
    """The certificate must be that of the name."""

    def _new_conn(self) -> socket.socket:
        return self.opened(self.port, float(self.timeout))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class Door:
    """The one way out. `resolve`, `loopback` (ports of this machine) and `context` are for tests:
    no setting opens them."""

    agent: str
    limits: Limits = field(default_factory=Limits)
    resolve: Resolve = resolved
    loopback: frozenset[int] = frozenset()
    context: ssl.SSLContext | None = None

    def ask(
        self,
        method: str,
        target: Target,
        *,
        until: float,
        wanted: Wanted = lambda answer: True,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        most: int | None = None,
    ) -> Answer:
        """The answer; its body only where `wanted` says so of its head, `most` bytes of it at most.
        `until` is when (time.monotonic) all must be over. Raises Trouble."""
        limits = self.limits
        until = min(until, time.monotonic() + limits.total)
        number = number_of(target, self.resolve, min(limits.connect, _left(until)), self.loopback)
        connection = self._connection(target, number, until)
        sent = {"User-Agent": self.agent, "Accept-Encoding": "identity", "Accept": "*/*"}
        with _watched(connection, until):
            connection.connect()
            connection.is_ready = True
            connection.timeout = limits.read
            sent |= dict(headers or {})
            connection.request(
                method,
                target.path,
                body=body,
                headers=sent,
                preload_content=False,
                decode_content=False,
            )
            return _answer(connection, method, wanted, most or limits.body)

    def _connection(self, target: Target, number: str, until: float) -> Any:
        seconds = min(self.limits.connect, _left(until))
        made: Any
        if target.scheme == "https":
            context = self.context or _trusted()
            made = _Secure(target.host, target.port, timeout=seconds, ssl_context=context)
        else:
            made = _Plain(target.host, target.port, timeout=seconds)
        made.number = number
        return made


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Trouble(Outcome.TIMED_OUT)
    return left


@contextmanager
def _watched(connection: Any, until: float) -> Iterator[None]:
    """Cuts the connection when its time is over: a server that sends a byte now and then keeps
    within every limit for one piece. What goes wrong comes out as Trouble."""
    timer = Timer(_left(until), connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Trouble:
        raise
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        connected = connection.is_ready
        if connection.is_cut or isinstance(error, TimeoutError | ReadTimeoutError):
            raise Trouble(Outcome.TIMED_OUT, connected=connected) from error
        if certificate := _certificate_error(error):
            raise Trouble(Outcome.BAD_CERTIFICATE, certificate, connected=connected) from error
        raise Trouble(Outcome.UNREACHABLE, type(error).__name__, connected=connected) from error
    finally:
        timer.cancel()
        connection.close()
        if connection.alarm is not None:
            connection.alarm.close()


def _certificate_error(error: BaseException | None) -> str:
    """What is wrong with a certificate, if that was the error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return str(error.verify_message)
        error = error.__cause__ or error.__context__
    return ""


def _answer(connection: Any, method: str, wanted: Wanted, most: int) -> Answer:
    response = connection.getresponse()
    if connection.is_cut:  # half a head reads like a whole one
        raise Trouble(Outcome.TIMED_OUT, connected=True)
    head = Answer(response.status, response.headers)
    if method == "HEAD" or not wanted(head):
        return head
    packed, is_whole = bytearray(), True
    try:
        for piece in response.stream(_PIECE, decode_content=False):
            packed += piece
            if len(packed) > most:
                is_whole = False
                break
    except (HTTPError, HTTPException, OSError):
        is_whole = False  # less than was promised, or the time is over: what came, counts
    body, unpacked_whole = _unpacked(bytes(packed[:most]), head, most)
    return Answer(head.status, head.headers, body, is_whole and unpacked_whole)


def _unpacked(packed: bytes, head: Answer, most: int) -> tuple[bytes, bool]:
    """The body without its packing, which some servers send unasked: never more than `most` bytes
    of it, however little it was packed into. b"" for a packing that we do not know."""
    encoding = head.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return packed, True
    if encoding not in _UNPACKED:
        return b"", False
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip, or deflate with its head
    try:
        body = unpacking.decompress(packed, most)
    except zlib.error:
        return b"", False
    return body, unpacking.eof

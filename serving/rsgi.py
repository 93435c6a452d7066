"""The site under granian's RSGI, so that no client, however slow, holds a thread.

A WSGI server gives each request a thread that waits for the body and for the reader of the answer:
four clients that send nothing stopped four threads. Here an event loop waits for clients, and a few
threads work: bodies are whole before a thread sees them, answers leave as one object or as a file.
docs/adr/0011 has what was measured.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext, suppress
from http import HTTPStatus
from io import BytesIO
from pathlib import PurePath
from queue import Full, SimpleQueue
from sys import stderr
from threading import Thread
from time import monotonic
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import FileResponse
from granian.rsgi import ProtocolClosed

from .bodies import RETRY_AFTER, SAFE, UNREAD, Budget, refusal
from .client_address import client_address, household
from .dear import QUICK, Wish
from .file_cache import SMALL

logger = logging.getLogger(__name__)

BUSY = b"The site is very busy. Please ask again in half a minute.\n"
_TOLD_EVERY = 0.02  # seconds
_LONGEST_WAIT = 30.0  # seconds for an answer that is made, or begins to be
_ASKED_AGAIN = 0.3  # seconds until a quick thread looks whether another has made it
_SLOWEST = 20_000  # bytes a second, at which the deadline of a body is reckoned


T = TypeVar("T")
Headers = list[tuple[str, str]]


class Lane:
    """Threads that do one kind of work, and what waits for them."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self.most_waiting = most_waiting
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        for _number in range(threads):
            Thread(target=self._work, daemon=True).start()

    def put(self, job: Callable[[], None]) -> None:
        """Have the job done; raises Full where too many wait."""
        if self._jobs.qsize() >= self.most_waiting:
            raise Full
        self._jobs.put(job)

    def _work(self) -> None:
        while True:
            self._jobs.get()()


class Application:
    """A WSGI application as an RSGI one. `may_send_much` is asked, in a thread, whether a request
    to the desk comes from a browser that has logged in here."""

    def __init__(
        self,
        wsgi: Callable[..., Iterable[bytes]],
        may_send_much: Callable[[dict[str, Any]], bool],
    ) -> None:
        self.wsgi, self.may_send_much = wsgi, may_send_much
        self.quick = Lane(settings.THREADS, most_waiting=400)
        self.slow = Lane(max(1, settings.THREADS // 2), most_waiting=100)
        self.dear = Lane(1, most_waiting=20)  # what is dear is made one at a time
        self.places = Budget(20)  # before the thread of what is dear
        self.desk = Lane(settings.THREADS, most_waiting=200)
        self.budgets = {  # of the forms open to all, and of the desk's
            is_desk: Budget(settings.BODY_BUDGET_MB * 1024 * 1024) for is_desk in (False, True)
        }
        self._waiting = 0  # requests that the loop waits for
        self._done: deque[tuple[asyncio.Future, Wish | None]] = deque()  # those of them that are

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        environ = environ_of(scope)
        if scope.method not in SAFE:
            try:
                await self._receive(environ, protocol)
            except ProtocolClosed:  # the client has gone
                return
        try:
            if (lane := self._lane(scope)) is self.quick:
                await self._read(environ, protocol)
            else:
                await self._answered(lane, environ, protocol)
        except Full:
            _busy(protocol)

    def _lane(self, scope: Any) -> Lane:
        """Reading never waits behind what takes long, nor behind what writes: that may wait for
        somebody else's lock."""
        if settings.SLOW_ADDRESSES.match(scope.path):
            return self.slow
        return self.quick if scope.method in SAFE and not _is_desk(scope.path) else self.desk

    async def _read(self, environ: dict[str, Any], protocol: Any) -> None:
        """What readers ask for: by a quick thread, unless it is dear and must be made. Nobody holds
        a thread while another makes the same; raises Full where that takes too long."""
        ends = monotonic() + _LONGEST_WAIT
        while monotonic() < ends:
            environ[QUICK] = True
            wish = await self._answered(self.quick, environ, protocol)
            if wish is Wish.THREAD:
                environ[QUICK] = False
                wish = await self._made(environ, protocol, ends)
            if wish is None:
                return
            await asyncio.sleep(_ASKED_AGAIN)
        raise Full

    async def _made(self, environ: dict[str, Any], protocol: Any, ends: float) -> Wish | None:
        """By the thread of what is dear; raises Full where too many wait for it, or too many of one
        client: what an address may have made in an hour is counted only when its turn has come."""
        client = household(client_address(environ))
        if not self.places.take(client, 1):
            raise Full
        try:
            return await self._answered(self.dear, environ, protocol, ends)
        finally:
            self.places.give_back(client, 1)

    async def _answered(
        self, lane: Lane, environ: dict[str, Any], protocol: Any, ends: float | None = None
    ) -> Wish | None:
        """Wait until a thread of the lane has sent the answer, or wishes for something instead;
        raises Full where too many wait. A job that was not begun when it `ends` wishes for time.

        The thread sends it; that it has is told to the loop every 20 ms, not with each answer:
        waking the loop so often costs a tenth of the answers that two threads give in a second.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Wish | None] = loop.create_future()

        def job() -> None:
            wish: Wish | None = None
            try:
                is_late = ends is not None and monotonic() > ends
                wish = Wish.TIME if is_late else self._answer(environ, protocol)
            finally:
                self._done.append((done, wish))

        lane.put(job)
        if not self._waiting:
            loop.call_later(_TOLD_EVERY, self._tell, loop)
        self._waiting += 1
        return await done

    def _tell(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._done:
            _settle(*self._done.popleft(), None)
            self._waiting -= 1
        if self._waiting:
            loop.call_later(_TOLD_EVERY, self._tell, loop)

    async def _receive(self, environ: dict[str, Any], protocol: Any) -> None:
        """Puts the body into the environ, or why it was not read."""
        status = refusal(environ)
        if status:
            environ[UNREAD] = status
            return
        is_desk = _is_desk(environ["PATH_INFO"])
        size, budget = int(environ["CONTENT_LENGTH"]), self.budgets[is_desk]
        if is_desk and size > settings.BODY_LIMITS["admin:login"]:
            try:
                known = await _in(self.desk, lambda: self.may_send_much(environ))
            except Full:
                environ[UNREAD] = HTTPStatus.SERVICE_UNAVAILABLE
                return
            if not known:
                environ[UNREAD] = HTTPStatus.FORBIDDEN
                return
        client = household(client_address(environ))
        if not budget.take(client, size):
            environ[UNREAD] = HTTPStatus.SERVICE_UNAVAILABLE
            return
        try:
            seconds = settings.BODY_SECONDS + size / _SLOWEST
            body = await asyncio.wait_for(protocol(), seconds)
        except TimeoutError:
            environ[UNREAD] = HTTPStatus.REQUEST_TIMEOUT
        else:
            environ["wsgi.input"] = BytesIO(body)
        finally:
            budget.give_back(client, size)

    def _answer(self, environ: dict[str, Any], protocol: Any) -> Wish | None:
        """Runs in a thread: sends the answer of the WSGI application, unless that is a wish."""
        start, file, part = _Start(), None, None
        try:
            response = self.wsgi(environ, start)
            with closing(cast(Any, response)) if hasattr(response, "close") else nullcontext():
                wish: Wish | None = getattr(response, "wish", None)
                if wish is not None:
                    return wish
                part = getattr(response, "part", None)
                if environ["REQUEST_METHOD"] == "GET" and start.status == HTTPStatus.OK:
                    file = _file_of(response)
                content = b"" if file or part else b"".join(response)
        except Exception:
            logger.exception("The application failed.")
            protocol.response_bytes(HTTPStatus.INTERNAL_SERVER_ERROR, [], b"")
            return None
        if part:
            path, first, end = part
            protocol.response_file_range(start.status, start.headers, str(path), first, end)
        elif file:
            protocol.response_file(start.status, start.headers, file)
        else:
            protocol.response_bytes(start.status, start.headers, content)
        return None


class _Start:
    """What a WSGI application calls with the head of its answer."""

    status = 500
    headers: Headers

    def __call__(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.status, self.headers = int(status[:3]), headers


def _is_desk(path: str) -> bool:
    return path.startswith("/admin/")


def environ_of(scope: Any) -> dict[str, Any]:
    """The WSGI environ of a request, without a body. A header whose name has an underscore is left
    out: it would pass for another one."""
    server, _colon, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/2" if scope.http_version == "2" else "HTTP/1.1",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "HTTP_HOST": scope.authority or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = "HTTP_" + name.upper().replace("-", "_")
        if key in environ and key != "HTTP_HOST":
            value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
        environ[key] = value
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if f"HTTP_{name}" in environ:
            environ[name] = environ.pop(f"HTTP_{name}")
    return environ


def _file_of(response: Iterable[bytes]) -> str | None:
    """Where the file of a response is, if it is one and not small."""
    name = getattr(getattr(response, "file_to_stream", None), "name", None)
    if not isinstance(response, FileResponse) or not isinstance(name, str | PurePath):
        return None
    return str(name) if int(response["Content-Length"]) > SMALL else None


async def _in(lane: Lane, call: Callable[[], T]) -> T:
    """What the call returns in one of the lane's threads; raises Full where too many wait."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def job() -> None:
        try:
            result, error = call(), None
        except Exception as raised:
            logger.exception("A request failed.")
            result, error = None, raised
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(_settle, done, result, error)

    lane.put(job)
    return await done


def _settle(done: asyncio.Future, result: object, error: Exception | None) -> None:
    if done.done():  # its client has gone
        return
    if error is None:
        done.set_result(result)
    else:
        done.set_exception(error)


def _busy(protocol: Any) -> None:
    headers = [("Content-Type", "text/plain"), ("Retry-After", str(RETRY_AFTER))]
    protocol.response_bytes(HTTPStatus.SERVICE_UNAVAILABLE, headers, BUSY)

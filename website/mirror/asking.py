"""Asks the site for its own pages, in this process, as a reader who has no cookie."""

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

GONE = (301, 302, 404, 410)  # nothing to keep at this address


class NotAnswered(Exception):
    """The site did not say what stands at an address, or said something that it had kept."""


class Answer(NamedTuple):
    """What the site says at an address; `pieces` is its content."""

    status: int
    headers: dict[str, str]
    pieces: Iterable[bytes]

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get("content-type", "").startswith("text/html")


def ask(address: str) -> Answer:
    """What the site answers there. Raises NotAnswered where it is in trouble: the database away, a
    disk full, an error; what it has kept for that time is no answer either."""
    response = _handler().get_response(WSGIRequest(_environ(address)))
    headers = {name.lower(): value for name, value in response.items()}
    if (response.status_code != 200 and response.status_code not in GONE) or "age" in headers:
        _close(response)
        raise NotAnswered(f"{address}: {response.status_code}")
    return Answer(response.status_code, headers, _closing(response))


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _environ(address: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    path, _mark, query = address.partition("?")
    asked: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.TRUSTED_PROXIES:
        asked |= {"HTTP_X_FORWARDED_PROTO": site.scheme, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}
    return asked


def _closing(response: HttpResponseBase) -> Iterator[bytes]:
    try:
        yield from cast(StreamingHttpResponse, response)
    finally:
        _close(response)


def _close(response: HttpResponseBase) -> None:
    """Let its files go, and keep the connection: the next question follows at once."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)

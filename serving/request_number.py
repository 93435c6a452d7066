"""The number of a request: in its lines of the log, in a header of its answer, on pages of errors.

It says nothing of who asked. Each thread answers one request at a time, so it is the thread's; it
stays until the next request, since an answer is also sent after the last middleware.
"""

import re
import secrets
from collections.abc import Callable
from threading import local

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}", re.ASCII)
_thread = local()


def request_number() -> str:
    """That of the request at work in this thread; blank where there is none."""
    return getattr(_thread, "number", "")


class RequestNumber:
    """Gives each request its number: that of our proxy, if it is well-formed, so that both logs
    have the same; else a new one. From a client itself none is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _thread.number = _given(request) or secrets.token_hex(6)
        response = self.get_response(request)
        response.headers[HEADER] = _thread.number
        return response


def _given(request: HttpRequest) -> str:
    said = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return said if _WELL_FORMED.fullmatch(said) else ""
